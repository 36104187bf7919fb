//! The log: who wrote, and what happened.

use std::borrow::Cow;

use protocol::{Author, EventKind, RequestVia, ReturnReason};

use super::{Key, Locale, Speech, Words};

impl Words {
    /// How a person is called: never without the word that says it is one.
    #[must_use]
    pub fn person(&self, name: &str) -> String {
        self.named(name, Key::Person, Key::PersonUnnamed)
    }

    /// The label of an author's messages.
    #[must_use]
    pub fn author(&self, author: &Author) -> Cow<'_, str> {
        match author {
            Author::Visitor {} => self.get(Key::You).into(),
            Author::Bot {} => self.get(Key::AiAssistant).into(),
            Author::Agent { name } => self.person(name).into(),
        }
    }

    /// The line while the assistant or a person writes.
    #[must_use]
    pub fn is_writing(&self, author: &Author) -> String {
        match author {
            Author::Agent { name } => self.named(name, Key::IsWriting, Key::PersonIsWriting),
            other => self.fill(Key::IsWriting, &[("name", &self.author(other))]),
        }
    }

    /// The message about somebody, whose name may not be known.
    pub(crate) fn named(&self, name: &str, key: Key, unnamed: Key) -> String {
        let key = if name.is_empty() { unnamed } else { key };
        self.fill(key, &[("name", name)])
    }
}

impl<L: Locale> Speech<'_, L> {
    /// The name of an event in the protocol, and what it tells the visitor. A message's words are those of its author.
    #[must_use]
    pub fn told<'a>(&'a self, kind: &'a EventKind, has_bot: bool) -> (&'static str, Cow<'a, str>) {
        let words = self.words;
        let named = |name: &str, key, unnamed| Cow::Owned(words.named(name, key, unnamed));
        match kind {
            EventKind::Message(message) => ("message", (&message.text).into()),
            EventKind::HumanRequested { receipt, via } => {
                let key = match via {
                    RequestVia::Bot => Key::AiAskedForPerson,
                    RequestVia::Button | RequestVia::Reopen | RequestVia::Message => {
                        Key::AskedForPerson
                    }
                };
                let number = receipt.to_string();
                let told = words.fill(key, &[("number", &number)]);
                ("human_requested", told.into())
            }
            EventKind::Taken { agent, lead: false } => {
                ("taken", named(agent, Key::IsHere, Key::PersonIsHere))
            }
            EventKind::Taken { agent, lead: true } => {
                let unnamed = Key::SupervisorUnnamedIsHere;
                ("taken", named(agent, Key::SupervisorIsHere, unnamed))
            }
            EventKind::Returned { reason, agent } => {
                let (key, unnamed) = match reason {
                    ReturnReason::Vanished => (Key::HadToGo, Key::PersonHadToGo),
                    ReturnReason::Transferred => (Key::PassedOn, Key::PersonPassedOn),
                };
                ("returned", named(agent, key, unnamed))
            }
            EventKind::Resolved { agent } => {
                ("resolved", named(agent, Key::Solved, Key::PersonSolved))
            }
            EventKind::Reopened { .. } => ("reopened", words.get(Key::Reopened).into()),
            EventKind::LeftQueue {} if has_bot => ("left_queue", words.get(Key::LeftLineAi).into()),
            EventKind::LeftQueue {} => ("left_queue", words.get(Key::LeftLine).into()),
            EventKind::AssistantChosen {} => {
                ("assistant_chosen", words.get(Key::AiAnswersAgain).into())
            }
            EventKind::Ended {} => ("ended", words.get(Key::YouEnded).into()),
            EventKind::BotFailed {} => ("bot_failed", words.get(Key::AiFailed).into()),
            EventKind::SupervisorRequested {} => (
                "supervisor_requested",
                words.get(Key::SupervisorRequested).into(),
            ),
            EventKind::CallbackPromised { by } => {
                let time = self.locale.day_and_time(*by);
                let told = words.fill(Key::SupervisorWillContact, &[("time", &time)]);
                ("callback_promised", told.into())
            }
            EventKind::Unknown {} => ("unknown", words.get(Key::UnknownEvent).into()),
        }
    }
}
