//! A page for tests: it does what the session says and writes it down in words.

use std::collections::BTreeMap;

use protocol::{
    Ack, Answering, Author, CommandId, ConversationId, EpochId, Event, EventKind, HistoryPage,
    Message, Receipt, RefusalCode, Refused, Seq, SiteFace, State, Timestamp, Token, VERSION,
    VisitorCommand, VisitorFrame, Waiting, Welcome,
};

use crate::moment::Moment;
use crate::outbox::Kept;
use crate::visitor::{Input, Output, Saved, VisitorSession};

/// The heartbeat that the tests' server names.
pub const HEARTBEAT_MS: u32 = 20_000;

/// A page with one session.
pub struct Page {
    pub session: VisitorSession,
    pub now: Moment,
    pub saved: Saved,
    pub kept: BTreeMap<CommandId, Kept<VisitorCommand>>,
    /// The id of the last history request.
    pub history_id: Option<CommandId>,
    /// The command that last said what the shop\'s page says.
    pub context_id: Option<CommandId>,
    /// The reader looks at the first event here, and goes on looking when there are others before it.
    pub at_start: bool,
}

impl Page {
    /// A page that was just loaded by somebody who was never here.
    pub fn new() -> Self {
        Self::load(Saved::default(), BTreeMap::new(), None, Moment(0))
    }

    /// The same, with the token that the server has rendered the page for.
    pub fn rendered_for(token: &str) -> Self {
        let token = Token(token.into());
        Self::load(Saved::default(), BTreeMap::new(), Some(token), Moment(0))
    }

    /// A page of somebody who was here before, that was welcomed and shows nothing yet.
    pub fn live() -> Self {
        let saved = Saved {
            token: Some(Token("token of 1".into())),
            ..Saved::default()
        };
        let mut page = Self::load(saved, BTreeMap::new(), None, Moment(0));
        page.check(Input::Wake, &["connect"]);
        page.check(Input::Connected, &["hello after 0"]);
        page.check(welcome(&[]), &["save"]);
        page
    }

    /// The same browser after a reload.
    pub fn reload(self) -> Self {
        Self::load(self.saved, self.kept, None, self.now)
    }

    fn load(
        saved: Saved,
        kept: BTreeMap<CommandId, Kept<VisitorCommand>>,
        fresh: Option<Token>,
        now: Moment,
    ) -> Self {
        // Through JSON, as a browser keeps it.
        let json = serde_json::to_string(&saved).unwrap();
        let kept_json = serde_json::to_string(&kept.values().collect::<Vec<_>>()).unwrap();
        Self {
            session: VisitorSession::new(
                serde_json::from_str(&json).unwrap(),
                serde_json::from_str(&kept_json).unwrap(),
                fresh,
                1,
                now,
            ),
            now,
            saved,
            kept,
            history_id: None,
            context_id: None,
            at_start: false,
        }
    }

    /// Does one thing and compares what the session asked for, without what is only to be shown again.
    #[track_caller]
    pub fn check(&mut self, input: Input, expected: &[&str]) {
        assert_eq!(self.does(input), expected);
    }

    /// Does one thing; what the session asked for, in words.
    pub fn does(&mut self, input: Input) -> Vec<String> {
        self.session.handle(input, self.now);
        let mut words = Vec::new();
        while let Some(output) = self.session.next_output() {
            match output {
                Output::Connect => words.push("connect".into()),
                Output::Close => words.push("close".into()),
                Output::Send(frame) => {
                    if matches!(frame.command, VisitorCommand::History { .. }) {
                        self.history_id = Some(frame.id);
                    }
                    if matches!(frame.command, VisitorCommand::Context { .. }) {
                        self.context_id = Some(frame.id);
                    }
                    words.push(command_words(frame.id, &frame.command));
                }
                Output::Save(saved) => {
                    self.saved = saved;
                    words.push("save".into());
                }
                Output::Keep(kept) => {
                    words.push(format!("keep #{}", kept.id.0));
                    self.kept.insert(kept.id, kept);
                }
                Output::Forget(id) => {
                    words.push(format!("forget #{}", id.0));
                    self.kept.remove(&id);
                }
                Output::Arrived { seq, .. } => words.push(format!("arrived {seq}")),
                Output::ContextRefused => words.push("context refused".into()),
                Output::Changed(_) => {
                    assert!(self.session.next_output().is_none(), "changes come last");
                    if self.at_start && self.session.could_load_earlier() {
                        self.session.handle(Input::Earlier, self.now);
                    }
                }
            }
        }
        words
    }

    /// Lets time pass to when the session wants to be woken, until it asks for something.
    pub fn sleep(&mut self) -> Vec<String> {
        for _ in 0..100 {
            let at = self.session.wake_at().expect("it waits for something");
            self.now = self.now.max(at);
            let words = self.does(Input::Wake);
            if !words.is_empty() {
                return words;
            }
        }
        panic!("it wakes and wakes and asks for nothing");
    }

    /// Loses the connection, connects again, and is welcomed with what came since.
    #[track_caller]
    pub fn reconnect(&mut self, events: &[Event]) -> Vec<String> {
        self.does(Input::Closed(Some(1006)));
        assert_eq!(self.sleep(), ["connect"]);
        self.does(Input::Connected);
        self.does(welcome(events))
    }

    /// The places of the events that are shown.
    pub fn shown(&self) -> Vec<u64> {
        self.session
            .events()
            .iter()
            .map(|event| event.seq.0)
            .collect()
    }

    /// The messages after the log, with how far they have come.
    pub fn pending(&self) -> Vec<String> {
        self.session
            .pending()
            .map(|pending| format!("{} {:?}", pending.text, pending.state))
            .collect()
    }
}

fn command_words(id: CommandId, command: &VisitorCommand) -> String {
    match command {
        VisitorCommand::Hello { version, after, .. } => {
            assert_eq!(*version, VERSION);
            format!("hello after {after}")
        }
        VisitorCommand::Say { text } => format!("say {text} #{}", id.0),
        VisitorCommand::Human {} => format!("human #{}", id.0),
        VisitorCommand::Supervisor {} => format!("supervisor #{}", id.0),
        VisitorCommand::Leave {} => format!("leave #{}", id.0),
        VisitorCommand::Assistant {} => format!("assistant #{}", id.0),
        VisitorCommand::End {} => format!("end #{}", id.0),
        VisitorCommand::Contact { email } => format!("contact {email} #{}", id.0),
        VisitorCommand::Context { values } => {
            let names: Vec<&str> = values.0.iter().map(|(name, _)| &**name).collect();
            format!("context {}", names.join(" "))
        }
        VisitorCommand::Correct { correction } => format!("correct {correction:?} #{}", id.0),
        VisitorCommand::Typing { on } => format!("typing {on}"),
        VisitorCommand::Seen { seq } => format!("seen {seq}"),
        VisitorCommand::History { before } => format!("history before {before}"),
        VisitorCommand::Ping {} => "ping".into(),
    }
}

/// The visitor leaves an address.
pub fn contact(id: u128, email: &str) -> Input {
    Input::Contact {
        id: CommandId(id),
        email: email.into(),
    }
}

/// The visitor says something.
pub fn say(id: u128, text: &str) -> Input {
    Input::Say {
        id: CommandId(id),
        text: text.into(),
    }
}

/// The visitor asks for a person.
pub fn human(id: u128) -> Input {
    Input::Human { id: CommandId(id) }
}

/// The visitor leaves the line.
pub fn leave(id: u128) -> Input {
    Input::Leave { id: CommandId(id) }
}

/// A frame from the server.
pub fn frame(frame: VisitorFrame) -> Input {
    Input::Frame(Box::new(frame))
}

/// The server takes a command.
pub fn ack(id: u128, seq: Option<u64>) -> Input {
    frame(VisitorFrame::Ack(Ack {
        id: CommandId(id),
        seq: seq.map(Seq),
        at: Timestamp(0),
        receipt: None,
    }))
}

/// The server sends a command back.
pub fn refused(id: u128, code: RefusalCode) -> Input {
    frame(VisitorFrame::Refused(Refused::new(
        Some(CommandId(id)),
        code,
    )))
}

/// The server says who answers.
pub fn state(answering: Answering) -> Input {
    frame(VisitorFrame::State(State {
        answering,
        waiting: None,
        opening: None,
        contact: None,
        seen: Seq(0),
        supervisor: None,
    }))
}

/// Something happened in the conversation.
pub fn event(event: Event) -> Input {
    frame(VisitorFrame::Event(event))
}

/// A message of the visitor under this id.
pub fn mine(seq: u64, id: u128) -> Event {
    message(seq, id, Author::Visitor {})
}

/// A message of the assistant.
pub fn bot(seq: u64) -> Event {
    message(seq, u128::from(seq) << 64, Author::Bot {})
}

/// A message of Ana's.
pub fn by_ana(seq: u64) -> Event {
    let name = "Ana".into();
    message(seq, u128::from(seq) << 64, Author::Agent { name })
}

/// A press of *Human please* in the log.
pub fn requested(seq: u64) -> Event {
    Event {
        seq: Seq(seq),
        at: Timestamp(0),
        kind: EventKind::HumanRequested {
            receipt: Receipt(7),
            via: protocol::RequestVia::Button,
        },
    }
}

fn message(seq: u64, id: u128, author: Author) -> Event {
    Event {
        seq: Seq(seq),
        at: Timestamp(0),
        kind: EventKind::Message(Message {
            id: CommandId(id),
            author,
            text: "…".into(),
            sources: Vec::new(),
            replies: vec![],
            offers_human: false,
        }),
    }
}

/// The welcome to the tests' conversation, with these events.
pub fn welcome(events: &[Event]) -> Input {
    frame(VisitorFrame::Welcome(welcome_to(1, 1, events)))
}

/// A page of history.
pub fn page_of(events: &[Event], earlier: bool) -> Input {
    frame(VisitorFrame::History(HistoryPage {
        events: events.to_vec(),
        earlier,
    }))
}

/// The welcome of somebody whose token the server does not know, or who has none.
pub fn welcome_new(conversation: u128) -> Input {
    let mut welcome = welcome_to(conversation, 1, &[]);
    welcome.token = Some(Token(format!("token of {conversation}")));
    frame(VisitorFrame::Welcome(welcome))
}

/// The welcome to a conversation of a store's history.
pub fn welcome_to(conversation: u128, epoch: u128, events: &[Event]) -> Welcome {
    Welcome {
        version: VERSION,
        conversation: ConversationId(conversation),
        token: None,
        epoch: EpochId(epoch),
        now: Timestamp(1_000_000),
        heartbeat_ms: HEARTBEAT_MS,
        site: SiteFace {
            name: "Shop".into(),
            bot: true,
            contact: "help@shop.example".into(),
        },
        state: State {
            answering: Answering::Bot {},
            waiting: None::<Waiting>,
            opening: None,
            contact: None,
            seen: Seq(0),
            supervisor: None,
        },
        history: HistoryPage {
            events: events.to_vec(),
            earlier: events.first().is_some_and(|event| event.seq > Seq(1)),
        },
    }
}
