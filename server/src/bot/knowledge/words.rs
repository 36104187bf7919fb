//! The English that the knowledge bot understands: which words carry meaning, and which ones mean the same in a shop.

use std::collections::{HashMap, HashSet};

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RawTokenizer, RemoveLongFilter, SimpleTokenizer,
    Stemmer, TextAnalyzer,
};

/// Longer runs of letters, in bytes, are no words.
const MAX_WORD_BYTES: usize = 40;

/// Words that say nothing about what is asked: articles, pronouns, auxiliaries, politeness.
const DROPPED: &str = "
    a able about afternoon all also am an and any anybody anyone anything are as at be been best
    bit but by can could dear did do does doing done each else even evening every everybody
    everything few for from get gets getting give given go goes going gone good got had has have
    having he hello help her here hers hey hi hii him his hope how i id if ill im in instead into
    is it its itself ive just kindly let lets like made make makes many may maybe me might mine
    more morning most mr mrs ms must my myself need needed needs now of oh ok okay on one only or
    other others our ours per perhaps please pls plz put question quite rather really regards
    right said same saw say says seem seems seen shall she should show since so some somebody
    something sorry still such supposed sure take taken takes than thank thanks that thats the
    their them then there theres these they theyre thing things this those though to told too took
    tried try trying u up upon ur us use used using usually very want wanted wants was way we well
    went were weve what whats which while who whose will with wonder wondering would yeah yes you
    your youre yours yourself youve
";

/// Words that say a little: time, place, reason, negation. “How *long* …” and “*where* …” tell questions apart that
/// are otherwise alike, but two texts that share only these have nothing in common.
const LIGHT: &str = "
    after again ago already always another arent around away back before being both came cannot
    cant come comes coming couldnt day days didnt difference different doesnt dont down during
    either ever find first friday gave hadnt happen happened happens hasnt havent however hows
    isnt keep keeps know last late later least left less live long longer look looking lot mean
    monday month months much never new next no nobody none nor not nothing off often old once out
    over own possible saturday second see someone somewhere soon sunday think thursday till time
    times today together tomorrow tonight tuesday two under understand until wasnt wednesday week
    weeks when where wheres whether why wife without wont work working works wouldnt year years
    yesterday yet
";

/// Words that mean the same when somebody talks to a shop, and irregular forms that a stemmer does not bring together.
const SAME: &[&str] = &[
    "parcel package shipment packet",
    "delivery deliver shipping ship shipped postage dispatch despatch",
    "courier driver carrier",
    "basket cart bag",
    "shop store",
    "code voucher coupon",
    "sign log login logon signin",
    "cost price expensive",
    "buy purchase bought",
    "payment pay paid",
    "website site webpage",
    "cheque check",
    "broken damage break broke crack smash shatter dent scratch",
    "colour color",
    "warranty guarantee",
    "postcode zip",
    "gift present",
    "cancel cancelling cancellation",
    "error fault faulty defect defective",
    "bill invoice",
    "subscription subscribe",
    "overdue delay",
    "missing miss lost lose",
    "suspicious scam fake phishing fraud strange weird",
    "phone mobile telephone call",
    "email mail",
    "instalment installment",
    "arrive arrival",
    "refuse decline reject",
    "forgotten forgot forget remember",
    "send sent",
    "change update edit switch modify alter",
    "charge fee",
    "remove delete erase",
    "collect pickup",
    "refund reimburse",
    "fast quick quickly",
    "steal stolen stole thief",
    "dim dimmable dimmer dimming",
    "wrap wrapping",
    "engrave engraving initials",
    "membership member",
    "promo promotion promotional",
    "two 2",
    "three 3",
    "complaint complain",
    "outdoors outside outdoor terrace garden",
    "exchange swap",
    "policy rule",
    "repair fix mend rewire rewiring",
    "password passcode",
    "message text",
    "workplace office",
    "mistake accident accidentally",
    "cash money",
    "extra additional",
    "pretend impersonate",
    "discount reduction",
];

/// How much a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A little: see [`LIGHT`].
    Light,
    /// What the text is about.
    Content,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it was written, in lower case, without apostrophes and accents.
    pub spelling: String,
    /// What stands for it and all that means the same.
    pub stem: String,
    /// How much it says.
    pub kind: Kind,
}

/// Reads texts into words.
pub struct Words {
    splitter: TextAnalyzer,
    stemmer: TextAnalyzer,
    dropped: HashSet<&'static str>,
    /// Stems of the light words.
    light: HashSet<String>,
    /// The stem that stands for a stem of [`SAME`].
    same: HashMap<String, String>,
}

impl Words {
    pub fn new() -> Self {
        let mut words = Self {
            splitter: TextAnalyzer::builder(SimpleTokenizer::default())
                .filter(RemoveLongFilter::limit(MAX_WORD_BYTES))
                .filter(LowerCaser)
                .filter(AsciiFoldingFilter)
                .build(),
            stemmer: TextAnalyzer::builder(RawTokenizer::default())
                .filter(Stemmer::new(Language::English))
                .build(),
            dropped: DROPPED.split_whitespace().collect(),
            light: HashSet::new(),
            same: HashMap::new(),
        };
        for group in SAME {
            let stems: Vec<_> = group.split(' ').map(|word| words.stem(word)).collect();
            for stem in &stems {
                words.same.insert(stem.clone(), stems[0].clone());
            }
        }
        words.light = LIGHT
            .split_whitespace()
            .map(|word| words.stem(word))
            .collect();
        words
    }

    /// All words of a text in lower case, without apostrophes and accents: `Don’t` is `dont`.
    pub fn split(&self, text: &str) -> Vec<String> {
        let text: String = text
            .chars()
            .filter(|character| !matches!(character, '\'' | '’'))
            .collect();
        let mut words = Vec::new();
        let mut splitter = self.splitter.clone();
        splitter
            .token_stream(&text)
            .process(&mut |token| words.push(token.text.clone()));
        words
    }

    /// The words of a text that say something.
    pub fn read(&self, text: &str) -> Vec<Word> {
        self.split(text)
            .into_iter()
            .filter(|spelling| !self.dropped.contains(spelling.as_str()))
            .map(|spelling| self.word(spelling))
            .collect()
    }

    /// The word with this spelling.
    pub fn word(&self, spelling: String) -> Word {
        let stem = self.stem(&spelling);
        let kind = if self.light.contains(&stem) {
            Kind::Light
        } else {
            Kind::Content
        };
        Word {
            spelling,
            stem,
            kind,
        }
    }

    /// Every spelling that [`SAME`] brings together with others.
    pub fn same_spellings() -> impl Iterator<Item = &'static str> {
        SAME.iter().flat_map(|group| group.split(' '))
    }

    fn stem(&self, word: &str) -> String {
        let mut stem = String::new();
        // An analyzer wants to be its user's own; the clone is a few words long.
        let mut stemmer = self.stemmer.clone();
        stemmer
            .token_stream(word)
            .process(&mut |token| stem.clone_from(&token.text));
        self.same.get(&stem).cloned().unwrap_or(stem)
    }
}

/// Whether one inserted, missing, wrong or swapped pair of letters makes one word of the other.
pub fn is_one_slip_away(left: &str, right: &str) -> bool {
    let (short, long): (Vec<char>, Vec<char>) = if left.chars().count() <= right.chars().count() {
        (left.chars().collect(), right.chars().collect())
    } else {
        (right.chars().collect(), left.chars().collect())
    };
    let same = short
        .iter()
        .zip(&long)
        .take_while(|(left, right)| left == right)
        .count();
    match long.len() - short.len() {
        0 if same == short.len() => false,
        0 => {
            let swapped = same + 1 < short.len()
                && short[same] == long[same + 1]
                && short[same + 1] == long[same]
                && short[same + 2..] == long[same + 2..];
            swapped || short[same + 1..] == long[same + 1..]
        }
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        let words = Words::new().read(text);
        words.into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn words_that_mean_the_same_have_one_stem() {
        assert_eq!(
            stems("Where’s my PACKAGE?"),
            stems("wheres the shipment, please")
        );
        assert_eq!(stems("I forgot my password"), stems("forgotten passwords"));
        assert_eq!(stems("café"), stems("CAFE"));
        assert_ne!(stems("return"), stems("refund"));
    }

    #[test]
    fn a_word_says_nothing_a_little_or_much() {
        let words = Words::new().read("How long does the delivery take?");
        let kinds: Vec<_> = words
            .iter()
            .map(|word| (word.spelling.as_str(), word.kind))
            .collect();
        assert_eq!(kinds, [("long", Kind::Light), ("delivery", Kind::Content)]);
    }

    #[test]
    fn no_word_is_in_two_lists() {
        let dropped: HashSet<_> = DROPPED.split_whitespace().collect();
        let mut seen = HashSet::new();
        for word in LIGHT.split_whitespace().chain(Words::same_spellings()) {
            assert!(!dropped.contains(word), "{word} is dropped and listed");
            assert!(seen.insert(word) || word == "two", "{word} is listed twice");
        }
    }

    #[test]
    fn a_slip_of_the_finger_is_told_from_another_word() {
        for (slip, word) in [
            ("retrun", "return"),
            ("pasword", "password"),
            ("adress", "address"),
            ("reffund", "refund"),
            ("delivary", "delivery"),
        ] {
            assert!(is_one_slip_away(slip, word), "{slip}");
            assert!(is_one_slip_away(word, slip), "{slip}");
        }
        for (left, right) in [
            ("return", "return"),
            ("retrnu", "return"),
            ("code", "coding"),
            ("", "ab"),
        ] {
            assert!(!is_one_slip_away(left, right), "{left} {right}");
        }
    }
}
