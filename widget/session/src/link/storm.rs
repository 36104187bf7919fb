//! R7, R11: thousands of clients that lose their connections in the same moment come back soon, and not all at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::*;

const CLIENTS: usize = 5_000;

/// How long a server that is there takes to greet, in milliseconds.
const GREETING_MS: u64 = 50;

/// What becomes of those who connect while the server is away.
#[derive(Debug, Clone, Copy)]
enum Away {
    /// They are refused at once, as by a machine on which nothing listens.
    Refused,
    /// They hear nothing, as through a network that is cut.
    Swallowed,
}

struct Storm {
    /// When the last one was back, in milliseconds after the cut.
    last_ms: u64,
    /// Connections that the server had to take in within the busiest second.
    peak: usize,
    by_stream: usize,
}

/// Cuts all of them at once, with this close code, from a server that is back after `away_ms`.
fn storm(away_ms: u64, away: Away, code: Option<u16>) -> Storm {
    const CUT_MS: u64 = 3_600_000;
    let mut links: Vec<(Link, Random)> = (0..CLIENTS)
        .map(|client| {
            let mut random = Random::new(client as u64);
            let came = Moment(random.below(CUT_MS - SETTLED_MS));
            let mut link = Link::new(came);
            assert_eq!(link.wake(came, &mut random), Some(LinkStep::Connect));
            link.connected(came);
            link.greeted(15_000, came);
            (link, random)
        })
        .collect();
    let back_at = Moment(CUT_MS + away_ms);
    let mut turns: BinaryHeap<Reverse<(Moment, usize)>> = BinaryHeap::new();
    for (client, (link, random)) in links.iter_mut().enumerate() {
        link.closed(code, Moment(CUT_MS), random);
        turns.push(Reverse((link.wake_at().unwrap(), client)));
    }
    let mut taken_in: Vec<u64> = vec![];
    let mut last_ms = 0;
    while let Some(Reverse((now, client))) = turns.pop() {
        let (link, random) = &mut links[client];
        match link.wake(now, random) {
            Some(LinkStep::Connect) if now >= back_at => {
                taken_in.push(now.since_ms(Moment(CUT_MS)));
                link.connected(now);
                link.greeted(15_000, now.after_ms(GREETING_MS));
                last_ms = last_ms.max(now.since_ms(Moment(CUT_MS)) + GREETING_MS);
                continue;
            }
            Some(LinkStep::Connect) => {
                if let Away::Refused = away {
                    link.closed(Some(1006), now, random);
                }
            }
            Some(LinkStep::Close) | None => {}
            Some(LinkStep::Ping) => panic!("nobody to ping"),
        }
        turns.push(Reverse((link.wake_at().unwrap(), client)));
    }
    assert!(
        links.iter().all(|(link, _)| link.is_live()),
        "somebody is left behind"
    );
    assert_eq!(taken_in.len(), CLIENTS, "each is taken in once");
    // A window that begins with each of them: no second, wherever it begins, has more.
    let peak = (0..CLIENTS)
        .map(|first| taken_in[first..].partition_point(|&at| at < taken_in[first] + 1_000))
        .max();
    let by_stream = links
        .iter()
        .filter(|(link, _)| link.transport() == Transport::Stream);
    Storm {
        last_ms,
        peak: peak.unwrap(),
        by_stream: by_stream.count(),
    }
}

#[test]
fn five_thousand_that_are_cut_at_once_are_back_within_a_minute_and_no_second_has_all_of_them() {
    for (away_ms, away, code) in [
        (0, Away::Refused, Some(1006)),
        (0, Away::Refused, Some(CloseCode::Restart.number())),
        (5_000, Away::Refused, Some(CloseCode::Restart.number())),
        (5_000, Away::Refused, Some(1006)),
        (15_000, Away::Refused, None),
        (25_000, Away::Refused, Some(1006)),
        (5_000, Away::Swallowed, Some(1006)),
        (25_000, Away::Swallowed, None),
    ] {
        let Storm {
            last_ms,
            peak,
            by_stream,
        } = storm(away_ms, away, code);
        println!(
            "{CLIENTS} cut with {code:?}, {away:?} for {away_ms} ms: all back after {last_ms} ms, \
             at most {peak} in a second, {by_stream} by a stream"
        );
        assert!(last_ms <= 60_000, "{last_ms} ms");
        assert!(peak <= CLIENTS * 3 / 5, "{peak} in one second");
    }
}

/// However long it was away: nobody waits longer than the longest wait, once it is back.
#[test]
fn after_a_long_outage_everybody_is_back_half_a_minute_after_the_server() {
    for away_ms in [60_000, 600_000] {
        let Storm { last_ms, peak, .. } = storm(away_ms, Away::Refused, None);
        let late_ms = last_ms - away_ms;
        println!("away for {away_ms} ms: all back {late_ms} ms later, at most {peak} in a second");
        assert!(late_ms <= 30_000 + GREETING_MS, "{late_ms} ms");
        assert!(peak <= CLIENTS / 10, "{peak} in one second");
    }
}
