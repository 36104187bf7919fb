//! How much one connection may ask for: a bucket that refills.

use std::time::Duration;

use tokio::time::Instant;

/// Commands that a connection may send.
pub struct Allowance {
    left: f32,
    burst: f32,
    each_second: f32,
    refilled_at: Instant,
    /// Refused since the bucket was last full.
    refused: u32,
}

/// Whether a command may pass.
#[derive(Debug, PartialEq, Eq)]
pub enum Pass {
    /// It may.
    Yes,
    /// It is refused; the client is to wait.
    No,
    /// So many were refused that the connection is to end.
    Enough,
}

/// A client that sends this many commands without heeding the refusals, which is to pause until the bucket is full
/// again, is not worth keeping.
const REFUSALS: u32 = 1_000;

impl Allowance {
    /// A full bucket of `burst` commands to which `each_second` are added every second.
    pub fn new(burst: u16, each_second: u16, now: Instant) -> Self {
        let burst = f32::from(burst);
        Self {
            left: burst,
            burst,
            each_second: f32::from(each_second),
            refilled_at: now,
            refused: 0,
        }
    }

    /// Takes one command out of the bucket.
    pub fn take(&mut self, now: Instant) -> Pass {
        self.refill(now);
        if self.left >= 1.0 {
            self.left -= 1.0;
            return Pass::Yes;
        }
        self.refused += 1;
        if self.refused > REFUSALS {
            Pass::Enough
        } else {
            Pass::No
        }
    }

    /// Takes one command whether there is one or not, and says how long it is until there was one: `at_most` that long,
    /// however much is owed.
    pub fn owe(&mut self, now: Instant, at_most: Duration) -> Duration {
        self.refill(now);
        let most = at_most.as_secs_f32() * self.each_second;
        self.left = (self.left - 1.0).max(-most);
        Duration::from_secs_f32((-self.left).max(0.0) / self.each_second).min(at_most)
    }

    fn refill(&mut self, now: Instant) {
        let seconds = now
            .saturating_duration_since(self.refilled_at)
            .as_secs_f32();
        self.left = (self.left + seconds * self.each_second).min(self.burst);
        self.refilled_at = now;
        if self.left >= self.burst {
            self.refused = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_the_rate() {
        let start = Instant::now();
        let mut allowance = Allowance::new(3, 2, start);
        assert_eq!(
            [(); 4].map(|()| allowance.take(start)),
            [Pass::Yes, Pass::Yes, Pass::Yes, Pass::No]
        );
        let later = start + Duration::from_millis(500);
        assert_eq!(
            [(); 2].map(|()| allowance.take(later)),
            [Pass::Yes, Pass::No]
        );
        let much_later = start + Duration::from_secs(60);
        assert_eq!(
            [(); 4].map(|()| allowance.take(much_later)),
            [Pass::Yes, Pass::Yes, Pass::Yes, Pass::No]
        );
    }

    #[test]
    fn what_is_owed_is_waited_for_and_never_for_long() {
        let start = Instant::now();
        let mut allowance = Allowance::new(2, 4, start);
        let at_most = Duration::from_secs(1);
        let waits = [(); 8].map(|()| allowance.owe(start, at_most).as_millis());
        assert_eq!(waits, [0, 0, 250, 500, 750, 1_000, 1_000, 1_000]);
        let later = start + Duration::from_millis(1_250);
        assert_eq!(allowance.owe(later, at_most), Duration::ZERO);
    }

    #[test]
    fn a_client_that_heeds_nothing_is_told_enough() {
        let start = Instant::now();
        let mut allowance = Allowance::new(1, 1, start);
        let last = (0..=REFUSALS + 1).map(|_| allowance.take(start)).last();
        assert_eq!(last, Some(Pass::Enough));
    }
    #[test]
    fn a_flood_that_now_and_then_finds_a_drop_in_the_bucket_is_a_flood() {
        let start = Instant::now();
        let mut allowance = Allowance::new(10, 20, start);
        let passes = (0..2 * REFUSALS)
            .map(|number| allowance.take(start + Duration::from_millis(number.into())));
        assert_eq!(passes.last(), Some(Pass::Enough));
    }

    #[test]
    fn a_client_that_pauses_is_forgiven() {
        let mut now = Instant::now();
        let mut allowance = Allowance::new(10, 20, now);
        for _ in 0..10 {
            let last = (0..REFUSALS / 2).map(|_| allowance.take(now)).last();
            assert_eq!(last, Some(Pass::No));
            now += Duration::from_secs(1);
        }
    }
}
