//! What the rules say of a command: what it changes, made true on the desk and noted for taking it back, or why it may not.

use desk::{Change, Command, Conversation, Desk, Entry, Holder, Refusal, apply, decide};
use protocol::{ConversationId, RefusalCode, Seq};

use super::job::conversation_of;
use super::outcome::{Beside, Outcome, Undo};
use super::outlook::Outside;
use super::sequencer::Sequencer;
use super::{CommandJob, questions, unavailable, wire};
use crate::store::{Outlook, SiteId};

impl Sequencer {
    /// What a command changes, made true on the desk and noted for taking it back.
    pub(super) async fn decide(
        &mut self,
        job: &CommandJob,
        undo: &mut Undo,
    ) -> Result<Outcome, RefusalCode> {
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
