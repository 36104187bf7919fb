//! What must not be kept is not kept (G8): card and account numbers are masked before anything is stored, asked of
//! a bot, logged or passed on.

use std::borrow::Cow;

use protocol::checked_replies;

/// The fewest and the most digits of a payment card number (ISO/IEC 7812-1 allows 19; 12 and fewer are not in use).
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;

/// What schemes give out: the first four digits, from and to, and how many digits there are. Anything else is an order,
/// a date, a telephone number.
const CARDS: [(u16, u16, &[usize]); 15] = [
    (2200, 2204, &[16, 17, 18, 19]),             // Mir
    (2221, 2720, &[16]),                         // Mastercard
    (3000, 3059, &[14, 15, 16, 17, 18, 19]),     // Diners Club
    (3095, 3095, &[14, 15, 16, 17, 18, 19]),     // Diners Club
    (3400, 3499, &[15]),                         // American Express
    (3528, 3589, &[16, 17, 18, 19]),             // JCB
    (3600, 3699, &[14, 15, 16, 17, 18, 19]),     // Diners Club
    (3700, 3799, &[15]),                         // American Express
    (3800, 3999, &[14, 15, 16, 17, 18, 19]),     // Diners Club
    (4000, 4999, &[13, 16, 18, 19]),             // Visa
    (5100, 5599, &[16]),                         // Mastercard
    (5000, 5899, &[13, 14, 15, 16, 17, 18, 19]), // Maestro
    (6000, 6599, &[16, 17, 18, 19]),             // Discover, UnionPay, RuPay, Maestro
    (6700, 6799, &[13, 14, 15, 16, 17, 18, 19]), // Maestro
    (8100, 8299, &[16, 17, 18, 19]),             // UnionPay, RuPay
];

/// The most characters between two digits of one number: a dash with a space on each side.
const BETWEEN_DIGITS: usize = 3;

/// The text with card numbers and IBANs replaced by a mark that says what was there and its last four characters.
///
/// A card number is a run of digits of any script, in groups of any size that are parted by up to three spaces, line
/// ends, dashes, dots or the like, that begins like a scheme's cards, is as long, and whose Luhn check digit is right.
/// An IBAN is told by its check digits. Takes one walk over the text and a bounded look ahead at each group.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    redact_by(text, is_card)
}

/// The same for words that somebody is still writing, which are stored again and again: a number that begins like a
/// scheme's cards and may become one is masked from its 13th digit on. Twelve of sixteen digits say too little to be used;
/// one or two that lack can be found by trying.
#[must_use]
pub fn redact_unfinished(text: &str) -> Cow<'_, str> {
    redact_by(text, |digits| is_card(digits) || may_become_card(digits))
}

fn redact_by(text: &str, is_number: impl Fn(&str) -> bool) -> Cow<'_, str> {
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
    let mut last = None;
    while let Some(character) = text[at..].chars().next() {
        let card = if last.is_some_and(|last| digit_of(last).is_some()) {
            None
        } else {
            card_at(&text[at..], &is_number)
        };
        let found = card.or_else(|| {
            let begins = !last.is_some_and(char::is_alphanumeric);
            begins.then(|| iban_at(&text[at..])).flatten()
        });
        if let Some((length, mark)) = found {
            redacted.push_str(&text[kept_from..at]);
            redacted.push_str(&mark);
            last = text[at..at + length].chars().next_back();
            at += length;
            kept_from = at;
        } else {
            at += character.len_utf8();
            last = Some(character);
        }
    }
    if kept_from == 0 {
        return Cow::Borrowed(text);
    }
    redacted.push_str(&text[kept_from..]);
    Cow::Owned(redacted)
}

/// The length in bytes of the card number that the text begins with, and its mark.
fn card_at(text: &str, is_number: impl Fn(&str) -> bool) -> Option<(usize, String)> {
    let mut digits = String::new();
    let mut best = None;
    let mut between = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if let Some(digit) = digit_of(character) {
            digits.push(digit);
            between = 0;
            if digits.len() > *CARD_DIGITS.end() {
                break;
            }
            let ends = characters
                .peek()
                .is_none_or(|&(_, next)| digit_of(next).is_none());
            if ends && is_number(&digits) {
                let mark = format!("[card ending {} removed]", &digits[digits.len() - 4..]);
                best = Some((at + character.len_utf8(), mark));
            }
        } else {
            between += 1;
            if digits.is_empty() || between > BETWEEN_DIGITS || !parts_digits(character) {
                break;
            }
        }
    }
    best
}

fn is_card(digits: &str) -> bool {
    lengths_of(digits).any(|lengths| lengths.contains(&digits.len())) && luhn::valid(digits)
}

/// Whether a scheme gives out longer numbers that begin like this one, of which the fewest digits of a card are there.
fn may_become_card(digits: &str) -> bool {
    digits.len() >= *CARD_DIGITS.start()
        && lengths_of(digits).any(|lengths| lengths.iter().any(|&length| length > digits.len()))
}

/// How many digits there are in the cards of the schemes whose numbers begin like this one.
fn lengths_of(digits: &str) -> impl Iterator<Item = &'static [usize]> {
    let prefix: Option<u16> = digits.get(..4).and_then(|prefix| prefix.parse().ok());
    CARDS
        .iter()
        .filter(move |(from, to, _)| prefix.is_some_and(|prefix| (*from..=*to).contains(&prefix)))
        .map(|(_, _, lengths)| *lengths)
}

/// What people, and copying from other places, put between the groups of a number. Colons and commas are not of it:
/// they part times and prices.
fn parts_digits(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '.' | '_' | '/' | '\\' | '*' | '+' | '|' | '·' | '•')
        // Dashes; what is not seen at all.
        || matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
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

/// The zeros of all scripts in Unicode 16 (general category Nd). The other nine digits follow each of them in order.
const ZEROS: [char; 76] = [
    '0',
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11f50}',
    '\u{16130}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1ccf0}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e4f0}',
    '\u{1e5f1}',
    '\u{1e950}',
    '\u{1fbf0}',
];

/// The ASCII digit for a decimal digit of any script.
fn digit_of(character: char) -> Option<char> {
    if character.is_ascii() {
        return character.is_ascii_digit().then_some(character);
    }
    let below = ZEROS.partition_point(|&zero| zero <= character);
    let zero = *ZEROS.get(below.checked_sub(1)?)?;
    char::from_digit(u32::from(character) - u32::from(zero), 10)
}

/// Suggested answers as they are kept: checked, and masked like the message that they come with.
#[must_use]
pub fn masked_replies(replies: &[String]) -> Vec<String> {
    let masked: Vec<String> = replies
        .iter()
        .map(|reply| redact(reply).into_owned())
        .collect();
    checked_replies(masked.iter().map(String::as_str))
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
            "𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏",
            "4111_1111_1111_1111",
            "4111/1111/1111/1111",
            "4111+1111+1111+1111",
            "4111  1111\t1111 - 1111",
            "4111\r\n1111\r\n1111\r\n1111",
            "4111\u{200b}1111\u{2014}1111\u{ad}1111",
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        ] {
            assert_eq!(redact(text), "[card ending 1111 removed]", "{text}");
        }
        assert_eq!(
            redact("my card is 5500 0055 5555 5559, exp 12/27"),
            "my card is [card ending 5559 removed], exp 12/27"
        );
        assert_eq!(redact("378282246310005"), "[card ending 0005 removed]");
        assert_eq!(
            redact("visa4222222222222."),
            "visa[card ending 2222 removed]."
        );
        assert_eq!(
            redact("https://shop.example/pay?card=4111111111111111&x=1"),
            "https://shop.example/pay?card=[card ending 1111 removed]&x=1"
        );
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
            "open 6:30-8:00, 9:00-11:00, 12:00-14:00 and 17:00-20:30",
            "6/11/2026 7/11/2026 8/11/2026, or 12.11.2026 13.11.2026",
            "2 lamps at 4,111.11 and 1,111.11 and 1,111.11",
            // Right by Luhn, and no scheme's.
            "9999999999999995 and 7111111111111117",
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

    #[test]
    fn digits_of_every_script_are_read() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for value in 0..10 {
                let digit = char::from_u32(u32::from(zero) + value).unwrap();
                assert!(digit.is_numeric(), "{digit:?}");
                assert_eq!(digit_of(digit), char::from_digit(value, 10), "{digit:?}");
            }
        }
        for other in ['a', '/', ':', '½', '²', '一', '\u{65f}', '\u{66a}'] {
            assert_eq!(digit_of(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_card_number_that_is_being_typed_is_masked_before_it_can_be_guessed() {
        for (text, masked) in [
            ("4111 1111 1111", "4111 1111 1111"),
            ("4111 1111 1111 1", "[card ending 1111 removed]"),
            ("4111 1111 1111 111", "[card ending 1111 removed]"),
            ("4111 1111 1111 1111", "[card ending 1111 removed]"),
            ("378282246310", "378282246310"),
            ("37828224631000", "[card ending 1000 removed]"),
            // What nobody's card begins with, and telephone numbers.
            ("order 9111 1111 1111 111", "order 9111 1111 1111 111"),
            ("call +44 20 7946 0112", "call +44 20 7946 0112"),
        ] {
            assert_eq!(redact_unfinished(text), masked, "{text}");
        }
        // A message that is finished is another matter: this is no card.
        assert_eq!(redact("4111 1111 1111 111"), "4111 1111 1111 111");
    }
}
