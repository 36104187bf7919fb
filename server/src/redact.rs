//! What must not be kept is not kept (G8): card and account numbers are masked before anything is stored, asked of
//! a bot, logged or passed on.

use std::borrow::Cow;

/// Payment card numbers have 13 to 19 digits (ISO/IEC 7812-1 allows up to 19; 12 and fewer are not in use).
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;

/// The text with card numbers and IBANs replaced by a mark that says what was there and its last four characters.
///
/// A card number is a run of 13 to 19 digits of any script, in groups parted by one space, hyphen or dot, whose
/// Luhn check digit is right and which begins like a card. An IBAN is told by its check digits. Takes one walk over
/// the text and a bounded look ahead at each digit.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    // Most messages have no 13 digits.
    if text
        .chars()
        .filter(|character| character.is_numeric())
        .count()
        < *CARD_DIGITS.start()
    {
        return Cow::Borrowed(text);
    }
    let mut redacted = String::new();
    let mut kept_from = 0;
    let mut at = 0;
    let mut in_word = false;
    while let Some(character) = text[at..].chars().next() {
        let found = if in_word {
            None
        } else {
            card_at(&text[at..]).or_else(|| iban_at(&text[at..]))
        };
        if let Some((length, mark)) = found {
            redacted.push_str(&text[kept_from..at]);
            redacted.push_str(&mark);
            at += length;
            kept_from = at;
            in_word = true;
        } else {
            at += character.len_utf8();
            in_word = character.is_alphanumeric();
        }
    }
    if kept_from == 0 {
        return Cow::Borrowed(text);
    }
    redacted.push_str(&text[kept_from..]);
    Cow::Owned(redacted)
}

/// The length in bytes of the card number that the text begins with, and its mark.
fn card_at(text: &str) -> Option<(usize, String)> {
    let mut digits = String::new();
    let mut length = 0;
    let mut best = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if let Some(digit) = digit_of(character) {
            digits.push(digit);
            length = at + character.len_utf8();
            let ends = characters
                .peek()
                .is_none_or(|&(_, next)| digit_of(next).is_none());
            if ends && CARD_DIGITS.contains(&digits.len()) && is_card(&digits) {
                best = Some((
                    length,
                    format!("[card ending {} removed]", &digits[digits.len() - 4..]),
                ));
            }
            if digits.len() > *CARD_DIGITS.end() {
                break;
            }
        } else if digits.is_empty() || at != length || !is_separator(character) {
            break;
        }
    }
    best
}

fn is_card(digits: &str) -> bool {
    // 2 Mastercard, 3 American Express, Diners Club and JCB, 4 Visa, 5 Mastercard and Maestro, 6 Discover, Maestro
    // and UnionPay, 8 UnionPay: other first digits belong to airlines, fuel cards and order numbers.
    let begins_like_a_card = digits.starts_with(['2', '3', '4', '5', '6', '8']);
    let all_the_same = digits
        .bytes()
        .all(|digit| Some(digit) == digits.bytes().next());
    begins_like_a_card && !all_the_same && luhn::valid(digits)
}

fn iban_at(text: &str) -> Option<(usize, String)> {
    // Two letters, two check digits, 11 to 30 more (ISO 13616), written in groups of four or as one.
    let mut iban = String::new();
    let mut best = None;
    let mut gap = false;
    for (at, character) in text.char_indices() {
        if character.is_ascii_alphanumeric() {
            iban.push(character.to_ascii_uppercase());
            gap = false;
            let fits = match iban.len() {
                1 | 2 => character.is_ascii_alphabetic(),
                3 | 4 => character.is_ascii_digit(),
                length => length <= 34,
            };
            if !fits {
                break;
            }
            let next = text[at + 1..].chars().next();
            let ends = next.is_none_or(|next| !next.is_alphanumeric());
            if ends && iban.len() >= 15 && iban.parse::<iban::Iban>().is_ok() {
                best = Some((
                    at + 1,
                    format!("[account ending {} removed]", &iban[iban.len() - 4..]),
                ));
            }
        } else if is_separator(character) && !gap && !iban.is_empty() {
            gap = true;
        } else {
            break;
        }
    }
    best
}

fn is_separator(character: char) -> bool {
    matches!(
        character,
        ' ' | '-' | '.' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2010}'..='\u{2013}'
    )
}

/// The ASCII digit for a decimal digit of the scripts that people type numbers in: their digits stand in order.
fn digit_of(character: char) -> Option<char> {
    const ZEROS: [char; 12] = ['0', '٠', '۰', '०', '০', '੦', '૦', '௦', '౦', '೦', '๐', '０'];
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(character).checked_sub(u32::from(zero))?;
        (value < 10).then(|| char::from_digit(value, 10)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_masked_however_they_are_written() {
        for text in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111.1111.1111.1111",
            "٤١١١ ١١١١ ١١١١ ١١١١",
            "４１１１１１１１１１１１１１１１",
        ] {
            assert_eq!(redact(text), "[card ending 1111 removed]", "{text}");
        }
        assert_eq!(
            redact("my card is 5500 0055 5555 5559, exp 12/27"),
            "my card is [card ending 5559 removed], exp 12/27"
        );
        assert_eq!(redact("378282246310005"), "[card ending 0005 removed]");
        assert_eq!(
            redact("4111111111111111 and 4012888888881881"),
            "[card ending 1111 removed] and [card ending 1881 removed]"
        );
    }

    #[test]
    fn an_account_number_is_masked() {
        assert_eq!(
            redact("pay to ES91 2100 0418 4502 0005 1332 please"),
            "pay to [account ending 1332 removed] please"
        );
        assert_eq!(
            redact("DE89370400440532013000"),
            "[account ending 3000 removed]"
        );
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "order 1234567890123456",
            "call +34 911 234 567 or 911 234 568",
            "4111 1111 1111 1112",
            "0000000000000000",
            "tracking 1Z999AA10123456784",
            "12345678901234567890123456789",
            "2026-11-21 20:55:38, 2026-11-22 10:00:00",
            "",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn masking_twice_changes_nothing_more() {
        let once = redact("4111111111111111 and text").into_owned();
        assert_eq!(redact(&once), once);
    }
}
