//! The facts of one conversation, as its log is heard.

use protocol::{Author, Event, EventKind, Fact, FactKind, Message, Seq};

use crate::ask::asked;
use crate::cue::Marks;
use crate::reading::Reading;
use crate::text::{Gap, Text, fold};
use crate::{answer, label, name, place, sentence, thing, value};

/// How many messages of the visitor may stand between a question and its answer.
const QUESTION_LASTS: u8 = 4;

/// The most kinds that are waited for.
const MAX_WAITING: usize = 8;

/// The most facts of a kind; together they are as many as there may be, so that no kind crowds out another.
pub const fn most(kind: FactKind) -> usize {
    match kind {
        FactKind::Asked | FactKind::Order => 4,
        FactKind::Email
        | FactKind::Phone
        | FactKind::Amount
        | FactKind::Date
        | FactKind::Article => 3,
        FactKind::Name
        | FactKind::Account
        | FactKind::Membership
        | FactKind::Reference
        | FactKind::Product
        | FactKind::Address
        | FactKind::Postcode
        | FactKind::Tried => 2,
        FactKind::Reason => 1,
        FactKind::Other => 0,
    }
}

/// What is known of a conversation: at most [`MAX_FACTS`](protocol::MAX_FACTS) facts.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    found: Vec<Fact>,
    /// What the visitor was asked for and has not answered yet.
    waiting: Vec<FactKind>,
    /// How many more messages of the visitor may be the answer.
    lasts: u8,
    /// The visitor has written since the question.
    replied: bool,
}

impl Facts {
    /// Reads the next event of the log. Only messages tell anything; it takes time in proportion to them.
    ///
    /// Events are to be heard in their order and once, as they stand in the log.
    pub fn hear(&mut self, event: &Event) {
        let EventKind::Message(message) = &event.kind else {
            return;
        };
        match &message.author {
            Author::Visitor {} => self.hear_visitor(event.seq, &message.text),
            Author::Bot {} => {
                self.note_articles(event.seq, message);
                self.hear_question(&message.text);
            }
            Author::Agent { .. } => self.hear_question(&message.text),
        }
    }

    /// What was found so far: by kind, who it is first; those of a kind in the order in which they were said.
    ///
    /// The same value is there once, with the message that had it first. Of more values than are kept of a kind, the first
    /// one and the newest are.
    #[must_use]
    pub fn found(&self) -> &[Fact] {
        &self.found
    }

    fn hear_visitor(&mut self, seq: Seq, text: &str) {
        let text = Text::new(text);
        let marks = Marks::of(&text);
        let mut reading = Reading::new(&text, &marks);
        value::find_dates_and_amounts(&mut reading);
        label::find(&mut reading);
        name::find(&mut reading);
        place::find(&mut reading);
        let before = self.waiting.len();
        answer::find(&mut reading, &mut self.waiting);
        let is_answer = self.waiting.len() < before;
        value::find_phones_and_codes(&mut reading);
        thing::find(&mut reading);
        let is_about = self.of(FactKind::Asked).next().is_some();
        sentence::find(&mut reading, is_about || is_answer);
        let found = reading.finish();
        self.waiting
            .retain(|kind| found.iter().all(|found| found.kind != *kind));
        for found in found {
            self.add(found.kind, found.text, seq);
        }
        self.replied = true;
        self.lasts = self.lasts.saturating_sub(1);
        if self.lasts == 0 {
            self.waiting.clear();
        }
    }

    fn hear_question(&mut self, text: &str) {
        let text = Text::new(text);
        let asked = asked(&text, &Marks::of(&text));
        let is_question = text.words.iter().any(|word| word.gap == Gap::Question);
        // A question for something else is what the next words answer; what is no question leaves the last one open.
        if self.replied && (is_question || !asked.is_empty()) {
            self.waiting.clear();
        }
        if asked.is_empty() {
            return;
        }
        self.lasts = QUESTION_LASTS;
        self.replied = false;
        for kind in asked {
            if !self.waiting.contains(&kind) && self.waiting.len() < MAX_WAITING {
                self.waiting.push(kind);
            }
        }
    }

    fn note_articles(&mut self, seq: Seq, message: &Message) {
        for source in &message.sources {
            let title = source.title.chars().take(protocol::MAX_FACT_CHARS);
            let title = title.collect::<String>();
            self.add(FactKind::Article, title.trim().into(), seq);
        }
    }

    fn of(&self, kind: FactKind) -> impl Iterator<Item = &Fact> {
        self.found.iter().filter(move |fact| fact.kind == kind)
    }

    fn add(&mut self, kind: FactKind, text: String, seq: Seq) {
        if text.is_empty() || self.of(kind).any(|fact| is_same(kind, &fact.text, &text)) {
            return;
        }
        let from = self.found.partition_point(|fact| fact.kind < kind);
        let count = self.of(kind).count();
        if count >= most(kind) {
            // The oldest but the first: what was said first and what was said last count most.
            self.found.remove(from + 1.min(count - 1));
        }
        let end = self.found.partition_point(|fact| fact.kind <= kind);
        let seq = Some(seq);
        self.found.insert(end, Fact { kind, text, seq });
    }
}

/// Whether two values say the same: however they are spaced, spelt and hyphenated.
fn is_same(kind: FactKind, one: &str, other: &str) -> bool {
    one == other || essence(kind, one) == essence(kind, other)
}

fn essence(kind: FactKind, text: &str) -> String {
    let mut essence = String::with_capacity(text.len());
    for character in text.chars() {
        // A point makes another amount of the same digits.
        let is_point = kind == FactKind::Amount && matches!(character, '.' | ',');
        if character.is_alphanumeric() {
            fold(character, &mut essence);
        } else if is_point {
            essence.push('.');
        }
    }
    if essence.is_empty() {
        essence.push_str(text);
    }
    essence
}

#[cfg(test)]
mod tests {
    use protocol::MAX_FACTS;

    use super::*;

    #[test]
    fn all_kinds_together_have_room() {
        let in_order = FactKind::ALL.iter().map(|kind| *kind as usize);
        assert!(
            in_order.eq(0..=FactKind::Other as usize),
            "every kind, once"
        );
        let all: usize = FactKind::ALL.into_iter().map(most).sum();
        assert!(all <= MAX_FACTS, "{all}");
    }
}
