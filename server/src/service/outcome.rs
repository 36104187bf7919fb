//! What the rules made of a command, on its way to the disk: steps in conversations, and how to take them back.

use std::collections::HashMap;

use desk::{Conversation, DraftStep, Entry};
use protocol::{AgentId, ConversationId, Receipt, Seq, Timestamp};

use super::CommandJob;
use crate::store::{Append, Outlook, SiteId, Write};

/// A command that the rules allowed.
pub struct Decided {
    pub job: CommandJob,
    pub at: Timestamp,
    pub steps: Vec<Step>,
    pub drafts: Vec<(ConversationId, DraftStep)>,
    pub duty: Vec<(AgentId, bool)>,
    /// The number that the answer names.
    pub receipt: Option<Receipt>,
}

impl Decided {
    /// Whether there is anything to store and to tell.
    pub fn changes_anything(&self) -> bool {
        !self.steps.is_empty() || !self.drafts.is_empty() || !self.duty.is_empty()
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
}

/// What the rules made of a command.
pub struct Outcome {
    pub at: Timestamp,
    pub steps: Vec<Step>,
    pub drafts: Vec<(ConversationId, DraftStep)>,
    pub duty: Vec<(AgentId, bool)>,
    pub receipt: Option<Receipt>,
}

impl Outcome {
    /// Adds what one change makes of a conversation to what the ones before it made.
    pub fn add(
        &mut self,
        conversation: ConversationId,
        before: Conversation,
        after: Conversation,
        entry: Entry,
        outlook: Option<Outlook>,
    ) {
        match self
            .steps
            .last_mut()
            .filter(|step| step.conversation == conversation)
        {
            Some(step) => {
                step.after = after;
                step.entries.push(entry);
                step.outlook = step.outlook.or(outlook);
            }
            None => self.steps.push(Step {
                conversation,
                before,
                after,
                entries: vec![entry],
                outlook,
            }),
        }
    }

    pub fn with(self, job: CommandJob) -> Decided {
        let Self {
            at,
            steps,
            drafts,
            duty,
            receipt,
        } = self;
        Decided {
            job,
            at,
            steps,
            drafts,
            duty,
            receipt,
        }
    }
}

/// What a store is to write.
pub fn writes_of<'a>(
    job: &'a CommandJob,
    at: Timestamp,
    steps: &'a [Step],
    drafts: &'a [(ConversationId, DraftStep)],
    duty: &'a [(AgentId, bool)],
) -> impl Iterator<Item = Write<'a>> {
    let appends = steps.iter().map(move |step| {
        let moved = step.before.holder != step.after.holder
            || step.before.request != step.after.request
            || step.before.last_human != step.after.last_human
            || step.before.supervisor != step.after.supervisor
            || step.before.vulnerable != step.after.vulnerable;
        let begins = step.before.last_seq == Seq(0);
        Write::Append(Append {
            site: job.site,
            conversation: step.conversation,
            opened_by: job.opened_by.filter(|_| begins),
            after: step.before.last_seq,
            at,
            id: job.id,
            entries: &step.entries,
            standing: (moved || begins).then(|| step.after.clone()),
            outlook: step.outlook,
        })
    });
    let duty = duty.iter().map(|&(agent, on)| Write::Duty { agent, on });
    // After the events that may make their author the holder, or end what was begun.
    let drafts = drafts.iter().map(move |(conversation, step)| Write::Draft {
        conversation: *conversation,
        at,
        step,
    });
    appends.chain(drafts).chain(duty)
}
