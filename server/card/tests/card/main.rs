//! The card's tests: what it finds and what it leaves, when a draft asks again, what holds for any text, and the measurement.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod answers;
mod drafts;
mod facts;
mod log;
mod measure;
mod properties;
