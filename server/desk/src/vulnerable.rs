//! Whether somebody says of themselves that they need particular care.
//!
//! Spain's Ley 10/2025, art. 15(2), presumes that a customer is vulnerable when they say so, and asks for no proof. So this
//! looks for the plain ways to say it, as a person says it of themselves, and errs on the side of missing a rare one: a
//! mark that is often wrong is soon looked past. What it takes for one is only ever shown to people, who read the words.

mod phrases;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use self::phrases::LANGUAGES;

/// Languages that put no spaces between words: a phrase of theirs is found anywhere.
const WITHOUT_SPACES: [&str; 4] = ["ja", "th", "zh-Hans", "zh-Hant"];

/// Stands for punctuation between two words.
const CLAUSE: &str = " . ";

/// Whether a message says so, in any of the languages that the chat speaks. Takes time in proportion to the message.
pub fn is_said(message: &str) -> bool {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::new);
    let message = normal(message);
    let mut found = PHRASES.finder.find_overlapping_iter(&message);
    found.any(|found| {
        let before = &message[..found.start()];
        let denials = &PHRASES.denials[found.pattern().as_usize()];
        !denials.iter().any(|denial| before.ends_with(denial))
    })
}

/// All phrases of all languages.
struct Phrases {
    finder: AhoCorasick,
    /// For each phrase, what makes it say the opposite if it stands directly before it.
    denials: Vec<Vec<String>>,
}

impl Phrases {
    fn new() -> Self {
        // Some languages share a phrase, and then what is said in any of them is a denial.
        let mut all = BTreeMap::<String, Vec<String>>::new();
        for language in LANGUAGES {
            let is_spaced = !WITHOUT_SPACES.contains(&language.tag);
            let parts = |parts: &'static str| {
                let parts = parts.split('|').map(|part| normal(part).trim().to_owned());
                parts.filter(|part| !part.is_empty())
            };
            let space = if is_spaced { " " } else { "" };
            let denials: Vec<String> = parts(language.not)
                .map(|denial| [space, &denial].concat())
                .collect();
            for phrase in parts(language.phrases) {
                let phrase = [space, &phrase, space].concat();
                all.entry(phrase).or_default().extend_from_slice(&denials);
            }
        }
        let (phrases, denials): (Vec<_>, _) = all.into_iter().unzip();
        let finder = AhoCorasick::new(phrases).expect("a few hundred short phrases");
        Self { finder, denials }
    }
}

/// A text as phrases are looked for in it: small letters without accents, a space between two words and before and after
/// them all, and a mark where there was punctuation, so that "No, I am" is not "no I am". Apostrophes and hyphens are as good
/// as spaces, for people leave them out.
fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len() + 2);
    let mut gap = " ";
    let letters = text.nfd().filter(|letter| !is_accent(*letter));
    for letter in letters.flat_map(char::to_lowercase) {
        // A mark is a part of its letter, also where Unicode does not count it as one: a tone, or a voiced sound.
        if letter.is_alphanumeric() || is_combining_mark(letter) {
            normal.push_str(gap);
            gap = "";
            normal.push(letter);
        } else if !is_space(letter) {
            gap = CLAUSE;
        } else if gap.is_empty() {
            gap = " ";
        }
    }
    normal.push_str(if gap.is_empty() { " " } else { gap });
    normal
}

fn is_accent(letter: char) -> bool {
    // Combining diacritical marks.
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn is_space(letter: char) -> bool {
    // The last two are what Persian and Hindi may have between the parts of a word.
    letter.is_whitespace()
        || "'’ʼ‘`´-‐‑".contains(letter)
        || matches!(letter, '\u{200c}' | '\u{200d}')
}
