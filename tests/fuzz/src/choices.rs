//! Bytes as a list of choices: what a fuzzer changes is one choice, and what follows stays what it was.

/// The choices that are left.
pub struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    /// All of an input's.
    #[must_use]
    pub fn of(input: &'a [u8]) -> Self {
        Self(input)
    }

    /// The next one; none at the end.
    pub fn any(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// A number below `bound`, which is at least 1; 0 at the end.
    pub fn below(&mut self, bound: u8) -> u8 {
        self.any().unwrap_or(0) % bound
    }

    /// Yes or no; no at the end.
    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }
}
