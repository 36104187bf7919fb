//! What an agent needs to know of a conversation, found by rules in what was said.

mod answer;
mod ask;
mod cue;
mod facts;
mod label;
mod name;
mod place;
mod reading;
mod sentence;
mod text;
mod thing;
mod value;

pub use ask::asked_again;
pub use facts::Facts;
