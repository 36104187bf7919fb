//! Texts as words that can be found however somebody writes them: without case, without accents, and letter by letter in the
//! scripts that put no spaces between words.
//!
//! The same rules make the index and read what is looked for, and whoever shows what was found finds the places again by
//! them. So nothing depends on how a database takes texts apart.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The longest word that is told from another one, in characters: what is longer counts by its beginning.
const MAX_WORD_CHARS: usize = 64;

/// A word of a text, or one letter of it where words are not apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word as it is looked for: letters, digits and their marks, and nothing else.
    pub word: String,
    /// The character of the text that it begins at.
    pub from: usize,
    /// The character that it ends before.
    pub to: usize,
}

/// The words of a text, in order.
#[must_use]
pub fn terms(text: &str) -> Vec<Term> {
    let mut split = Split::default();
    for (place, written) in text.chars().enumerate() {
        if written.is_ascii() {
            split.take(place, written.to_ascii_lowercase());
            continue;
        }
        // A letter in all its forms is one letter, and its accents are marks of their own.
        decompose_compatible(written, |part| {
            if is_accent(part) || is_unseen(part) {
                return;
            }
            if part.is_ascii() {
                split.take(place, part.to_ascii_lowercase());
                return;
            }
            // There and back: `ß` is `ss` by its capitals, and there is more than one small sigma.
            let lower = part.to_lowercase();
            let folded = lower.flat_map(char::to_uppercase);
            for letter in folded.flat_map(char::to_lowercase) {
                if !is_accent(letter) {
                    split.take_plain(place, letter);
                }
            }
        });
    }
    split.end();
    split.terms
}

#[derive(Default)]
struct Split {
    terms: Vec<Term>,
    word: String,
    chars: usize,
    from: usize,
    to: usize,
}

impl Split {
    /// Letters that are not made of a letter and its mark, and are typed as if they were.
    fn take_plain(&mut self, place: usize, letter: char) {
        let plain = match letter {
            'đ' | 'ð' => "d",
            'ø' => "o",
            'ł' => "l",
            'ħ' => "h",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            _ => return self.take(place, letter),
        };
        plain.chars().for_each(|letter| self.take(place, letter));
    }

    fn take(&mut self, place: usize, letter: char) {
        if !letter.is_alphanumeric() && !is_combining_mark(letter) {
            self.end();
        } else if is_of_script_without_spaces(letter) {
            self.end();
            self.terms.push(Term {
                word: letter.into(),
                from: place,
                to: place + 1,
            });
        } else {
            if self.chars == 0 {
                self.from = place;
            }
            self.to = place + 1;
            if self.chars < MAX_WORD_CHARS {
                self.word.push(letter);
                self.chars += 1;
            }
        }
    }

    fn end(&mut self) {
        if self.chars > 0 {
            self.chars = 0;
            self.terms.push(Term {
                word: std::mem::take(&mut self.word),
                from: self.from,
                to: self.to,
            });
        }
    }
}

/// Marks that are left out as often as written: accents, and the vowels and points of Arabic and Hebrew.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// What stands within a word and is not seen.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Scripts whose words stand side by side, and Korean, whose particles do: any part of a text in them can be looked for.
fn is_of_script_without_spaces(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' // Myanmar
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}' | '\u{aa80}'..='\u{aadf}' // Tai
        | '\u{1b00}'..='\u{1b7f}' | '\u{a980}'..='\u{a9df}' // Balinese, Javanese
        | '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' // Korean
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' // Chinese, Japanese, Yi
        | '\u{16fe0}'..='\u{18cff}' | '\u{1aff0}'..='\u{1b2ff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        terms(text).into_iter().map(|term| term.word).collect()
    }

    #[test]
    fn a_word_is_the_same_however_it_is_written() {
        for (written, folded) in [
            ("ÀÉÎõüçñ", "aeioucn"),
            ("e\u{301}", "e"),
            ("Straße STRASSE Straẞe", "strasse strasse strasse"),
            ("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul"),
            ("Łódź Ærø Œuvre", "lodz aero oeuvre"),
            ("ΟΔΟΣ οδος οδός", "οδοσ οδοσ οδοσ"),
            ("Ёлка й", "елка и"),
            ("ＡＢＣ１２３ ﬁn", "abc123 fin"),
            ("كِتَاب كتاب", "كتاب كتاب"),
            ("שָׁלוֹם שלום", "שלום שלום"),
            ("नमस्ते", "नमस्ते"),
            ("so\u{ad}ft\u{2060}ly", "softly"),
            ("don't", "don t"),
            ("#12-345 a.b@c.example", "12 345 a b c example"),
            ("🙂 — …", ""),
        ] {
            assert_eq!(words(written).join(" "), folded, "{written}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_taken_letter_by_letter() {
        assert_eq!(
            words("我的iPhone 充电器"),
            ["我", "的", "iphone", "充", "电", "器"]
        );
        assert_eq!(words("สวัสดี").len(), 6);
        assert_eq!(words("ຂອບໃຈ").len(), 5);
        assert_eq!(words("សួស្តី").len(), 6);
        assert_eq!(words("မင်္ဂလာပါ").len(), 9);
        // Half as wide, or with its voice apart, a syllable is the same.
        assert_eq!(words("ｶﾞｲﾄﾞ"), words("ガイド"));
        assert_eq!(
            words("한국"),
            words("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}")
        );
        assert_eq!(words("你好，世界。"), ["你", "好", "世", "界"]);
    }

    #[test]
    fn each_word_knows_where_it_stands() {
        let places = |text: &str| -> Vec<(usize, usize)> {
            let terms = terms(text);
            terms.iter().map(|term| (term.from, term.to)).collect()
        };
        assert_eq!(
            places("¡Où est ma Straße?"),
            [(1, 3), (4, 7), (8, 10), (11, 17)]
        );
        assert_eq!(places("e\u{301}t"), [(0, 3)]);
        assert_eq!(places("한a"), [(0, 1), (0, 1), (0, 1), (1, 2)]);
    }

    #[test]
    fn a_word_without_an_end_counts_by_its_beginning() {
        let long = "a".repeat(8_000);
        let terms = terms(&long);
        assert_eq!(terms.len(), 1);
        assert_eq!(terms[0].word, "a".repeat(MAX_WORD_CHARS));
        assert_eq!(terms[0].to, 8_000);
    }
}
