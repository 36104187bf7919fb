//! What somebody looks for, as they typed it: words, quoted phrases, a number, an address.

use std::ops::Range;

use protocol::{MAX_SEARCH_CHARS, MAX_SEARCH_WORDS, Receipt, checked_email};

use super::words::{Term, terms};

/// The characters that stand around a phrase.
const QUOTES: [char; 7] = ['"', '“', '”', '„', '«', '»', '＂'];

/// How much may stand before and behind the number of a request: `No. 4127`, `R-4127`, `4127号`.
const AROUND_A_NUMBER: usize = 6;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// All of these are in the text.
    phrases: Vec<Phrase>,
    /// If it may be the number of a request.
    pub receipt: Option<Receipt>,
    /// If it is an email address.
    pub email: Option<String>,
}

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words, at least one.
    pub words: Vec<String>,
    /// The last one may be only the beginning of a word.
    pub is_begun: bool,
}

/// Why a text cannot be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadWanted {
    /// It has more than [`MAX_SEARCH_CHARS`] characters.
    TooLong,
    /// It has more than [`MAX_SEARCH_WORDS`] words.
    TooMany,
    /// There is something, and no word in it.
    NoWords,
}

impl Wanted {
    /// What a text looks for. Nothing if it is empty.
    ///
    /// # Errors
    ///
    /// [`BadWanted`] for a text that can find nothing, or asks for too much.
    pub fn parse(text: &str) -> Result<Self, BadWanted> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        if text.chars().count() > MAX_SEARCH_CHARS {
            return Err(BadWanted::TooLong);
        }
        let mut phrases: Vec<Phrase> = Vec::new();
        for (index, part) in text.split(QUOTES).enumerate() {
            let is_quoted = index % 2 == 1;
            let words: Vec<&str> = if is_quoted {
                vec![part]
            } else {
                part.split_whitespace().collect()
            };
            for word in words {
                let words: Vec<String> = terms(word).into_iter().map(|it| it.word).collect();
                if words.is_empty() {
                    continue;
                }
                phrases.push(Phrase {
                    words,
                    is_begun: !is_quoted,
                });
            }
        }
        if phrases.len() > MAX_SEARCH_WORDS {
            return Err(BadWanted::TooMany);
        }
        // Somebody is still typing the last word, and has typed the others.
        let last = phrases.len().checked_sub(1).ok_or(BadWanted::NoWords)?;
        for phrase in &mut phrases[..last] {
            phrase.is_begun = false;
        }
        Ok(Self {
            phrases,
            receipt: receipt_of(text),
            email: checked_email(text).ok().map(str::to_owned),
        })
    }

    /// What all is in a text that is found.
    #[must_use]
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Where a text has what is looked for, by characters, in order and apart from each other. None if anything is missing.
    #[must_use]
    pub fn places_in(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let terms = terms(text);
        let mut places = Vec::new();
        for phrase in &self.phrases {
            let before = places.len();
            for window in terms.windows(phrase.words.len()) {
                if phrase.is_at(window) {
                    places.push(window[0].from..window[window.len() - 1].to);
                }
            }
            if places.len() == before {
                return None;
            }
        }
        places.sort_by_key(|place| (place.start, place.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for place in places {
            match apart.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        Some(apart)
    }
}

impl Phrase {
    /// Whether these words of a text, as many as it has, are its own.
    fn is_at(&self, terms: &[Term]) -> bool {
        let last = self.words.len() - 1;
        let mut pairs = self.words.iter().zip(terms).enumerate();
        pairs.all(|(index, (word, term))| {
            if self.is_begun && index == last {
                term.word.starts_with(word.as_str())
            } else {
                term.word == *word
            }
        })
    }
}

/// The number of a request, however a language writes it: digits with little around them.
fn receipt_of(text: &str) -> Option<Receipt> {
    let is_digit = |character: char| character.is_ascii_digit();
    let begin = text.find(is_digit)?;
    let digits = &text[begin..];
    let end = digits.find(|character| !is_digit(character));
    let (digits, rest) = digits.split_at(end.unwrap_or(digits.len()));
    let is_little =
        |part: &str| part.chars().count() <= AROUND_A_NUMBER && !part.contains(is_digit);
    if !is_little(&text[..begin]) || !is_little(rest) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    u64::try_from(number).ok().map(Receipt)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Phrases as text: words of one are joined by `+`, and `*` says that the last is only begun.
    fn read(text: &str) -> String {
        let wanted = Wanted::parse(text).unwrap();
        let phrases = wanted.phrases().iter().map(|phrase| {
            let begun = if phrase.is_begun { "*" } else { "" };
            [&phrase.words.join("+"), begun].concat()
        });
        phrases.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_apart_phrases_together_and_the_last_word_is_begun() {
        for (typed, wanted) in [
            ("", ""),
            ("  refund  Order ", "refund order*"),
            ("\"red lamp\" broken", "red+lamp broken*"),
            ("broken “Red Lamp”", "broken red+lamp"),
            ("\"open quote", "open+quote"),
            ("#12-345", "12+345*"),
            ("a.b@c.example lamp", "a+b+c+example lamp*"),
            ("充电器", "充+电+器*"),
            // What a database would take for an operator is a word, or nothing.
            ("lamp OR NOT (chair*) ^desk -x", "lamp or not chair desk x*"),
            ("NEAR(a b, 5) col:umn", "near+a b 5 col+umn*"),
            ("';-- \" \"", ""),
        ] {
            match Wanted::parse(typed) {
                Ok(_) => assert_eq!(read(typed), wanted, "{typed}"),
                Err(why) => assert_eq!((why, wanted), (BadWanted::NoWords, ""), "{typed}"),
            }
        }
    }

    #[test]
    fn what_asks_for_too_much_or_for_nothing_is_refused() {
        assert_eq!(Wanted::parse(&"é".repeat(201)), Err(BadWanted::TooLong));
        assert!(Wanted::parse(&"é".repeat(200)).is_ok());
        let many = |count: usize| Wanted::parse(&vec!["a"; count].join(" "));
        assert_eq!(many(21), Err(BadWanted::TooMany));
        assert!(many(20).is_ok());
        assert_eq!(Wanted::parse("🙂 !?"), Err(BadWanted::NoWords));
    }

    #[test]
    fn a_number_and_an_address_are_known() {
        for (typed, number) in [
            ("4127", Some(4127)),
            ("No. 4127", Some(4127)),
            ("R-4127", Some(4127)),
            ("№ 4127", Some(4127)),
            ("4127号", Some(4127)),
            ("12-345", None),
            ("my order 4127", None),
            ("99999999999999999999", None),
        ] {
            let wanted = Wanted::parse(typed).unwrap();
            assert_eq!(wanted.receipt, number.map(Receipt), "{typed}");
        }
        let email = |text| Wanted::parse(text).unwrap().email;
        assert_eq!(email(" a.b@c.example "), Some("a.b@c.example".into()));
        assert_eq!(email("write to a.b@c.example"), None);
    }

    #[test]
    fn places_are_those_of_whole_phrases_and_none_if_one_is_missing() {
        let places = |wanted: &str, text: &str| {
            let places = Wanted::parse(wanted).unwrap().places_in(text);
            places.map(|places| {
                places
                    .into_iter()
                    .map(|place| text.chars().skip(place.start).take(place.len()).collect())
                    .collect::<Vec<String>>()
            })
        };
        let text = "Où est ma LAMPE? La lampe n° 12-345, ma lampée.";
        assert_eq!(
            places("lampe", text),
            Some(vec!["LAMPE".into(), "lampe".into(), "lampée".into()])
        );
        assert_eq!(places("\"lampe\"", text).unwrap(), ["LAMPE", "lampe"]);
        assert_eq!(
            places("ma \"la lampe\"", text).unwrap(),
            ["ma", "La lampe", "ma"]
        );
        assert_eq!(places("12-34", text).unwrap(), ["12-345"]);
        assert_eq!(places("lampe chaise", text), None);
        assert_eq!(places("\"lampe la ma\"", text), None);
        // What touches is one place.
        assert_eq!(places("lam lamp", "lamp"), None);
        assert_eq!(places("电器 充电", "我的充电器坏了").unwrap(), ["充电器"]);
    }
}
