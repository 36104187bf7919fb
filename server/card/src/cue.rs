//! What words give away: that a name follows, that a number is an order's, that somebody asks. One table of all languages'
//! phrases, looked up by the words of a text.

mod language;
mod languages;

use std::sync::LazyLock;

use protocol::FactKind;

pub use self::language::Language;
use self::languages::LANGUAGES;
use crate::text::Text;

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cue {
    /// The visitor's name follows.
    Name,
    /// A name may follow, or anything else that somebody can be.
    IAm,
    /// The end of a letter; its writer's name follows.
    Regards,
    /// The name of a kind of fact, which its value follows and which an agent asks for.
    Slot(FactKind),
    /// A word for an order, which its number may follow.
    Order,
    /// A question for a fact by itself: "how much did you pay".
    Asking(FactKind),
    /// Asks for what follows.
    Request,
    /// Asks for what follows, together with [`Cue::Have`].
    MayI,
    /// After or at the end of what [`Cue::MayI`] begins.
    Have,
    /// Asks for what follows, together with [`Cue::Give`].
    CanYou,
    /// After or at the end of what [`Cue::CanYou`] begins; alone at the start of a sentence, where the language commands so.
    Give,
    /// Makes a request of what has no verb.
    Please,
    /// May stand between a request and what is asked for.
    Filler,
    /// May follow what is asked for.
    After,
    /// May stand between the name of a fact and its value.
    Is,
    /// A wish begins.
    Wish,
    /// Somebody tells what they have tried.
    Tried,
    /// Something that was bought follows.
    Bought,
    /// Ends a name and the name of a thing.
    Stop,
    /// Is no name and no account, however bare it stands.
    Small,
    /// A thing that says nothing of what it is.
    Thing,
    /// The month, 1 to 12.
    Month(u8),
    /// A level of a programme.
    Tier,
    /// A day that is told from today.
    Day,
    /// A currency.
    Money,
    /// A word for a street that stands before its number.
    StreetFirst,
    /// A word for a street that stands after its number.
    StreetLast,
}

/// The languages in which a phrase means it: a bit for each.
pub type Languages = u32;

/// A cue at some word of a text.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// What it means.
    pub cue: Cue,
    /// In which languages.
    pub languages: Languages,
    /// The word at which it begins.
    pub at: usize,
    /// How many words it is.
    pub words: usize,
}

impl Mark {
    /// The word after it.
    pub fn end(&self) -> usize {
        self.at + self.words
    }
}

/// The cues of a text, in the order in which they begin; the longest first where several do.
pub struct Marks(Vec<Mark>);

impl Marks {
    pub fn of(text: &Text<'_>) -> Self {
        let mut marks = vec![];
        for at in 0..text.words.len() {
            let from = marks.len();
            find(text, at, &mut marks);
            marks[from..].sort_by_key(|mark| (std::cmp::Reverse(mark.words), mark.cue));
        }
        Self(marks)
    }

    /// Those that begin at a word.
    pub fn at(&self, word: usize) -> &[Mark] {
        let from = self.0.partition_point(|mark| mark.at < word);
        let length = self.0[from..].partition_point(|mark| mark.at == word);
        &self.0[from..from + length]
    }

    /// The longest of this meaning that begins at a word.
    pub fn cue_at(&self, word: usize, cue: Cue) -> Option<&Mark> {
        self.at(word).iter().find(|mark| mark.cue == cue)
    }

    /// Whether a word is, or begins, something of this meaning.
    pub fn is(&self, word: usize, cue: Cue) -> bool {
        self.cue_at(word, cue).is_some()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Mark> {
        self.0.iter()
    }

    /// Those that begin within a stretch of words.
    pub fn within(&self, words: &std::ops::Range<usize>) -> &[Mark] {
        let from = self.0.partition_point(|mark| mark.at < words.start);
        let end = self.0.partition_point(|mark| mark.at < words.end);
        &self.0[from..end.max(from)]
    }
}

/// All phrases with what they mean, in the order of the phrases.
static PHRASES: LazyLock<Vec<(&str, Cue, Languages)>> = LazyLock::new(|| {
    let mut all = vec![];
    for (index, language) in LANGUAGES.iter().enumerate() {
        language.each(|phrase, cue| all.push((phrase, cue, 1 << index)));
    }
    all.sort_unstable();
    all.dedup_by(|later, first| {
        let is_same = (later.0, later.1) == (first.0, first.1);
        first.2 |= if is_same { later.2 } else { 0 };
        is_same
    });
    all
});

fn find(text: &Text<'_>, at: usize, marks: &mut Vec<Mark>) {
    let (Some(word), first) = (text.words.get(at), text.word(at)) else {
        return;
    };
    let rest = &text.folded[word.folded.start..];
    let phrases = &PHRASES[PHRASES.partition_point(|(phrase, ..)| *phrase < first)..];
    // A space comes before every letter, so those that begin with this very word come first.
    let begins = |(phrase, ..): &&(&str, Cue, Languages)| {
        let rest = phrase.strip_prefix(first);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    for &(phrase, cue, languages) in phrases.iter().take_while(begins) {
        let is_here = rest.starts_with(phrase) && rest.as_bytes().get(phrase.len()) == Some(&b' ');
        if is_here {
            let words = phrase.bytes().filter(|&byte| byte == b' ').count() + 1;
            marks.push(Mark {
                cue,
                languages,
                at,
                words,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_is_written_as_it_is_looked_up() {
        assert!(LANGUAGES.len() <= Languages::BITS as usize);
        for language in LANGUAGES {
            language.each(|phrase, cue| {
                let text = Text::new(phrase);
                assert_eq!(text.folded.trim_end_matches(" , "), phrase, "{cue:?}");
            });
        }
    }

    #[test]
    fn a_phrase_is_found_whole_and_not_across_a_comma() {
        let text = Text::new("My name is Ana; her name, is…");
        let marks = Marks::of(&text);
        let found: Vec<_> = marks
            .iter()
            .filter(|mark| mark.cue == Cue::Name)
            .map(|mark| (mark.at, mark.words))
            .collect();
        assert_eq!(found, [(0, 3), (1, 2)]);
        assert!(PHRASES.is_sorted());
    }

    #[test]
    fn every_language_has_cues_of_every_sort() {
        let of_all: Languages = (1 << LANGUAGES.len()) - 1;
        for cue in [
            Cue::Name,
            Cue::Slot(FactKind::Order),
            Cue::Slot(FactKind::Email),
            Cue::Slot(FactKind::Phone),
            Cue::Order,
            Cue::Request,
            Cue::Filler,
            Cue::Wish,
            Cue::Tried,
            Cue::Month(12),
        ] {
            let found = PHRASES.iter().filter(|(_, other, _)| *other == cue);
            let languages = found.fold(0, |languages, (.., more)| languages | more);
            assert_eq!(languages, of_all, "{cue:?}");
        }
    }
}
