//! From commands to what is on disk: decides all that waits, commits it as one transaction, or takes it back.

use std::time::Instant;

use desk::{Change, Command, Conversation, Desk, Entry, Holder, Refusal, apply, decide};
use protocol::{Ack, CommandId, ConversationId, RefusalCode, Refused, Seq};

use super::job::{agent_of, conversation_of};
use super::outcome::{Beside, Decided, Outcome, Undo, writes_of};
use super::outlook::Outside;
use super::sequencer::Sequencer;
use super::{CommandJob, Reply, questions, unavailable, wire};
use crate::store::{CommitError, Outlook, SiteId, StoreError, Write};

/// How often a command whose commit lost to another server's is decided anew. Each time some server's commit won, so
/// that many others have come first.
const ATTEMPTS: usize = 20;

impl Sequencer {
    pub(super) async fn commit_all(&mut self, commands: Vec<CommandJob>) {
        let mut undo = Undo::default();
        let mut verdicts = Vec::with_capacity(commands.len());
        for job in commands {
            verdicts.push(match self.decide(&job, &mut undo).await {
                Ok(outcome) => Ok(Decided { job, outcome }),
                Err(code) => Err((job, code)),
            });
        }
        match self.commit(verdicts.iter().flatten()).await {
            Ok(()) => self.tell_all(verdicts).await,
            // Even a refusal rests on what was decided before it, and that is not so.
            Err(CommitError::Conflict) => {
                // A repeat of an old command, or another server came first: find out which, one by one.
                self.undo(undo);
                for verdict in verdicts {
                    self.commit_alone(job_of(verdict)).await;
                }
            }
            Err(CommitError::Unavailable(error)) => {
                let code = unavailable(&error);
                self.undo(undo);
                for verdict in verdicts {
                    self.refuse_and_forget(job_of(verdict), code);
                }
            }
        }
    }

    /// Tells what was committed and answers everybody.
    async fn tell_all(&mut self, verdicts: Vec<Result<Decided, (CommandJob, RefusalCode)>>) {
        let mut changed = Vec::with_capacity(verdicts.len());
        let mut unchanged = Vec::new();
        for verdict in verdicts {
            match verdict {
                Ok(done) if done.changes_anything() => changed.push(done),
                // Of wishes about being on duty the last one counts, so they are answered in their order. None of them
                // is in a log, where the first ack of a repeat could be found.
                Ok(done) if conversation_of(&done.job.command).is_none() => changed.push(done),
                other => unchanged.push(other),
            }
        }
        self.deliver(changed).await;
        for verdict in unchanged {
            self.answer_unchanged(verdict).await;
        }
    }

    /// What changes nothing, or is no longer allowed, may have been done: then this is a repeat, and gets the first
    /// ack.
    async fn answer_unchanged(&mut self, verdict: Result<Decided, (CommandJob, RefusalCode)>) {
        match verdict {
            Ok(done) => match self.first_ack(&done.job).await {
                Ok(First::Same(ack)) => self.answer_and_forget(done.job, ack),
                // What it wants is true, whoever made it so: it can be said even if the store cannot be read.
                Ok(First::Another | First::None) | Err(_) => {
                    let about = (done.job.site, conversation_of(&done.job.command));
                    self.deliver(vec![done]).await;
                    if let (site, Some(id)) = about {
                        self.forget_if_idle(site, id);
                    }
                }
            },
            Err((job, code)) => match self.first_ack(&job).await {
                Ok(First::Same(ack)) => self.answer_and_forget(job, ack),
                Ok(First::Another | First::None) => self.refuse_and_forget(job, code),
                Err(code) => self.refuse_and_forget(job, code),
            },
        }
    }

    fn answer_and_forget(&mut self, job: CommandJob, ack: Ack) {
        if let Some(id) = conversation_of(&job.command) {
            self.forget_if_idle(job.site, id);
        }
        answer(job.reply, ack);
    }

    fn refuse_and_forget(&mut self, job: CommandJob, code: RefusalCode) {
        if let Some(id) = conversation_of(&job.command) {
            self.forget_if_idle(job.site, id);
        }
        refuse(job.reply, job.id, code);
    }

    /// What was committed before under a command's id.
    async fn first_ack(&self, job: &CommandJob) -> Result<First, RefusalCode> {
        let (Some(id), Some(conversation)) = (job.id, conversation_of(&job.command)) else {
            return Ok(First::None);
        };
        let first = self
            .store
            .committed(job.site, conversation, id)
            .await
            .map_err(|error| unavailable(&error))?;
        Ok(match first {
            None => First::None,
            Some(first) if first.agent == agent_of(&job.command) => First::Same(Ack {
                id,
                seq: Some(first.seq),
                at: first.at,
                receipt: first.receipt,
            }),
            Some(_) => First::Another,
        })
    }

    async fn commit_alone(&mut self, job: CommandJob) {
        let outcome = self.try_alone(&job).await;
        match outcome {
            Ok(Alone::Repeat(ack)) => self.answer_and_forget(job, ack),
            Ok(Alone::Done(outcome)) => self.deliver(vec![Decided { job, outcome }]).await,
            Err(code) => self.refuse_and_forget(job, code),
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
                self.deliver(vec![Decided { job, outcome }]).await;
                true
            }
            Err(error) => {
                self.undo(undo);
                tracing::error!(%error, "what the server wants could not be stored yet");
                for step in outcome.steps {
                    // Another server may have come first; the next attempt must know what it did.
                    if let Err(error) = self.catch_up(job.site, step.conversation).await {
                        unavailable(&error);
                        break;
                    }
                }
                false
            }
        }
    }

    async fn try_alone(&mut self, job: &CommandJob) -> Result<Alone, RefusalCode> {
        for _ in 0..ATTEMPTS {
            let first = self.first_ack(job).await?;
            if let First::Same(ack) = first {
                return Ok(Alone::Repeat(ack));
            }
            self.look_again(job)
                .await
                .map_err(|error| unavailable(&error))?;
            let mut undo = Undo::default();
            let outcome = self.decide(job, &mut undo).await?;
            if matches!(first, First::Another) && outcome.seq().is_some() {
                // Ids are the client's own making: this one was taken from somebody else's command.
                self.undo(undo);
                return Err(RefusalCode::Malformed);
            }
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
        let mut command = job.command.clone();
        questions::phrase(desk, &mut command);
        let changes =
            decide(desk, command, at).map_err(|refusal| code_of(desk, &job.command, refusal))?;
        undo.receipts.entry(job.site).or_insert(desk.next_receipt());
        let mut outcome = Outcome {
            at,
            steps: vec![],
            beside: vec![],
            receipt: None,
        };
        for change in changes {
            let about = subject_of(&change);
            let before = about.and_then(|id| desk.conversation(id).cloned());
            match &change {
                Change::Duty { agent, on } => {
                    undo.duty.entry((job.site, *agent)).or_insert(!on);
                }
                Change::Most { agent, .. } => {
                    let most = desk.roster().agent(*agent).map_or(0, |agent| agent.most);
                    undo.most.entry((job.site, *agent)).or_insert(most);
                }
                _ => {}
            }
            if let (Some(id), Some(before)) = (about, &before) {
                let place = undo.conversations.entry((job.site, id));
                place.or_insert_with(|| before.clone());
            }
            apply(desk, &change);
            let after = about.and_then(|id| desk.conversation(id).cloned());
            match change {
                Change::Logged {
                    conversation,
                    entry,
                } => {
                    let (before, after) = both(before, after);
                    let outlook = outlook_of(desk, self.outsides.get(&job.site), &after, &entry);
                    outcome.add(conversation, before, after, Some(entry), outlook);
                }
                Change::Arranged { conversation, .. } => {
                    let (before, after) = both(before, after);
                    outcome.add(conversation, before, after, None, None);
                }
                change => {
                    let last_seq = after.map_or(Seq(0), |after| after.last_seq);
                    outcome.beside.push(Beside { change, last_seq });
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
                self.remember_particulars(id, stored.particulars);
            }
            None if may_begin => desk.remember(id, desk.blank()),
            None => return Err(RefusalCode::NoSuchConversation),
        }
        Ok(())
    }

    async fn commit<'a>(
        &self,
        decided: impl Iterator<Item = &'a Decided>,
    ) -> Result<(), CommitError> {
        let writes: Vec<Write<'_>> = decided
            .flat_map(|done| writes_of(&done.job, &done.outcome))
            .collect();
        self.write(&writes).await
    }

    async fn commit_outcome(&self, job: &CommandJob, outcome: &Outcome) -> Result<(), CommitError> {
        let writes: Vec<_> = writes_of(job, outcome).collect();
        self.write(&writes).await
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
        for ((site, agent), most) in undo.most {
            if let Some(desk) = self.desks.get_mut(&site) {
                apply(desk, &Change::Most { agent, most });
            }
        }
    }
}

/// The conversation that a change is about.
fn subject_of(change: &Change) -> Option<ConversationId> {
    match change {
        Change::Logged { conversation, .. }
        | Change::Draft { conversation, .. }
        | Change::Arranged { conversation, .. }
        | Change::Noted { conversation, .. }
        | Change::Offered { conversation, .. }
        | Change::Passed { conversation, .. } => Some(*conversation),
        Change::Duty { .. } | Change::Most { .. } => None,
    }
}

fn both(before: Option<Conversation>, after: Option<Conversation>) -> (Conversation, Conversation) {
    before
        .zip(after)
        .expect("the rules change only what is on the desk, and it stays there")
}

/// How the line looks to a request that was just put into it.
fn outlook_of(
    desk: &Desk,
    outside: Option<&Outside>,
    after: &Conversation,
    entry: &Entry,
) -> Option<Outlook> {
    let Entry::HumanRequested { request, .. } = entry else {
        return None;
    };
    if after.holder != Holder::Queue {
        return None;
    }
    let place = u32::try_from(desk.queue().position(request)).unwrap_or(u32::MAX);
    let on_duty = u32::try_from(desk.roster().on_duty()).unwrap_or(u32::MAX);
    // Nobody can tell when nobody is there.
    let outside = outside.filter(|_| on_duty > 0);
    Some(Outlook {
        receipt: request.receipt,
        place,
        on_duty,
        estimate: outside.and_then(|outside| outside.recent.estimate(place)),
    })
}

/// What was committed before under a command's id.
enum First {
    /// Nothing.
    None,
    /// The same command: this is its ack.
    Same(Ack),
    /// Another command, of somebody else who takes part in the conversation.
    Another,
}

/// A command that was decided alone.
enum Alone {
    Repeat(Ack),
    Done(Outcome),
}

/// What a client is told of a refusal. What an agent may not read is answered like what does not exist; only that a
/// colleague was quicker is told, for they saw it wait.
fn code_of(desk: &Desk, command: &Command, refusal: Refusal) -> RefusalCode {
    if let Command::Agent {
        agent,
        conversation,
        ..
    } = command
        && refusal != Refusal::HeldByAnother
        && desk.readable_by(*agent, *conversation).is_none()
    {
        return RefusalCode::NoSuchConversation;
    }
    wire::refusal_code(refusal)
}

fn job_of(verdict: Result<Decided, (CommandJob, RefusalCode)>) -> CommandJob {
    match verdict {
        Ok(done) => done.job,
        Err((job, _)) => job,
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

/// Says that a command is not done.
pub(super) fn refuse(reply: Reply, id: Option<CommandId>, code: RefusalCode) {
    match reply {
        Reply::Outbox(outbox) => outbox.push(wire::refused_frame(Refused::new(id, code))),
        Reply::Caller(caller) => {
            let _caller_gone = caller.send(Err(code));
        }
        Reply::Nobody => {}
    }
}
