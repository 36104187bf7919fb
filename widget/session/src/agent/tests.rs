//! The agent's session against a server that says what each test wants it to say.

mod card;
mod duty;
mod handover;
mod held;
mod lapse;
mod link;
mod lists;
mod log;
mod long_lists;
mod moves;
mod plan;
mod replies;
mod seen;

use protocol::{
    Ack, AgentCommand, AgentFace, AgentFrame, AgentId, AgentWelcome, Author, Case, CaseHolder,
    CaseList, ClientFrame, CommandId, ConversationId, Counts, EpochId, Event, EventKind,
    HistoryPage, Message, Place, Receipt, RefusalCode, Refused, Rest, Role, Seq, Timestamp,
    VERSION,
};

use super::{AgentKept, AgentSession, Alert, Deed, Input, List, Notice, Output, Why};
use crate::moment::Moment;

/// A conversation that every test knows.
const LAMP: ConversationId = ConversationId(1);
/// Another one.
const CHAIR: ConversationId = ConversationId(2);

const HEARTBEAT_MS: u32 = 20_000;

/// A page with a session, whose clock and server are turned by hand.
struct Page {
    session: AgentSession,
    now: Moment,
    /// Outputs that no test has looked at, but for `Changed` and `Keep`.
    outputs: Vec<Output>,
    next_id: u128,
}

impl Page {
    fn blank(kept: AgentKept) -> Self {
        Self {
            session: AgentSession::new(7, kept, Moment(0)),
            now: Moment(0),
            outputs: Vec::new(),
            next_id: 0xa000,
        }
    }

    /// A page whose server has greeted with these cases.
    fn greeted(cases: Vec<Case>) -> Self {
        let mut page = Self::blank(AgentKept::default());
        page.wake();
        page.connect(welcome(cases));
        page.outputs.clear();
        page
    }

    /// Opens the connection that was asked for and greets.
    #[track_caller]
    fn connect(&mut self, welcome: AgentWelcome) {
        assert!(self.take(&Output::Connect), "{:?}", self.outputs);
        self.input(Input::Connected);
        assert_eq!(self.commands(), [AgentCommand::Hello { version: VERSION }]);
        self.frame(AgentFrame::Welcome(welcome));
    }

    /// Loses the connection and lets time pass until the next one is asked for.
    fn reconnect(&mut self, welcome: AgentWelcome) {
        self.input(Input::Closed(Some(1006)));
        self.outputs
            .retain(|output| !matches!(output, Output::Send(_)));
        self.pass_until(|page| page.outputs.contains(&Output::Connect));
        self.connect(welcome);
    }

    fn input(&mut self, input: Input) {
        self.session.handle(input, self.now);
        while let Some(output) = self.session.poll() {
            if !matches!(output, Output::Changed | Output::Keep) {
                self.outputs.push(output);
            }
        }
    }

    fn frame(&mut self, frame: AgentFrame) {
        self.input(Input::Frame(frame));
    }

    fn wake(&mut self) {
        self.input(Input::Wake);
    }

    fn pass_ms(&mut self, ms: u64) {
        self.now = self.now.after_ms(ms);
        self.wake();
    }

    #[track_caller]
    fn pass_until(&mut self, done: impl Fn(&Self) -> bool) {
        for _ in 0..100 {
            if done(self) {
                return;
            }
            self.now = self.session.wake_at().expect("it waits for something");
            self.wake();
        }
        panic!("it never came to that");
    }

    fn id(&mut self) -> CommandId {
        self.next_id += 1;
        CommandId(self.next_id)
    }

    fn act(&mut self, deed: Deed, conversation: ConversationId) -> CommandId {
        let id = self.id();
        self.input(Input::Act(deed, conversation, id));
        id
    }

    fn write(&mut self, conversation: ConversationId, text: &str) -> CommandId {
        let id = self.id();
        self.input(Input::Draft(conversation, text.into()));
        self.input(Input::Reply(conversation, id));
        id
    }

    fn ack(&mut self, id: CommandId, seq: u64) {
        self.frame(AgentFrame::Ack(Ack {
            id,
            seq: Some(Seq(seq)),
            at: Timestamp(0),
            receipt: None,
        }));
    }

    fn refuse(&mut self, id: CommandId, code: RefusalCode) {
        self.frame(AgentFrame::Refused(Refused::new(Some(id), code)));
    }

    /// Looks at a conversation and answers with this page.
    #[track_caller]
    fn open(&mut self, conversation: ConversationId, page: HistoryPage) {
        self.input(Input::View(Some(conversation)));
        let id = self.sent_id(|command| matches!(command, AgentCommand::Open { .. }));
        self.frame(AgentFrame::History {
            id,
            conversation,
            page,
        });
    }

    /// The id of the one command like this that was sent.
    #[track_caller]
    fn sent_id(&mut self, like: impl Fn(&AgentCommand) -> bool) -> CommandId {
        let place = self
            .outputs
            .iter()
            .position(|output| matches!(output, Output::Send(frame) if like(&frame.command)));
        let Some(place) = place else {
            panic!("not sent; there is {:?}", self.outputs);
        };
        match self.outputs.remove(place) {
            Output::Send(frame) => frame.id,
            _ => unreachable!("it was a command a moment ago"),
        }
    }

    /// The commands that were sent, but for drafts and what shows attention.
    fn commands(&mut self) -> Vec<AgentCommand> {
        self.pick(|output| match output {
            Output::Send(frame) => Some(frame.command.clone()),
            _ => None,
        })
        .into_iter()
        .filter(|command| {
            let beside = matches!(
                command,
                AgentCommand::Typing { .. }
                    | AgentCommand::Draft { .. }
                    | AgentCommand::Seen { .. }
                    | AgentCommand::View { .. }
            );
            !beside
        })
        .collect()
    }

    /// How far conversations were said to be seen.
    fn seen(&mut self) -> Vec<(ConversationId, u64)> {
        self.pick(|output| match output {
            Output::Send(ClientFrame {
                command: AgentCommand::Seen { conversation, seq },
                ..
            }) => Some((*conversation, seq.0)),
            _ => None,
        })
    }

    /// The drafts that were sent: where, the reply, the note.
    fn drafts(&mut self) -> Vec<(ConversationId, Option<String>, Option<String>)> {
        self.pick(|output| match output {
            Output::Send(ClientFrame {
                command:
                    AgentCommand::Draft {
                        conversation,
                        reply,
                        note,
                    },
                ..
            }) => Some((*conversation, reply.clone(), note.clone())),
            _ => None,
        })
    }

    fn notices(&mut self) -> Vec<Notice> {
        self.pick(|output| match output {
            Output::Told(notice) => Some(notice.clone()),
            _ => None,
        })
    }

    fn alerts(&mut self) -> Vec<Alert> {
        self.pick(|output| match output {
            Output::Alert(alert) => Some(*alert),
            _ => None,
        })
    }

    fn take(&mut self, wanted: &Output) -> bool {
        !self
            .pick(|output| (output == wanted).then_some(()))
            .is_empty()
    }

    fn pick<T>(&mut self, like: impl Fn(&Output) -> Option<T>) -> Vec<T> {
        let picked = self.outputs.iter().filter_map(&like).collect();
        self.outputs.retain(|output| like(output).is_none());
        picked
    }

    fn queue(&self) -> Vec<ConversationId> {
        let lines = self.session.lines(List::Queue);
        lines.iter().map(|line| line.case.conversation).collect()
    }

    fn mine(&self) -> Vec<(ConversationId, u32)> {
        let lines = self.session.lines(List::Mine);
        lines
            .iter()
            .map(|line| (line.case.conversation, line.unread))
            .collect()
    }

    fn texts(&self, conversation: ConversationId) -> Vec<&str> {
        self.session
            .events(conversation)
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Message(message) => Some(message.text.as_str()),
                _ => None,
            })
            .collect()
    }
}

fn welcome(cases: Vec<Case>) -> AgentWelcome {
    AgentWelcome {
        version: VERSION,
        epoch: EpochId(1),
        now: Timestamp(1_000_000),
        heartbeat_ms: HEARTBEAT_MS,
        me: AgentFace {
            id: AgentId(9),
            name: "Ana".into(),
            on_duty: true,
            load: 0,
            lead: false,
            role: Role::Agent,
            most: 4,
        },
        site: "Lumen & Oak".into(),
        cases,
        rest: vec![],
        counts: Counts::default(),
        newest: None,
        lapsed: vec![],
    }
}

fn case(conversation: ConversationId, holder: CaseHolder, last_seq: u64) -> Case {
    Case {
        receipt: Some(Receipt(4_000 + last_seq)),
        since: Some(Timestamp(900_000)),
        preview: "Is my order on its way?".into(),
        unanswered: 1,
        ..Case::bare(conversation, holder, Seq(last_seq))
    }
}

fn waits(conversation: ConversationId, last_seq: u64) -> Case {
    case(conversation, CaseHolder::Queue {}, last_seq)
}

fn mine(conversation: ConversationId, last_seq: u64) -> Case {
    case(conversation, CaseHolder::Me {}, last_seq)
}

fn message(seq: u64, id: CommandId, author: Author, text: &str) -> Event {
    Event {
        seq: Seq(seq),
        at: Timestamp(910_000),
        kind: EventKind::Message(Message {
            id,
            author,
            text: text.into(),
            sources: vec![],
            replies: vec![],
            offers_human: false,
        }),
    }
}

fn visitor(seq: u64, text: &str) -> Event {
    message(seq, CommandId(u128::from(seq)), Author::Visitor {}, text)
}

fn ana(seq: u64, id: CommandId, text: &str) -> Event {
    message(seq, id, Author::Agent { name: "Ana".into() }, text)
}

fn in_lamp(event: Event) -> AgentFrame {
    AgentFrame::Event {
        conversation: LAMP,
        event,
    }
}

/// A page of the visitor's messages, each saying its own number.
fn page(seqs: impl IntoIterator<Item = u64>, earlier: bool) -> HistoryPage {
    HistoryPage {
        events: seqs
            .into_iter()
            .map(|seq| visitor(seq, &seq.to_string()))
            .collect(),
        earlier,
    }
}
