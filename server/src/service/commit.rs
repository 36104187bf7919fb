//! From commands to what is on disk: decides all that waits, commits it as one transaction, or takes it back.

use std::time::Instant;

use desk::{Change, apply};
use protocol::{Ack, CommandId, RefusalCode, Refused};

use super::job::{agent_of, conversation_of};
use super::outcome::{Decided, Outcome, Undo, writes_of};
use super::sequencer::Sequencer;
use super::{CommandJob, Reply, unavailable, wire};
use crate::store::{CommitError, StoreError, Write};

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
