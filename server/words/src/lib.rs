//! What the visitor's page says, in any language. The server renders the page with these sentences and the script draws
//! it anew with the same ones, so they are here once; the texts they are made of come from a catalogue
//! (`public/locales/TAG.json`), and what only a calendar or a grammar knows comes from a [`Locale`].
//!
//! Nothing here glues parts of a sentence together: a message is a whole, with `{placeholders}` where its language wants
//! them. Sentences stand side by side, in an order that every language can bear.

mod card;
pub mod desk;
mod key;
mod log;
mod queue;
mod status;
mod supervisor;
mod wait;

use protocol::Timestamp;

pub use self::card::card_in_short;
pub use self::key::Key;
pub use self::queue::Wait;
pub use self::wait::waited;

/// The messages of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Box<[Box<str>]>);

/// A piece of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words.
    Text(&'a str),
    /// Where something is put in, by its name.
    Slot(&'a str),
}

/// A plural category of the Unicode CLDR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// `zero`
    Zero,
    /// `one`
    One,
    /// `two`
    Two,
    /// `few`
    Few,
    /// `many`
    Many,
    /// `other`
    Other,
}

/// What only a calendar or a grammar knows: ICU's on the server, the browser's `Intl` in the page.
///
/// Numbers have Latin digits in every language: a receipt's number and a ticking wait have them, and one page should not
/// count in two ways.
pub trait Locale {
    /// Which form counts a place: 1st, 2nd, 3rd.
    fn ordinal(&self, number: u32) -> Category;
    /// A number with the language's marks between the thousands.
    fn number(&self, number: usize) -> String;
    /// The time of day.
    fn time(&self, at: Timestamp) -> String;
    /// The day and the time of day.
    fn day_and_time(&self, at: Timestamp) -> String;
}

/// A language that speaks: its messages, and its calendar and grammar.
#[derive(Debug, Clone, Copy)]
pub struct Speech<'a, L> {
    /// The messages.
    pub words: &'a Words,
    /// The rest.
    pub locale: L,
}

impl Words {
    /// A catalogue, from its texts in the order of [`Key::NAMES`]. None if it has another number of them, as that of
    /// another version would.
    #[must_use]
    pub fn new(texts: impl IntoIterator<Item = String>) -> Option<Self> {
        let texts: Box<[Box<str>]> = texts.into_iter().map(String::into_boxed_str).collect();
        (texts.len() == Key::NAMES.len()).then_some(Self(texts))
    }

    /// All texts, in the order of [`Key::NAMES`].
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|text| &**text)
    }

    /// A message as it stands in the catalogue.
    #[must_use]
    pub fn get(&self, key: Key) -> &str {
        &self.0[key as usize]
    }

    /// A message with its placeholders filled.
    #[must_use]
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// A message's pieces, for those who put elements where its placeholders are.
    pub fn parts(&self, key: Key) -> impl Iterator<Item = Part<'_>> {
        parts(self.get(key))
    }
}

/// The pieces of a message. A brace that opens no placeholder is text.
pub fn parts(message: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = message;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{')
            && let Some((name, after)) = inner.split_once('}')
        {
            rest = after;
            return Some(Part::Slot(name));
        }
        // A brace at the start opens nothing.
        let mut braces = rest.match_indices('{').map(|(at, _)| at);
        let end = braces.find(|at| *at > 0).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Part::Text(text))
    })
}

/// A message with its placeholders filled. One that has no value is left out.
#[must_use]
pub fn fill(message: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len() + 32);
    for part in parts(message) {
        filled.push_str(match part {
            Part::Text(text) => text,
            Part::Slot(name) => values
                .iter()
                .find(|(known, _)| *known == name)
                .map_or("", |(_, value)| value),
        });
    }
    filled
}

/// Sentences after each other.
fn joined(sentences: &[&str]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        if !text.is_empty() && !sentence.is_empty() {
            text.push(' ');
        }
        text.push_str(sentence);
    }
    text
}

#[cfg(test)]
mod tests;
