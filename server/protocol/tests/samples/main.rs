//! The stored samples are the protocol: one JSON frame for each thing that can be said, exactly as it crosses the
//! wire. A changed sample is a changed protocol.
//!
//! A file is called `TYPE.VARIANT[.WHAT].json`; `refusals.json` and `close_codes.json` list every code. Those of searches and
//! views are bodies of requests and answers, which have no variants.
#![expect(
    clippy::unwrap_used,
    reason = "what cannot be read has failed its test"
)]

mod document;
mod strict;
mod variant;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use protocol::{
    AgentCommand, AgentFrame, Answering, Author, CaseHolder, ClientFrame, CloseCode, CommandId,
    Event, EventKind, Found, Recipient, RefusalCode, Refused, RequestVia, ReturnReason, SavedView,
    SavedViews, Search, State, Typing, ViewName, VisitorCommand, VisitorFrame,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use variant::{Variants, snake_case};

/// A sample: its file's name without `.json`, and its text.
struct Sample {
    name: String,
    text: String,
}

impl Sample {
    /// `visitor_command`, `agent_frame` and so on.
    fn kind(&self) -> &str {
        self.name.split('.').next().unwrap()
    }

    /// The variant that the file's name tells; none for the lists of codes.
    fn variant(&self) -> Option<&str> {
        self.name.split('.').nth(1)
    }

    fn value(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    fn parse<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// Reads it as a `T` and writes that again: nothing is lost, added or changed.
    fn there_and_back<T: DeserializeOwned + Serialize>(&self) -> T {
        let parsed: T = self.parse();
        let written = serde_json::to_value(&parsed).unwrap();
        assert_eq!(written, self.value(), "{}", self.name);
        parsed
    }
}

fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut samples: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let name = name.strip_suffix(".json").expect("samples are JSON files");
            Sample {
                name: name.into(),
                text: std::fs::read_to_string(&path).unwrap(),
            }
        })
        .collect();
    samples.sort_by(|one, other| one.name.cmp(&other.name));
    samples
}

/// The variants of every enumeration that were met in samples.
#[derive(Default)]
struct Met(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Met {
    fn meet<T: Variants>(&mut self, value: &T) -> &'static str {
        self.0.entry(T::TYPE).or_default().insert(value.variant());
        value.variant()
    }

    fn event(&mut self, event: &Event) {
        self.meet(&event.kind);
        match &event.kind {
            EventKind::Message(message) => {
                self.meet(&message.author);
            }
            EventKind::HumanRequested { via, .. } => {
                self.meet(via);
            }
            EventKind::Returned { reason, .. } => {
                self.meet(reason);
            }
            EventKind::Taken { .. }
            | EventKind::Resolved { .. }
            | EventKind::Reopened { .. }
            | EventKind::LeftQueue {}
            | EventKind::AssistantChosen {}
            | EventKind::Ended {}
            | EventKind::BotFailed {}
            | EventKind::SupervisorRequested {}
            | EventKind::CallbackPromised { .. }
            | EventKind::Unknown {} => {}
        }
    }

    fn visitor_frame(&mut self, frame: &VisitorFrame) {
        match frame {
            VisitorFrame::Welcome(welcome) => {
                self.meet(&welcome.state.answering);
                welcome.history.events.iter().for_each(|it| self.event(it));
            }
            VisitorFrame::Event(event) => self.event(event),
            VisitorFrame::State(State { answering, .. }) => {
                self.meet(answering);
            }
            VisitorFrame::Typing(Typing { author, .. }) => {
                self.meet(author);
            }
            VisitorFrame::History(page) => page.events.iter().for_each(|it| self.event(it)),
            VisitorFrame::Card { .. }
            | VisitorFrame::Ack(_)
            | VisitorFrame::Refused(_)
            | VisitorFrame::Pong { .. } => {}
        }
    }

    fn agent_frame(&mut self, frame: &AgentFrame) {
        match frame {
            AgentFrame::Welcome(welcome) => {
                for case in &welcome.cases {
                    self.meet(&case.holder);
                }
                for lapse in &welcome.lapsed {
                    self.meet(&lapse.holder);
                }
            }
            AgentFrame::Case(case) => {
                self.meet(&case.holder);
            }
            AgentFrame::Listed { cases, .. } => {
                for case in cases {
                    self.meet(&case.holder);
                }
            }
            AgentFrame::Event { event, .. } => self.event(event),
            AgentFrame::History { page, .. } => page.events.iter().for_each(|it| self.event(it)),
            AgentFrame::Typing { typing, .. } => {
                self.meet(&typing.author);
            }
            AgentFrame::Counts(_)
            | AgentFrame::Draft { .. }
            | AgentFrame::Notes { .. }
            | AgentFrame::Note { .. }
            | AgentFrame::Card { .. }
            | AgentFrame::Known { .. }
            | AgentFrame::Viewers { .. }
            | AgentFrame::Staff(_)
            | AgentFrame::Context { .. }
            | AgentFrame::Duty { .. }
            | AgentFrame::Ack(_)
            | AgentFrame::Refused(_)
            | AgentFrame::Pong { .. } => {}
        }
    }

    fn assert_all<T: Variants>(&self) {
        let met = self.0.get(T::TYPE).cloned().unwrap_or_default();
        let missing: Vec<_> = T::ALL.iter().filter(|name| !met.contains(*name)).collect();
        assert!(missing.is_empty(), "no sample has {}: {missing:?}", T::TYPE);
    }
}

#[test]
fn every_sample_is_read_and_written_again_as_it_is_and_nothing_lacks_one() {
    let mut met = Met::default();
    for sample in samples() {
        let variant = match sample.kind() {
            "visitor_command" => met.meet(
                &sample
                    .there_and_back::<ClientFrame<VisitorCommand>>()
                    .command,
            ),
            "agent_command" => {
                let command = sample.there_and_back::<ClientFrame<AgentCommand>>().command;
                if let AgentCommand::Transfer { to: Some(to), .. } = &command {
                    met.meet(to);
                }
                met.meet(&command)
            }
            "visitor_frame" => {
                let frame = sample.there_and_back();
                met.visitor_frame(&frame);
                met.meet(&frame)
            }
            "agent_frame" => {
                let frame = sample.there_and_back();
                met.agent_frame(&frame);
                met.meet(&frame)
            }
            "search" => {
                sample.there_and_back::<Search>();
                continue;
            }
            "found" => {
                let found = sample.there_and_back::<Found>();
                for case in &found.conversations {
                    met.meet(&case.holder);
                }
                continue;
            }
            "saved_view" => {
                sample.there_and_back::<SavedView>();
                continue;
            }
            "saved_views" => {
                sample.there_and_back::<SavedViews>();
                continue;
            }
            "view_name" => {
                sample.there_and_back::<ViewName>();
                continue;
            }
            // Checked by tests of their own.
            "refusals" | "close_codes" => continue,
            _ => panic!("{}.json is a sample of nothing", sample.name),
        };
        let expected = Some(snake_case(variant));
        assert_eq!(sample.variant(), expected.as_deref(), "{}", sample.name);
    }
    met.assert_all::<VisitorCommand>();
    met.assert_all::<AgentCommand>();
    met.assert_all::<VisitorFrame>();
    met.assert_all::<AgentFrame>();
    met.assert_all::<EventKind>();
    met.assert_all::<Author>();
    met.assert_all::<RequestVia>();
    met.assert_all::<ReturnReason>();
    met.assert_all::<Answering>();
    met.assert_all::<CaseHolder>();
    met.assert_all::<Recipient>();
}

#[test]
fn every_refusal_has_its_sample() {
    let id = CommandId(0x4be2_a6d1_c05f_4e7f_8a9b_30c1_d2e3_f403);
    let refused = |&code| VisitorFrame::Refused(Refused::new(Some(id), code));
    let expected: Vec<_> = RefusalCode::ALL.iter().map(refused).collect();
    let sample = find("refusals");
    assert_eq!(sample.there_and_back::<Vec<VisitorFrame>>(), expected);
    // The same frames are for agents.
    sample.there_and_back::<Vec<AgentFrame>>();
}

#[test]
fn every_close_code_has_its_sample() {
    let expected: Vec<_> = CloseCode::ALL
        .iter()
        .map(|code| {
            assert_eq!(CloseCode::from_number(code.number()), Some(*code));
            json!({
                "code": code.number(),
                "reconnect": code.reconnect(),
                "reason": code.reason(),
            })
        })
        .collect();
    assert_eq!(find("close_codes").value(), Value::Array(expected));
}

fn find(name: &str) -> Sample {
    let mut samples = samples().into_iter();
    let found = samples.find(|sample| sample.name == name);
    found.unwrap_or_else(|| panic!("there is no sample {name}.json"))
}
