//! What a text asks for: read of what an agent or the assistant has said, and of what an agent is about to say.

use protocol::{Fact, FactKind};

use crate::cue::{Cue, Languages, Mark, Marks};
use crate::text::{Gap, Text};

/// The most kinds that one text asks for.
const MAX_ASKED: usize = 8;

/// Which of the facts already answer what the draft is about to ask, by their places among the facts.
///
/// It is told for a request and nothing else: a draft that mentions an order number, or wants another one, asks for nothing
/// that is known. Takes time in proportion to the draft, and is meant to be called at each key press.
#[must_use]
pub fn asked_again(draft: &str, facts: &[Fact]) -> Vec<usize> {
    if facts.is_empty() {
        return vec![];
    }
    let text = Text::new(draft);
    let asked = asked(&text, &Marks::of(&text));
    if asked.is_empty() {
        return vec![];
    }
    let is_asked = |(_, fact): &(usize, &Fact)| {
        // Other numbers have one kind in common and are not each other's answer.
        let is_telling = !matches!(fact.kind, FactKind::Reference | FactKind::Other);
        is_telling && asked.contains(&fact.kind) && !is_said_in(&text, &fact.text)
    };
    let facts = facts.iter().enumerate();
    facts.filter(is_asked).map(|(index, _)| index).collect()
}

/// Whether a text has the value itself: who writes it knows it.
fn is_said_in(text: &Text<'_>, value: &str) -> bool {
    !value.is_empty() && text.raw.contains(value)
}

/// The kinds of facts that a text asks for, in their order, each once.
pub fn asked(text: &Text<'_>, marks: &Marks) -> Vec<FactKind> {
    let mut asked = Asked::default();
    for sentence in text.parts(Gap::End) {
        Reader::new(text, marks).read(sentence.clone(), &mut asked);
        bare(text, marks, sentence, &mut asked);
    }
    asked.kinds
}

#[derive(Default)]
struct Asked {
    kinds: Vec<FactKind>,
}

impl Asked {
    fn add(&mut self, kind: FactKind) {
        if self.kinds.len() < MAX_ASKED && !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }
}

/// How far a request has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing is asked.
    Nothing,
    /// The sentence begins, and may command.
    Start,
    /// "May I"
    MayI,
    /// "Could you"
    CanYou,
    /// "May I have", "Could you give me", "What is"
    Requested,
}

/// Reads a sentence from its first word to its last: a request, then nothing but words that may stand before what is asked.
struct Reader<'t> {
    text: &'t Text<'t>,
    marks: &'t Marks,
    stage: Stage,
    /// The languages in which the words so far are a request.
    languages: Languages,
    /// What is asked if the verb comes at the end.
    waiting: Vec<FactKind>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t Text<'t>, marks: &'t Marks) -> Self {
        Self {
            text,
            marks,
            stage: Stage::Start,
            languages: Languages::MAX,
            waiting: vec![],
        }
    }

    fn read(&mut self, sentence: std::ops::Range<usize>, asked: &mut Asked) {
        let mut at = sentence.start;
        while at < sentence.end {
            at = self.step(at, asked).max(at + 1);
        }
    }

    /// Takes the longest thing that goes on with the request, or begins one; the word after it.
    fn step(&mut self, at: usize, asked: &mut Asked) -> usize {
        for mark in self.marks.at(at) {
            if let Some(languages) = self.goes_on(mark) {
                self.languages = languages;
                self.take(mark, asked);
                return mark.end();
            }
        }
        // Words of courtesy and exclamation begin a sentence before what it commands.
        let is_small = self.marks.is(at, Cue::Small);
        if !(self.stage == Stage::Start && is_small) {
            self.stage = Stage::Nothing;
            self.languages = Languages::MAX;
            self.waiting.clear();
        }
        at + 1
    }

    /// The languages in which the cue goes on with the request, if there is any.
    fn goes_on(&self, mark: &Mark) -> Option<Languages> {
        let begins = matches!(
            mark.cue,
            Cue::Request | Cue::MayI | Cue::CanYou | Cue::Asking(_)
        );
        let shared = self.languages & mark.languages;
        if begins {
            return Some(if shared == 0 { mark.languages } else { shared });
        }
        let fits = match mark.cue {
            Cue::Have => self.stage == Stage::MayI,
            Cue::Give => matches!(self.stage, Stage::CanYou | Stage::Start),
            Cue::Filler | Cue::Please => self.stage != Stage::Nothing,
            Cue::Slot(_) => {
                let is_asked = !matches!(self.stage, Stage::Nothing | Stage::Start);
                is_asked && self.may_end(mark)
            }
            _ => false,
        };
        (fits && shared != 0).then_some(shared)
    }

    /// Whether what follows leaves the name of a fact what it is: "your email", but not "your email settings".
    fn may_end(&self, mark: &Mark) -> bool {
        let last = mark.end() - 1;
        if self.text.gap(last) >= Gap::Colon {
            return true;
        }
        let languages = self.languages & mark.languages;
        let next = self.marks.at(mark.end());
        let goes_on = next.iter().any(|next| {
            let is_fit = match next.cue {
                Cue::After => {
                    // What has a name of its own is another thing's: "the name of the product".
                    let of = matches!(self.text.word(mark.end()), "of" | "for");
                    !(of && mark.cue == Cue::Slot(FactKind::Name))
                }
                Cue::Please | Cue::Give | Cue::Have | Cue::Slot(_) => true,
                _ => false,
            };
            is_fit && next.languages & languages != 0
        });
        // The one who is asked may be called by name at the end.
        let is_called = || {
            let raw = self.text.raw_word(mark.end());
            let is_last = self.text.gap(mark.end()) >= Gap::Comma;
            is_last && raw.starts_with(char::is_uppercase)
        };
        self.text.gap(last) == Gap::Space && (goes_on || is_called())
    }

    fn take(&mut self, mark: &Mark, asked: &mut Asked) {
        match mark.cue {
            Cue::Request => self.request(asked),
            Cue::MayI => self.stage = Stage::MayI,
            Cue::CanYou => self.stage = Stage::CanYou,
            Cue::Have | Cue::Give => self.request(asked),
            Cue::Asking(kind) => asked.add(kind),
            Cue::Slot(kind) if self.stage == Stage::Requested => asked.add(kind),
            Cue::Slot(kind) => self.waiting.push(kind),
            _ => {}
        }
    }

    fn request(&mut self, asked: &mut Asked) {
        self.stage = Stage::Requested;
        self.waiting.drain(..).for_each(|kind| asked.add(kind));
    }
}

/// A sentence of nothing but the names of facts, with a question mark or a please: "And your email?"
fn bare(text: &Text<'_>, marks: &Marks, sentence: std::ops::Range<usize>, asked: &mut Asked) {
    let is_question = text.gap(sentence.end - 1) == Gap::Question;
    let mut is_asked = is_question;
    let mut kinds = vec![];
    let mut languages = Languages::MAX;
    let mut begins = true;
    let mut at = sentence.start;
    while at < sentence.end {
        let fits = |mark: &&Mark| {
            let is_part = matches!(
                mark.cue,
                Cue::Slot(_) | Cue::Filler | Cue::Please | Cue::Request | Cue::After
            ) || (mark.cue == Cue::Small && begins);
            // "Okay" and the like are said in any language.
            is_part && (mark.cue == Cue::Small || mark.languages & languages != 0)
        };
        let Some(mark) = marks.at(at).iter().find(fits) else {
            return;
        };
        if mark.cue != Cue::Small {
            languages &= mark.languages;
            begins = false;
        }
        if let Cue::Slot(kind) = mark.cue {
            kinds.push(kind);
        }
        is_asked |= mark.cue == Cue::Please;
        at = mark.end();
    }
    if is_asked {
        kinds.into_iter().for_each(|kind| asked.add(kind));
    }
}
