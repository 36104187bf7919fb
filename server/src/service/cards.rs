//! What is known of conversations: found in their logs, kept while somebody needs it, and told as it changes.
//!
//! A log is read beside the sequencer, page by page, so that a long one keeps nobody waiting; what happens from then on is
//! heard here, event by event.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use card::{Corrected, Facts, asked_again, card};
use desk::Holder;
use protocol::{
    Ack, AgentFrame, AgentId, Author, BadFact, CardFact, CommandId, ConversationId, Correction,
    Event, Fact, RefusalCode, Seq, VisitorFrame, checked_correction,
};
use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;

use super::commit::{answer, refuse};
use super::job::{End, Job};
use super::sequencer::Sequencer;
use super::{Reply, Service, unavailable, wire};
use crate::bus::LookAt;
use crate::outbox::Outbox;
use crate::redact::redact;
use crate::store::{Page, SiteId, Store, StoreError};

/// A correction on its way.
pub struct CorrectionJob {
    /// On which site.
    pub site: SiteId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// By what id.
    pub id: CommandId,
    /// Who makes it.
    pub by: End,
    /// What, as [`kept_correction`] returned it.
    pub correction: Correction,
    /// Where the answer goes.
    pub reply: Reply,
}

/// What a log says, up to an event.
#[derive(Default)]
pub struct Heard {
    facts: Facts,
    seq: Seq,
}

impl Heard {
    /// Reads a log on, to its event `last`.
    async fn read(
        mut self,
        store: &dyn Store,
        conversation: ConversationId,
        last: Seq,
    ) -> Result<Self, StoreError> {
        while self.seq < last {
            let before = self.seq;
            let page = store.history(conversation, Page::From(before)).await?;
            for event in &page.events {
                self.facts.hear(event);
                self.seq = event.seq;
            }
            if self.seq == before {
                // The log is shorter than was said.
                break;
            }
            // A page takes moments; others may go on meanwhile.
            tokio::task::yield_now().await;
        }
        Ok(self)
    }
}

/// A card that is kept.
struct Card {
    heard: Heard,
    corrected: Vec<Corrected>,
    shown: Vec<CardFact>,
}

/// The cards that somebody needs.
pub struct Cards {
    known: HashMap<ConversationId, Card>,
    /// The conversations whose logs are being read.
    reading: HashSet<ConversationId>,
    store: Arc<dyn Store>,
    jobs: mpsc::WeakSender<Job>,
    tasks: TaskTracker,
}

impl Cards {
    pub fn new(store: Arc<dyn Store>, jobs: mpsc::WeakSender<Job>, tasks: TaskTracker) -> Self {
        Self {
            known: HashMap::new(),
            reading: HashSet::new(),
            store,
            jobs,
            tasks,
        }
    }

    /// Hears what happened in a conversation. True if its card says something else now.
    pub fn hear(&mut self, id: ConversationId, event: &Event) -> bool {
        let Some(card) = self.known.get_mut(&id) else {
            return false;
        };
        if event.seq != card.heard.seq.next() {
            // Something was missed: it is read again when it is needed.
            self.known.remove(&id);
            return false;
        }
        card.heard.facts.hear(event);
        card.heard.seq = event.seq;
        card.refresh()
    }

    /// Drops a card that nobody needs.
    pub fn forget(&mut self, id: ConversationId) {
        self.known.remove(&id);
    }

    /// Begins to read a log, on from what was heard of it, to its event `last`.
    fn read(&mut self, site: SiteId, id: ConversationId, heard: Heard, last: Seq) {
        if !self.reading.insert(id) {
            return;
        }
        let (store, jobs) = (Arc::clone(&self.store), self.jobs.clone());
        self.tasks.spawn(async move {
            let read = async {
                let heard = heard.read(&*store, id, last).await?;
                let corrected = store.cards().corrections(site, id).await?;
                Ok((heard, corrected))
            };
            let read = read.await.map_err(|error| unavailable(&error)).ok();
            if let Some(jobs) = jobs.upgrade() {
                let _stopping = jobs.send(Job::CardRead(site, id, read)).await;
            }
        });
    }
}

impl Card {
    /// True if it says something else now.
    fn refresh(&mut self) -> bool {
        let shown = card(self.heard.facts.found(), &self.corrected);
        let is_new = shown != self.shown;
        self.shown = shown;
        is_new
    }
}

impl Sequencer {
    /// Has everybody told what is known of a conversation who is to know, now or once it is found out.
    pub(super) fn want_card(&mut self, site: SiteId, id: ConversationId) {
        if self.cards.known.contains_key(&id) {
            self.tell_card(site, id);
        } else if let Some(last) = self.conversation(site, id).map(|it| it.last_seq) {
            self.cards.read(site, id, Heard::default(), last);
        }
    }

    /// Takes what was read in a log; none if it could not be read.
    pub(super) fn take_card(
        &mut self,
        site: SiteId,
        id: ConversationId,
        read: Option<(Heard, Vec<Corrected>)>,
    ) {
        self.cards.reading.remove(&id);
        let (Some((heard, corrected)), Some(standing)) = (read, self.conversation(site, id)) else {
            return;
        };
        let last = standing.last_seq;
        if last > heard.seq {
            // Somebody has written meanwhile.
            self.cards.read(site, id, heard, last);
            return;
        }
        let mut card = Card {
            heard,
            corrected,
            shown: vec![],
        };
        card.refresh();
        self.cards.known.insert(id, card);
        self.tell_card(site, id);
        self.forget_if_idle(site, id);
    }

    /// Tells what is known of a conversation to the people who read it, and to its visitor while they wait.
    pub(super) fn tell_card(&self, site: SiteId, id: ConversationId) {
        let (Some(card), Some(standing)) = (self.cards.known.get(&id), self.conversation(site, id))
        else {
            return;
        };
        let frame = wire::agent_frame(&AgentFrame::Card {
            conversation: id,
            facts: card.shown.clone(),
        });
        self.hub.tell_readers(id, standing.holder.agent(), &frame);
        // A card that was never anything but empty is no news.
        let has_news = !(card.shown.is_empty() && card.corrected.is_empty());
        if has_news && standing.holder == Holder::Queue && self.hub.has_visitors(id) {
            self.hub.tell_visitors(id, &visitors(card));
        }
    }

    /// Tells a visitor who has just come what is known of their conversation, if it waits.
    pub(super) fn show_card(&mut self, site: SiteId, id: ConversationId, outbox: &Outbox) {
        let standing = self.conversation(site, id);
        let Some(waits) = standing.filter(|it| it.holder == Holder::Queue) else {
            return;
        };
        let last = waits.last_seq;
        match self.cards.known.get(&id) {
            Some(card) if card.shown.is_empty() => {}
            Some(card) => outbox.push(visitors(card)),
            None => self.cards.read(site, id, Heard::default(), last),
        }
    }

    /// Tells an agent's connection what the reply that they have begun asks for and is known already.
    pub(super) fn tell_known(&self, id: ConversationId, reply: &str, outbox: &Outbox) {
        let Some(card) = self.cards.known.get(&id).filter(|it| !it.shown.is_empty()) else {
            return;
        };
        let facts: Vec<Fact> = card.shown.iter().map(fact_of).collect();
        let known = asked_again(reply, &facts).into_iter();
        outbox.push(wire::agent_frame(&AgentFrame::Known {
            conversation: id,
            facts: known.map(|index| card.shown[index].clone()).collect(),
        }));
    }

    /// Keeps what somebody has put right, tells it, and answers.
    pub(super) async fn keep_correction(&mut self, job: CorrectionJob) {
        let (site, id) = (job.site, job.conversation);
        let at = (self.clock)();
        let kept = match self.fetch(site, id, false).await {
            Ok(()) => self.put_right(&job).await,
            Err(code) => Err(code),
        };
        match kept {
            Ok(()) => {
                self.announce(site, LookAt::Conversation(id));
                let ack = Ack {
                    id: job.id,
                    seq: None,
                    at,
                    receipt: None,
                };
                answer(job.reply, ack);
            }
            Err(code) => refuse(job.reply, Some(job.id), code),
        }
        self.forget_if_idle(site, id);
    }

    async fn put_right(&mut self, job: &CorrectionJob) -> Result<(), RefusalCode> {
        let (site, id) = (job.site, job.conversation);
        let by = match job.by {
            End::Visitor => Author::Visitor {},
            End::Agent(agent) => self.corrector(site, id, agent)?,
        };
        let corrected = Corrected {
            correction: job.correction.clone(),
            by,
        };
        let at = (self.clock)();
        let put = self.store.cards().put_correction(id, &corrected, at);
        match put.await {
            Ok(true) => {}
            Ok(false) => return Err(RefusalCode::NoSuchConversation),
            Err(error) => return Err(unavailable(&error)),
        }
        self.reload_corrections(site, id).await;
        Ok(())
    }

    /// The agent who puts right what is known of a conversation, if they may.
    fn corrector(
        &self,
        site: SiteId,
        id: ConversationId,
        agent: AgentId,
    ) -> Result<Author, RefusalCode> {
        let desk = self.desks.get(&site);
        let desk = desk.ok_or(RefusalCode::NoSuchConversation)?;
        desk.readable_by(agent, id)
            .ok_or(RefusalCode::NoSuchConversation)?;
        desk.correctable_by(agent, id)
            .ok_or(RefusalCode::NotYours)?;
        let name = desk.roster().agent(agent).map(|it| it.name.clone());
        let name = name.ok_or(RefusalCode::NoSuchConversation)?;
        Ok(Author::Agent { name })
    }

    /// Takes from the store again what was put right of a conversation whose card is kept here, and tells it if it is
    /// another one now.
    pub(super) async fn reload_corrections(&mut self, site: SiteId, id: ConversationId) {
        if !self.cards.known.contains_key(&id) {
            return;
        }
        match self.store.cards().corrections(site, id).await {
            Ok(corrected) => {
                let Some(card) = self.cards.known.get_mut(&id) else {
                    return;
                };
                card.corrected = corrected;
                if card.refresh() {
                    self.tell_card(site, id);
                }
            }
            // They are kept, and read again whenever the card is.
            Err(error) => {
                unavailable(&error);
                self.cards.forget(id);
            }
        }
    }
}

impl Service {
    /// Keeps what somebody has put right.
    pub async fn keep_correction(&self, job: CorrectionJob) {
        let _stopping = self.jobs.send(Job::Correction(job)).await;
    }

    /// What is known of a conversation of a site, up to its event `last`. The caller has checked who asks.
    ///
    /// # Errors
    ///
    /// [`RefusalCode::Unavailable`] if the store cannot be read.
    pub async fn card(
        &self,
        site: SiteId,
        conversation: ConversationId,
        last: Seq,
    ) -> Result<Vec<CardFact>, RefusalCode> {
        let read = async {
            let heard = Heard::default()
                .read(&*self.store, conversation, last)
                .await?;
            let corrected = self.store.cards().corrections(site, conversation).await?;
            Ok(card(heard.facts.found(), &corrected))
        };
        read.await.map_err(|error| unavailable(&error))
    }
}

/// A correction as it may be kept: checked, and with card numbers and the like masked.
///
/// # Errors
///
/// [`BadFact`] as [`checked_correction`] says.
pub fn kept_correction(correction: &Correction) -> Result<Correction, BadFact> {
    let Correction { kind, was, text } = checked_correction(correction)?;
    let text = text.map(|text| redact(&text).into_owned());
    Ok(Correction { kind, was, text })
}

fn visitors(card: &Card) -> Utf8Bytes {
    let facts = card.shown.clone();
    wire::visitor_frame(&VisitorFrame::Card { facts })
}

fn fact_of(fact: &CardFact) -> Fact {
    Fact {
        kind: fact.kind,
        text: fact.text.clone(),
        seq: fact.seq,
    }
}
