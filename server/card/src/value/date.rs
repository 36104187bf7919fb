//! Days and months: 2026-02-03, 12/11/2026, 12.03.26, 14 March 2026, November 6th, 3 de mayo, in November.

use std::ops::Range;

use super::{is_number, month_at, small_number};
use crate::reading::Reading;
use crate::text::{Gap, Text};

/// Words before a month that stands alone, or before a day and a month in two numbers.
const BEFORE: &[&str] = &[
    "in", "on", "am", "im", "vom", "seit", "since", "last", "early", "late", "en", "el", "dia",
    "desde", "le", "du", "au", "depuis", "il", "a", "del", "dal", "em", "no", "op", "sinds", "de",
    "w", "we", "dnia", "od", "i", "den", "sedan", "from", "para", "for", "by", "until", "al", "o",
    "ao",
];

/// Months that are shortened before a day. In other languages the day is first, and "out 30" is no October.
const SHORT: &[&str] = &[
    "jan", "feb", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Words between a day, a month and a year.
const BETWEEN: &[&str] = &["de", "del", "of", "d", "the", "den", "do", "da"];

/// The day or month that begins at a word.
pub fn date_at(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let words = numeric(reading.text, at)
        .or_else(|| day_first(reading, at))
        .or_else(|| month_first(reading, at))?;
    reading.are_free(words.clone()).then_some(words)
}

fn numeric(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let separator = text.between(at);
    if !matches!(separator, "-" | "/" | "." | ". ") {
        return None;
    }
    let (first, second) = (text.word(at), text.word(at + 1));
    let second_number = small_number(second)?;
    let third = text.word(at + 2);
    if text.between(at + 1) == separator && is_number(third) {
        // Four parts are an address of a machine, or a version.
        if matches!(text.between(at + 2), "-" | "." | "/") {
            return None;
        }
        let is_short_year = |word: &str| word.len() == 2 && separator != "-";
        let is_date = match small_number(first) {
            Some(first) => {
                (is_year(third) || is_short_year(third)) && is_day_and_month(first, second_number)
            }
            None => {
                let third = small_number(third).unwrap_or(0);
                is_year(first) && (1..=12).contains(&second_number) && is_day(third)
            }
        };
        return is_date.then_some(at..at + 3);
    }
    let first = small_number(first)?;
    let is_told = at > 0 && BEFORE.contains(&text.word(at - 1)) && text.gap(at - 1) == Gap::Space;
    let ends = text.raw[text.words[at + 1].raw.end..].starts_with('.');
    let is_date = match separator {
        "/" => is_told,
        "." => is_told && ends,
        _ => false,
    };
    // The full stop that ends the sentence is no digit of a third part.
    let is_whole = text.gap(at + 1) != Gap::Joint || ends;
    (is_date && is_whole && is_day_and_month(first, second_number)).then_some(at..at + 2)
}

/// 14 March 2026, 3 de mayo, 12. März
fn day_first(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let text = reading.text;
    ordinal(text.word(at)).filter(|&day| is_day(day))?;
    let month = skip(text, at + 1);
    (text.gap(month - 1) <= Gap::Joint && month_at(reading, month).is_some())
        .then(|| at..with_year(text, month + 1))
}

/// November 6th, 2019; November 2019; in November
fn month_first(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    month_at(reading, at)?;
    let text = reading.text;
    let day = skip(text, at + 1);
    let is_before_day = text.gap(day - 1) <= Gap::Joint
        && ordinal(text.word(day)).is_some_and(is_day)
        && (text.raw_word(at).len() > 3 || is_capital(text, at) || SHORT.contains(&text.word(at)))
        && !text.raw[text.words[day].raw.end..].starts_with([':', '%']);
    if is_before_day {
        return Some(at..with_year(text, day + 1));
    }
    let end = with_year(text, at + 1);
    if end > at + 1 {
        return Some(at..end);
    }
    let raw = text.raw_word(at);
    let is_told = at > 0 && BEFORE.contains(&text.word(at - 1)) && text.gap(at - 1) == Gap::Space;
    // "may" and "mar" are other words, too, where they are small.
    let is_month = raw.chars().count() >= 5 || is_capital(text, at);
    (is_told && is_month && raw.len() >= 3).then_some(at..end)
}

fn is_capital(text: &Text<'_>, at: usize) -> bool {
    text.raw_word(at).starts_with(char::is_uppercase)
}

/// The word after those that may stand between the parts of a date.
fn skip(text: &Text<'_>, at: usize) -> usize {
    let is_between = text.gap(at - 1) == Gap::Space && BETWEEN.contains(&text.word(at));
    if is_between { at + 1 } else { at }
}

/// Where the date ends if a year may follow.
fn with_year(text: &Text<'_>, end: usize) -> usize {
    let year = skip(text, end);
    let follows = matches!(text.gap(year - 1), Gap::Space | Gap::Joint | Gap::Comma);
    if follows && is_year(text.word(year)) {
        year + 1
    } else {
        end
    }
}

/// A day of the month, as it is counted in many languages.
fn ordinal(word: &str) -> Option<u8> {
    let number = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ending = &word[number.len()..];
    let is_ending = matches!(
        ending,
        "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "o" | "a" | "de" | "ste"
    );
    is_ending.then(|| small_number(number)).flatten()
}

fn is_day(day: u8) -> bool {
    (1..=31).contains(&day)
}

fn is_day_and_month(first: u8, second: u8) -> bool {
    is_day(first) && is_day(second) && (first <= 12 || second <= 12)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && is_number(word) && (word.starts_with("19") || word.starts_with("20"))
}
