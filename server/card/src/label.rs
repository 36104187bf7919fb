//! Values that somebody calls by their name: "order number: 4127", "mi usuario es ana_90", "4127 is my order number".

use std::ops::Range;

use protocol::FactKind;

use crate::cue::{Cue, Mark};
use crate::reading::Reading;
use crate::text::{Gap, Text};
use crate::value::{code_at, digits, has_digit, is_alike, phone_at};
use crate::{name, place};

/// The most words between a name and its value: "number of my order is: no."
const MAX_BETWEEN: usize = 4;

/// How far further codes are looked for, in words.
const MAX_ALIKE_WORDS: usize = 100;

/// The longest user name, in bytes.
const MAX_TOKEN_BYTES: usize = 80;

/// Finds what is called by its name.
pub fn find(reading: &mut Reading<'_>) {
    let marks = reading.marks;
    for mark in marks.iter() {
        let kind = match mark.cue {
            Cue::Slot(kind) => kind,
            Cue::Order => FactKind::Order,
            _ => continue,
        };
        let (at, is_said) = value_after(reading, mark);
        let value =
            value(reading, kind, at, is_said, mark).or_else(|| value_before(reading, kind, mark));
        let Some((words, text)) = value else {
            continue;
        };
        if reading.are_free(words.clone()) {
            reading.add(kind, words.clone(), &text);
            if matches!(kind, FactKind::Order | FactKind::Reference) {
                find_alike(reading, kind, words.end, &text);
            }
        }
    }
}

/// The word at which the value begins, and whether the words before it say so: "is", or a colon.
fn value_after(reading: &Reading<'_>, mark: &Mark) -> (usize, bool) {
    let text = reading.text;
    let mut at = mark.end();
    let mut is_said = matches!(text.gap(at - 1), Gap::Colon | Gap::Line);
    // Only the first gap may be a line's end: the value stands below its name.
    if text.gap(at - 1) > Gap::Line || text.gap(at - 1) == Gap::Comma {
        return (usize::MAX, false);
    }
    while at < mark.end() + MAX_BETWEEN {
        let mut marks = reading.marks.at(at).iter();
        let is = marks.find(|is| is.cue == Cue::Is && is.languages & mark.languages != 0);
        let Some(is) = is.filter(|is| text.gap(is.end() - 1) <= Gap::Colon) else {
            break;
        };
        is_said = true;
        at = is.end();
    }
    (at, is_said)
}

fn value(
    reading: &Reading<'_>,
    kind: FactKind,
    at: usize,
    is_said: bool,
    mark: &Mark,
) -> Option<(Range<usize>, String)> {
    let text = reading.text;
    if !reading.is_free(at) {
        return None;
    }
    let has_colon = text.gap(mark.end() - 1) == Gap::Colon;
    let of = |words: Range<usize>| {
        let raw = text.raw_of(words.clone());
        Some((words, raw.to_owned()))
    };
    match kind {
        FactKind::Order | FactKind::Reference => code_at(text, at).and_then(of),
        FactKind::Account => {
            let words = token_at(text, at)?;
            let token = text.raw_of(words.clone());
            let is_account = has_digit(token) || (is_said && is_account(reading, &words));
            is_account.then(|| of(words)).flatten()
        }
        FactKind::Phone => {
            let (words, raw) = phone_at(text, at, true)?;
            Some((words, raw.to_owned()))
        }
        FactKind::Postcode => place::postcode_at(text, at, true).and_then(of),
        FactKind::Address if is_said => {
            let words = place::line_at(reading, at)?;
            has_digit(text.raw_of(words.clone()))
                .then(|| of(words))
                .flatten()
        }
        FactKind::Name if has_colon => name::name_at(reading, at, mark.languages).and_then(of),
        FactKind::Product if has_colon => {
            let words = at..place::clause_end(text, at).min(at + 8);
            reading.are_free(words.clone()).then(|| of(words)).flatten()
        }
        _ => None,
    }
}

/// "4127 is my order number"
fn value_before(
    reading: &Reading<'_>,
    kind: FactKind,
    mark: &Mark,
) -> Option<(Range<usize>, String)> {
    let is = |at: usize, cue: Cue| {
        let marks = reading.marks.at(at).iter();
        marks
            .filter(|other| other.cue == cue && other.languages & mark.languages != 0)
            .any(|other| other.words == 1)
    };
    let at = mark.at.checked_sub(3)?;
    let text = reading.text;
    let is_told = is(at + 1, Cue::Is) && (is(at + 2, Cue::Is) || is(at + 2, Cue::Filler));
    if !is_told
        || !matches!(
            kind,
            FactKind::Order | FactKind::Reference | FactKind::Account
        )
    {
        return None;
    }
    // The value may be of several words: 4711-220.
    let mut first = at;
    while first > 0 && at - first < 4 && text.gap(first - 1) == Gap::Joint {
        first -= 1;
    }
    let words = first..at + 1;
    let raw = text.raw_of(words.clone());
    let is_value = reading.are_free(words.clone()) && digits(raw) >= 3 && !raw.contains(' ');
    is_value.then(|| (words, raw.to_owned()))
}

/// Further codes of the same make in the same sentence: "orders 4127 and 4128", "sorry, 4128".
fn find_alike(reading: &mut Reading<'_>, kind: FactKind, from: usize, code: &str) {
    if digits(code) < 4 {
        return;
    }
    let text = reading.text;
    let end = text.words.len().min(from + MAX_ALIKE_WORDS);
    let mut at = from;
    while at < end && text.gap(at - 1) < Gap::Line {
        let Some(words) = code_at(text, at).filter(|words| reading.are_free(words.clone())) else {
            at += 1;
            continue;
        };
        let other = text.raw_of(words.clone());
        at = words.end;
        if is_alike(code, other) {
            reading.add(kind, words, other);
        }
    }
}

/// What is written in one piece, without the marks around it.
pub fn token_at(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let mut end = at + 1;
    while text.gap(end - 1) == Gap::Joint && !text.between(end - 1).contains(char::is_whitespace) {
        end += 1;
        let start = text.words.get(at)?.raw.start;
        if text.words.get(end - 1)?.raw.end - start > MAX_TOKEN_BYTES {
            return None;
        }
    }
    let token = text.raw_of(at..end);
    (3..=MAX_TOKEN_BYTES)
        .contains(&token.len())
        .then_some(at..end)
}

/// Whether what has no digit may be a user name: it ends its clause, and is none of the words that an answer begins with.
fn is_account(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let marks = reading.marks;
    let text = reading.text;
    let is_plain = [Cue::Small, Cue::Stop, Cue::Filler, Cue::Is];
    let is_plain = is_plain.iter().any(|cue| marks.is(words.start, *cue));
    let is_last = text.gap(words.end - 1) >= Gap::Comma;
    text.raw_of(words.clone()).contains(['_', '.', '-']) || (is_last && !is_plain)
}
