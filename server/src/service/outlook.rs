//! What somebody in line can expect: opening hours, how long it usually takes, and where to write to them if they go.

use std::sync::Arc;

use desk::{Entry, Holder, RecentWaits, Wait};
use protocol::{Ack, ConversationId, Opening, RefusalCode, State, Timestamp};

use super::commit::{answer, refuse};
use super::job::ContactJob;
use super::outcome::Step;
use super::sequencer::Sequencer;
use super::{unavailable, wire};
use crate::bus::{Look, LookAt};
use crate::hours::Hours;
use crate::store::{Site, SiteId, Store, StoreError};

/// What is known of a site beside who has which conversation.
#[derive(Default)]
pub struct Outside {
    hours: Option<Hours>,
    opening: Option<Told>,
    /// The waits that ended here, and before the start those that the store has. What ended on another server
    /// meanwhile is not among them: an estimate says what it rests on, and rests on less.
    pub recent: RecentWaits,
}

/// What the hours said at a moment, which holds until `opening.until`.
#[derive(Clone, Copy)]
struct Told {
    at: Timestamp,
    opening: Opening,
}

impl Outside {
    /// What is known of a site when a server starts.
    pub async fn load(store: &dyn Store, site: &Site, now: Timestamp) -> Result<Self, StoreError> {
        let mut outside = Self::default();
        for request in store.requests(site.id, RecentWaits::MOST).await? {
            let outlook = request.outlook;
            // A wait through the night says nothing about waits while people are here.
            if let Some(taken_at) = request.taken_at.filter(|_| outlook.on_duty > 0) {
                outside.recent.add(Wait {
                    place: outlook.place,
                    wait_ms: taken_at.since_ms(request.requested_at),
                    ended_at: taken_at,
                });
            }
        }
        outside.set_hours(site.settings.hours.clone());
        outside.look_at_clock(now);
        Ok(outside)
    }

    /// What visitors are told of the opening hours.
    pub fn opening(&self) -> Option<Opening> {
        self.opening.map(|told| told.opening)
    }

    /// The opening hours, if the shop has stated any.
    pub fn hours(&self) -> Option<&Hours> {
        self.hours.as_ref()
    }

    fn set_hours(&mut self, hours: Option<Hours>) {
        if self.hours != hours {
            self.hours = hours;
            self.opening = None;
        }
    }

    /// Whether the hours say something else than before.
    fn look_at_clock(&mut self, now: Timestamp) -> bool {
        let holds = |told: Told| {
            let ended = told.opening.until.is_some_and(|until| until <= now);
            // A clock that was turned back, or a day that has passed by a shop without a next opening.
            told.at <= now && !ended && now.since_ms(told.at) < DAY_MS
        };
        if self.hours.is_some() && self.opening.is_some_and(holds) {
            return false;
        }
        let before = self.opening();
        self.opening = self.hours.as_ref().map(|hours| Told {
            at: now,
            opening: hours.at(now),
        });
        before != self.opening()
    }
}

const DAY_MS: u64 = 86_400_000;

impl Sequencer {
    /// How a conversation stands, as its visitor is told; none if it is not on its desk.
    pub(super) fn state(&self, site: SiteId, id: ConversationId) -> Option<State> {
        let desk = self.desks.get(&site)?;
        let conversation = desk.conversation(id)?;
        let position = match (conversation.holder, &conversation.request) {
            (Holder::Queue, Some(request)) => desk.queue().position(request),
            _ => 0,
        };
        self.state_at(site, id, position)
    }

    /// The same for a conversation whose place in line is known.
    pub(super) fn state_at(
        &self,
        site: SiteId,
        id: ConversationId,
        position: usize,
    ) -> Option<State> {
        let desk = self.desks.get(&site)?;
        let conversation = desk.conversation(id)?;
        let opening = self.outsides.get(&site).and_then(Outside::opening);
        let particulars = self.particulars(id);
        Some(wire::state_of(
            desk,
            conversation,
            position,
            opening,
            particulars,
        ))
    }

    /// Heeds the sites' hours, as they are set now.
    pub(super) fn take_hours(&mut self, sites: &[Arc<Site>]) {
        for site in sites {
            if let Some(outside) = self.outsides.get_mut(&site.id) {
                outside.set_hours(site.settings.hours.clone());
            }
        }
        self.look_at_clock();
    }

    /// Tells a shop's visitors when it has opened or closed meanwhile.
    pub(super) fn look_at_clock(&mut self) {
        let now = (self.clock)();
        let changed: Vec<SiteId> = self
            .outsides
            .iter_mut()
            .filter_map(|(site, outside)| outside.look_at_clock(now).then_some(*site))
            .collect();
        for site in changed {
            self.tell_queue(site);
            let others: Vec<ConversationId> = self.desks[&site]
                .conversations()
                .filter(|(_, conversation)| conversation.holder != Holder::Queue)
                .map(|(id, _)| id)
                .collect();
            for id in others {
                self.tell_state(site, id);
            }
        }
    }

    /// Learns from what was committed: how the line looked to a request, and how long one has waited.
    pub(super) fn learn(&mut self, site: SiteId, at: Timestamp, step: &Step) {
        let is_taken = |entry: &Entry| matches!(entry, Entry::Taken { .. });
        let is_request = |entry: &Entry| matches!(entry, Entry::HumanRequested { .. });
        if step.entries.iter().any(is_request) {
            let particulars = self.particulars.entry(step.conversation).or_default();
            particulars.outlook = step.outlook;
            particulars.was_taken = step.after.holder.agent().is_some();
        }
        let Some(request) = step
            .after
            .request
            .filter(|_| step.entries.iter().any(is_taken))
        else {
            return;
        };
        let particulars = self.particulars.entry(step.conversation).or_default();
        let was_taken = std::mem::replace(&mut particulars.was_taken, true);
        let outlook = particulars
            .outlook
            .filter(|outlook| outlook.receipt == request.receipt && outlook.on_duty > 0);
        // Who is taken again had to wait for another reason than the line.
        if let (Some(outlook), false) = (outlook, was_taken)
            && let Some(outside) = self.outsides.get_mut(&site)
        {
            outside.recent.add(Wait {
                place: outlook.place,
                wait_ms: at.since_ms(request.requested_at),
                ended_at: at,
            });
        }
    }

    /// Keeps the address that a visitor leaves, tells it to those who may know, and answers.
    pub(super) async fn keep_contact(&mut self, job: ContactJob) {
        let ContactJob {
            site,
            conversation,
            id,
            email,
            reply,
        } = job;
        let kept = match self.fetch(site, conversation, false).await {
            Ok(()) => match self.store.put_contact(conversation, email.as_deref()).await {
                Ok(true) => Ok(()),
                Ok(false) => Err(RefusalCode::NoSuchConversation),
                Err(error) => Err(unavailable(&error)),
            },
            Err(code) => Err(code),
        };
        match kept {
            Ok(()) => {
                self.particulars.entry(conversation).or_default().contact = email;
                self.tell_standing(site, conversation);
                self.bus.announce(Look {
                    site,
                    at: LookAt::Conversation(conversation),
                });
                let ack = Ack {
                    id,
                    seq: None,
                    at: (self.clock)(),
                    receipt: None,
                };
                answer(reply, ack);
            }
            Err(code) => refuse(reply, Some(id), code),
        }
        self.forget_if_idle(site, conversation);
    }
}
