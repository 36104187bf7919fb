//! Telephone numbers: +34 611 22 33 44, (977) 625-2661, 06 12 34 56 78, 555-013-4477.

use std::ops::Range;

use super::is_number;
use crate::text::Text;

/// The most groups of digits in one number.
const MAX_GROUPS: usize = 8;

/// The most digits (ITU-T E.164).
const MAX_DIGITS: usize = 15;

/// The telephone number that begins at a word, and how it is written. If somebody has said that one comes, fewer signs
/// of it are enough.
pub fn phone_at<'t>(text: &Text<'t>, at: usize, is_told: bool) -> Option<(Range<usize>, &'t str)> {
    if !is_number(text.word(at)) {
        return None;
    }
    let before = text.raw[..text.words[at].raw.start].trim_end_matches('(');
    let has_plus = before.ends_with('+');
    let is_open = text.raw[..text.words[at].raw.start].ends_with('(');
    // The middle of something that is written in one piece is none.
    if before.ends_with(['-', '/', '.', '#'])
        || (before.ends_with(char::is_alphanumeric) && !is_open)
    {
        return None;
    }
    let mut end = at;
    let mut count = 0;
    while end - at < MAX_GROUPS && is_number(text.word(end)) {
        let more = text.word(end).len();
        if count + more > MAX_DIGITS {
            break;
        }
        count += more;
        end += 1;
        if !is_joint(text.between(end - 1)) {
            break;
        }
    }
    let groups = end - at;
    if groups == 0 || matches!(text.between(end - 1), "-" | "/" | "_" | "@") {
        return None;
    }
    let first = text.word(at);
    let is_even = (at..end).all(|word| (2..=5).contains(&text.word(word).len()));
    let is_phone = if has_plus || (first.starts_with("00") && count >= 10) {
        count >= 7
    } else if is_told {
        count >= 6
    } else if is_open {
        groups >= 3 && (9..=11).contains(&count)
    } else {
        let is_grouped = groups >= 3 && is_even && (9..=11).contains(&count);
        let is_national = groups == 2 && first.starts_with('0') && (9..=12).contains(&count);
        // Two or three groups that begin like a mobile number are common too: 0044 and the like are above.
        let is_longer = groups >= 3 && first.starts_with('0') && (9..=12).contains(&count);
        is_grouped || is_national || is_longer
    };
    if !is_phone {
        return None;
    }
    let mut start = text.words[at].raw.start - usize::from(is_open);
    if has_plus {
        start = before.len() - 1;
    }
    Some((at..end, &text.raw[start..text.words[end - 1].raw.end]))
}

fn is_joint(between: &str) -> bool {
    let is_of_number = |character: char| {
        matches!(
            character,
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{202f}' | '‑' | '–'
        )
    };
    // A full stop with a space after it ends a sentence.
    let is_stop = between.contains('.') && between.len() > 1;
    let length = between.chars().count();
    (1..=3).contains(&length) && !is_stop && between.chars().all(is_of_number)
}

/// How many digits there are in a text.
pub fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}
