//! Numbers that differ from page to page, from one seed that the page passes in.

use protocol::CommandId;

/// A small generator (SplitMix64): good for spreading reconnects and naming transient commands, not for secrets.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A generator that begins at `seed`, which the page draws from the browser's own source.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`, and 0 if `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The bias of the remainder is nothing beside the bounds used here, which are seconds in milliseconds.
        self.next().checked_rem(bound).unwrap_or(0)
    }

    /// A name for a command that changes nothing: `hello`, `ping`, `typing`, `history`. What changes a
    /// conversation is named by the page, from the browser's own source.
    pub fn command_id(&mut self) -> CommandId {
        CommandId(u128::from(self.next()) << 64 | u128::from(self.next()))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
