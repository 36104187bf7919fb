//! Random numbers that a failed story can be given again: from a seed that it prints.

/// A small generator (SplitMix64).
#[derive(Debug, Clone)]
pub struct Random {
    /// What it began with. A story prints it when it fails.
    pub seed: u64,
    state: u64,
}

impl Random {
    /// The generator of a story: from the environment's `HUMAN_PLEASE_SEED` to repeat a failure, new otherwise.
    ///
    /// # Panics
    ///
    /// If `HUMAN_PLEASE_SEED` is no number.
    #[must_use]
    pub fn of_story() -> Self {
        let seed = match std::env::var("HUMAN_PLEASE_SEED") {
            Ok(seed) => seed.parse().expect("HUMAN_PLEASE_SEED is a number"),
            Err(_) => {
                u64::try_from(human_please::secret::random_id() >> 64).expect("64 bits are left")
            }
        };
        // Shown with the panic of a story that fails.
        println!("to repeat this: HUMAN_PLEASE_SEED={seed}");
        Self::from_seed(seed)
    }

    /// The generator of a seed.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self { seed, state: seed }
    }

    /// 128 random bits, for ids that must be the same whenever the seed is.
    pub fn bits(&mut self) -> u128 {
        u128::from(self.next()) << 64 | u128::from(self.next())
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// True once in `times` on average.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
