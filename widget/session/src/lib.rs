//! The client's half of the exchange, without a browser: what to send, what to keep, what to show, and when to
//! try again.
//!
//! A session is driven from outside: hand it one input with the time it happened, then take its outputs until
//! there are none, and wake it when it asks to be woken. It knows no clock, no randomness but its seed, and no
//! socket, so every test turns the clock by hand.

pub mod agent;
pub mod visitor;

mod backoff;
mod link;
mod moment;
mod outbox;
mod random;
mod timeline;
mod typing;

pub use backoff::Backoff;
pub use link::{Link, LinkState, LinkStep, SETTLED_MS, Transport};
pub use moment::{Moment, earliest};
pub use outbox::{Entry, Kept, Outbox, Standing};
pub use random::Random;
pub use timeline::{Added, Timeline};
pub use typing::{TypingHeard, TypingSender};
