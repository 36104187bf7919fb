//! A server small enough to be obviously right: one conversation in memory, every command remembered by its id.

use std::collections::{BTreeMap, VecDeque};

use protocol::{
    Ack, Answering, Author, ClientFrame, CommandId, ConversationId, EpochId, Event, EventKind,
    HistoryPage, Message, Receipt, RefusalCode, Refused, RequestVia, Seq, SiteFace, State,
    Timestamp, Token, VERSION, VisitorCommand, VisitorFrame, Waiting, Welcome,
};

use super::page::HEARTBEAT_MS;

/// So small that resuming and gaps need several pages.
const PAGE_EVENTS: usize = 4;

/// The server's side of one connection.
#[derive(Debug, Default)]
pub struct Wire {
    pub greeted: bool,
    pub down: VecDeque<VisitorFrame>,
}

/// The server.
#[derive(Debug, Default)]
pub struct Server {
    pub log: Vec<Event>,
    pub now: Timestamp,
    answers: BTreeMap<CommandId, Ack>,
    waiting: Option<Waiting>,
    /// That many commands are sent back for later.
    pub refuse_next: u32,
    /// That many events are not told to anybody.
    pub lose_next: u32,
    /// Whether the ack goes out before the event.
    pub ack_first: bool,
}

impl Server {
    /// Takes a frame from a wire; none if the client is gone, and nobody hears the answer.
    pub fn take(
        &mut self,
        frame: ClientFrame<VisitorCommand>,
        from: Option<usize>,
        wires: &mut BTreeMap<usize, Wire>,
    ) {
        let id = frame.id;
        let greeted = from
            .and_then(|from| wires.get(&from))
            .is_none_or(|wire| wire.greeted);
        let is_hello = matches!(frame.command, VisitorCommand::Hello { .. });
        assert!(
            greeted != is_hello || from.is_none(),
            "hello is first, and once"
        );
        let mut answer = |answer: VisitorFrame| {
            if let Some(wire) = from.and_then(|from| wires.get_mut(&from)) {
                wire.down.push_back(answer);
            }
        };
        match frame.command {
            VisitorCommand::Hello { token, after, .. } => {
                answer(VisitorFrame::Welcome(self.welcome(token.as_ref(), after)));
                if let Some(wire) = from.and_then(|from| wires.get_mut(&from)) {
                    wire.greeted = true;
                }
            }
            VisitorCommand::Ping {} => answer(VisitorFrame::Pong { id }),
            VisitorCommand::Typing { .. } => {}
            _ if self.refuse_next > 0 => {
                self.refuse_next -= 1;
                let refused = Refused::new(Some(id), RefusalCode::Unavailable);
                answer(VisitorFrame::Refused(refused));
            }
            VisitorCommand::History { before } => {
                answer(VisitorFrame::History(self.page_before(before)));
            }
            command => self.change(id, command, from, wires),
        }
    }

    /// Something happens that no visitor asked for.
    pub fn says(&mut self, wires: &mut BTreeMap<usize, Wire>) {
        let id = CommandId((self.log.len() as u128 + 1) << 96);
        let event = self.message(id, Author::Bot {}, "…".into());
        self.tell(event, wires);
    }

    fn change(
        &mut self,
        id: CommandId,
        command: VisitorCommand,
        from: Option<usize>,
        wires: &mut BTreeMap<usize, Wire>,
    ) {
        let known = self.answers.get(&id).copied();
        let event = match command {
            _ if known.is_some() => None,
            VisitorCommand::Say { text } => Some(self.message(id, Author::Visitor {}, text)),
            VisitorCommand::Human {} if self.waiting.is_none() => {
                let receipt = Receipt(self.log.len() as u64);
                self.waiting = Some(Waiting {
                    receipt,
                    since: self.now,
                    estimate: None,
                });
                let via = RequestVia::Button;
                Some(self.append(EventKind::HumanRequested { receipt, via }))
            }
            VisitorCommand::Leave {} => {
                if self.waiting.take().is_none() {
                    let refused = Refused::new(Some(id), RefusalCode::NotWaiting);
                    if let Some(wire) = from.and_then(|from| wires.get_mut(&from)) {
                        wire.down.push_back(VisitorFrame::Refused(refused));
                    }
                    return;
                }
                Some(self.append(EventKind::LeftQueue {}))
            }
            _ => None,
        };
        let ack = known.unwrap_or(Ack {
            id,
            seq: event.as_ref().map(|event| event.seq),
            at: self.now,
            receipt: self.waiting.map(|waiting| waiting.receipt),
        });
        self.answers.insert(id, ack);
        let acks = |wires: &mut BTreeMap<usize, Wire>| {
            if let Some(wire) = from.and_then(|from| wires.get_mut(&from)) {
                wire.down.push_back(VisitorFrame::Ack(ack));
            }
        };
        if self.ack_first {
            acks(wires);
        }
        if let Some(event) = event {
            self.tell(event, wires);
        }
        if !self.ack_first {
            acks(wires);
        }
    }

    fn message(&mut self, id: CommandId, author: Author, text: String) -> Event {
        self.append(EventKind::Message(Message {
            id,
            author,
            text,
            sources: Vec::new(),
            replies: vec![],
            offers_human: false,
        }))
    }

    fn append(&mut self, kind: EventKind) -> Event {
        let event = Event {
            seq: Seq(self.log.len() as u64 + 1),
            at: self.now,
            kind,
        };
        self.log.push(event.clone());
        event
    }

    fn tell(&mut self, event: Event, wires: &mut BTreeMap<usize, Wire>) {
        if self.lose_next > 0 {
            self.lose_next -= 1;
            return;
        }
        for wire in wires.values_mut().filter(|wire| wire.greeted) {
            wire.down.push_back(VisitorFrame::Event(event.clone()));
            wire.down.push_back(VisitorFrame::State(self.state()));
        }
    }

    fn state(&self) -> State {
        State {
            answering: match self.waiting {
                Some(_) => Answering::Queue {
                    position: 1,
                    on_duty: 1,
                },
                None => Answering::Bot {},
            },
            waiting: self.waiting,
            opening: None,
            contact: None,
            seen: Seq(0),
            supervisor: None,
        }
    }

    fn welcome(&self, token: Option<&Token>, after: Seq) -> Welcome {
        let missed = &self.log[usize::try_from(after.0).unwrap()..];
        let history = if missed.len() > PAGE_EVENTS {
            self.page_before(Seq(self.log.len() as u64 + 1))
        } else {
            HistoryPage {
                events: missed.to_vec(),
                earlier: after > Seq(0),
            }
        };
        Welcome {
            version: VERSION,
            conversation: ConversationId(1),
            token: token.is_none().then(|| Token("the token".into())),
            epoch: EpochId(1),
            now: self.now,
            heartbeat_ms: HEARTBEAT_MS,
            site: SiteFace {
                name: "Shop".into(),
                bot: true,
                contact: String::new(),
            },
            state: self.state(),
            history,
        }
    }

    fn page_before(&self, before: Seq) -> HistoryPage {
        let end = usize::try_from(before.0).unwrap().saturating_sub(1);
        let end = end.min(self.log.len());
        let start = end.saturating_sub(PAGE_EVENTS);
        HistoryPage {
            events: self.log[start..end].to_vec(),
            earlier: start > 0,
        }
    }
}
