//! How long a wait will be, as far as what happened lately can tell.
//!
//! An estimate is a range that eight in ten waits fell into, never a promise: it is shown as what is usual, and stored
//! with what it rests on, so that it can be checked against what came.

use std::collections::VecDeque;

use protocol::{Timestamp, WaitEstimate};

/// The waits that are remembered: the newest ones.
const REMEMBERED: usize = 200;

/// The waits that one estimate rests on: those that began at the nearest place in line, the newest of them first.
const NEAREST: usize = 20;

/// The fewest waits that tell anything. Of n waits and the next one, each order is as likely as any other, so the next
/// one is between the least and the greatest of 9 with a probability of 8 in 10. (Prediction intervals by order
/// statistics: S. S. Wilks, "Determination of sample sizes for setting tolerance limits", 1941.)
const FEWEST: usize = 9;

/// A wait that has ended: somebody stood in line while people were on duty, and a person took them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// The place in line when the request was made, 1 for the next one.
    pub place: u32,
    /// From the request until a person took it, in milliseconds.
    pub wait_ms: u64,
    /// When a person took it.
    pub ended_at: Timestamp,
}

/// The waits of a site that ended last.
#[derive(Debug, Clone, Default)]
pub struct RecentWaits {
    /// The oldest first.
    waits: VecDeque<Wait>,
}

/// An estimate and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// What is told.
    pub range: WaitEstimate,
    /// How many waits it rests on.
    pub waits: u32,
    /// When the first of those ended.
    pub since: Timestamp,
}

impl RecentWaits {
    /// How many waits are remembered at most.
    pub const MOST: usize = REMEMBERED;

    /// Learns of a wait that has just ended.
    pub fn add(&mut self, wait: Wait) {
        if self.waits.len() == REMEMBERED {
            self.waits.pop_front();
        }
        self.waits.push_back(wait);
    }

    /// The wait of a request that is made at a place in line; none while too little has happened.
    ///
    /// Each of the waits that began nearest to that place is stretched to it: who stood twice as far behind would have
    /// waited about twice as long. One in ten of them is below the range, one in ten above.
    #[must_use]
    pub fn estimate(&self, place: u32) -> Option<Estimate> {
        if self.waits.len() < FEWEST {
            return None;
        }
        let place = u64::from(place.max(1));
        let mut nearest: Vec<&Wait> = self.waits.iter().rev().collect();
        // A stable sort: of those that are equally near the newer ones stay first.
        nearest.sort_by_key(|wait| place.abs_diff(u64::from(wait.place)));
        nearest.truncate(NEAREST);
        let mut stretched: Vec<u64> = nearest
            .iter()
            .map(|wait| wait.wait_ms.saturating_mul(place) / u64::from(wait.place.max(1)))
            .collect();
        stretched.sort_unstable();
        let count = stretched.len();
        // The k-th of n divides the next one's chances as k : n + 1 - k.
        let tenth = (count + 1) / 10;
        Some(Estimate {
            range: WaitEstimate {
                from_ms: stretched[tenth.saturating_sub(1)],
                to_ms: stretched[count - tenth.max(1)],
            },
            waits: u32::try_from(count).unwrap_or(u32::MAX),
            since: nearest
                .iter()
                .map(|wait| wait.ended_at)
                .min()
                .unwrap_or(Timestamp(0)),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BinaryHeap;

    use super::*;

    fn recent(waits: impl IntoIterator<Item = (u32, u64)>) -> RecentWaits {
        let mut recent = RecentWaits::default();
        for (number, (place, wait_ms)) in waits.into_iter().enumerate() {
            recent.add(Wait {
                place,
                wait_ms,
                ended_at: Timestamp(number as i64),
            });
        }
        recent
    }

    #[test]
    fn too_little_tells_nothing() {
        assert_eq!(recent([]).estimate(1), None);
        assert_eq!(recent(vec![(1, 60_000); FEWEST - 1]).estimate(1), None);
        assert!(recent(vec![(1, 60_000); FEWEST]).estimate(1).is_some());
    }

    #[test]
    fn the_range_leaves_out_one_in_ten_at_each_end() {
        let nine = recent((1..=9).map(|minute| (1, minute * 60_000)))
            .estimate(1)
            .unwrap();
        let range = |from_ms, to_ms| WaitEstimate { from_ms, to_ms };
        assert_eq!(nine.range, range(60_000, 540_000));
        assert_eq!((nine.waits, nine.since), (9, Timestamp(0)));
        let nineteen = recent((1..=19).map(|second| (1, second * 1_000)))
            .estimate(1)
            .unwrap();
        assert_eq!(nineteen.range, range(2_000, 18_000));
    }

    #[test]
    fn who_stands_further_behind_waits_longer() {
        let recent = recent(vec![(2, 120_000); 12]);
        assert_eq!(recent.estimate(1).unwrap().range.to_ms, 60_000);
        assert_eq!(recent.estimate(10).unwrap().range.from_ms, 600_000);
    }

    #[test]
    fn the_nearest_places_count_and_of_those_the_newest() {
        let far = std::iter::repeat_n((9, 1), 100);
        let old = std::iter::repeat_n((1, 500), 50);
        let new = std::iter::repeat_n((1, 900), 20);
        let estimate = recent(far.chain(old).chain(new)).estimate(1).unwrap();
        assert_eq!((estimate.range.from_ms, estimate.range.to_ms), (900, 900));
        assert_eq!((estimate.waits, estimate.since), (20, Timestamp(150)));
    }

    #[test]
    fn only_so_many_are_remembered_and_no_number_is_too_large() {
        let mut recent = recent(vec![(0, u64::MAX); 2 * REMEMBERED]);
        assert_eq!(recent.waits.len(), REMEMBERED);
        assert_eq!(recent.estimate(u32::MAX).unwrap().range.to_ms, u64::MAX);
        recent.add(Wait {
            place: 1,
            wait_ms: 0,
            ended_at: Timestamp(i64::MIN),
        });
        assert!(recent.estimate(0).is_some());
    }

    /// Three people answer for a day whose load rises and falls; those who come at random are told a range.
    #[test]
    fn on_a_simulated_day_the_ranges_hold_for_about_eight_in_ten() {
        let mut random = 20_261_122_u64;
        let mut uniform = || {
            // SplitMix64: G. Steele, D. Lea, C. Flood, 2014.
            random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut bits = random;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut exponential = |mean: f64| -mean * (1.0 - uniform()).ln();
        let (minute, day) = (60_000.0, 24.0 * 3_600_000.0);
        let mut free_at: BinaryHeap<std::cmp::Reverse<u64>> =
            [0, 0, 0].map(std::cmp::Reverse).into();
        // Who waits: asked at, taken at, place, estimate; in the order of the requests.
        let mut told: VecDeque<(u64, u64, u32, Option<Estimate>)> = VecDeque::new();
        let mut recent = RecentWaits::default();
        let (mut now, mut held, mut all) = (0.0, 0, 0);
        while now < day {
            // Each conversation takes 6 minutes; the load goes from half of what three people can do to all of it.
            let load = 0.75 + 0.25 * (now / day * std::f64::consts::TAU).sin();
            now += exponential(6.0 * minute / 3.0 / load);
            let at = now as u64;
            while let Some(&(asked, taken, place, estimate)) = told.front()
                && taken <= at
            {
                told.pop_front();
                let wait_ms = taken - asked;
                if let Some(Estimate { range, .. }) = estimate {
                    all += 1;
                    // As it is shown: in whole minutes.
                    let (from, to) = range.minutes();
                    held += u32::from((from * 60_000..=to * 60_000).contains(&wait_ms));
                }
                recent.add(Wait {
                    place,
                    wait_ms,
                    ended_at: Timestamp(taken as i64),
                });
            }
            let place = told.len() as u32 + 1;
            // Whoever is free notices within 20 seconds.
            let free = free_at.pop().expect("three people").0.max(at);
            let taken = free + exponential(10_000.0).min(20_000.0) as u64;
            free_at.push(std::cmp::Reverse(taken + exponential(6.0 * minute) as u64));
            told.push_back((at, taken, place, recent.estimate(place)));
        }
        let share = f64::from(held) / f64::from(all);
        println!("{held} of {all} waits were in the range that was told: {share:.3}");
        assert!(all > 200, "{all}");
        assert!((0.7..=0.97).contains(&share), "{share}");
    }
}
