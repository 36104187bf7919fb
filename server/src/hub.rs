//! Who is connected: the outboxes of visitors and agents, by what they are to hear.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::ws::Utf8Bytes;
use protocol::{AgentId, ConversationId, Seq, State};
use tokio::time::Instant;

use crate::outbox::Outbox;
use crate::store::SiteId;

/// The connections of this server.
#[derive(Default)]
pub struct Hub {
    seats: Mutex<Seats>,
}

#[derive(Default)]
struct Seats {
    audiences: HashMap<ConversationId, Audience>,
    agents: HashMap<AgentId, Seat>,
    /// What agents' connections show.
    views: Vec<View>,
}

/// What a connection of an agent's shows.
struct View {
    agent: AgentId,
    conversation: ConversationId,
    outbox: Arc<Outbox>,
}

/// Who hears a conversation here.
#[derive(Default)]
struct Audience {
    visitors: Vec<Arc<Outbox>>,
    /// Agents' connections that have it open and may read it while somebody else, or nobody, holds it.
    watchers: Vec<Arc<Outbox>>,
    /// The last event that they were told.
    told: Seq,
    /// The last state that the visitors were told.
    state: Option<State>,
}

struct Seat {
    site: SiteId,
    outboxes: Vec<Arc<Outbox>>,
    /// When a frame of theirs last came, on any connection that has ended since.
    heard_at: Instant,
}

impl Hub {
    /// Adds a visitor's connection that has been told everything up to `told`, and `state`.
    pub fn seat_visitor(
        &self,
        conversation: ConversationId,
        outbox: Arc<Outbox>,
        told: Seq,
        state: State,
    ) {
        let mut seats = self.lock();
        let audience = seats.audiences.entry(conversation).or_default();
        audience.told = audience.told.max(told);
        audience.visitors.push(outbox);
        audience.state = Some(state);
    }

    /// Removes a visitor's connection. True if nobody is left who hears the conversation.
    pub fn unseat_visitor(&self, conversation: ConversationId, outbox: &Arc<Outbox>) -> bool {
        let mut seats = self.lock();
        let Some(audience) = seats.audiences.get_mut(&conversation) else {
            return true;
        };
        audience
            .visitors
            .retain(|other| !Arc::ptr_eq(other, outbox));
        seats.drop_if_empty(conversation)
    }

    /// Adds an agent's connection.
    pub fn seat_agent(&self, site: SiteId, agent: AgentId, outbox: Arc<Outbox>) {
        let mut seats = self.lock();
        let seat = seats.agents.entry(agent).or_insert_with(|| Seat {
            site,
            outboxes: vec![],
            heard_at: Instant::now(),
        });
        seat.outboxes.push(outbox);
    }

    /// Whether an agent has a connection.
    pub fn is_seated(&self, agent: AgentId) -> bool {
        self.lock().agents.contains_key(&agent)
    }

    /// An agent was heard elsewhere than over their connections.
    pub fn hear_agent(&self, agent: AgentId, at: Instant) {
        if let Some(seat) = self.lock().agents.get_mut(&agent) {
            seat.heard_at = seat.heard_at.max(at);
        }
    }

    /// Removes an agent's connection, which was last heard at `heard_at`. If it was their last one, gives when they
    /// were last heard.
    pub fn unseat_agent(
        &self,
        agent: AgentId,
        outbox: &Arc<Outbox>,
        heard_at: Instant,
    ) -> Option<Instant> {
        let mut seats = self.lock();
        for audience in seats.audiences.values_mut() {
            audience
                .watchers
                .retain(|other| !Arc::ptr_eq(other, outbox));
        }
        seats.audiences.retain(|_, audience| !audience.is_empty());
        let seat = seats.agents.get_mut(&agent)?;
        seat.outboxes.retain(|other| !Arc::ptr_eq(other, outbox));
        seat.heard_at = seat.heard_at.max(heard_at);
        let heard_at = seat.heard_at;
        if !seat.outboxes.is_empty() {
            return None;
        }
        seats.agents.remove(&agent);
        Some(heard_at)
    }

    /// A connection of an agent's shows a conversation now, or none. Gives the one that it showed before, if that is another.
    pub fn view(
        &self,
        agent: AgentId,
        conversation: Option<ConversationId>,
        outbox: &Arc<Outbox>,
    ) -> Option<ConversationId> {
        let mut seats = self.lock();
        // A connection that has ended shows nothing.
        let is_seated = seats.agents.get(&agent);
        let is_seated = is_seated.is_some_and(|seat| has(&seat.outboxes, outbox));
        let is_its = |view: &View| Arc::ptr_eq(&view.outbox, outbox);
        let place = seats.views.iter().position(is_its);
        let before = place.map(|place| seats.views.swap_remove(place).conversation);
        if let Some(conversation) = conversation.filter(|_| is_seated) {
            seats.views.push(View {
                agent,
                conversation,
                outbox: Arc::clone(outbox),
            });
        }
        before.filter(|before| Some(*before) != conversation)
    }

    /// Which agents' connections show a conversation.
    pub fn viewers(&self, conversation: ConversationId) -> Vec<(AgentId, Arc<Outbox>)> {
        let seats = self.lock();
        let views = seats
            .views
            .iter()
            .filter(|it| it.conversation == conversation);
        views.map(|it| (it.agent, Arc::clone(&it.outbox))).collect()
    }

    /// Lets an agent's connection hear a conversation until [`Self::unwatch_unless`].
    pub fn watch(&self, conversation: ConversationId, outbox: Arc<Outbox>, told: Seq) {
        let mut seats = self.lock();
        let audience = seats.audiences.entry(conversation).or_default();
        audience.told = audience.told.max(told);
        if !has(&audience.watchers, &outbox) {
            audience.watchers.push(outbox);
        }
    }

    /// The conversations that an agent's connection has open.
    pub fn watched_by(&self, outbox: &Arc<Outbox>) -> Vec<ConversationId> {
        let seats = self.lock();
        let watched = seats.audiences.iter();
        let watched = watched.filter(|(_, audience)| has(&audience.watchers, outbox));
        watched.map(|(&id, _)| id).collect()
    }

    /// Ends the watching of a conversation by all agents' connections but those of whoever may read it still.
    pub fn unwatch_unless(&self, conversation: ConversationId, may_read: impl Fn(AgentId) -> bool) {
        let mut seats = self.lock();
        let Seats {
            audiences, agents, ..
        } = &mut *seats;
        if let Some(audience) = audiences.get_mut(&conversation) {
            audience.watchers.retain(|watcher| {
                let mut all = agents.iter();
                all.any(|(&agent, seat)| has(&seat.outboxes, watcher) && may_read(agent))
            });
            seats.drop_if_empty(conversation);
        }
    }

    /// Whether anybody here hears a conversation, its holder aside.
    pub fn has_audience(&self, conversation: ConversationId) -> bool {
        self.lock().audiences.contains_key(&conversation)
    }

    /// Sends an event to everybody who is to hear it: visitors, watchers, and the agents who held the conversation
    /// before or hold it after.
    pub fn tell_event(
        &self,
        conversation: ConversationId,
        seq: Seq,
        holders: [Option<AgentId>; 2],
        (visitor_frame, agent_frame): (&Utf8Bytes, &Utf8Bytes),
    ) {
        let mut seats = self.lock();
        let Seats {
            audiences, agents, ..
        } = &mut *seats;
        let mut watchers: &[Arc<Outbox>] = &[];
        if let Some(audience) = audiences.get_mut(&conversation) {
            if audience.told >= seq {
                return;
            }
            audience.told = seq;
            push_all(&audience.visitors, visitor_frame);
            push_all(&audience.watchers, agent_frame);
            watchers = &audience.watchers;
        }
        let [before, after] = holders;
        let again = before == after;
        for agent in before.into_iter().chain(after.filter(|_| !again)) {
            if let Some(seat) = agents.get(&agent) {
                // Who has it open has heard it as a watcher.
                let others = seat.outboxes.iter().filter(|outbox| !has(watchers, outbox));
                for outbox in others {
                    outbox.push(agent_frame.clone());
                }
            }
        }
    }

    /// Sends a frame to a conversation's visitors.
    pub fn tell_visitors(&self, conversation: ConversationId, frame: &Utf8Bytes) {
        if let Some(audience) = self.lock().audiences.get(&conversation) {
            push_all(&audience.visitors, frame);
        }
    }

    /// Whether a visitor of the conversation is connected here.
    pub fn has_visitors(&self, conversation: ConversationId) -> bool {
        self.lock()
            .audiences
            .get(&conversation)
            .is_some_and(|audience| !audience.visitors.is_empty())
    }

    /// Sends a state to a conversation's visitors, if it is not what they were told last.
    pub fn tell_state(
        &self,
        conversation: ConversationId,
        state: State,
        frame: impl FnOnce(&State) -> Utf8Bytes,
    ) {
        let mut seats = self.lock();
        let Some(audience) = seats.audiences.get_mut(&conversation) else {
            return;
        };
        if audience.visitors.is_empty() || audience.state.as_ref() == Some(&state) {
            return;
        }
        push_all(&audience.visitors, &frame(&state));
        audience.state = Some(state);
    }

    /// Sends a frame to all of an agent's connections.
    pub fn tell_agent(&self, agent: AgentId, frame: &Utf8Bytes) {
        if let Some(seat) = self.lock().agents.get(&agent) {
            push_all(&seat.outboxes, frame);
        }
    }

    /// Sends a frame to all of a conversation's watchers, and to all connections of the agent who holds it.
    pub fn tell_readers(
        &self,
        conversation: ConversationId,
        holder: Option<AgentId>,
        frame: &Utf8Bytes,
    ) {
        let seats = self.lock();
        let audience = seats.audiences.get(&conversation);
        let watchers: &[Arc<Outbox>] = audience.map_or(&[], |audience| &audience.watchers);
        push_all(watchers, frame);
        if let Some(seat) = holder.and_then(|holder| seats.agents.get(&holder)) {
            for outbox in seat.outboxes.iter().filter(|it| !has(watchers, it)) {
                outbox.push(frame.clone());
            }
        }
    }

    /// Whether an agent has any connection here but this one.
    pub fn has_other(&self, agent: AgentId, but: Option<&Arc<Outbox>>) -> bool {
        let seats = self.lock();
        let outboxes = seats.agents.get(&agent).map(|seat| &seat.outboxes);
        outboxes.is_some_and(|outboxes| outboxes.iter().any(|outbox| !is(outbox, but)))
    }

    /// Sends a frame to all of an agent's connections but this one.
    pub fn tell_others(&self, agent: AgentId, but: Option<&Arc<Outbox>>, frame: &Utf8Bytes) {
        if let Some(seat) = self.lock().agents.get(&agent) {
            for outbox in seat.outboxes.iter().filter(|outbox| !is(outbox, but)) {
                outbox.push(frame.clone());
            }
        }
    }

    /// Sends each agent of a site who is connected here the frame made for them.
    pub fn tell_agents(&self, site: SiteId, mut frame: impl FnMut(AgentId) -> Utf8Bytes) {
        for (&agent, seat) in &self.lock().agents {
            if seat.site == site {
                push_all(&seat.outboxes, &frame(agent));
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Audience {
    fn is_empty(&self) -> bool {
        self.visitors.is_empty() && self.watchers.is_empty()
    }
}

impl Seats {
    fn drop_if_empty(&mut self, conversation: ConversationId) -> bool {
        let is_empty = self
            .audiences
            .get(&conversation)
            .is_none_or(Audience::is_empty);
        if is_empty {
            self.audiences.remove(&conversation);
        }
        is_empty
    }
}

fn push_all(outboxes: &[Arc<Outbox>], frame: &Utf8Bytes) {
    for outbox in outboxes {
        outbox.push(frame.clone());
    }
}

fn is(outbox: &Arc<Outbox>, other: Option<&Arc<Outbox>>) -> bool {
    other.is_some_and(|other| Arc::ptr_eq(outbox, other))
}

fn has(outboxes: &[Arc<Outbox>], outbox: &Arc<Outbox>) -> bool {
    outboxes.iter().any(|other| Arc::ptr_eq(other, outbox))
}
