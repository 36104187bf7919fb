//! What the page shows: plain readings of the session.

use protocol::{
    AgentCommand, AgentId, Author, CardFact, Case, CaseHolder, CommandId, ConversationId, Event,
    Note, Role, Seq, StaffList, Timestamp, Unverified,
};

use crate::link::{LinkState, Transport};
use crate::moment::Moment;
use crate::outbox::Standing;

use super::{AgentSession, CaseCard, List, conversation_of};

/// A reply that is not in the log yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The id of the message that it becomes.
    pub id: CommandId,
    /// What the agent wrote.
    pub text: String,
    /// How far it has come.
    pub delivery: Delivery,
}

/// How far a reply has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// It is on its way.
    Sending,
    /// It waits for a connection, or to be tried again.
    Waiting,
    /// The server has it.
    Sent,
    /// The visitor has seen it.
    Seen,
}

impl AgentSession {
    /// How the connection stands.
    #[must_use]
    pub fn link(&self) -> LinkState {
        self.link.state()
    }

    /// What the connection is made by, where one is to be made.
    #[must_use]
    pub fn transport(&self) -> Transport {
        self.link.transport()
    }

    /// The agent's name as visitors see it; empty before the first greeting.
    #[must_use]
    pub fn name(&self) -> &str {
        self.greeting
            .as_ref()
            .map_or("", |greeting| &greeting.me.name)
    }

    /// The site's name; empty before the first greeting.
    #[must_use]
    pub fn site(&self) -> &str {
        self.greeting.as_ref().map_or("", |greeting| &greeting.site)
    }

    /// Whether the agent is on duty, as the server knows it.
    #[must_use]
    pub fn on_duty(&self) -> bool {
        self.greeting
            .as_ref()
            .is_some_and(|greeting| greeting.me.on_duty)
    }

    /// What the agent wants to be, while the server has not answered.
    #[must_use]
    pub fn duty_wish(&self) -> Option<bool> {
        self.duty_wish
    }

    /// Whether the agent is on duty for what they press next: what they asked for last counts before the server has
    /// answered, for it does that first.
    #[must_use]
    pub fn is_as_good_as_on_duty(&self) -> bool {
        self.duty_wish.unwrap_or(self.on_duty())
    }

    /// The server's clock at `now`; none before the first greeting.
    #[must_use]
    pub fn server_time(&self, now: Moment) -> Option<Timestamp> {
        let (server, at) = self.greeting.as_ref()?.clock;
        let passed = i64::try_from(now.since_ms(at)).unwrap_or(i64::MAX);
        Some(Timestamp(server.0.saturating_add(passed)))
    }

    /// How many conversations the agent has chosen to have at the same time, at most; 0 before the first greeting.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.greeting
            .as_ref()
            .map_or(0, |greeting| greeting.me.most)
    }

    /// What the agent may do.
    #[must_use]
    pub fn role(&self) -> Role {
        self.greeting
            .as_ref()
            .map_or(Role::Agent, |greeting| greeting.me.role)
    }

    /// The agent's id; none before the first greeting.
    #[must_use]
    pub fn me(&self) -> Option<AgentId> {
        self.greeting.as_ref().map(|greeting| greeting.me.id)
    }

    /// Who works here, and what they have set up.
    #[must_use]
    pub fn staff(&self) -> &StaffList {
        &self.staff
    }

    /// How many conversations keep the agent busy.
    #[must_use]
    pub fn load(&self) -> usize {
        let mine = self.cases.order().known(List::Mine);
        mine.filter(|id| self.case(*id).is_some_and(|case| case.snoozed.is_none()))
            .count()
    }

    /// The notes for colleagues in a conversation, the oldest first.
    #[must_use]
    pub fn notes(&self, conversation: ConversationId) -> &[Note] {
        self.talks
            .get(&conversation)
            .map_or(&[], |talk| &talk.notes)
    }

    /// What is known of a conversation, which its visitor sees while they wait.
    #[must_use]
    pub fn facts(&self, conversation: ConversationId) -> &[CardFact] {
        let talk = self.talks.get(&conversation);
        talk.map_or(&[], |talk| &talk.facts)
    }

    /// What of it the reply asks for that is begun, or sent in a moment.
    #[must_use]
    pub fn known(&self, conversation: ConversationId) -> &[CardFact] {
        let talk = self.talks.get(&conversation);
        talk.map_or(&[], |talk| &talk.known)
    }

    /// Whether this agent may put right what is known of a conversation.
    #[must_use]
    pub fn may_correct(&self, conversation: ConversationId) -> bool {
        self.holds(conversation) || self.cases.lead()
    }

    /// The names of the other agents who look at a conversation.
    #[must_use]
    pub fn viewers(&self, conversation: ConversationId) -> &[String] {
        self.talks
            .get(&conversation)
            .map_or(&[], |talk| &talk.viewers)
    }

    /// The conversation that the agent looks at.
    #[must_use]
    pub fn viewing(&self) -> Option<ConversationId> {
        self.viewing
    }

    /// Who has a conversation; none if the server has not told.
    #[must_use]
    pub fn holder(&self, conversation: ConversationId) -> Option<&CaseHolder> {
        self.cases.holder(conversation)
    }

    /// Whether the agent holds a conversation, as the server knows it.
    #[must_use]
    pub fn holds(&self, conversation: ConversationId) -> bool {
        self.cases.is_mine(conversation)
    }

    /// Whether the agent may take a conversation: it waits, or they are a lead and its visitor wants a supervisor.
    #[must_use]
    pub fn may_take(&self, conversation: ConversationId) -> bool {
        self.cases.waits(conversation)
    }

    /// How a conversation stands; none if the server has not told.
    #[must_use]
    pub fn case(&self, conversation: ConversationId) -> Option<&Case> {
        self.cases.get(conversation)
    }

    /// The events that are loaded, oldest first.
    #[must_use]
    pub fn events(&self, conversation: ConversationId) -> &[Event] {
        self.talks
            .get(&conversation)
            .map_or(&[], |talk| talk.timeline.events())
    }

    /// Whether older events exist on the server than those that are loaded.
    #[must_use]
    pub fn earlier(&self, conversation: ConversationId) -> bool {
        self.talks
            .get(&conversation)
            .is_some_and(|talk| talk.timeline.earlier())
    }

    /// Whether events were asked for and are not here yet.
    #[must_use]
    pub fn loading(&self, conversation: ConversationId) -> bool {
        self.talks
            .get(&conversation)
            .is_some_and(|talk| talk.asked.is_some())
    }

    /// Whether the server does not show the conversation to this agent (any more).
    #[must_use]
    pub fn closed(&self, conversation: ConversationId) -> bool {
        self.talks
            .get(&conversation)
            .is_some_and(|talk| talk.closed)
    }

    /// The replies that are not in the log yet, in order.
    #[must_use]
    pub fn replies(&self, conversation: ConversationId) -> Vec<Reply> {
        self.outbox
            .entries()
            .iter()
            .filter(|entry| conversation_of(&entry.kept.command) == Some(conversation))
            .filter_map(|entry| match &entry.kept.command {
                AgentCommand::Reply { text, .. } => Some(Reply {
                    id: entry.kept.id,
                    text: text.clone(),
                    delivery: match entry.standing {
                        Standing::InFlight => Delivery::Sending,
                        Standing::Done(_) => Delivery::Sent,
                        Standing::Waiting | Standing::Refused(_) => Delivery::Waiting,
                    },
                }),
                _ => None,
            })
            .collect()
    }

    /// What is in the reply box.
    #[must_use]
    pub fn draft_of(&self, conversation: ConversationId) -> &str {
        self.talks.get(&conversation).map_or("", |talk| &talk.draft)
    }

    /// The answers to suggest with the next reply, one on each line.
    #[must_use]
    pub fn suggestions_of(&self, conversation: ConversationId) -> &str {
        let talk = self.talks.get(&conversation);
        talk.map_or("", |talk| &talk.suggestions)
    }

    /// Who writes at the other side, as far as it is known.
    #[must_use]
    pub fn writing(&self, conversation: ConversationId) -> Option<&Author> {
        self.talks
            .get(&conversation)
            .and_then(|talk| talk.heard.author())
    }

    /// The newest message in a conversation that a person wrote, and how far it has come; none if no person did.
    #[must_use]
    pub fn newest_reply(&self, conversation: ConversationId) -> Option<(Seq, Delivery)> {
        let talk = self.talks.get(&conversation)?;
        let by_person = |author: &Author| matches!(author, Author::Agent { .. });
        let newest = talk.timeline.last_message(by_person);
        let seen = self
            .case(conversation)
            .is_some_and(|case| newest <= case.seen);
        let delivery = if seen { Delivery::Seen } else { Delivery::Sent };
        (!newest.is_none()).then_some((newest, delivery))
    }

    /// The case card.
    #[must_use]
    pub fn card(&self, conversation: ConversationId) -> CaseCard {
        CaseCard::read(
            self.case(conversation),
            self.events(conversation),
            self.earlier(conversation),
        )
    }

    /// What the shop's page says of the visitor, which nobody has verified.
    #[must_use]
    pub fn context(&self, conversation: ConversationId) -> &[Unverified] {
        self.talks
            .get(&conversation)
            .map_or(&[], |talk| &talk.context)
    }
}
