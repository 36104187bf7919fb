//! A text as the rules read it: its words in small letters without accents, each with its place in what was written.

mod fold;

use std::ops::Range;

pub use self::fold::fold;

/// What stands between a word and the next, the stronger ones last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Spaces.
    Space,
    /// An apostrophe, a hyphen, or a mark inside a number or an address.
    Joint,
    /// A colon, as after a label.
    Colon,
    /// A comma, a bracket or the like.
    Comma,
    /// The end of a line.
    Line,
    /// The end of a sentence, or of the text.
    End,
    /// The end of a question.
    Question,
}

/// A word.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its place in the text, in bytes.
    pub raw: Range<usize>,
    /// Its place in [`Text::folded`], in bytes.
    pub folded: Range<usize>,
    /// What follows it.
    pub gap: Gap,
}

/// Numbers, streets and titles, as they are shortened before what they belong to.
const SHORT_FORMS: [&str; 24] = [
    "no", "nr", "num", "tel", "ul", "al", "pl", "str", "av", "avda", "pza", "c", "mr", "mrs", "ms",
    "dr", "sr", "sra", "dott", "hr", "fr", "m", "mme", "ref",
];

/// A text and its words.
#[derive(Debug)]
pub struct Text<'a> {
    /// What was written.
    pub raw: &'a str,
    /// The words with one space between two of them, and a comma where the sentence or the clause ends, so that no phrase is
    /// found across it.
    pub folded: String,
    /// In their order.
    pub words: Vec<Word>,
}

impl<'a> Text<'a> {
    pub fn new(raw: &'a str) -> Self {
        let mut text = Self {
            raw,
            folded: String::with_capacity(raw.len() + 8),
            words: vec![],
        };
        let mut gap = Gap::Space;
        let mut open = None;
        let mut last = None;
        for (at, character) in raw.char_indices() {
            if is_of_word(character) {
                if open.is_none() {
                    text.close_gap(gap);
                    gap = Gap::Space;
                    open = Some((at, text.folded.len()));
                }
                fold(character, &mut text.folded);
            } else {
                if let Some((from, folded)) = open.take() {
                    text.push(from..at, folded);
                }
                let next = raw[at + character.len_utf8()..].chars().next();
                let is_short = character == '.' && text.ends_in_short_form();
                gap = gap.max(if is_short {
                    Gap::Joint
                } else {
                    gap_of(character, last, next)
                });
            }
            last = Some(character);
        }
        if let Some((from, folded)) = open {
            text.push(from..raw.len(), folded);
        }
        text.close_gap(gap.max(Gap::End));
        text
    }

    /// The word in small letters without accents; nothing if there is none at that place.
    pub fn word(&self, index: usize) -> &str {
        self.words
            .get(index)
            .map_or("", |word| &self.folded[word.folded.clone()])
    }

    /// What was written, from a word to before another.
    pub fn raw_of(&self, words: Range<usize>) -> &'a str {
        match (
            self.words.get(words.start),
            words
                .end
                .checked_sub(1)
                .and_then(|last| self.words.get(last)),
        ) {
            (Some(first), Some(last)) if first.raw.start < last.raw.end => {
                &self.raw[first.raw.start..last.raw.end]
            }
            _ => "",
        }
    }

    /// What was written as one word.
    pub fn raw_word(&self, index: usize) -> &'a str {
        self.raw_of(index..index + 1)
    }

    /// What follows a word.
    pub fn gap(&self, index: usize) -> Gap {
        self.words.get(index).map_or(Gap::End, |word| word.gap)
    }

    /// What was written between a word and the next; nothing after the last one.
    pub fn between(&self, index: usize) -> &'a str {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(word), Some(next)) => &self.raw[word.raw.end..next.raw.start],
            _ => "",
        }
    }

    /// The stretches of words that end with a gap of at least this strength.
    pub fn parts(&self, gap: Gap) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut from = 0;
        std::iter::from_fn(move || {
            let rest = self.words.get(from..).filter(|rest| !rest.is_empty())?;
            let length = rest.iter().position(|word| word.gap >= gap);
            let part = from..from + length.map_or(rest.len(), |last| last + 1);
            from = part.end;
            Some(part)
        })
    }

    /// The word that is at a byte or after it.
    pub fn word_from(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.raw.start < at)
    }

    /// Whether the last word is one that is followed by a full stop in the middle of a sentence.
    fn ends_in_short_form(&self) -> bool {
        let last = self.words.len().checked_sub(1).map(|last| self.word(last));
        last.is_some_and(|last| {
            let is_day = last.len() <= 2 && last.bytes().all(|byte| byte.is_ascii_digit());
            is_day || last.ends_with("str") || SHORT_FORMS.contains(&last)
        })
    }

    fn push(&mut self, raw: Range<usize>, folded: usize) {
        // A word of nothing but accents is none.
        if self.folded.len() > folded {
            self.words.push(Word {
                raw,
                folded: folded..self.folded.len(),
                gap: Gap::Space,
            });
        }
    }

    fn close_gap(&mut self, gap: Gap) {
        let Some(word) = self.words.last_mut() else {
            return;
        };
        word.gap = word.gap.max(gap);
        let folded = if gap <= Gap::Joint { " " } else { " , " };
        self.folded.push_str(folded);
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || fold::is_accent(character)
}

fn gap_of(character: char, last: Option<char>, next: Option<char>) -> Gap {
    let is_inside = |is: fn(char) -> bool| last.is_some_and(is) && next.is_some_and(is);
    match character {
        '?' | '？' | '؟' => Gap::Question,
        '!' | '…' | '。' | '！' | '।' => Gap::End,
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Gap::Line,
        _ if character.is_whitespace() => Gap::Space,
        '.' if next.is_none_or(|next| !is_of_word(next)) => Gap::End,
        '.' | '_' | '/' | '@' | '+' | '-' | '‐' | '‑' | '&' => Gap::Joint,
        '\'' | '’' | 'ʼ' | '‘' | '`' | '´' => Gap::Joint,
        ',' | ':' if is_inside(|other| other.is_ascii_digit()) => Gap::Joint,
        ':' => Gap::Colon,
        // What stands before a number.
        '#' | '°' | '№' | '*' | '$' | '€' | '£' | '%' | '\u{ad}' => Gap::Space,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Gap::Space,
        _ => Gap::Comma,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_small_letters_without_accents_that_know_where_they_stand() {
        let text = Text::new("¿Cuál es SU nº? Je m’appelle Ægir\nStraße: 5,50");
        let words: Vec<_> = (0..text.words.len()).map(|at| text.word(at)).collect();
        assert_eq!(
            words,
            [
                "cual", "es", "su", "no", "je", "m", "appelle", "aegir", "strasse", "5", "50"
            ]
        );
        assert_eq!(text.raw_word(7), "Ægir");
        assert_eq!(text.gap(3), Gap::Question);
        assert_eq!(text.gap(5), Gap::Joint);
        assert_eq!(text.gap(7), Gap::Line);
        assert_eq!(text.gap(8), Gap::Colon);
        assert_eq!(text.gap(9), Gap::Joint);
        assert_eq!(text.gap(10), Gap::End);
        assert_eq!(
            text.folded,
            "cual es su no , je m appelle aegir , strasse , 5 50 , "
        );
        assert_eq!(text.between(9), ",");
        let sentences: Vec<_> = text.parts(Gap::Line).collect();
        assert_eq!(sentences, [0..4, 4..8, 8..11]);
    }

    #[test]
    fn a_full_stop_inside_a_word_ends_no_sentence() {
        let text = Text::new("norman.b@mail.example. Done...");
        assert_eq!(text.parts(Gap::End).count(), 2);
    }
}
