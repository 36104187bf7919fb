//! The words of the articles: how rare each is, and what a misspelled one was meant to be.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::words::{Kind, Word, Words, is_one_slip_away};

/// The most different words of a question that are looked at. People ask in 5 to 20; this bounds the work for those
/// who paste a letter.
const MAX_WORDS: usize = 64;

/// What a light word weighs; a word of content weighs 0.3 to 6 with two hundred passages. Measured: 0.5 to 0.7 is best.
const LIGHT_WEIGHT: f32 = 0.7;

/// Shorter words, in letters, are not corrected: too many of them are one letter from another word.
const MIN_CORRECTED: usize = 6;

/// A word of the articles, by number.
pub type WordId = u32;

/// The words of the articles.
pub struct Vocabulary {
    words: Words,
    ids: HashMap<String, WordId>,
    /// How much each says, by id.
    kinds: Vec<Kind>,
    /// What each weighs, by id.
    weights: Vec<f32>,
    /// What a word of content weighs that no article has.
    unknown_weight: f32,
    /// How often each spelling occurs.
    spellings: BTreeMap<String, usize>,
}

/// A question, read: each of its words once.
pub struct Terms {
    /// The words.
    pub words: Vec<Word>,
    /// Those that the articles have.
    pub ids: HashSet<WordId>,
    /// What all of them weigh.
    pub weight: f32,
}

impl Terms {
    /// Whether it says what it is about.
    pub fn has_content(&self) -> bool {
        self.words.iter().any(|word| word.kind == Kind::Content)
    }
}

impl Vocabulary {
    pub fn new() -> Self {
        Self {
            words: Words::new(),
            ids: HashMap::new(),
            kinds: Vec::new(),
            weights: Vec::new(),
            unknown_weight: 0.0,
            // Spellings that could be meant although no article has them.
            spellings: Words::same_spellings()
                .map(|spelling| (spelling.to_owned(), 0))
                .collect(),
        }
    }

    /// Reads a text of an article.
    pub fn learn(&mut self, text: &str) -> Vec<Word> {
        let words = self.words.read(text);
        for word in &words {
            *self.spellings.entry(word.spelling.clone()).or_default() += 1;
            let next = WordId::try_from(self.ids.len()).expect("fewer than 4 billion words");
            let id = *self.ids.entry(word.stem.clone()).or_insert(next);
            if id == next {
                self.kinds.push(word.kind);
            }
        }
        words
    }

    /// The numbers of words that were learned, each once, in order.
    pub fn ids<'a>(&self, words: impl IntoIterator<Item = &'a Word>) -> Vec<WordId> {
        let mut ids: Vec<_> = words
            .into_iter()
            .filter_map(|word| self.ids.get(&word.stem).copied())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Weighs each word by how few passages have it: the inverse document frequency of BM25.
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are far fewer passages than 16 million"
    )]
    pub fn weigh<'a>(&mut self, passages: impl IntoIterator<Item = &'a [WordId]>) {
        let mut passages_with = vec![0_usize; self.ids.len()];
        let mut all = 0;
        for passage in passages {
            all += 1;
            for id in passage {
                passages_with[*id as usize] += 1;
            }
        }
        let rarity = |with: usize| {
            let (all, with) = (all as f32, with as f32);
            (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
        };
        self.unknown_weight = rarity(0);
        self.weights = self
            .kinds
            .iter()
            .zip(passages_with)
            .map(|(kind, with)| match kind {
                Kind::Light => LIGHT_WEIGHT,
                Kind::Content => rarity(with),
            })
            .collect();
    }

    /// What these words weigh together.
    pub fn weight<'a>(&self, ids: impl IntoIterator<Item = &'a WordId>) -> f32 {
        ids.into_iter().map(|id| self.weights[*id as usize]).sum()
    }

    /// Reads a question. Words that no article has are corrected if one slip of the finger explains them.
    pub fn terms<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Terms {
        let mut seen = HashSet::new();
        let words: Vec<_> = texts
            .into_iter()
            .flat_map(|text| self.words.read(text))
            .map(|word| self.corrected(word))
            .filter(|word| seen.insert(word.stem.clone()))
            .take(MAX_WORDS)
            .collect();
        let ids = self.ids(&words);
        let unknown = words
            .iter()
            .filter(|word| !self.ids.contains_key(&word.stem));
        let unknown_weight: f32 = unknown
            .map(|word| match word.kind {
                Kind::Light => LIGHT_WEIGHT,
                Kind::Content => self.unknown_weight,
            })
            .sum();
        Terms {
            weight: self.weight(&ids) + unknown_weight,
            ids: ids.into_iter().collect(),
            words,
        }
    }

    /// All words of a text in lower case.
    pub fn split(&self, text: &str) -> Vec<String> {
        self.words.split(text)
    }

    fn corrected(&self, word: Word) -> Word {
        let is_known = word.kind == Kind::Light
            || self.ids.contains_key(&word.stem)
            || self.spellings.contains_key(&word.spelling);
        let letters = word.spelling.chars().count();
        if is_known || letters < MIN_CORRECTED || !word.spelling.chars().all(char::is_alphabetic) {
            return word;
        }
        // People rarely miss the first letter, and it bounds the search.
        let first: String = word.spelling.chars().take(1).collect();
        let correct = self
            .spellings
            .range(first.clone()..)
            .take_while(|(spelling, _)| spelling.starts_with(&first))
            .filter(|(spelling, _)| is_one_slip_away(&word.spelling, spelling))
            .min_by_key(|(_, times)| Reverse(**times))
            .map(|(spelling, _)| self.words.word(spelling.clone()));
        match correct {
            Some(correct) if correct.kind == Kind::Content => correct,
            _ => word,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(passages: &[&str]) -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        let passages: Vec<_> = passages
            .iter()
            .map(|passage| {
                let words = vocabulary.learn(passage);
                vocabulary.ids(&words)
            })
            .collect();
        vocabulary.weigh(passages.iter().map(Vec::as_slice));
        vocabulary
    }

    #[test]
    fn a_rare_word_weighs_more_than_a_common_one_and_an_unknown_one_most() {
        let vocabulary = vocabulary(&["lamp refund", "lamp delivery", "lamp oak"]);
        let weight = |text| vocabulary.terms([text]).weight;
        assert!(weight("lamp") < weight("refund"));
        assert!(weight("refund") < weight("zebra"));
        assert!((weight("when") - LIGHT_WEIGHT).abs() < f32::EPSILON);
        assert!((weight("refund, refunds!") - weight("refund")).abs() < f32::EPSILON);
    }

    #[test]
    fn a_misspelled_word_is_read_as_the_one_that_was_meant() {
        let vocabulary = vocabulary(&["Forgotten password", "Price of the shade"]);
        let stems = |text| -> Vec<String> {
            let terms = vocabulary.terms([text]);
            terms.words.into_iter().map(|word| word.stem).collect()
        };
        assert_eq!(stems("pasword"), stems("password"));
        // Short words and words with another first letter are left alone.
        assert_eq!(stems("rice"), ["rice"]);
        assert_eq!(stems("qassword"), ["qassword"]);
    }

    #[test]
    fn a_pasted_letter_is_read_only_so_far() {
        let vocabulary = vocabulary(&["lamp"]);
        let letter: Vec<_> = (0..1_000).map(|number| format!("word{number}")).collect();
        assert_eq!(
            vocabulary.terms([letter.join(" ").as_str()]).words.len(),
            MAX_WORDS
        );
    }
}
