//! One message while it is read: its words, what they give away, and which of them belong to a fact already.

use std::ops::Range;

use protocol::{FactKind, MAX_FACT_CHARS, checked_email};

use crate::cue::Marks;
use crate::text::Text;

/// The most facts of one message. Nobody tells more at once, and what is hostile is cut here.
const MAX_FOUND: usize = 40;

/// How far an email address reaches to either side of its `@`, in bytes.
const MAX_EMAIL_SIDE: usize = 128;

/// Something that was found.
#[derive(Debug)]
pub struct Found {
    pub kind: FactKind,
    pub text: String,
    /// The word at which it begins.
    at: usize,
}

/// A message while it is read.
pub struct Reading<'t> {
    pub text: &'t Text<'t>,
    pub marks: &'t Marks,
    /// For each word, whether it belongs to a fact, or to something that must not become one.
    taken: Vec<bool>,
    found: Vec<Found>,
}

impl<'t> Reading<'t> {
    pub fn new(text: &'t Text<'t>, marks: &'t Marks) -> Self {
        let mut reading = Self {
            text,
            marks,
            taken: vec![false; text.words.len()],
            found: vec![],
        };
        reading.take_masks();
        reading.take_links();
        reading.find_emails();
        reading
    }

    /// What was found, in the order of the words.
    pub fn finish(mut self) -> Vec<Found> {
        self.found.sort_by_key(|found| found.at);
        self.found
    }

    /// Whether something of this kind was found.
    pub fn has(&self, kind: FactKind) -> bool {
        self.found.iter().any(|found| found.kind == kind)
    }

    /// Whether a word belongs to nothing yet. There is no word after the last one.
    pub fn is_free(&self, word: usize) -> bool {
        self.taken.get(word) == Some(&false)
    }

    pub fn are_free(&self, words: Range<usize>) -> bool {
        !words.is_empty() && words.into_iter().all(|word| self.is_free(word))
    }

    /// A fact in these words, with its text; they belong to nothing else from now on.
    pub fn add(&mut self, kind: FactKind, words: Range<usize>, text: &str) {
        self.quote(kind, words.start, text);
        self.take(words);
    }

    /// A fact that leaves its words to others.
    pub fn quote(&mut self, kind: FactKind, at: usize, text: &str) {
        let text = shortened(text);
        if self.found.len() < MAX_FOUND && !text.is_empty() {
            self.found.push(Found { kind, text, at });
        }
    }

    fn take(&mut self, words: Range<usize>) {
        if let Some(taken) = self.taken.get_mut(words) {
            taken.fill(true);
        }
    }

    fn take_bytes(&mut self, bytes: Range<usize>) {
        let words = self.text.word_from(bytes.start)..self.text.word_from(bytes.end);
        self.take(words);
    }

    /// What the server has put in the place of a card's or an account's number.
    fn take_masks(&mut self) {
        let raw = self.text.raw;
        for (from, _) in raw.match_indices('[') {
            let inside = &raw[from..];
            let end = inside.bytes().take(60).position(|byte| byte == b']');
            if let Some(end) = end
                && inside[..end].ends_with(" removed")
            {
                self.take_bytes(from..from + end);
            }
        }
    }

    /// An address of a page is full of numbers that mean nothing to a reader.
    fn take_links(&mut self) {
        let raw = self.text.raw;
        let mut at = 0;
        for part in raw.split_inclusive(char::is_whitespace) {
            if part.contains("://") || part.starts_with("www.") {
                self.take_bytes(at..at + part.len());
            }
            at += part.len();
        }
    }

    fn find_emails(&mut self) {
        let raw = self.text.raw;
        let mut from = 0;
        for (at, _) in raw.match_indices('@') {
            if at < from {
                continue;
            }
            let before = raw[from..at].char_indices().rev();
            let start = before
                .take_while(|&(index, character)| {
                    at - from - index <= MAX_EMAIL_SIDE && is_of_email(character)
                })
                .last()
                .map_or(at, |(index, _)| from + index);
            let after = raw[at + 1..].char_indices();
            let end = after
                .take_while(|&(index, character)| index <= MAX_EMAIL_SIDE && is_of_email(character))
                .last()
                .map_or(at, |(index, character)| {
                    at + 1 + index + character.len_utf8()
                });
            let trim = |character: char| ".'*_-/".contains(character);
            let email = raw[start..end.max(start)].trim_matches(trim);
            if !email.is_empty() && checked_email(email).is_ok() {
                let start = raw[start..]
                    .find(email)
                    .map_or(start, |index| start + index);
                let words = self.text.word_from(start)..self.text.word_from(start + email.len());
                if self.are_free(words.clone()) {
                    self.add(FactKind::Email, words, email);
                }
                from = start + email.len();
            }
        }
    }
}

fn is_of_email(character: char) -> bool {
    character.is_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(character)
}

/// At most [`MAX_FACT_CHARS`] characters, cut at a word where there is one.
fn shortened(text: &str) -> String {
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(MAX_FACT_CHARS - 1) else {
        return text.into();
    };
    if text[cut..].chars().nth(1).is_none() {
        return text.into();
    }
    let kept = &text[..cut];
    let at_word = kept.rfind(' ').filter(|&space| space > cut / 2);
    [&kept[..at_word.unwrap_or(cut)], "…"].concat()
}
