//! From commands to what is on disk: decides all that waits, commits it as one transaction, or takes it back.

use std::collections::HashMap;
use std::time::Instant;

use desk::{Change, Command, Conversation, Entry, apply, decide};
use protocol::{Ack, AgentId, ConversationId, Receipt, RefusalCode, Refused, Seq, Timestamp};

use super::sequencer::Sequencer;
use super::{CommandJob, Reply, unavailable, wire};
use crate::store::{Append, CommitError, SiteId, StoreError, Write};

/// How often a command whose commit lost to another server's is decided anew.
const ATTEMPTS: usize = 5;

/// A command that the rules allowed.
pub(super) struct Decided {
    pub job: CommandJob,
    pub at: Timestamp,
    pub steps: Vec<Step>,
    pub duty: Vec<(AgentId, bool)>,
    /// The number that the answer names.
    pub receipt: Option<Receipt>,
}

/// What a command changes in one conversation.
pub(super) struct Step {
    pub conversation: ConversationId,
    pub before: Conversation,
    pub after: Conversation,
    pub entries: Vec<Entry>,
}

/// How to take back what was decided but not stored.
#[derive(Default)]
struct Undo {
    conversations: HashMap<(SiteId, ConversationId), Conversation>,
    receipts: HashMap<SiteId, Receipt>,
    duty: HashMap<(SiteId, AgentId), bool>,
}

impl Sequencer {
    pub(super) async fn commit_all(&mut self, commands: Vec<CommandJob>) {
        let mut undo = Undo::default();
        let mut decided = Vec::with_capacity(commands.len());
        let mut refused = Vec::new();
        for job in commands {
            match self.decide(&job, &mut undo).await {
                Ok(outcome) => decided.push(outcome.with(job)),
                Err(code) => refused.push((job, code)),
            }
        }
        match self.commit(&decided).await {
            Ok(()) => self.deliver(decided),
            Err(CommitError::Conflict) => {
                // A repeat of an old command, or another server came first: find out which, one by one.
                self.undo(undo);
                for done in decided {
                    self.commit_alone(done.job).await;
                }
            }
            Err(CommitError::Unavailable(error)) => {
                let code = unavailable(&error);
                self.undo(undo);
                for done in decided {
                    refuse(done.job, code);
                }
            }
        }
        for (job, code) in refused {
            // What is no longer allowed may have been done: then this is a repeat, and gets the first ack.
            match self.first_ack(&job).await {
                Ok(Some(ack)) => answer(job.reply, ack),
                Ok(None) => self.refuse_and_forget(job, code),
                Err(code) => self.refuse_and_forget(job, code),
            }
        }
    }

    fn refuse_and_forget(&mut self, job: CommandJob, code: RefusalCode) {
        if let Some(id) = conversation_of(&job.command) {
            self.forget_if_idle(job.site, id);
        }
        refuse(job, code);
    }

    async fn first_ack(&self, job: &CommandJob) -> Result<Option<Ack>, RefusalCode> {
        let (Some(id), Some(conversation)) = (job.id, conversation_of(&job.command)) else {
            return Ok(None);
        };
        let first = self
            .store
            .committed(conversation, id)
            .await
            .map_err(|error| unavailable(&error))?;
        Ok(first.map(|first| Ack {
            id,
            seq: Some(first.seq),
            at: first.at,
            receipt: first.receipt,
        }))
    }

    async fn commit_alone(&mut self, job: CommandJob) {
        let outcome = self.try_alone(&job).await;
        match outcome {
            Ok(Alone::Repeat(ack)) => answer(job.reply, ack),
            Ok(Alone::Done(outcome)) => self.deliver(vec![outcome.with(job)]),
            Err(code) => refuse(job, code),
        }
    }

    /// Does what the server wants by itself. False if it could not be stored.
    pub(super) async fn commit_own(&mut self, job: CommandJob) -> bool {
        let mut undo = Undo::default();
        let Ok(outcome) = self.decide(&job, &mut undo).await else {
            return true;
        };
        match self.commit_outcome(&job, &outcome).await {
            Ok(()) => {
                self.deliver(vec![outcome.with(job)]);
                true
            }
            Err(error) => {
                tracing::error!(%error, "what the server wants could not be stored");
                self.undo(undo);
                false
            }
        }
    }

    async fn try_alone(&mut self, job: &CommandJob) -> Result<Alone, RefusalCode> {
        for _ in 0..ATTEMPTS {
            if let Some(ack) = self.first_ack(job).await? {
                return Ok(Alone::Repeat(ack));
            }
            self.look_again(job)
                .await
                .map_err(|error| unavailable(&error))?;
            let mut undo = Undo::default();
            let outcome = self.decide(job, &mut undo).await?;
            match self.commit_outcome(job, &outcome).await {
                Ok(()) => return Ok(Alone::Done(outcome)),
                Err(CommitError::Conflict) => self.undo(undo),
                Err(CommitError::Unavailable(error)) => {
                    self.undo(undo);
                    return Err(unavailable(&error));
                }
            }
        }
        tracing::warn!(
            attempts = ATTEMPTS,
            "a commit lost to other servers every time"
        );
        Err(RefusalCode::Unavailable)
    }

    /// Takes what a command is about from the store again.
    async fn look_again(&mut self, job: &CommandJob) -> Result<(), StoreError> {
        match conversation_of(&job.command) {
            Some(id) => self.catch_up(job.site, id).await,
            None => self.reload_roster(job.site).await,
        }
    }

    /// What a command changes, made true on the desk and noted for taking it back.
    async fn decide(&mut self, job: &CommandJob, undo: &mut Undo) -> Result<Outcome, RefusalCode> {
        let about = conversation_of(&job.command);
        if let Some(id) = about {
            self.fetch(job.site, id, job.opened_by.is_some()).await?;
        }
        let at = (self.clock)();
        let desk = self
            .desks
            .get_mut(&job.site)
            .ok_or(RefusalCode::NoSuchConversation)?;
        let changes = decide(desk, job.command.clone(), at).map_err(wire::refusal_code)?;
        undo.receipts.entry(job.site).or_insert(desk.next_receipt());
        let mut outcome = Outcome {
            at,
            steps: vec![],
            duty: vec![],
            receipt: None,
        };
        for change in changes {
            let before = match &change {
                Change::Logged { conversation, .. } => desk.conversation(*conversation).cloned(),
                Change::Duty { agent, on } => {
                    undo.duty.entry((job.site, *agent)).or_insert(!on);
                    None
                }
            };
            apply(desk, &change);
            match change {
                Change::Duty { agent, on } => outcome.duty.push((agent, on)),
                Change::Logged {
                    conversation,
                    entry,
                } => {
                    let before = before.expect("the rules change only what is on the desk");
                    let after = desk
                        .conversation(conversation)
                        .expect("it stays on the desk")
                        .clone();
                    undo.conversations
                        .entry((job.site, conversation))
                        .or_insert_with(|| before.clone());
                    outcome.add(conversation, before, after, entry);
                }
            }
        }
        let standing = about.and_then(|id| desk.conversation(id));
        outcome.receipt = standing
            .and_then(|standing| standing.request)
            .map(|request| request.receipt);
        Ok(outcome)
    }

    /// Puts a conversation on its desk if it is not there: from the store, or blank if `may_begin`.
    pub(super) async fn fetch(
        &mut self,
        site: SiteId,
        id: ConversationId,
        may_begin: bool,
    ) -> Result<(), RefusalCode> {
        let Some(desk) = self.desks.get(&site) else {
            return Err(RefusalCode::NoSuchConversation);
        };
        if desk.conversation(id).is_some() {
            return Ok(());
        }
        let stored = self
            .store
            .conversation(site, id)
            .await
            .map_err(|error| unavailable(&error))?;
        let desk = self.desks.get_mut(&site).expect("it was there a line ago");
        match stored {
            Some(stored) => {
                desk.remember(id, stored.standing);
                self.previews.insert(id, stored.preview);
            }
            None if may_begin => desk.remember(id, desk.blank()),
            None => return Err(RefusalCode::NoSuchConversation),
        }
        Ok(())
    }

    async fn commit(&self, decided: &[Decided]) -> Result<(), CommitError> {
        let writes: Vec<Write<'_>> = decided
            .iter()
            .flat_map(|done| writes_of(&done.job, done.at, &done.steps, &done.duty))
            .collect();
        self.write(&writes).await
    }

    async fn commit_outcome(&self, job: &CommandJob, outcome: &Outcome) -> Result<(), CommitError> {
        self.write(&writes_of(job, outcome.at, &outcome.steps, &outcome.duty).collect::<Vec<_>>())
            .await
    }

    async fn write(&self, writes: &[Write<'_>]) -> Result<(), CommitError> {
        if writes.is_empty() {
            return Ok(());
        }
        let began = Instant::now();
        self.store.commit(writes).await?;
        metrics::histogram!("human_please_commit_seconds").record(began.elapsed());
        metrics::counter!("human_please_commits_total").increment(1);
        Ok(())
    }

    fn undo(&mut self, undo: Undo) {
        for ((site, id), before) in undo.conversations {
            if let Some(desk) = self.desks.get_mut(&site) {
                desk.remember(id, before);
            }
        }
        for (site, receipt) in undo.receipts {
            if let Some(desk) = self.desks.get_mut(&site) {
                desk.set_next_receipt(receipt);
            }
        }
        for ((site, agent), on) in undo.duty {
            if let Some(desk) = self.desks.get_mut(&site) {
                apply(desk, &Change::Duty { agent, on });
            }
        }
    }
}

/// A command that was decided alone.
enum Alone {
    Repeat(Ack),
    Done(Outcome),
}

/// What the rules made of a command.
struct Outcome {
    at: Timestamp,
    steps: Vec<Step>,
    duty: Vec<(AgentId, bool)>,
    receipt: Option<Receipt>,
}

impl Outcome {
    fn add(
        &mut self,
        conversation: ConversationId,
        before: Conversation,
        after: Conversation,
        entry: Entry,
    ) {
        match self
            .steps
            .last_mut()
            .filter(|step| step.conversation == conversation)
        {
            Some(step) => {
                step.after = after;
                step.entries.push(entry);
            }
            None => self.steps.push(Step {
                conversation,
                before,
                after,
                entries: vec![entry],
            }),
        }
    }

    fn with(self, job: CommandJob) -> Decided {
        let Self {
            at,
            steps,
            duty,
            receipt,
        } = self;
        Decided {
            job,
            at,
            steps,
            duty,
            receipt,
        }
    }
}

fn writes_of<'a>(
    job: &'a CommandJob,
    at: Timestamp,
    steps: &'a [Step],
    duty: &'a [(AgentId, bool)],
) -> impl Iterator<Item = Write<'a>> {
    let appends = steps.iter().map(move |step| {
        let moved = step.before.holder != step.after.holder
            || step.before.request != step.after.request
            || step.before.last_human != step.after.last_human;
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
        })
    });
    let duty = duty.iter().map(|&(agent, on)| Write::Duty { agent, on });
    appends.chain(duty)
}

fn conversation_of(command: &Command) -> Option<ConversationId> {
    match command {
        Command::Visitor { conversation, .. }
        | Command::Bot { conversation, .. }
        | Command::Agent { conversation, .. } => Some(*conversation),
        Command::Duty { .. } | Command::Vanished { .. } => None,
    }
}

/// Says that a command is done.
pub(super) fn answer(reply: Reply, ack: Ack) {
    match reply {
        Reply::Outbox(outbox) => outbox.push(wire::ack_frame(ack)),
        Reply::Caller(caller) => {
            let _caller_gone = caller.send(Ok(ack));
        }
        Reply::Nobody => {}
    }
}

fn refuse(job: CommandJob, code: RefusalCode) {
    match job.reply {
        Reply::Outbox(outbox) => outbox.push(wire::refused_frame(Refused::new(job.id, code))),
        Reply::Caller(caller) => {
            let _caller_gone = caller.send(Err(code));
        }
        Reply::Nobody => {}
    }
}
