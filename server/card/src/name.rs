//! Names: "my name is Ana Ruiz", "this is Daniel Okafor", and the name below a greeting.

use std::ops::Range;

use protocol::FactKind;

use crate::cue::{Cue, Languages};
use crate::reading::Reading;
use crate::text::Gap;

/// The most words of a name.
const MAX_NAME_WORDS: usize = 5;

/// The most words of a name that is written small, for what follows it is written small, too.
const MAX_SMALL_WORDS: usize = 3;

/// Words inside a name that are no names.
const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "den",
    "zu", "ter", "ten", "le", "el", "al", "bin", "ibn", "i", "y", "e", "af", "av", "zum", "zur",
    "du", "des", "d", "o", "l", "st", "mac",
];

/// Finds the visitor's name where they say it themselves.
pub fn find(reading: &mut Reading<'_>) {
    let marks = reading.marks;
    for mark in marks.iter() {
        let at = mark.end();
        let gap = reading.text.gap(at - 1);
        let name = match mark.cue {
            Cue::Name if gap <= Gap::Colon => name_at(reading, at, mark.languages),
            Cue::IAm if gap <= Gap::Joint => {
                let name = name_at(reading, at, mark.languages);
                name.filter(|name| is_introduced(reading, mark.at, name))
            }
            Cue::Regards if gap >= Gap::Comma => {
                let name = name_at(reading, at, mark.languages);
                name.filter(|name| is_signed(reading, gap, name))
            }
            _ => None,
        };
        if let Some(words) = name
            && reading.are_free(words.clone())
        {
            let text = reading.text.raw_of(words.clone());
            reading.add(FactKind::Name, words, text);
        }
    }
}

/// The name that begins at a word. It ends where a word of these languages says that something else begins; with all of
/// them, nothing but a name is expected.
pub fn name_at(reading: &Reading<'_>, at: usize, languages: Languages) -> Option<Range<usize>> {
    let text = reading.text;
    let is_capital = |word: usize| text.raw_word(word).starts_with(char::is_uppercase);
    let is_name_capital = is_capital(at);
    let most = if is_name_capital {
        MAX_NAME_WORDS
    } else {
        MAX_SMALL_WORDS
    };
    let mut end = at;
    let mut last_name = at;
    while end < at + most {
        if !reading.is_free(end) || !text.raw_word(end).chars().all(char::is_alphabetic) {
            break;
        }
        let is_particle = PARTICLES.contains(&text.word(end)) && end > at;
        let is_joined = end > at && text.gap(end - 1) == Gap::Joint;
        if !is_particle && !is_joined {
            let ends = |cue: Cue| {
                let marks = reading.marks.at(end).iter();
                let mut ending = marks.filter(|mark| mark.cue == cue && mark.words == 1);
                ending.any(|mark| mark.languages & languages != 0)
            };
            // "An" ends a name in a sentence, and is one where nothing else is said. In capitals, who knows.
            let is_written_so = languages == Languages::MAX
                && end > at
                && is_capital(end)
                && text.raw_word(end).contains(char::is_lowercase);
            let is_no_name = ends(Cue::Small) || (ends(Cue::Stop) && !is_written_so);
            if is_no_name || (is_name_capital && !is_capital(end)) {
                break;
            }
        }
        end += 1;
        if !is_particle || is_joined || (is_name_capital && is_capital(end - 1)) {
            last_name = end;
        }
        if text.gap(end - 1) >= Gap::Colon {
            break;
        }
    }
    let name = at..last_name;
    let letters = text.raw_of(name.clone()).chars().count();
    (2..=80).contains(&letters).then_some(name)
}

/// "I am" begins a name if two capitals follow, or if the message begins so and goes on with a comma: "Hi, I'm Ana, …".
fn is_introduced(reading: &Reading<'_>, cue: usize, name: &Range<usize>) -> bool {
    let text = reading.text;
    let is_capital = |word: usize| text.raw_word(word).starts_with(char::is_uppercase);
    let is_shouted = |word: usize| {
        let raw = text.raw_word(word);
        raw.len() > 1 && !raw.chars().any(char::is_lowercase)
    };
    if !name
        .clone()
        .all(|word| is_capital(word) || PARTICLES.contains(&text.word(word)))
    {
        return false;
    }
    let is_other = |word: usize| {
        let marks = reading.marks.at(word).iter();
        let mut marks = marks.filter(|mark| mark.words == 1);
        marks.any(|mark| matches!(mark.cue, Cue::Tier | Cue::Thing | Cue::Order | Cue::Small))
    };
    if is_other(name.start) || name.clone().any(is_shouted) {
        return false;
    }
    let is_alone = cue <= 3 && text.gap(name.end - 1) >= Gap::Comma && text.word(cue) != "ich";
    name.len() >= 2 || is_alone
}

/// A name that ends the message, below its last greeting. "Thanks, Ana" may be said to Ana.
fn is_signed(reading: &Reading<'_>, gap: Gap, name: &Range<usize>) -> bool {
    let text = reading.text;
    let is_capital = |word: usize| text.raw_word(word).starts_with(char::is_uppercase);
    let is_name = name
        .clone()
        .all(|word| is_capital(word) || PARTICLES.contains(&text.word(word)));
    let is_last = name.end == text.words.len();
    is_name && is_last && (name.len() >= 2 || gap == Gap::Line)
}
