//! The desk as the stored log says it was, after each event: who had each conversation, since when it waited, and its
//! place in line. Written from the promises and not from the rules, so that the two can be held against each other.

use std::collections::{BTreeMap, HashMap};

use human_please_tests::server::LEAD;
use protocol::{Author, ConversationId, Event, EventKind, Seq, SupervisorWish};

use crate::history::{Holder, Request, Standing, Stored};
use crate::verdict::{Fault, Kind};

/// What was true of a conversation at one moment. Moment 0 is before the first event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub holder: Holder,
    pub request: Option<Request>,
    /// The wish for a supervisor that is open.
    pub supervisor: Option<SupervisorWish>,
    /// Its place in line, from 1.
    pub position: Option<u32>,
}

/// What was true, moment by moment.
pub struct Replay<'a> {
    blank: Point,
    lines: BTreeMap<ConversationId, Line>,
    points: Vec<BTreeMap<ConversationId, Point>>,
    places: HashMap<(ConversationId, Seq), (usize, &'a Event)>,
    pub faults: Vec<Fault>,
}

struct Line {
    standing: Standing,
    /// A person took it, and the visitor has not gone back to the bot since.
    had_person: bool,
    last: Seq,
}

impl<'a> Replay<'a> {
    /// Replays everything in the order of the commits, and notes what breaks a promise.
    pub fn of(stored: &'a Stored, has_bot: bool) -> Self {
        let holder = if has_bot { Holder::Bot } else { Holder::Nobody };
        let blank = Point {
            holder,
            request: None,
            supervisor: None,
            position: None,
        };
        let mut replay = Self {
            blank,
            lines: BTreeMap::new(),
            points: vec![BTreeMap::new()],
            places: HashMap::new(),
            faults: vec![],
        };
        for (conversation, event) in &stored.events {
            replay.step(*conversation, event);
        }
        replay
    }

    /// The last moment.
    pub fn end(&self) -> usize {
        self.points.len() - 1
    }

    /// What was true of a conversation at a moment.
    pub fn at(&self, conversation: ConversationId, moment: usize) -> &Point {
        self.points[moment]
            .get(&conversation)
            .unwrap_or(&self.blank)
    }

    /// The event at a place, and the moment after it.
    pub fn event(&self, conversation: ConversationId, seq: Seq) -> Option<(usize, &'a Event)> {
        self.places.get(&(conversation, seq)).copied()
    }

    fn fault(&mut self, kind: Kind, detail: String) {
        self.faults.push(Fault { kind, detail });
    }

    fn step(&mut self, conversation: ConversationId, event: &'a Event) {
        let blank = Standing {
            holder: self.blank.holder.clone(),
            request: None,
            supervisor: None,
        };
        let line = self.lines.entry(conversation).or_insert(Line {
            standing: blank.clone(),
            had_person: false,
            last: Seq(0),
        });
        let follows = event.seq == line.last.next();
        line.last = event.seq;
        let wrong = apply(line, &blank.holder, event);
        if !follows {
            self.fault(Kind::Gap, format!("{conversation}: {event:?}"));
        }
        if let Some(kind) = wrong {
            self.fault(kind, format!("{conversation}: {event:?}"));
        }
        let before = &self.points[self.end()];
        let after = self.point();
        let mut lost = vec![];
        for (id, point) in &after {
            let was = before.get(id);
            let waited = was.filter(|was| {
                was.request.map(|request| request.receipt)
                    == point.request.map(|request| request.receipt)
            });
            let (Some(was), Some(is)) = (waited.and_then(|was| was.position), point.position)
            else {
                continue;
            };
            // Only somebody who is marked may come in before others, and that is who lost their person.
            let came_back = *id != conversation
                && matches!(event.kind, EventKind::Returned { .. })
                && (after[&conversation].request).is_some_and(|request| request.priority);
            if is > was && !(came_back && is == was + 1) {
                lost.push(format!("{id} went from place {was} to {is} by {event:?}"));
            }
        }
        for detail in lost {
            self.fault(Kind::PlaceLost, detail);
        }
        self.points.push(after);
        let moment = self.end();
        if self
            .places
            .insert((conversation, event.seq), (moment, event))
            .is_some()
        {
            let detail = format!("{conversation} has {} twice", event.seq);
            self.fault(Kind::Gap, detail);
        }
    }

    fn point(&self) -> BTreeMap<ConversationId, Point> {
        let waits = |line: &Line| line.standing.holder == Holder::Queue;
        let rank = |line: &Line| {
            let request = line.standing.request;
            request.map(|request| (!request.priority, request.receipt))
        };
        let mut queue: Vec<_> = self
            .lines
            .iter()
            .filter(|(_, line)| waits(line))
            .map(|(id, line)| (rank(line), *id))
            .collect();
        queue.sort_unstable();
        let point = |(id, line): (&ConversationId, &Line)| {
            let place = queue.iter().position(|(_, other)| other == id);
            let Standing {
                holder,
                request,
                supervisor,
            } = line.standing.clone();
            let position = place.map(|place| u32::try_from(place).unwrap() + 1);
            let point = Point {
                holder,
                request,
                supervisor,
                position,
            };
            (*id, point)
        };
        self.lines.iter().map(point).collect()
    }
}

/// Makes an event true. What is wrong with it, if anything is.
fn apply(line: &mut Line, blank: &Holder, event: &Event) -> Option<Kind> {
    let had_person = &mut line.had_person;
    let Standing {
        holder,
        request,
        supervisor,
    } = &mut line.standing;
    let holds = |holder: &Holder, agent: &str| *holder == Holder::Agent(agent.into());
    match &event.kind {
        EventKind::Message(message) => match &message.author {
            // Words that are nobody's to answer.
            Author::Visitor {} => (*holder == Holder::Nobody).then_some(Kind::Ended),
            Author::Bot {} => (*holder != Holder::Bot).then_some(Kind::BotAfterHuman),
            Author::Agent { name } => (!holds(holder, name)).then_some(Kind::TwoHolders),
        },
        EventKind::BotFailed {} => (*holder != Holder::Bot).then_some(Kind::BotAfterHuman),
        EventKind::HumanRequested { receipt, .. } => {
            let again = request.is_some().then_some(Kind::RequestChanged);
            *request = Some(Request {
                receipt: *receipt,
                since: event.at,
                priority: false,
            });
            if !matches!(holder, Holder::Agent(_)) {
                *holder = Holder::Queue;
            }
            again
        }
        EventKind::Taken { agent, lead } => {
            // Whoever is wanted takes it out of other hands, and is one; it may just have come back for them.
            let is_wanted = supervisor.is_some() && agent == LEAD;
            let waited = *holder == Holder::Queue || is_wanted;
            *holder = Holder::Agent(agent.clone());
            *had_person = true;
            if let Some(request) = request {
                request.priority = false;
            }
            if *lead {
                *supervisor = None;
            }
            if *lead != is_wanted {
                return Some(Kind::WishLost);
            }
            (!waited).then_some(Kind::TwoHolders)
        }
        EventKind::Returned { agent, .. } => {
            let held = holds(holder, agent);
            *holder = Holder::Queue;
            if let Some(request) = request {
                request.priority = true;
            }
            (!held)
                .then_some(Kind::TwoHolders)
                .or(request.is_none().then_some(Kind::RequestChanged))
        }
        EventKind::Resolved { agent } => {
            let held = holds(holder, agent);
            *holder = Holder::Nobody;
            *request = None;
            (!held).then_some(Kind::Ended)
        }
        EventKind::Reopened { agent } => {
            let ended = *holder == Holder::Nobody;
            if let Some(agent) = agent {
                *holder = Holder::Agent(agent.clone());
            } else if !*had_person {
                // Nobody else is owed it.
                holder.clone_from(blank);
            }
            (!ended).then_some(Kind::TwoHolders)
        }
        EventKind::LeftQueue {} => {
            let waited = *holder == Holder::Queue;
            *holder = blank.clone();
            *request = None;
            *supervisor = None;
            *had_person = false;
            (!waited).then_some(Kind::Ended)
        }
        EventKind::AssistantChosen {} => {
            // Out of the line it is called leaving it, and where no assistant is there is none to choose.
            let is_possible = matches!(holder, Holder::Agent(_) | Holder::Nobody);
            *holder = Holder::Bot;
            *request = None;
            *supervisor = None;
            *had_person = false;
            (!is_possible || *blank != Holder::Bot).then_some(Kind::BotAfterHuman)
        }
        EventKind::Ended {} => {
            let was_over = *holder == Holder::Nobody;
            *holder = Holder::Nobody;
            *request = None;
            was_over.then_some(Kind::Ended)
        }
        EventKind::SupervisorRequested {} => {
            let since = event.at;
            let again = supervisor.replace(SupervisorWish { since, due: None });
            let is_nobodys = matches!(holder, Holder::Bot | Holder::Nobody);
            (again.is_some() || is_nobodys).then_some(Kind::WishLost)
        }
        EventKind::CallbackPromised { by } => {
            let was = supervisor.map(|wish| wish.due);
            if let Some(wish) = supervisor {
                wish.due = Some(*by);
            }
            (was != Some(None) || *by <= event.at).then_some(Kind::WishLost)
        }
        // No server of this version says so.
        EventKind::Unknown {} => Some(Kind::ToldOtherwise),
    }
}
