//! Values that are known by their shape, in any language: days, sums of money, telephone numbers, codes.

mod amount;
mod date;
mod phone;

use std::ops::Range;

use protocol::FactKind;

pub use self::phone::{digits, phone_at};
use crate::cue::Cue;
use crate::reading::Reading;
use crate::text::{Gap, Text};

/// The longest code, in bytes.
const MAX_CODE_BYTES: usize = 40;

/// Finds the days and the sums, which nothing else looks like.
pub fn find_dates_and_amounts(reading: &mut Reading<'_>) {
    for at in 0..reading.text.words.len() {
        if !reading.is_free(at) {
            continue;
        }
        if let Some(words) = date::date_at(reading, at) {
            let text = reading.text.raw_of(words.clone());
            reading.add(FactKind::Date, words, text);
        } else if let Some((words, text)) = amount::amount_at(reading.text, reading.marks, at)
            && reading.are_free(words.clone())
        {
            reading.add(FactKind::Amount, words, text);
        }
    }
}

/// Finds telephone numbers and codes that nobody has called by a name.
pub fn find_phones_and_codes(reading: &mut Reading<'_>) {
    for at in 0..reading.text.words.len() {
        if !reading.is_free(at) {
            continue;
        }
        if let Some((words, text)) = phone_at(reading.text, at, false)
            && reading.are_free(words.clone())
        {
            reading.add(FactKind::Phone, words, text);
        } else if let Some((kind, words)) = bare_code(reading.text, at)
            && reading.are_free(words.clone())
        {
            let text = reading.text.raw_of(words.clone());
            reading.add(kind, words, text);
        }
    }
}

/// A word or several that are joined, with nothing but letters and digits in them: ORD-1234, 4127, 12/55-B.
pub fn code_at(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let mut end = at;
    loop {
        let raw = text.raw_word(end);
        if raw.is_empty() || !raw.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        end += 1;
        let joins = matches!(text.between(end - 1), "-" | "/" | "_" | "." | "–");
        if !joins || text.words[end - 1].raw.end - text.words[at].raw.start > MAX_CODE_BYTES {
            break;
        }
        // What follows a hyphen but is a plain word is another matter: "4127-please".
        let next = text.raw_word(end);
        if next.len() > 3 && !has_digit(next) {
            break;
        }
    }
    let code = text.raw_of(at..end);
    (digits(code) >= 3 && code.len() <= MAX_CODE_BYTES).then_some(at..end)
}

/// Whether two codes are made alike: letters where the other has letters, digits where it has digits.
pub fn is_alike(one: &str, other: &str) -> bool {
    let is_alike = |(one, other): (u8, u8)| {
        one.is_ascii_digit() == other.is_ascii_digit()
            && one.is_ascii_alphabetic() == other.is_ascii_alphabetic()
    };
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(is_alike)
}

fn bare_code(text: &Text<'_>, at: usize) -> Option<(FactKind, Range<usize>)> {
    let words = code_at(text, at)?;
    let code = text.raw_of(words.clone());
    let before = text.raw[..text.words[at].raw.start].chars().next_back();
    if before == Some('#') {
        return Some((FactKind::Order, words));
    }
    if before.is_some_and(|before| !before.is_whitespace() && !"([\"'".contains(before)) {
        return None;
    }
    // ORD-1234, and A1234567: capitals before digits.
    let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = code[letters..].trim_start_matches('-');
    let is_number = rest
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    if (1..=5).contains(&letters) && is_number && digits(rest) >= 4 {
        return Some((FactKind::Order, words));
    }
    // A long number alone in a line names something, but who knows what.
    let is_alone = (at == 0 || text.gap(at - 1) >= Gap::Line)
        && text.gap(words.end - 1) >= Gap::Line
        && letters == 0;
    (is_alone && is_number && digits(code) >= 6).then_some((FactKind::Reference, words))
}

/// The word's number, if it is one of one or two digits.
fn small_number(word: &str) -> Option<u8> {
    let is_number = (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.parse().ok()).flatten()
}

/// Whether a word has a digit.
pub fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a word is nothing but digits.
pub fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The month whose name stands there.
fn month_at(reading: &Reading<'_>, at: usize) -> Option<u8> {
    let marks = reading.marks.at(at).iter();
    marks
        .filter_map(|mark| match mark.cue {
            Cue::Month(month) => Some(month),
            _ => None,
        })
        .next()
}
