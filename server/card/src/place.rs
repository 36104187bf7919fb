//! Where somebody lives: streets with their numbers, what follows them, and postal codes.

use std::ops::Range;

use protocol::FactKind;

use crate::cue::Cue;
use crate::reading::Reading;
use crate::text::{Gap, Text};
use crate::value::{has_digit, is_number};

/// The most words between a street's word and its number.
const MAX_STREET_WORDS: usize = 5;

/// The most words of the whole address.
const MAX_ADDRESS_WORDS: usize = 20;

/// The most words of one of its parts after the street.
const MAX_PART_WORDS: usize = 4;

/// How words for streets end in languages that write them as one.
const ENDINGS: &[&str] = &[
    "strasse", "str", "weg", "platz", "gasse", "allee", "ufer", "damm", "straat", "laan", "gracht",
    "plein", "dijk", "kade", "gatan", "vagen", "gata", "gade", "veien", "vej", "torget",
];

/// Finds addresses by their streets, and the postal codes in them.
pub fn find(reading: &mut Reading<'_>) {
    for at in 0..reading.text.words.len() {
        if !reading.is_free(at) {
            continue;
        }
        let street = number_last(reading, at).or_else(|| number_first(reading, at));
        if let Some(street) = street.filter(|street| reading.are_free(street.clone())) {
            let words = street.start..rest_of(reading, street.end);
            add(reading, words, street.end);
        } else if let Some(words) = postcode_at(reading.text, at, false)
            && reading.are_free(words.clone())
        {
            let text = reading.text.raw_of(words.clone());
            reading.add(FactKind::Postcode, words, text);
        }
    }
}

/// An address, and the postal code that is in it after its street.
pub fn add(reading: &mut Reading<'_>, words: Range<usize>, street_end: usize) {
    let text = reading.text;
    let mut codes = (street_end..words.end).filter_map(|at| {
        let code = postcode_at(text, at, true)?;
        // Four digits are a code where a town follows, and five or more where they are no house's.
        let length = text.raw_of(code.clone()).len();
        (code.end <= words.end && length >= 4).then_some(code)
    });
    if let Some(code) = codes.next() {
        reading.quote(FactKind::Postcode, code.start, text.raw_of(code));
    }
    let raw = text.raw_of(words.clone());
    reading.add(FactKind::Address, words, raw);
}

/// What stands in the rest of a clause, or in the line with its commas, until something else begins.
pub fn line_at(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let end = rest_of(reading, clause_end(reading.text, at));
    let words = at..end.min(at + MAX_ADDRESS_WORDS);
    reading.are_free(words.clone()).then_some(words)
}

/// The word after the clause that a word is in.
pub fn clause_end(text: &Text<'_>, at: usize) -> usize {
    let rest = text.words.get(at..).unwrap_or_default();
    let length = rest
        .iter()
        .take(MAX_ADDRESS_WORDS)
        .position(|word| word.gap >= Gap::Comma);
    at + length.map_or(rest.len().min(MAX_ADDRESS_WORDS), |last| last + 1)
}

/// Calle Mayor 12, 12 rue de la Paix, Hauptstraße 5
fn number_last(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let text = reading.text;
    if is_house(text.word(at)) && reading.marks.is(at + 1, Cue::StreetFirst) && joins(text, at) {
        // 12 rue de la Paix: to the end of the street's name.
        let name = reading.marks.cue_at(at + 1, Cue::StreetFirst)?.end();
        let end = (name..name + MAX_STREET_WORDS)
            .take_while(|&word| {
                let raw = text.raw_word(word);
                (word == name || joins(text, word - 1)) && !raw.is_empty() && !has_digit(raw)
            })
            .take_while(|&word| {
                let is_small = !text.raw_word(word).starts_with(char::is_uppercase);
                word == name || !(is_small && reading.marks.is(word, Cue::Wish))
            })
            .last()?;
        return Some(at..end + 1);
    }
    if is_compound(text, at) && joins(text, at) && is_house(text.word(at + 1)) {
        return Some(at..at + 2);
    }
    let mark = reading.marks.cue_at(at, Cue::StreetFirst)?;
    let word = text.word(at);
    // One letter is a street only with its sign: C/ Mayor.
    if word.len() == 1 && !text.between(at).starts_with(['/', '.']) {
        return None;
    }
    let number = (mark.end() + 1..mark.end() + MAX_STREET_WORDS + 1)
        .find(|&word| is_house(text.word(word)))?;
    let name = mark.end()..number;
    let is_joined = (at..number - 1).all(|word| joins(text, word));
    let is_near = joins(text, number - 1) || text.gap(number - 1) == Gap::Comma;
    let is_named = name
        .clone()
        .any(|word| text.raw_word(word).starts_with(char::is_uppercase));
    let is_free = name.clone().all(|word| !reading.marks.is(word, Cue::Wish));
    let is_street = is_named || (word.len() >= 4 && word != "place" && word != "plaza");
    (is_joined && is_near && is_street && is_free).then_some(at..number + 1)
}

/// 6821 1st Ave
fn number_first(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let text = reading.text;
    if !is_house(text.word(at)) || !joins(text, at) {
        return None;
    }
    let last = (at + 2..at + MAX_STREET_WORDS)
        .take_while(|&word| joins(text, word - 1))
        .find(|&word| reading.marks.is(word, Cue::StreetLast))?;
    let mut name = at + 1..last;
    let is_named = name.all(|word| {
        let raw = text.raw_word(word);
        raw.starts_with(char::is_uppercase) || has_digit(raw)
    });
    // Some of these words are others, too: "a way", "a place".
    let is_street = matches!(
        text.word(last),
        "st" | "street" | "ave" | "avenue" | "rd" | "road" | "lane" | "blvd" | "boulevard"
    );
    (is_named || is_street).then_some(at..last + 1)
}

/// Where the address ends, if its street ends there: the town, the region and the code follow.
fn rest_of(reading: &Reading<'_>, street_end: usize) -> usize {
    let text = reading.text;
    let last = text.words.len().min(street_end + MAX_ADDRESS_WORDS);
    let mut end = street_end;
    while end < last {
        match text.gap(end - 1) {
            // Without a comma it goes on for as long as there are numbers and names.
            Gap::Space | Gap::Joint if is_of_place(reading, end) => end += 1,
            gap @ (Gap::Comma | Gap::Line) => match part_of(reading, end, gap) {
                Some(part_end) => end = part_end,
                None => break,
            },
            _ => break,
        }
    }
    end.min(last)
}

/// A name or a number, as they stand in an address.
fn is_of_place(reading: &Reading<'_>, word: usize) -> bool {
    let raw = reading.text.raw_word(word);
    reading.is_free(word) && (raw.starts_with(char::is_uppercase) || has_digit(raw))
}

/// Where a part of an address ends that begins after a comma, or in a new line, if it is one.
fn part_of(reading: &Reading<'_>, from: usize, gap: Gap) -> Option<usize> {
    let text = reading.text;
    let is_other = |word: usize| {
        let is_other = |cue: Cue| {
            matches!(
                cue,
                Cue::Small | Cue::Wish | Cue::Please | Cue::Regards | Cue::Slot(_)
            )
        };
        let mut marks = reading.marks.at(word).iter();
        let is_cue = marks.any(|mark| is_other(mark.cue));
        // Two letters are a state or a province: NY is also "new" in Swedish.
        let raw = text.raw_word(word);
        !reading.is_free(word) || (is_cue && raw.len() > 2 && !has_digit(raw))
    };
    let comma = (from..from + MAX_PART_WORDS).find(|&word| text.gap(word) >= Gap::Comma);
    let other = (from..from + MAX_PART_WORDS).find(|&word| is_other(word));
    let end = match (comma, other) {
        (Some(comma), Some(other)) => other.min(comma + 1),
        (Some(comma), None) => comma + 1,
        (None, other) => other?,
    };
    let has_code = (from..end).any(|word| has_digit(text.raw_word(word)));
    let is_whole = comma.is_some_and(|comma| comma + 1 == end);
    let is_town = is_whole && gap == Gap::Comma && (is_of_place(reading, from) || end <= from + 2);
    (end > from && (has_code || is_town)).then_some(end)
}

/// The postal code that begins at a word. Unless somebody has said that one comes, only those that nothing else looks like:
/// SW1A 1AA, K1A 0B1.
pub fn postcode_at(text: &Text<'_>, at: usize, is_told: bool) -> Option<Range<usize>> {
    let (one, two) = (text.raw_word(at), text.raw_word(at + 1));
    let is_spaced = matches!(text.between(at), " " | "\u{a0}");
    let shapes = (shape(one), shape(two));
    let (one_shape, two_shape) = (shapes.0.as_str(), shapes.1.as_str());
    let is_british =
        matches!(one_shape, "A0" | "A00" | "AA0" | "AA00" | "A0A" | "AA0A") && two_shape == "0AA";
    let is_canadian = one_shape == "A0A" && two_shape == "0A0";
    if is_spaced && (is_british || is_canadian) {
        return Some(at..at + 2);
    }
    if !is_told || one.is_empty() {
        return None;
    }
    let is_dutch = one_shape == "0000" && matches!(two_shape, "AA" | "aa") && is_spaced;
    let is_swedish = one_shape == "000" && two_shape == "00" && is_spaced;
    let is_joined = text.between(at) == "-"
        && matches!(
            (one_shape, two_shape),
            ("00", "000") | ("0000", "000") | ("00000", "0000" | "000")
        );
    if is_dutch || is_swedish || is_joined {
        return Some(at..at + 2);
    }
    let is_code = match one.len() {
        4..=7 => has_digit(one) && (is_number(one) || one_shape.starts_with(['0', 'A'])),
        _ => false,
    };
    (is_code && one.len() != 7 || one_shape == "A0A0A0").then_some(at..at + 1)
}

/// Digits as 0, capitals as A, small letters as a; nothing for what no postal code has.
fn shape(word: &str) -> String {
    if word.len() > 7 {
        return String::new();
    }
    word.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' => '0',
            b'A'..=b'Z' => 'A',
            b'a'..=b'z' => 'a',
            _ => '?',
        })
        .collect()
}

/// The number of a house: 12, 12b, 1st is none.
fn is_house(word: &str) -> bool {
    let number = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    (1..=5).contains(&number.len()) && is_number(number) && word.len() - number.len() <= 1
}

fn is_compound(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    let is_street = |ending: &str| word.len() >= ending.len() + 3 && word.ends_with(ending);
    text.raw_word(at).starts_with(char::is_uppercase)
        && ENDINGS.iter().any(|ending| is_street(ending))
}

fn joins(text: &Text<'_>, at: usize) -> bool {
    text.gap(at) <= Gap::Joint
}
