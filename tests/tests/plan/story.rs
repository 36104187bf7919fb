//! A sound story by hand, which the checker's own tests break.

use protocol::{
    Ack, AgentFrame, Answering, Author, Case, CaseHolder, CommandId, ConversationId, EpochId,
    Event, EventKind, HistoryPage, Message, Receipt, RequestVia, Seq, SiteFace, State, Timestamp,
    VisitorFrame, Waiting, Welcome,
};

use crate::history::{Entry, Holder, Request, Standing, Stored, Unsent, Wish};

pub const LAMP: ConversationId = ConversationId(1);
pub const CHAIR: ConversationId = ConversationId(2);
pub const SAID: CommandId = CommandId(10);
pub const PRESSED: CommandId = CommandId(11);
pub const SAID_AGAIN: CommandId = CommandId(12);
pub const TOOK: CommandId = CommandId(13);
pub const REPLIED: CommandId = CommandId(14);

/// A visitor says something, presses the button and writes on; Ana takes it and answers; another visitor waits behind.
#[derive(Clone)]
pub struct Story {
    pub history: Vec<Entry>,
    pub stored: Stored,
    pub unsent: Unsent,
}

pub fn event(seq: u64, kind: EventKind) -> Event {
    Event {
        seq: Seq(seq),
        at: Timestamp(1_000 * i64::try_from(seq).unwrap()),
        kind,
    }
}

pub fn message(seq: u64, id: CommandId, author: Author, text: &str) -> Event {
    let (sources, text) = (vec![], text.into());
    event(
        seq,
        EventKind::Message(Message {
            id,
            author,
            text,
            sources,
            replies: vec![],
            offers_human: false,
        }),
    )
}

pub fn requested(seq: u64, receipt: u64) -> Event {
    let via = RequestVia::Button;
    let receipt = Receipt(receipt);
    event(seq, EventKind::HumanRequested { receipt, via })
}

pub fn ana() -> Author {
    Author::Agent { name: "Ana".into() }
}

pub fn log() -> Vec<(ConversationId, Event)> {
    let taken = EventKind::Taken {
        agent: "Ana".into(),
        lead: false,
    };
    vec![
        (LAMP, message(1, SAID, Author::Visitor {}, "Hello")),
        (LAMP, requested(2, 1)),
        (CHAIR, requested(1, 2)),
        (LAMP, message(3, SAID_AGAIN, Author::Visitor {}, "Anybody?")),
        (LAMP, event(4, taken)),
        (LAMP, message(5, REPLIED, ana(), "Here I am")),
    ]
}

pub fn asked(page: usize, id: CommandId, wish: Wish) -> Entry {
    Entry::Asked { page, id, wish }
}

pub fn told(frame: VisitorFrame) -> Entry {
    Entry::VisitorTold {
        connection: 1,
        frame: Box::new(frame),
    }
}

pub fn told_ana(frame: AgentFrame) -> Entry {
    Entry::AgentTold {
        connection: 2,
        agent: "Ana",
        frame: Box::new(frame),
    }
}

pub fn ack(id: CommandId, seq: u64, receipt: Option<u64>) -> Ack {
    Ack {
        id,
        seq: Some(Seq(seq)),
        at: event(seq, EventKind::BotFailed {}).at,
        receipt: receipt.map(Receipt),
    }
}

pub fn state(answering: Answering, since: Option<i64>) -> State {
    State {
        answering,
        waiting: since.map(|since| Waiting {
            receipt: Receipt(1),
            since: Timestamp(since),
            estimate: None,
        }),
        opening: None,
        contact: None,
        seen: Seq(0),
        supervisor: None,
    }
}

pub fn in_line(position: u32) -> Answering {
    Answering::Queue {
        position,
        on_duty: 1,
    }
}

pub fn case(holder: CaseHolder, last_seq: u64) -> Case {
    Case {
        receipt: Some(Receipt(1)),
        since: Some(Timestamp(2_000)),
        ..Case::bare(LAMP, holder, Seq(last_seq))
    }
}

pub fn sound() -> Story {
    let log = log();
    let here = |index: usize| told(VisitorFrame::Event(log[index].1.clone()));
    let welcome = Welcome {
        version: 1,
        conversation: LAMP,
        token: None,
        epoch: EpochId(1),
        now: Timestamp(0),
        heartbeat_ms: 15_000,
        site: SiteFace {
            name: String::new(),
            bot: true,
            contact: String::new(),
        },
        state: state(Answering::Bot {}, None),
        history: HistoryPage::default(),
    };
    let agent = Answering::Agent {
        name: "Ana".into(),
        lead: false,
    };
    let history = vec![
        told(VisitorFrame::Welcome(welcome)),
        asked(0, SAID, Wish::Say("Hello".into())),
        here(0),
        told(VisitorFrame::Ack(ack(SAID, 1, None))),
        asked(0, PRESSED, Wish::Human),
        here(1),
        told(VisitorFrame::State(state(in_line(1), Some(2_000)))),
        told(VisitorFrame::Ack(ack(PRESSED, 2, Some(1)))),
        asked(0, SAID_AGAIN, Wish::Say("Anybody?".into())),
        here(3),
        told(VisitorFrame::Ack(ack(SAID_AGAIN, 3, None))),
        told_ana(AgentFrame::Case(case(CaseHolder::Queue {}, 3))),
        asked(7, TOOK, Wish::Take(LAMP)),
        told_ana(AgentFrame::Ack(ack(TOOK, 4, None))),
        told_ana(AgentFrame::Case(case(CaseHolder::Me {}, 4))),
        here(4),
        told(VisitorFrame::State(state(agent, Some(2_000)))),
        asked(7, REPLIED, Wish::Reply(LAMP, "Here I am".into())),
        told_ana(AgentFrame::Ack(ack(REPLIED, 5, None))),
        here(5),
    ];
    let request = |receipt, since| Request {
        receipt: Receipt(receipt),
        since: Timestamp(since),
        priority: false,
    };
    let standing = |holder, receipt, since| Standing {
        holder,
        request: Some(request(receipt, since)),
        supervisor: None,
    };
    Story {
        history,
        unsent: Unsent::default(),
        stored: Stored {
            events: log,
            standings: [
                (LAMP, standing(Holder::Agent("Ana".into()), 1, 2_000)),
                (CHAIR, standing(Holder::Queue, 2, 1_000)),
            ]
            .into(),
            requests: vec![
                (Receipt(1), LAMP, Timestamp(2_000)),
                (Receipt(2), CHAIR, Timestamp(1_000)),
            ],
        },
    }
}
