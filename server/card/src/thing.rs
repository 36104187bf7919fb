//! What was bought, and the level of a programme that somebody says they have.

use std::ops::Range;

use protocol::FactKind;

use crate::cue::{Cue, Mark};
use crate::reading::Reading;
use crate::text::{Gap, Text};
use crate::value::has_digit;

/// The most words of the name of a thing.
const MAX_WORDS: usize = 4;

/// Words before a thing that are no part of its name.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "my", "some", "this", "these", "those", "two", "three", "pair", "of", "our",
    "un", "una", "unos", "unas", "el", "la", "los", "las", "mi", "mis", "une", "des", "le", "les",
    "l", "mon", "ma", "mes", "ce", "cette", "ein", "eine", "einen", "das", "den", "die", "mein",
    "meine", "meinen", "il", "lo", "i", "gli", "uno", "o", "os", "as", "um", "uma", "uns", "umas",
    "meu", "minha", "els", "unes", "een", "het", "de", "mijn", "ett", "en", "det", "min", "mitt",
    "mina", "dos", "deux", "due", "duas", "dois", "questo", "questa", "este", "esta", "estos",
    "estas",
];

/// Words beside a level that make it one.
const MEMBER: &[&str] = &[
    "member",
    "members",
    "membership",
    "mitglied",
    "mitgliedschaft",
    "socio",
    "socia",
    "soci",
    "membre",
    "membro",
    "lid",
    "medlem",
    "level",
    "tier",
    "status",
    "nivel",
    "niveau",
    "livello",
    "czlonek",
    "kunde",
    "kundin",
    "cliente",
    "client",
];

/// Finds them.
pub fn find(reading: &mut Reading<'_>) {
    let marks = reading.marks;
    for mark in marks.iter() {
        let found = match mark.cue {
            Cue::Bought => bought(reading, mark).map(|words| (FactKind::Product, words)),
            Cue::Tier => {
                is_level(reading, mark).then(|| (FactKind::Membership, mark.at..mark.end()))
            }
            _ => None,
        };
        if let Some((kind, words)) = found
            && reading.are_free(words.clone())
        {
            let text = reading.text.raw_of(words.clone());
            reading.add(kind, words, text);
        }
    }
}

fn bought(reading: &Reading<'_>, mark: &Mark) -> Option<Range<usize>> {
    let text = reading.text;
    let mut at = mark.end();
    while at < mark.end() + 3 && ARTICLES.contains(&text.word(at)) && joins(text, at) {
        at += 1;
    }
    if !joins(text, mark.end() - 1) || !joins(text, at - 1) {
        return None;
    }
    let is = |word: usize, cue: Cue| {
        let marks = reading.marks.at(word).iter();
        let mut marks = marks.filter(|other| other.cue == cue && other.words == 1);
        marks.any(|other| other.languages & mark.languages != 0)
    };
    let mut end = at;
    while end < at + MAX_WORDS && reading.is_free(end) && !is(end, Cue::Stop) {
        // A number begins something else, unless it is a part of the name.
        if end == at && has_digit(text.raw_word(end)) {
            break;
        }
        end += 1;
        if !joins(text, end - 1) {
            break;
        }
    }
    // "Return" and "exchange" are things as well as deeds: "the exchange rate".
    let is_deed = mark.words > 1 || at > mark.end();
    let is_named = is_deed
        && end > at
        && !is(at, Cue::Thing)
        && !is(at, Cue::Small)
        && text.word(at).len() >= 3;
    is_named.then_some(at..end)
}

/// Whether the word is a level: it stands beside "member" or the like, or is told as one.
fn is_level(reading: &Reading<'_>, mark: &Mark) -> bool {
    let text = reading.text;
    let is_member = |word: usize| MEMBER.contains(&text.word(word));
    let is_after = joins(text, mark.end() - 1) && is_member(mark.end());
    let before = mark.at.checked_sub(1).filter(|&before| joins(text, before));
    let is_before = before.is_some_and(|before| {
        let earlier = before
            .checked_sub(1)
            .filter(|&earlier| text.gap(earlier) <= Gap::Colon);
        let is_told = reading.marks.is(before, Cue::Is) && earlier.is_some_and(is_member);
        is_member(before) || is_told
    });
    let is_labelled = mark.at > 0 && text.gap(mark.at - 1) == Gap::Colon && is_member(mark.at - 1);
    is_after || is_before || is_labelled
}

fn joins(text: &Text<'_>, at: usize) -> bool {
    text.gap(at) <= Gap::Joint
}
