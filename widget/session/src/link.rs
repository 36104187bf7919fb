//! The life of a connection: when to connect, when to ask whether the server is still there, when to give up on
//! a connection, and when to try again.
//!
//! The page does what the steps say and reports what happened. After it was told to connect or to close, it
//! reports nothing of an older connection any more.

use protocol::CloseCode;

use crate::backoff::Backoff;
use crate::moment::Moment;
use crate::random::Random;

/// A connection that is not open, or not greeted, after this long is given up, in milliseconds.
pub const OPENING_MS: u64 = 10_000;

/// After something happened that may have cut the connection, the server has this long to answer, in milliseconds.
pub const PROBE_MS: u64 = 5_000;

/// A connection that lived this long, in milliseconds, was a success: the waits begin again after it. A server that
/// greets and then hangs up is not asked every second.
pub const SETTLED_MS: u64 = 10_000;

/// Clients come back within this span, in milliseconds, after a server restarts.
pub const RESTART_SPREAD_MS: u64 = 4_000;

/// How the connection stands, for the person at this end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// The first connection is on its way.
    Connecting {
        /// Since then.
        since: Moment,
    },
    /// The server has greeted, and what is sent arrives.
    Live,
    /// The connection was lost, or could not be made.
    Reconnecting {
        /// Since then.
        since: Moment,
        /// When it is tried next; none while it is being tried.
        next_try: Option<Moment>,
    },
    /// It is not tried again: the page has to be loaded again, or the agent has to sign in again.
    Stopped(CloseCode),
}

/// What the page is to do with the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStep {
    /// Open a connection.
    Connect,
    /// Send a `ping`.
    Ping,
    /// Close the connection and forget it.
    Close,
}

/// The state of one client's connection.
#[derive(Debug, Clone)]
pub struct Link {
    phase: Phase,
    backoff: Backoff,
    /// Since when there is no connection that works.
    apart_since: Moment,
    failed: bool,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    Apart { at: Moment },
    Opening { until: Moment },
    Greeting { until: Moment },
    Live(Live),
    Stopped(CloseCode),
}

#[derive(Debug, Clone, Copy)]
struct Live {
    heartbeat_ms: u64,
    since: Moment,
    sent: Moment,
    heard: Moment,
    /// Until then something must be heard.
    answer_by: Option<Moment>,
}

impl Live {
    fn ping_at(&self) -> Moment {
        // A client that only sends must ask too: nothing that it sends need be answered.
        self.sent.min(self.heard).after_ms(self.heartbeat_ms)
    }
}

impl Link {
    /// A link that connects as soon as it is woken.
    #[must_use]
    pub fn new(now: Moment) -> Self {
        Self {
            phase: Phase::Apart { at: now },
            backoff: Backoff::default(),
            apart_since: now,
            failed: false,
        }
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> LinkState {
        let next_try = match self.phase {
            Phase::Live(_) => return LinkState::Live,
            Phase::Stopped(code) => return LinkState::Stopped(code),
            Phase::Apart { at } => Some(at),
            Phase::Opening { .. } | Phase::Greeting { .. } => None,
        };
        let since = self.apart_since;
        if self.failed {
            LinkState::Reconnecting { since, next_try }
        } else {
            LinkState::Connecting { since }
        }
    }

    /// Whether the server has greeted.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.phase, Phase::Live(_))
    }

    /// Whether `hello` was sent and not answered.
    #[must_use]
    pub fn is_greeting(&self) -> bool {
        matches!(self.phase, Phase::Greeting { .. })
    }

    /// The connection is open: send `hello`.
    pub fn connected(&mut self, now: Moment) {
        self.phase = Phase::Greeting {
            until: now.after_ms(OPENING_MS),
        };
    }

    /// The server has greeted, and named its heartbeat.
    pub fn greeted(&mut self, heartbeat_ms: u32, now: Moment) {
        self.failed = false;
        self.phase = Phase::Live(Live {
            // A heartbeat of nothing would be a ping without end.
            heartbeat_ms: u64::from(heartbeat_ms).max(1_000),
            since: now,
            sent: now,
            heard: now,
            answer_by: None,
        });
    }

    /// A frame came in.
    pub fn heard(&mut self, now: Moment) {
        if let Phase::Live(live) = &mut self.phase {
            live.heard = now;
            live.answer_by = None;
        }
    }

    /// A frame went out.
    pub fn sent(&mut self, now: Moment) {
        if let Phase::Live(live) = &mut self.phase {
            live.sent = now;
        }
    }

    /// The connection ended, with the number of the close frame if there was one.
    pub fn closed(&mut self, number: Option<u16>, now: Moment, random: &mut Random) {
        let code = number.and_then(CloseCode::from_number);
        match code {
            Some(code) if !code.reconnect() => self.phase = Phase::Stopped(code),
            _ => self.retry(code, now, random),
        }
    }

    /// The connection is of no use and is given up: close it. It is tried again later.
    pub fn give_up(&mut self, now: Moment, random: &mut Random) -> LinkStep {
        self.retry(None, now, random);
        LinkStep::Close
    }

    /// The connection is closed to begin a new one at once: close it.
    pub fn again(&mut self, now: Moment) -> LinkStep {
        self.leave_live(now);
        self.phase = Phase::Apart { at: now };
        LinkStep::Close
    }

    /// The server has nothing for this client: close the connection and do not try again.
    pub fn stop(&mut self, code: CloseCode) -> LinkStep {
        self.phase = Phase::Stopped(code);
        LinkStep::Close
    }

    /// The network changed, or the page came back into view: try now, or ask whether the server is still there.
    pub fn nudge(&mut self, now: Moment) -> Option<LinkStep> {
        match &mut self.phase {
            Phase::Apart { at } => {
                *at = now;
                None
            }
            Phase::Live(live) if live.answer_by.is_none_or(|by| by > now.after_ms(PROBE_MS)) => {
                live.answer_by = Some(now.after_ms(PROBE_MS));
                Some(LinkStep::Ping)
            }
            _ => None,
        }
    }

    /// Time has passed. To be called until it returns nothing.
    pub fn wake(&mut self, now: Moment, random: &mut Random) -> Option<LinkStep> {
        match &mut self.phase {
            Phase::Apart { at } if *at <= now => {
                self.phase = Phase::Opening {
                    until: now.after_ms(OPENING_MS),
                };
                Some(LinkStep::Connect)
            }
            Phase::Opening { until } | Phase::Greeting { until } if *until <= now => {
                Some(self.give_up(now, random))
            }
            Phase::Live(live) => match live.answer_by {
                Some(by) if by <= now => Some(self.give_up(now, random)),
                // A page that slept for a while wakes up late: it asks first, and waits for the answer.
                None if live.ping_at() <= now => {
                    live.answer_by = Some(now.after_ms(live.heartbeat_ms));
                    Some(LinkStep::Ping)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// When to be woken.
    #[must_use]
    pub fn wake_at(&self) -> Option<Moment> {
        match &self.phase {
            Phase::Apart { at } => Some(*at),
            Phase::Opening { until } | Phase::Greeting { until } => Some(*until),
            Phase::Live(live) => Some(live.answer_by.unwrap_or_else(|| live.ping_at())),
            Phase::Stopped(_) => None,
        }
    }

    fn retry(&mut self, code: Option<CloseCode>, now: Moment, random: &mut Random) {
        // Nothing is heard of a connection that was closed from here.
        if matches!(self.phase, Phase::Apart { .. } | Phase::Stopped(_)) {
            return;
        }
        if let Phase::Live(live) = self.phase
            && now.since_ms(live.since) >= SETTLED_MS
        {
            self.backoff.reset();
        }
        self.leave_live(now);
        self.failed = true;
        let wait_ms = if code == Some(CloseCode::Restart) {
            200 + random.below(RESTART_SPREAD_MS)
        } else {
            self.backoff.next_ms(random)
        };
        self.phase = Phase::Apart {
            at: now.after_ms(wait_ms),
        };
    }

    fn leave_live(&mut self, now: Moment) {
        if self.is_live() {
            self.apart_since = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARTBEAT_MS: u32 = 20_000;

    fn live(now: u64) -> (Link, Random) {
        let mut random = Random::new(3);
        let mut link = Link::new(Moment(now));
        assert_eq!(link.wake(Moment(now), &mut random), Some(LinkStep::Connect));
        link.connected(Moment(now));
        link.greeted(HEARTBEAT_MS, Moment(now));
        (link, random)
    }

    /// Wakes the link when it wants to be woken until it takes a step.
    fn next_step(link: &mut Link, random: &mut Random) -> (u64, LinkStep) {
        loop {
            let at = link.wake_at().expect("it waits for something");
            if let Some(step) = link.wake(at, random) {
                return (at.0, step);
            }
        }
    }

    #[test]
    fn a_silent_connection_is_asked_and_then_given_up_after_two_heartbeats() {
        let (mut link, mut random) = live(0);
        assert_eq!(next_step(&mut link, &mut random), (20_000, LinkStep::Ping));
        link.sent(Moment(20_000));
        assert_eq!(next_step(&mut link, &mut random), (40_000, LinkStep::Close));
        assert!(matches!(
            link.state(),
            LinkState::Reconnecting {
                since: Moment(40_000),
                next_try: Some(_)
            }
        ));
        assert_eq!(next_step(&mut link, &mut random).1, LinkStep::Connect);
    }

    #[test]
    fn an_answered_ping_keeps_the_connection() {
        let (mut link, mut random) = live(0);
        assert_eq!(next_step(&mut link, &mut random), (20_000, LinkStep::Ping));
        link.sent(Moment(20_000));
        link.heard(Moment(20_050));
        assert_eq!(next_step(&mut link, &mut random), (40_000, LinkStep::Ping));
    }

    #[test]
    fn a_client_that_only_sends_asks_too() {
        let (mut link, mut random) = live(0);
        for at in (0..20_000).step_by(1_000) {
            link.sent(Moment(at));
        }
        assert_eq!(next_step(&mut link, &mut random), (20_000, LinkStep::Ping));
    }

    #[test]
    fn a_page_that_slept_asks_before_it_gives_up() {
        let (mut link, mut random) = live(0);
        assert_eq!(
            link.wake(Moment(500_000), &mut random),
            Some(LinkStep::Ping)
        );
        assert_eq!(link.wake(Moment(500_000), &mut random), None);
        link.heard(Moment(500_100));
        assert!(link.is_live());
    }

    #[test]
    fn a_page_that_comes_back_into_view_asks_and_waits_only_briefly() {
        let (mut link, mut random) = live(0);
        assert_eq!(link.nudge(Moment(100)), Some(LinkStep::Ping));
        assert_eq!(link.nudge(Moment(200)), None, "it has asked already");
        assert_eq!(next_step(&mut link, &mut random), (5_100, LinkStep::Close));
        assert_eq!(link.nudge(Moment(5_200)), None);
        assert_eq!(
            link.wake(Moment(5_200), &mut random),
            Some(LinkStep::Connect),
            "it does not wait any longer"
        );
    }

    #[test]
    fn a_connection_that_does_not_open_or_is_not_greeted_is_given_up() {
        let mut random = Random::new(3);
        let mut link = Link::new(Moment(0));
        assert_eq!(link.state(), LinkState::Connecting { since: Moment(0) });
        assert_eq!(next_step(&mut link, &mut random), (0, LinkStep::Connect));
        assert_eq!(next_step(&mut link, &mut random), (10_000, LinkStep::Close));
        let (at, step) = next_step(&mut link, &mut random);
        assert_eq!(step, LinkStep::Connect);
        link.connected(Moment(at));
        assert_eq!(
            next_step(&mut link, &mut random),
            (at + 10_000, LinkStep::Close)
        );
        assert!(matches!(
            link.state(),
            LinkState::Reconnecting {
                since: Moment(0),
                ..
            }
        ));
    }

    #[test]
    fn a_server_that_greets_and_hangs_up_is_asked_less_and_less() {
        let mut random = Random::new(3);
        let mut link = Link::new(Moment(0));
        let mut now = Moment(0);
        for _ in 0..8 {
            now = link.wake_at().unwrap();
            assert_eq!(link.wake(now, &mut random), Some(LinkStep::Connect));
            link.connected(now);
            link.greeted(HEARTBEAT_MS, now);
            link.closed(Some(1006), now, &mut random);
        }
        let wait_ms = link.wake_at().unwrap().since_ms(now);
        assert!(wait_ms >= 15_000, "{wait_ms}");
    }

    #[test]
    fn a_connection_that_has_lived_for_a_while_comes_back_quickly() {
        let (mut link, mut random) = live(0);
        for _ in 0..8 {
            link.backoff.next_ms(&mut random);
        }
        link.closed(None, Moment(SETTLED_MS), &mut random);
        let wait_ms = link.wake_at().unwrap().since_ms(Moment(SETTLED_MS));
        assert!(wait_ms <= 1_000, "{wait_ms}");
    }

    #[test]
    fn after_a_restart_clients_come_back_spread_over_a_few_seconds() {
        let waits: Vec<u64> = (0..200)
            .map(|seed| {
                let mut link = live(0).0;
                link.closed(Some(1012), Moment(0), &mut Random::new(seed));
                link.wake_at().unwrap().0
            })
            .collect();
        assert!(waits.iter().all(|wait| (200..4_200).contains(wait)));
        assert!(waits.iter().min() < Some(&600) && waits.iter().max() > Some(&3_800));
    }

    #[test]
    fn a_close_code_that_says_so_ends_it_and_every_other_does_not() {
        for &code in CloseCode::ALL {
            let (mut link, mut random) = live(0);
            link.closed(Some(code.number()), Moment(0), &mut random);
            if code.reconnect() {
                assert!(link.wake_at().is_some(), "{code:?}");
            } else {
                assert_eq!(link.state(), LinkState::Stopped(code));
                assert_eq!(link.wake_at(), None);
            }
        }
    }
}
