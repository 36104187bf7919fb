//! How long to wait before trying again: longer after each failure, and never all clients at once.

use crate::random::Random;

/// The longest first wait, in milliseconds.
pub const FIRST_MS: u64 = 1_000;

/// The longest wait of all, in milliseconds.
pub const LONGEST_MS: u64 = 30_000;

/// Counts failures in a row and turns them into waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after one more failure, in milliseconds: between half and the whole of a span that begins at one
    /// second and doubles up to thirty.
    pub fn next_ms(&mut self, random: &mut Random) -> u64 {
        // The shift is kept below the point where it would overflow; the span is capped long before.
        let span = (FIRST_MS << self.failures.min(16)).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        span / 2 + random.below(span / 2 + 1)
    }

    /// Failures since the last success.
    #[must_use]
    pub fn failures(self) -> u32 {
        self.failures
    }

    /// Begins again after a success.
    pub fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_half_a_minute_and_keep_within_their_half() {
        let mut random = Random::new(7);
        let mut backoff = Backoff::default();
        for span in [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000] {
            let wait = backoff.next_ms(&mut random);
            assert!((span / 2..=span).contains(&wait), "{wait} of {span}");
        }
        for _ in 0..100 {
            assert!(backoff.next_ms(&mut random) <= LONGEST_MS);
        }
        backoff.reset();
        assert!(backoff.next_ms(&mut random) <= FIRST_MS);
    }

    #[test]
    fn clients_that_fail_together_come_back_apart() {
        let waits: Vec<u64> = (0..100)
            .map(|seed| Backoff::default().next_ms(&mut Random::new(seed)))
            .collect();
        let mut distinct = waits.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert!(distinct.len() > 80, "{waits:?}");
    }
}
