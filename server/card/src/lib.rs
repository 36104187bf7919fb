//! What an agent needs to know of a conversation, found by rules in what was said, so that nobody has to say it twice.
//!
//! [`Facts`] hears the log event by event. [`asked_again`] looks at what an agent is about to send, and [`card`] heeds what people have put right. There is no model and no
//! clock here: the same log gives the same facts, on the server and in a page.
//!
//! A message is read in one walk after another, each of which takes time in proportion to it: its words without their
//! accents (`text`), the phrases among them (`cue`, with one file for each language), then values by their shape (`value`),
//! by their name (`label`, `name`, `place`, `thing`), by the question before them (`answer`), and what is left as sentences
//! (`sentence`). A word that belongs to one fact belongs to no other.

mod answer;
mod ask;
mod correct;
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
pub use correct::{Corrected, card};
pub use facts::Facts;
