//! Sums of money: $129.99, 1.299,00 €, EUR 94, 120 euros, R$ 89,90, 499 kr.

use std::ops::Range;

use super::is_number;
use crate::cue::{Cue, Marks};
use crate::text::Text;

/// The most groups of digits in one sum.
const MAX_GROUPS: usize = 5;

/// The signs of currencies.
const SIGNS: &str = "$€£¥₹₺₽₩₴₫₪฿₦₡₲";

/// Codes and short words that stand beside a number.
const CODES: &[&str] = &[
    "eur", "usd", "gbp", "chf", "pln", "sek", "nok", "dkk", "czk", "huf", "ron", "brl", "aud",
    "cad", "inr", "jpy", "cny", "mxn", "try", "kr", "zl", "rs", "ft", "kc", "lei", "fr",
];

/// The sum that begins at a word, and how it is written.
pub fn amount_at<'t>(text: &Text<'t>, marks: &Marks, at: usize) -> Option<(Range<usize>, &'t str)> {
    let word = text.words.get(at)?;
    let raw = text.raw;
    // EUR 94
    let (number, code) = if CODES.contains(&text.word(at)) && !text.between(at).contains('\n') {
        (at + 1, true)
    } else {
        (at, false)
    };
    if !is_number(text.word(number)) || (code && text.between(at).trim() != "") {
        return None;
    }
    let last = last_group(text, number);
    let number_bytes = text.words[number].raw.start..text.words[last].raw.end;
    if code {
        return Some((at..last + 1, &raw[word.raw.start..number_bytes.end]));
    }
    // $129.99, R$ 89,90: the sign, with or without a space.
    let before = raw[..number_bytes.start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let is_near = number_bytes.start - before.len() <= 3;
    if let Some(sign) = before
        .chars()
        .next_back()
        .filter(|sign| is_near && SIGNS.contains(*sign))
    {
        let mut start = before.len() - sign.len_utf8();
        // The letters of R$ and US$.
        let letters = raw[..start].bytes().rev().take(4);
        let letters = letters.take_while(u8::is_ascii_uppercase).count();
        if (1..=3).contains(&letters) {
            start -= letters;
        }
        let first = text.word_from(start).min(number);
        return Some((first..last + 1, &raw[start..number_bytes.end]));
    }
    // 1.299,00 €, 120 euros
    let after = &raw[number_bytes.end..];
    let rest = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if after.len() - rest.len() <= 3 {
        if let Some(sign) = rest.chars().next().filter(|sign| SIGNS.contains(*sign)) {
            let end = raw.len() - rest.len() + sign.len_utf8();
            return Some((number..last + 1, &raw[number_bytes.start..end]));
        }
        let next = last + 1;
        let is_next = text
            .words
            .get(next)
            .is_some_and(|word| raw.len() - rest.len() == word.raw.start);
        if is_next && (CODES.contains(&text.word(next)) || marks.is(next, Cue::Money)) {
            return Some((number..next + 1, text.raw_of(number..next + 1)));
        }
    }
    None
}

/// The last of the groups of digits that are one number.
fn last_group(text: &Text<'_>, first: usize) -> usize {
    let mut last = first;
    while last - first < MAX_GROUPS && is_number(text.word(last + 1)) {
        let length = text.word(last + 1).len();
        let joins = match text.between(last) {
            "." | "," | "'" | "’" => true,
            " " | "\u{a0}" | "\u{202f}" => length == 3 && text.word(first).len() <= 3,
            _ => false,
        };
        if !joins {
            break;
        }
        last += 1;
    }
    last
}
