//! JSON for the pages: as much of it as crosses the wire, and no more.
//!
//! `serde_json` explains every mistake in words, reads numbers of every kind and structs from lists. A page needs none of
//! that, for its server writes what it reads, and every visitor would download it: with it, the visitor's page is half
//! as large again. The types are `protocol`'s own; the tests hold every sample of the contract against `serde_json`.

mod cursor;
mod reader;
mod tree;
mod writer;

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Serialize, de, ser};

pub use tree::Value;
pub use writer::push_text;

/// Reads a value. None if the text is not JSON, or not such a value.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    reader::read(text).ok()
}

/// Writes a value. None if it holds what JSON or this module cannot write: maps with any keys, bytes, fractions.
#[must_use]
pub fn write<T: Serialize>(value: &T) -> Option<String> {
    writer::write(value).ok()
}

/// It does not work. Why is for nobody: what cannot be read is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not the JSON of such a value")
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

// Each has a default that makes a sentence: none of them is to be downloaded.
impl de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests;
