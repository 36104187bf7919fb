//! What both pages show alike: messages with their author's label, text with its links, times, notices, icons.

mod blocks;
mod element;
mod icon;
mod message;
mod notice;
mod region;
mod text;
mod time;

pub use blocks::Blocks;
pub use element::{element, text};
pub use icon::{CLOSE, SMILE, icon};
pub use message::{Bubble, SourceWords, author_kind, event_line, message_item, typing_line};
pub use notice::notice;
pub use region::{Region, nothing};
pub use text::{linked_text, written_text};
pub use time::{clock_time, day_line};
pub use words::waited;
