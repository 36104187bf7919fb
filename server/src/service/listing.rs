//! An agent's lists, where there are more conversations than a page shows or a frame can carry: whoever comes is told the
//! beginning of each, and asks for what comes next as they get there.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::{Desk, Holder, Rank};
use protocol::{
    AgentFrame, AgentId, Case, CaseList, CommandId, ConversationId, Counts, Place, Receipt,
    RefusalCode, Rest,
};

use super::Service;
use super::job::{Job, Reply};
use super::sequencer::Sequencer;
use super::{commit, wire};
use crate::outbox::Outbox;
use crate::store::SiteId;

/// How much of a list is told at once: more lines than a screen has room for several times over.
const PART: usize = 200;

/// The most bytes of them: far less than a connection may have waiting.
const PART_BYTES: usize = 96 * 1024;

/// The most bytes of what an agent holds, which is told as a whole. They may have put off more than they have in hand.
const OWN_BYTES: usize = 256 * 1024;

/// So many always fit one part, however long what is told of each is: whoever is in such a list knows all of it.
const SHORT: usize = 50;

/// The lists with which an agent begins.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// What stands in them.
    pub cases: Vec<Case>,
    /// Up to which place they are known where that is not all.
    pub rest: Vec<Rest>,
    /// How many there are in all.
    pub counts: Counts,
    /// The highest number that was given to a request.
    pub newest: Option<Receipt>,
}

/// Part of a list, and the place up to which it is known with that; none if that is all.
struct Part {
    cases: Vec<Case>,
    rest: Option<Place>,
}

impl Service {
    /// Tells a connection of an agent's what comes next in a list.
    pub async fn list(
        &self,
        (site, agent): (SiteId, AgentId),
        (list, after): (CaseList, Option<Place>),
        id: CommandId,
        outbox: Arc<Outbox>,
    ) {
        let job = Job::List {
            site,
            agent,
            list,
            after,
            id,
            outbox,
        };
        let _stopping = self.jobs.send(job).await;
    }
}

impl Sequencer {
    /// What an agent is told when they come: what they hold, for a lead what asks for one, and the beginnings of the lists.
    pub(super) fn beginning(&self, desk: &Desk, agent: AgentId) -> Beginning {
        let holder = |id| desk.conversation(id).map(|it| it.holder);
        let mine = desk.held().iter();
        let mine = mine.filter(|id| holder(*id) == Some(Holder::Agent(agent)));
        let (mut cases, _) = self.cases(desk, agent, mine, (usize::MAX, OWN_BYTES));
        let wanted = desk.conversations().filter(|(_, it)| it.wants_lead());
        let wanted = wanted.map(|(id, _)| id);
        let (wanted, _) = self.cases(desk, agent, wanted, (PART, PART_BYTES));
        let mut rest = vec![];
        let mut lists = vec![wanted];
        for list in CaseList::EACH {
            let part = self.listed(desk, agent, list, None);
            lists.push(part.cases);
            rest.extend(part.rest.map(|after| Rest { list, after }));
        }
        let mut told: BTreeSet<ConversationId> = cases.iter().map(|it| it.conversation).collect();
        let others = lists.into_iter().flatten();
        cases.extend(others.filter(|case| told.insert(case.conversation)));
        Beginning {
            cases,
            rest,
            counts: counts(desk, agent),
            newest: desk.next_receipt().0.checked_sub(1).map(Receipt),
        }
    }

    /// Tells a connection what comes next in a list.
    pub(super) fn tell_listed(
        &self,
        (site, agent): (SiteId, AgentId),
        (list, after): (CaseList, Option<Place>),
        id: CommandId,
        outbox: Arc<Outbox>,
    ) {
        let Some(desk) = self.desks.get(&site) else {
            commit::refuse(Reply::Outbox(outbox), Some(id), RefusalCode::Unavailable);
            return;
        };
        let Part { cases, rest } = self.listed(desk, agent, list, after);
        outbox.push(wire::agent_frame(&AgentFrame::Listed {
            id,
            list,
            cases,
            rest,
        }));
    }

    fn listed(&self, desk: &Desk, agent: AgentId, list: CaseList, after: Option<Place>) -> Part {
        let line = match list {
            CaseList::Queue => desk.queue(),
            CaseList::All => desk.held(),
        };
        let others = |id: &ConversationId| {
            let holder = desk.conversation(*id).map(|it| it.holder);
            holder != Some(Holder::Agent(agent))
        };
        let after = after.map(|after| {
            let receipt = after.receipt.unwrap_or(Receipt(u64::MAX));
            (Rank::new(after.priority, receipt), after.conversation)
        });
        let ids = line.behind(after).filter(others);
        let (cases, is_all) = self.cases(desk, agent, ids, (PART, PART_BYTES));
        let last = cases.last().filter(|_| !is_all);
        let rest = last.map(|last| list.place(last));
        Part { cases, rest }
    }

    /// How these stand, as far as they are in an agent's lists: so many at most, in so many bytes. And whether that is all.
    fn cases(
        &self,
        desk: &Desk,
        agent: AgentId,
        ids: impl Iterator<Item = ConversationId>,
        (most, most_bytes): (usize, usize),
    ) -> (Vec<Case>, bool) {
        let mut cases: Vec<Case> = vec![];
        let mut bytes = 0;
        for id in ids {
            let Some(conversation) = desk.listed_for(agent, id) else {
                continue;
            };
            let case = wire::case_of(desk, id, conversation, self.particulars(id), agent);
            bytes += wire::json(&case).len() + 1;
            if cases.len() == most || bytes > most_bytes {
                return (cases, false);
            }
            cases.push(case);
        }
        (cases, true)
    }

    /// Tells the site's agents how many stand in its lists, if these are long, or were.
    pub(super) fn tell_counts(&mut self, site: SiteId) {
        let Some(desk) = self.desks.get(&site) else {
            return;
        };
        let is_long = desk.queue().len().max(desk.held().len()) > SHORT;
        let was_long = if is_long {
            !self.long.insert(site)
        } else {
            self.long.remove(&site)
        };
        if is_long || was_long {
            self.hub.tell_agents(site, |agent| {
                wire::agent_frame(&AgentFrame::Counts(counts(desk, agent)))
            });
        }
    }
}

/// How many stand in the lists, as an agent is told.
fn counts(desk: &Desk, agent: AgentId) -> Counts {
    let agent = desk.roster().agent(agent);
    let is_lead = agent.is_some_and(|it| it.role.is_lead());
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Counts {
        waiting: count(desk.queue().len()),
        held: if is_lead { count(desk.held().len()) } else { 0 },
    }
}
