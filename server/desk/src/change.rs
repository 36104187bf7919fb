//! What the rules decided, and what it makes true.

use protocol::{
    AgentId, CommandId, ConversationId, Receipt, RequestVia, ReturnReason, Source, Timestamp,
};

use crate::conversation::{Arranged, Conversation, Holder, HumanRequest, SupervisorRequest};
use crate::routing::Offer;
use crate::{Desk, vulnerable};

/// What the rules decided and the store keeps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Change {
    /// A new entry in a conversation's log.
    Logged {
        /// Which.
        conversation: ConversationId,
        /// What.
        entry: Entry,
    },
    /// What was begun in a conversation is another now. It is kept beside the log, never in it.
    Draft {
        /// Which.
        conversation: ConversationId,
        /// What.
        step: DraftStep,
    },
    /// What people have arranged for a conversation is another now. It is kept beside the log, never in it.
    Arranged {
        /// Which.
        conversation: ConversationId,
        /// What.
        arranged: Arranged,
    },
    /// A note for colleagues. It is kept beside the log, never in it.
    Noted {
        /// Where.
        conversation: ConversationId,
        /// Whose.
        by: Person,
        /// The author's id for it.
        id: CommandId,
        /// What they wrote.
        text: String,
    },
    /// Somebody is asked to take a conversation. It is not kept.
    Offered {
        /// Which.
        conversation: ConversationId,
        /// Who, and until when.
        offer: Offer,
    },
    /// Somebody has let an offer pass. It is not kept.
    Passed {
        /// Of which conversation.
        conversation: ConversationId,
        /// Who.
        agent: AgentId,
    },
    /// An agent is on or off duty.
    Duty {
        /// Who.
        agent: AgentId,
        /// On duty now.
        on: bool,
    },
    /// An agent has chosen how many conversations they have at the same time.
    Most {
        /// Who.
        agent: AgentId,
        /// So many.
        most: u32,
    },
}

/// What becomes of the words that were begun in a conversation and not sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DraftStep {
    /// The holder has begun these. What is none stays as it was.
    Kept {
        /// The holder.
        by: Person,
        /// What is in their reply box; empty for nothing.
        reply: Option<String>,
        /// Their note for colleagues; empty for none.
        note: Option<String>,
    },
    /// The reply that was begun is done with. The note stays.
    ReplyDone,
}

/// An entry in a conversation's log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// Somebody wrote.
    Message(Message),
    /// A person was asked for.
    HumanRequested {
        /// The request.
        request: HumanRequest,
        /// How.
        via: RequestVia,
    },
    /// A person took it.
    Taken {
        /// Who.
        by: Person,
        /// They are the supervisor whom the visitor wanted.
        lead: bool,
    },
    /// It went back to the queue.
    Returned {
        /// From whom.
        from: Person,
        /// Why.
        reason: ReturnReason,
    },
    /// A person marked it as solved.
    Resolved(Person),
    /// The visitor came back after the end.
    Reopened {
        /// The person it goes back to; none for the queue, or for the assistant where no person had it.
        to: Option<Person>,
    },
    /// The visitor left the line.
    LeftQueue,
    /// The visitor went back to the assistant, from a person or after the end.
    AssistantChosen,
    /// The visitor ended it.
    Ended,
    /// The assistant could not answer.
    BotFailed,
    /// The visitor wants a supervisor.
    SupervisorRequested {
        /// Since when.
        asked_at: Timestamp,
    },
    /// No supervisor was free.
    CallbackPromised {
        /// By when one contacts the visitor.
        by: Timestamp,
    },
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Message {
    /// The author's id for it.
    pub id: CommandId,
    /// Who wrote.
    pub author: Author,
    /// The text.
    pub text: String,
    /// Where an answer of the assistant is from.
    pub sources: Vec<Source>,
    /// Answers that the author suggests.
    pub replies: Vec<String>,
    /// The assistant offers a person with it.
    pub offers_human: bool,
}

/// Who wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Author {
    /// The customer.
    Visitor,
    /// An AI.
    Bot,
    /// A person.
    Agent(Person),
}

/// An agent, by the name they had when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    /// Who.
    pub id: AgentId,
    /// The name that visitors see. Empty where a conversation comes back from somebody who is no agent of the
    /// site any more.
    pub name: String,
}

/// Makes a change true.
///
/// A change of a conversation that is not here is passed over, for the store has it; but a request's number is
/// used up wherever the request was made.
pub fn apply(desk: &mut Desk, change: &Change) {
    match change {
        Change::Logged {
            conversation: id,
            entry,
        } => {
            if let Entry::HumanRequested { request, .. } = entry {
                let following = Receipt(request.receipt.0 + 1);
                desk.next_receipt = desk.next_receipt.max(following);
            }
            let Some(before) = desk.conversation(*id) else {
                return;
            };
            let mut after = before.clone();
            apply_entry(desk.has_bot, &mut after, entry);
            desk.replace(*id, after);
        }
        Change::Draft { conversation, step } => {
            let Some(conversation) = desk.conversations.get_mut(conversation) else {
                return;
            };
            match step {
                DraftStep::Kept {
                    reply: Some(reply), ..
                } => conversation.has_draft = !reply.is_empty(),
                DraftStep::Kept { reply: None, .. } => {}
                DraftStep::ReplyDone => conversation.has_draft = false,
            }
        }
        Change::Arranged {
            conversation: id,
            arranged,
        } => {
            if let Some(before) = desk.conversation(*id) {
                let mut after = before.clone();
                after.arranged.clone_from(arranged);
                desk.replace(*id, after);
            }
        }
        // The desk has no word of what was said.
        Change::Noted { .. } => {}
        Change::Offered {
            conversation,
            offer,
        } => desk.offers.make(*conversation, *offer),
        Change::Passed {
            conversation,
            agent,
        } => desk.offers.pass(*conversation, *agent),
        Change::Duty { agent, on } => {
            desk.roster.set_on_duty(*agent, *on);
            if !on {
                desk.offers.forget_agent(*agent);
            }
        }
        Change::Most { agent, most } => desk.roster.set_most(*agent, *most),
    }
}

fn apply_entry(has_bot: bool, conversation: &mut Conversation, entry: &Entry) {
    conversation.last_seq = conversation.last_seq.next();
    match entry {
        Entry::Message(message) => match message.author {
            Author::Visitor => {
                if matches!(conversation.holder, Holder::Queue | Holder::Agent(_)) {
                    conversation.unanswered += 1;
                }
                // Who is spoken to goes on now, and what was asked at the end has its answer.
                conversation.arranged.snoozed = None;
                conversation.arranged.solved = None;
                heed(conversation, &message.text);
            }
            Author::Bot => {}
            Author::Agent(_) => conversation.unanswered = 0,
        },
        Entry::HumanRequested { request, .. } => {
            conversation.request = Some(*request);
            conversation.unanswered = 0;
            // A reopened conversation that went back to its person stays with them.
            if conversation.holder.agent().is_none() {
                conversation.holder = Holder::Queue;
            }
        }
        Entry::Taken { by, lead } => {
            conversation.holder = Holder::Agent(by.id);
            conversation.last_human = Some(by.id);
            if *lead {
                conversation.supervisor = None;
            }
            conversation.arranged.wanted = None;
            conversation.arranged.team = None;
            conversation.arranged.help = None;
            conversation.arranged.snoozed = None;
            if let Some(request) = &mut conversation.request {
                request.priority = false;
            }
        }
        Entry::Returned { from, .. } => {
            conversation.holder = Holder::Queue;
            conversation.arranged.help = None;
            // Whoever has put it off knows it, and is asked before the others.
            let was_put_off = conversation.arranged.snoozed.take().is_some();
            conversation.arranged.wanted = was_put_off.then_some(from.id);
            conversation.arranged.team = None;
            // By its number alone it would come in before those who asked later and are told a place: only somebody
            // who is marked may make a place worse.
            if let Some(request) = &mut conversation.request {
                request.priority = true;
            }
        }
        Entry::Resolved(_) | Entry::Ended => {
            conversation.holder = Holder::Nobody;
            conversation.request = None;
            conversation.unanswered = 0;
            part(conversation);
        }
        Entry::Reopened { to } => {
            conversation.arranged.solved = None;
            if let Some(person) = to {
                conversation.holder = Holder::Agent(person.id);
            } else if conversation.last_human.is_some() {
                conversation.arranged.wanted = conversation.last_human;
            } else if has_bot {
                conversation.holder = Holder::Bot;
            }
        }
        Entry::LeftQueue | Entry::AssistantChosen => {
            conversation.holder = Conversation::blank(has_bot).holder;
            conversation.request = None;
            conversation.last_human = None;
            conversation.unanswered = 0;
            conversation.supervisor = None;
            part(conversation);
        }
        Entry::BotFailed => {}
        Entry::SupervisorRequested { asked_at } => {
            conversation.supervisor = Some(SupervisorRequest {
                asked_at: *asked_at,
                due: None,
            });
        }
        Entry::CallbackPromised { by } => {
            if let Some(wish) = &mut conversation.supervisor {
                wish.due = Some(*by);
            }
        }
    }
}

/// Nobody has it any more: what was arranged for who has it next, or later, is over. What it is about stays.
fn part(conversation: &mut Conversation) {
    conversation.arranged = Arranged {
        topic: conversation.arranged.topic,
        language: conversation.arranged.language,
        ..Arranged::default()
    };
}

/// Notes whether the visitor says that they need particular care. Who says so while they wait goes first from then on.
fn heed(conversation: &mut Conversation, words: &str) {
    if conversation.vulnerable.is_some() || !vulnerable::is_said(words) {
        return;
    }
    conversation.vulnerable = Some(conversation.last_seq);
    if conversation.holder == Holder::Queue
        && let Some(request) = &mut conversation.request
    {
        request.priority = true;
    }
}

impl Desk {
    fn replace(&mut self, id: ConversationId, after: Conversation) {
        let Some(before) = self.conversations.get_mut(&id) else {
            return;
        };
        // Most changes are messages, which move nobody: only the log's end is new.
        let is_where_it_was = before.holder == after.holder
            && before.request == after.request
            && before.busies() == after.busies();
        if is_where_it_was {
            *before = after;
        } else {
            self.remember(id, after);
        }
    }
}
