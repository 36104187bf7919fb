//! Bare answers: what a line means because somebody has asked for it.

use std::ops::Range;

use protocol::FactKind;

use crate::cue::{Cue, Languages};
use crate::label::token_at;
use crate::reading::Reading;
use crate::text::Gap;
use crate::value::{code_at, digits, has_digit, is_number, phone_at};
use crate::{name, place};

/// The most words of an answer that is a value.
const MAX_ANSWER_WORDS: usize = 7;

/// Finds the answers to what was asked, and takes off what is answered.
pub fn find(reading: &mut Reading<'_>, waiting: &mut Vec<FactKind>) {
    if waiting.is_empty() {
        return;
    }
    waiting.retain(|kind| !reading.has(*kind));
    let lines: Vec<_> = reading.text.parts(Gap::Line).collect();
    for line in lines {
        if reading.text.gap(line.end - 1) == Gap::Question {
            continue;
        }
        if take(waiting, FactKind::Address, |_| {
            address(reading, line.clone())
        }) {
            continue;
        }
        let mut parts = vec![];
        let mut from = line.start;
        for word in line.clone() {
            let is_and = AND.contains(&reading.text.word(word)) && word > from;
            if reading.text.gap(word) >= Gap::Comma || is_and {
                parts.push(from..if is_and { word } else { word + 1 });
                from = word + 1;
            }
        }
        parts.push(from..line.end);
        for part in parts {
            let part = stripped(reading, part);
            if !part.is_empty() {
                answer(reading, part, waiting);
            }
        }
        if reading.are_free(line.clone()) {
            take(waiting, FactKind::Reason, |_| reason(reading, line.clone()));
        }
    }
}

/// Words between two answers.
const AND: &[&str] = &["and", "y", "et", "und", "e", "en", "och", "eta", "oraz"];

/// Takes a kind off if it is asked for and its value is there.
fn take(waiting: &mut Vec<FactKind>, kind: FactKind, find: impl FnOnce(FactKind) -> bool) -> bool {
    let is_found = waiting.contains(&kind) && find(kind);
    if is_found {
        waiting.retain(|other| *other != kind);
    }
    is_found
}

/// The part without what an answer begins and ends with: "sure, it's", "please".
fn stripped(reading: &Reading<'_>, part: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = part;
    let is_fill = |word: usize| {
        let marks = reading.marks.at(word).iter();
        let is = |cue: Cue| {
            matches!(
                cue,
                Cue::Small | Cue::Is | Cue::Please | Cue::Filler | Cue::IAm
            )
        };
        marks
            .filter(|mark| is(mark.cue))
            .any(|mark| mark.words == 1)
    };
    let is_capital = |word: usize| reading.text.raw_word(word).starts_with(char::is_uppercase);
    while start < end && is_fill(start) && !(is_capital(start) && start > part.start) {
        start += 1;
    }
    while start < end && is_fill(end - 1) && !is_capital(end - 1) {
        end -= 1;
    }
    start..end
}

fn answer(reading: &mut Reading<'_>, part: Range<usize>, waiting: &mut Vec<FactKind>) {
    let asked = waiting.clone();
    for kind in &asked {
        let others = asked.iter().filter(|other| *other != kind);
        let others: Vec<_> = others.copied().collect();
        if take(waiting, *kind, |kind| {
            one(reading, part.clone(), kind, &others)
        }) {
            return;
        }
    }
}

/// Whether the part is a value of this kind; it is added then. What else is asked for tells like shapes apart.
fn one(reading: &mut Reading<'_>, part: Range<usize>, kind: FactKind, others: &[FactKind]) -> bool {
    let text = reading.text;
    let at = part.start;
    let is_short = part.len() <= MAX_ANSWER_WORDS;
    let raw = text.raw_of(part.clone());
    let is_also = |kind: FactKind| others.contains(&kind);
    let found = match kind {
        FactKind::Phone => {
            let phone = part.clone().find_map(|word| phone_at(text, word, true));
            phone.filter(|(words, raw)| {
                let is_marked = raw.starts_with(['+', '(']) || words.len() > 1;
                (7..=15).contains(&digits(raw)) && (is_marked || !is_also(FactKind::Order))
            })
        }
        FactKind::Order | FactKind::Reference if is_short => {
            let mut words = part.clone().filter_map(|word| code_at(text, word));
            let code = words.next().filter(|words| {
                let code = text.raw_of(words.clone());
                let is_number = code.bytes().all(|byte| !byte.is_ascii_lowercase());
                is_number || !is_also(FactKind::Account)
            });
            // A number that is written in groups.
            let is_grouped = part.len() > 1 && part.clone().all(|word| is_number(text.word(word)));
            let code = if is_grouped { Some(part.clone()) } else { code };
            code.map(|words| (words.clone(), text.raw_of(words)))
        }
        FactKind::Account if is_short => {
            let first = token_at(text, at);
            let token = first.filter(|words| words.end >= part.end || has_digit(raw));
            token
                .map(|words| (words.clone(), text.raw_of(words)))
                .filter(|(_, raw)| {
                    let is_marked = has_digit(raw) || raw.contains(['_', '.']);
                    let is_order = is_number(raw) && is_also(FactKind::Order);
                    !is_order && (is_marked || !is_also(FactKind::Name))
                })
        }
        FactKind::Postcode if part.len() <= 4 => {
            let mut codes = part
                .clone()
                .filter_map(|word| place::postcode_at(text, word, true));
            codes
                .next()
                .map(|words| (words.clone(), text.raw_of(words)))
        }
        FactKind::Name if part.len() <= 5 => {
            let name = name::name_at(reading, at, Languages::MAX);
            let name = name.filter(|words| words.end == part.end && is_whole_name(reading, words));
            name.map(|words| (words.clone(), text.raw_of(words)))
        }
        FactKind::Amount if part.len() <= 3 && has_digit(raw) => Some((part.clone(), raw)),
        FactKind::Date if is_short => {
            let is_day = part.clone().any(|word| reading.marks.is(word, Cue::Day));
            is_day.then(|| (part.clone(), raw))
        }
        FactKind::Membership if is_short => {
            let mut tiers = part
                .clone()
                .filter(|&word| reading.marks.is(word, Cue::Tier));
            tiers
                .next()
                .map(|word| (word..word + 1, text.raw_word(word)))
        }
        FactKind::Product if is_short => {
            let is_thing = reading.marks.is(at, Cue::Thing) || reading.marks.is(at, Cue::Stop);
            (!is_thing && raw.len() >= 3).then(|| (part.clone(), raw))
        }
        _ => None,
    };
    let found = found.filter(|(words, _)| reading.are_free(words.clone()));
    if let Some((words, text)) = found {
        reading.add(kind, words, text);
        return true;
    }
    false
}

/// A bare name has no word in it that is none: "no worries", "why do you ask".
fn is_whole_name(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    let is_no_name = |word: usize| {
        let is_capital = reading.text.raw_word(word).starts_with(char::is_uppercase);
        let is_small = reading.marks.is(word, Cue::Small);
        is_small && (word == words.start || !is_capital)
    };
    !words.clone().any(is_no_name)
}

fn address(reading: &mut Reading<'_>, line: Range<usize>) -> bool {
    let text = reading.text;
    let line = stripped(reading, line);
    let is_word = |&word: &usize| {
        text.raw_word(word)
            .chars()
            .filter(|c| c.is_alphabetic())
            .count()
            >= 2
    };
    let is_address = has_digit(text.raw_of(line.clone()))
        && line.clone().filter(is_word).count() >= 1
        && (3..=20).contains(&line.len())
        && reading.are_free(line.clone());
    if is_address {
        let street_end = line.clone().find(|&word| text.gap(word) >= Gap::Comma);
        let street_end = street_end.map_or(line.end, |last| last + 1);
        place::add(reading, line.clone(), street_end.max(line.start + 2));
    }
    is_address
}

fn reason(reading: &mut Reading<'_>, line: Range<usize>) -> bool {
    let is_content = |&word: &usize| !reading.marks.is(word, Cue::Small);
    let content = line.clone().filter(is_content).count();
    let is_reason = content >= 2 || (content > 0 && line.len() >= 4);
    if is_reason {
        let raw = reading.text.raw_of(line.clone());
        reading.add(FactKind::Reason, line, raw);
    }
    is_reason
}
