//! Holds what clients were told, and what is in the store, against the promises. It knows nothing of the server.

use std::collections::{BTreeMap, HashMap, HashSet};

use protocol::{
    Ack, AgentFrame, Author, Case, CommandId, ConversationId, Event, EventKind, Receipt, Seq,
    State, Timestamp, VisitorFrame, Waiting,
};

use crate::history::{Entry, Standing, Stored, Unsent, Wish};
use crate::likeness::{is_case, is_made_by, is_state};
use crate::replay::Replay;
use crate::verdict::{Fault, Kind, Verdict};

/// Checks one unbroken history; when everything is at rest, with what pages still show as unsent, also what became of
/// all that was asked for.
pub fn check(
    history: &[Entry],
    stored: &Stored,
    at_rest: Option<&Unsent>,
    has_bot: bool,
) -> Verdict {
    let mut replay = Replay::of(stored, has_bot);
    let faults = std::mem::take(&mut replay.faults);
    let mut wishes = HashMap::new();
    for entry in history {
        if let Entry::Asked { id, wish, .. } = entry {
            wishes.insert(*id, wish);
        }
    }
    let mut checker = Checker {
        requests: stored
            .requests
            .iter()
            .map(|(receipt, id, at)| (receipt.0, (*id, *at)))
            .collect(),
        replay: &replay,
        wishes,
        visitors: HashMap::new(),
        agents: HashMap::new(),
        acks: HashMap::new(),
        winners: HashMap::new(),
        estimates: HashMap::new(),
        verdict: Verdict {
            faults,
            ..Verdict::default()
        },
    };
    for entry in history {
        match entry {
            Entry::Asked { .. } => {}
            Entry::VisitorTold { connection, frame } => checker.visitor_told(*connection, frame),
            Entry::AgentTold {
                connection,
                agent,
                frame,
            } => checker.agent_told(*connection, agent, frame),
        }
    }
    checker.check_store(stored);
    checker.check_wishes(history, stored, at_rest);
    checker.verdict
}

struct Checker<'a> {
    replay: &'a Replay<'a>,
    wishes: HashMap<CommandId, &'a Wish>,
    requests: HashMap<u64, (ConversationId, Timestamp)>,
    visitors: HashMap<usize, Ear>,
    /// The last event told on an agent's connection, in each conversation.
    agents: HashMap<(usize, ConversationId), Seq>,
    /// The last ack of each command, and the connection that it came on.
    acks: HashMap<CommandId, (Ack, usize)>,
    winners: HashMap<(ConversationId, Seq), CommandId>,
    /// What was first told of each request.
    estimates: HashMap<Receipt, Waiting>,
    verdict: Verdict,
}

/// What a visitor's connection was told.
struct Ear {
    conversation: ConversationId,
    last: Option<Seq>,
    /// What it was told cannot have been true before this moment.
    moment: usize,
}

impl Checker<'_> {
    fn fault(&mut self, kind: Kind, detail: String) {
        self.verdict.faults.push(Fault { kind, detail });
    }

    fn visitor_told(&mut self, connection: usize, frame: &VisitorFrame) {
        if let VisitorFrame::Welcome(welcome) = frame {
            let conversation = welcome.conversation;
            self.page(conversation, &welcome.history.events);
            let last = welcome.history.events.last().map(|event| event.seq);
            let place = last.and_then(|last| self.replay.event(conversation, last));
            let ear = Ear {
                conversation,
                last,
                moment: place.map_or(0, |(moment, _)| moment),
            };
            self.visitors.insert(connection, ear);
            self.state(connection, &welcome.state);
            return;
        }
        let Some(ear) = self.visitors.get(&connection) else {
            // Whoever was not greeted is told nothing but refusals.
            if !matches!(frame, VisitorFrame::Refused(_)) {
                self.fault(
                    Kind::ToldOtherwise,
                    format!("before the welcome: {frame:?}"),
                );
            }
            return;
        };
        let conversation = ear.conversation;
        match frame {
            VisitorFrame::Event(event) => {
                let in_turn = ear.last.is_none_or(|last| event.seq == last.next());
                if !in_turn {
                    self.fault(
                        Kind::ToldOtherwise,
                        format!("not in its turn on {connection}: {event:?}"),
                    );
                }
                let moment = self.event(conversation, event);
                let ear = self.visitors.get_mut(&connection).unwrap();
                ear.last = Some(event.seq);
                ear.moment = ear.moment.max(moment.unwrap_or(0));
            }
            VisitorFrame::State(state) => self.state(connection, state),
            VisitorFrame::History(page) => self.page(conversation, &page.events),
            VisitorFrame::Ack(ack) => self.ack((connection, conversation), ack, Author::Visitor {}),
            VisitorFrame::Refused(refused) => {
                let wish = refused.id.and_then(|id| self.wishes.get(&id));
                let is_press = matches!(wish, Some(Wish::Human | Wish::Supervisor));
                if is_press && !refused.retry {
                    self.fault(Kind::PressLost, format!("{refused:?}"));
                }
            }
            _ => {}
        }
    }

    fn agent_told(&mut self, connection: usize, agent: &str, frame: &AgentFrame) {
        match frame {
            AgentFrame::Welcome(welcome) => {
                for case in &welcome.cases {
                    self.case(agent, case);
                }
            }
            AgentFrame::Case(case) => self.case(agent, case),
            AgentFrame::Event {
                conversation,
                event,
            } => {
                self.event(*conversation, event);
                let last = self.agents.insert((connection, *conversation), event.seq);
                if last.is_some_and(|last| event.seq <= last) {
                    self.fault(
                        Kind::ToldOtherwise,
                        format!("again or too late on {connection}: {event:?}"),
                    );
                }
            }
            AgentFrame::History {
                conversation, page, ..
            } => self.page(*conversation, &page.events),
            AgentFrame::Ack(ack) => {
                let about = self.wishes.get(&ack.id).and_then(|wish| match wish {
                    Wish::Reply(id, _)
                    | Wish::Take(id)
                    | Wish::Resolve(id)
                    | Wish::Transfer(id) => Some(*id),
                    _ => None,
                });
                if let Some(conversation) = about {
                    let name = agent.to_owned();
                    self.ack((connection, conversation), ack, Author::Agent { name });
                }
            }
            _ => {}
        }
    }

    fn page(&mut self, conversation: ConversationId, events: &[Event]) {
        for event in events {
            self.event(conversation, event);
        }
        for pair in events.windows(2) {
            if pair[1].seq != pair[0].seq.next() {
                let detail = format!("a page with a gap: {pair:?}");
                self.fault(Kind::ToldOtherwise, detail);
            }
        }
    }

    /// Compares an event that was told with the store. Gives the moment after it.
    fn event(&mut self, conversation: ConversationId, event: &Event) -> Option<usize> {
        match self.replay.event(conversation, event.seq) {
            Some((moment, stored)) if stored == event => Some(moment),
            other => {
                let detail = format!("{conversation}: {event:?}, stored is {other:?}");
                self.fault(Kind::ToldOtherwise, detail);
                None
            }
        }
    }

    fn state(&mut self, connection: usize, state: &State) {
        let ear = &self.visitors[&connection];
        let conversation = ear.conversation;
        if let Some(waiting) = &state.waiting {
            self.wait(conversation, waiting.receipt.0, waiting.since);
            let told = self.estimates.entry(waiting.receipt).or_insert(*waiting);
            if told.estimate != waiting.estimate {
                let detail = format!("{told:?}, then {waiting:?}");
                self.fault(Kind::RequestChanged, detail);
            }
        }
        let ear = &self.visitors[&connection];
        let mut moments = ear.moment..=self.replay.end();
        match moments.find(|&moment| is_state(state, self.replay.at(conversation, moment))) {
            Some(moment) => self.visitors.get_mut(&connection).unwrap().moment = moment,
            None => {
                let from = self.replay.at(conversation, ear.moment);
                let detail = format!("{conversation}: {state:?}, but from {from:?} on");
                self.fault(Kind::StateUntrue, detail);
            }
        }
    }

    fn case(&mut self, agent: &str, case: &Case) {
        let id = case.conversation;
        if let (Some(receipt), Some(since)) = (case.receipt, case.since) {
            self.wait(id, receipt.0, since);
        }
        let first = self.replay.event(id, case.last_seq);
        let Some((first, _)) = first else {
            self.fault(
                Kind::ToldOtherwise,
                format!("an event nobody has: {case:?}"),
            );
            return;
        };
        let mut moments = first..=self.replay.end();
        if !moments.any(|moment| is_case(agent, case, self.replay.at(id, moment))) {
            let from = self.replay.at(id, first);
            let detail = format!("to {agent}: {case:?}, but from {from:?} on");
            self.fault(Kind::StateUntrue, detail);
        }
    }

    fn wait(&mut self, conversation: ConversationId, receipt: u64, since: Timestamp) {
        self.verdict.waits += 1;
        let wrong_ms = match self.requests.get(&receipt) {
            Some((id, at)) if *id == conversation => at.0.abs_diff(since.0),
            _ => u64::MAX,
        };
        self.verdict.misreported_ms = self.verdict.misreported_ms.max(wrong_ms);
        if wrong_ms != 0 {
            let detail = format!("{conversation}: No. {receipt} since {since:?}");
            self.fault(Kind::WaitMisreported, detail);
        }
    }

    fn ack(
        &mut self,
        (connection, conversation): (usize, ConversationId),
        ack: &Ack,
        author: Author,
    ) {
        let Some(wish) = self.wishes.get(&ack.id).copied() else {
            return;
        };
        let before = self.acks.insert(ack.id, (*ack, connection));
        let is_changed = |(before, on): &(Ack, usize)| {
            // What had changed nothing may change something when it is sent again, on a newer connection; and the older
            // one's answer may be late.
            let is_late = ack.seq.is_none() && connection < *on;
            before.seq.is_some() && before != ack && !is_late
        };
        if let Some((before, _)) = before.filter(is_changed) {
            let detail = format!("{before:?}, then {ack:?}");
            self.fault(Kind::AckChanged, detail);
        }
        if *wish == Wish::Human {
            let is_theirs = |(id, _): &(ConversationId, Timestamp)| *id == conversation;
            let kept = ack.receipt.and_then(|it| self.requests.get(&it.0));
            if !kept.is_some_and(is_theirs) {
                self.fault(Kind::PressLost, format!("no such receipt: {ack:?}"));
            }
        }
        let Some(seq) = ack.seq else {
            if matches!(wish, Wish::Say(_) | Wish::Reply(..)) {
                self.fault(Kind::LostAck, format!("no place for a message: {ack:?}"));
            }
            return;
        };
        self.verdict.acks += 1;
        let stored = self.replay.event(conversation, seq).map(|(_, event)| event);
        if !stored.is_some_and(|event| event.at == ack.at && is_made_by(event, ack, wish, &author))
        {
            let detail = format!("{conversation}: {wish:?} {ack:?}, stored is {stored:?}");
            self.fault(Kind::LostAck, detail);
        }
        let winner = *self.winners.entry((conversation, seq)).or_insert(ack.id);
        if winner != ack.id {
            let detail = format!("{winner} and {} both made {seq}", ack.id);
            self.fault(Kind::TwoHolders, detail);
        }
    }

    fn check_store(&mut self, stored: &Stored) {
        let mut seen = HashSet::new();
        for (conversation, event) in &stored.events {
            if let EventKind::Message(message) = &event.kind
                && !seen.insert(message.id)
            {
                let detail = format!("{conversation}: {event:?}");
                self.fault(Kind::Doubled, detail);
            }
        }
        for (id, standing) in &stored.standings {
            let point = self.replay.at(*id, self.replay.end());
            let logged = Standing {
                holder: point.holder.clone(),
                request: point.request,
                supervisor: point.supervisor,
            };
            if logged != *standing {
                let detail = format!("{id} stands as {standing:?}, its log says {logged:?}");
                let kind = if logged.holder != standing.holder {
                    Kind::Ended
                } else if logged.supervisor != standing.supervisor {
                    Kind::WishLost
                } else {
                    Kind::RequestChanged
                };
                self.fault(kind, detail);
            }
        }
        let mut logged: Vec<_> = stored
            .events
            .iter()
            .filter_map(|(id, event)| match event.kind {
                EventKind::HumanRequested { receipt, .. } => Some((receipt, *id, event.at)),
                _ => None,
            })
            .collect();
        logged.sort_unstable();
        let mut kept = stored.requests.clone();
        kept.sort_unstable();
        if logged != kept {
            let detail = format!("logged {logged:?}, kept {kept:?}");
            self.fault(Kind::RequestChanged, detail);
        }
    }

    fn check_wishes(&mut self, history: &[Entry], stored: &Stored, at_rest: Option<&Unsent>) {
        let mut places: HashMap<CommandId, (ConversationId, usize)> = HashMap::new();
        let mut texts: HashMap<&str, usize> = HashMap::new();
        for (index, (conversation, event)) in stored.events.iter().enumerate() {
            if let EventKind::Message(message) = &event.kind {
                places.insert(message.id, (*conversation, index));
                if (message.author == Author::Visitor {}) {
                    *texts.entry(&message.text).or_default() += 1;
                }
            }
        }
        // The last message of each page in each conversation.
        let mut last: BTreeMap<(usize, ConversationId), usize> = BTreeMap::new();
        for entry in history {
            let Entry::Asked { page, id, wish } = entry else {
                continue;
            };
            let place = places.get(id).copied();
            match wish {
                Wish::Say(text) => {
                    let is_shown = at_rest.is_some_and(|unsent| unsent.commands.contains(id));
                    if at_rest.is_some() && place.is_some() == is_shown {
                        self.fault(Kind::Lost, format!("{text:?}, shown as unsent: {is_shown}"));
                    }
                    if texts.get(text.as_str()).is_some_and(|count| *count > 1) {
                        self.fault(Kind::Doubled, format!("{text:?}"));
                    }
                }
                Wish::Reply(_, text) => {
                    let is_logged = stored.events.iter().any(|(_, event)| {
                        matches!(&event.kind, EventKind::Message(message) if message.text.contains(text))
                    });
                    let is_drafted =
                        |unsent: &Unsent| unsent.drafts.iter().any(|draft| draft.contains(text));
                    if !is_logged && at_rest.is_some_and(|unsent| !is_drafted(unsent)) {
                        self.fault(Kind::Lost, format!("the reply {text:?}"));
                    }
                }
                Wish::Human | Wish::Supervisor
                    if at_rest.is_some() && !self.acks.contains_key(id) =>
                {
                    self.fault(Kind::PressLost, format!("{id} was never answered"));
                }
                _ => {}
            }
            if let Some((conversation, index)) = place {
                let before = last.insert((*page, conversation), index);
                if before.is_some_and(|before| before > index) {
                    self.fault(Kind::Reordered, format!("page {page}: {wish:?}"));
                }
            }
        }
    }
}
