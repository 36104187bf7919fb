//! What the rules decided, and what it makes true.

use protocol::{
    AgentId, CommandId, ConversationId, Receipt, RequestVia, ReturnReason, Source, Timestamp,
};

use crate::conversation::{Conversation, Holder, HumanRequest, SupervisorRequest};
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
    /// An agent is on or off duty.
    Duty {
        /// Who.
        agent: AgentId,
        /// On duty now.
        on: bool,
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
        Change::Duty { agent, on } => desk.roster.set_on_duty(*agent, *on),
    }
}

fn apply_entry(has_bot: bool, conversation: &mut Conversation, entry: &Entry) {
    conversation.last_seq = conversation.last_seq.next();
    match entry {
        Entry::Message(message) => match message.author {
            Author::Visitor => {
                if conversation.holder != Holder::Bot {
                    conversation.unanswered += 1;
                }
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
            if let Some(request) = &mut conversation.request {
                request.priority = false;
            }
        }
        Entry::Returned { .. } => {
            conversation.holder = Holder::Queue;
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
        }
        Entry::Reopened { to } => {
            if let Some(person) = to {
                conversation.holder = Holder::Agent(person.id);
            } else if has_bot && conversation.last_human.is_none() {
                conversation.holder = Holder::Bot;
            }
        }
        Entry::LeftQueue | Entry::AssistantChosen => {
            conversation.holder = Conversation::blank(has_bot).holder;
            conversation.request = None;
            conversation.last_human = None;
            conversation.unanswered = 0;
            conversation.supervisor = None;
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
        if before.holder == after.holder && before.request == after.request {
            *before = after;
        } else {
            self.remember(id, after);
        }
    }
}
