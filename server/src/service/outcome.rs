//! What the rules made of a command, on its way to the disk: steps in conversations, and how to take them back.

use std::collections::HashMap;

use desk::{Change, Conversation, Entry};
use protocol::{AgentId, ConversationId, Receipt, Seq, Timestamp};

use super::CommandJob;
use crate::store::{Append, NewNote, Outlook, SiteId, Write};

/// A command that the rules allowed.
pub struct Decided {
    pub job: CommandJob,
    pub outcome: Outcome,
}

impl Decided {
    /// Whether there is anything to store and to tell.
    pub fn changes_anything(&self) -> bool {
        !self.outcome.steps.is_empty() || !self.outcome.beside.is_empty()
    }
}

/// What a command changes in one conversation.
pub struct Step {
    pub conversation: ConversationId,
    pub before: Conversation,
    pub after: Conversation,
    pub entries: Vec<Entry>,
    /// How the line looked to the request that is among the entries, if it stands in line.
    pub outlook: Option<Outlook>,
}

/// How to take back what was decided but not stored.
#[derive(Default)]
pub struct Undo {
    pub conversations: HashMap<(SiteId, ConversationId), Conversation>,
    pub receipts: HashMap<SiteId, Receipt>,
    pub duty: HashMap<(SiteId, AgentId), bool>,
    pub most: HashMap<(SiteId, AgentId), u32>,
}

/// What the rules made of a command.
pub struct Outcome {
    pub at: Timestamp,
    /// What is new in conversations, and in how they stand.
    pub steps: Vec<Step>,
    /// What changes beside that, in order.
    pub beside: Vec<Beside>,
    /// The number that the answer names.
    pub receipt: Option<Receipt>,
}

/// A change that is in no log and moves nobody.
pub struct Beside {
    pub change: Change,
    /// The end of the log of the conversation that it is about.
    pub last_seq: Seq,
}

impl Outcome {
    /// Adds what one change makes of a conversation to what the ones before it made.
    pub fn add(
        &mut self,
        conversation: ConversationId,
        before: Conversation,
        after: Conversation,
        entry: Option<Entry>,
        outlook: Option<Outlook>,
    ) {
        match self
            .steps
            .last_mut()
            .filter(|step| step.conversation == conversation)
        {
            Some(step) => {
                step.after = after;
                step.entries.extend(entry);
                step.outlook = step.outlook.or(outlook);
            }
            None => self.steps.push(Step {
                conversation,
                before,
                after,
                entries: entry.into_iter().collect(),
                outlook,
            }),
        }
    }

    /// The event that the command made, if it made one.
    pub fn seq(&self) -> Option<Seq> {
        let mut logged = self.steps.iter().rev();
        let step = logged.find(|step| !step.entries.is_empty())?;
        Some(step.after.last_seq)
    }
}

/// What a store is to write.
pub fn writes_of<'a>(job: &'a CommandJob, outcome: &'a Outcome) -> impl Iterator<Item = Write<'a>> {
    let at = outcome.at;
    let steps = outcome.steps.iter();
    let appends = steps.map(move |step| step_write(job, at, step));
    // After the events that may make their author the holder, or end what was begun.
    let beside = outcome
        .beside
        .iter()
        .filter_map(move |beside| beside_write(at, beside));
    appends.chain(beside)
}

fn step_write<'a>(job: &CommandJob, at: Timestamp, step: &'a Step) -> Write<'a> {
    let conversation = step.conversation;
    if step.entries.is_empty() {
        let standing = &step.after;
        return Write::Standing {
            conversation,
            standing,
        };
    }
    let moved = step.before.holder != step.after.holder
        || step.before.request != step.after.request
        || step.before.last_human != step.after.last_human
        || step.before.supervisor != step.after.supervisor
        || step.before.vulnerable != step.after.vulnerable
        || step.before.arranged != step.after.arranged;
    let begins = step.before.last_seq == Seq(0);
    Write::Append(Append {
        site: job.site,
        conversation,
        opened_by: job.opened_by.filter(|_| begins),
        after: step.before.last_seq,
        at,
        id: job.id,
        entries: &step.entries,
        standing: (moved || begins).then(|| step.after.clone()),
        outlook: step.outlook,
    })
}

fn beside_write(at: Timestamp, Beside { change, last_seq }: &Beside) -> Option<Write<'_>> {
    match change {
        Change::Draft { conversation, step } => Some(Write::Draft {
            conversation: *conversation,
            at,
            step,
        }),
        Change::Noted {
            conversation,
            by,
            id,
            text,
        } => Some(Write::Note(NewNote {
            conversation: *conversation,
            id: *id,
            after: *last_seq,
            at,
            by,
            text,
        })),
        Change::Duty { agent, on } => Some(Write::Duty {
            agent: *agent,
            on: *on,
            at,
        }),
        Change::Most { agent, most } => Some(Write::Most {
            agent: *agent,
            most: *most,
        }),
        // Steps are what these made of a conversation, and offers are kept nowhere.
        Change::Logged { .. }
        | Change::Arranged { .. }
        | Change::Offered { .. }
        | Change::Passed { .. } => None,
    }
}
