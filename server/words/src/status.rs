//! Who answers now, and what the box says.

use std::borrow::Cow;

use protocol::{Answering, Event, MAX_TEXT_CHARS, is_ended, is_solved};

use super::{Key, Locale, Speech, Words};

impl Words {
    /// The holder's name for styles and scripts, and the header's words for who answers.
    #[must_use]
    pub fn status(&self, answering: &Answering, log: &[Event]) -> (&'static str, Cow<'_, str>) {
        match answering {
            Answering::Bot {} => ("bot", self.get(Key::StatusAi).into()),
            Answering::Queue { .. } => ("queue", self.get(Key::StatusQueue).into()),
            Answering::Agent { name, .. } => {
                let words = self.named(name, Key::StatusPerson, Key::StatusPersonUnnamed);
                ("agent", words.into())
            }
            Answering::Nobody { .. } if is_solved(log) => {
                ("ended", self.get(Key::StatusSolved).into())
            }
            Answering::Nobody { .. } if is_ended(log) => ("ended", self.get(Key::YouEnded).into()),
            Answering::Nobody { .. } => ("ended", self.get(Key::StatusPersonHere).into()),
        }
    }

    /// Under the person's name: they have the conversation, and the request's number if there is one.
    #[must_use]
    pub fn has_conversation(&self, is_lead: bool, receipt: Option<&str>) -> String {
        let key = if is_lead {
            Key::SupervisorHasConversation
        } else {
            Key::HasConversation
        };
        let number = self.numbered(receipt);
        super::joined(&[self.get(key), &number])
    }

    /// The request's number as a sentence; nothing if there is none.
    pub(crate) fn numbered(&self, receipt: Option<&str>) -> String {
        receipt.map_or_else(String::new, |number| {
            self.fill(Key::Number, &[("number", number)])
        })
    }
}

impl<L: Locale> Speech<'_, L> {
    /// A text is too long to be a message; `characters` is how long it is.
    #[must_use]
    pub fn too_long(&self, characters: usize) -> String {
        let length = self.locale.number(characters);
        let limit = self.locale.number(MAX_TEXT_CHARS);
        let values = [("length", &*length), ("limit", &*limit)];
        self.words.fill(Key::TooLong, &values)
    }
}
