//! Offers what waits, and puts what was put off in front of somebody again when its time has come.

use std::collections::BTreeSet;
use std::time::Duration;

use desk::{Change, Command, OFFER_LASTS_MS, apply, decide};
use protocol::{AgentId, ConversationId, Receipt, Timestamp};
use tokio::sync::broadcast;
use tokio::time::Instant;

use super::sequencer::Sequencer;
use super::{CommandJob, Reply};
use crate::store::SiteId;

/// How long an offer stands, by a clock that nobody turns.
const OFFER_LASTS: Duration = Duration::from_millis(OFFER_LASTS_MS.unsigned_abs());

/// An offer, for those who tell of it by other ways than a connection.
#[derive(Debug, Clone, Copy)]
pub struct Offered {
    /// At which site.
    pub site: SiteId,
    /// To whom.
    pub agent: AgentId,
    /// What.
    pub conversation: ConversationId,
    /// The number of its request.
    pub receipt: Receipt,
}

/// The most offers that wait for who tells of them; what is more is lost to them.
const MOST_UNTOLD: usize = 1_024;

/// The way of offers to who tells of them.
pub fn offers_told() -> broadcast::Sender<Offered> {
    broadcast::Sender::new(MOST_UNTOLD)
}

impl Sequencer {
    /// Offers what waits at the sites where somebody may have room for it, or something to do less.
    pub(super) fn offer_what_waits(&mut self) {
        self.withdraw_offers();
        for site in std::mem::take(&mut self.to_offer) {
            let now = (self.clock)();
            let Some(desk) = self.desks.get_mut(&site) else {
                continue;
            };
            let Ok(changes) = decide(desk, Command::Offer, now) else {
                continue;
            };
            let mut told = Vec::with_capacity(changes.len());
            for change in changes {
                apply(desk, &change);
                if let Change::Offered {
                    conversation,
                    offer,
                } = change
                {
                    let until = Instant::now() + OFFER_LASTS;
                    self.offered.insert((site, conversation), (offer.to, until));
                    told.push((conversation, offer.to));
                }
            }
            for (conversation, agent) in told {
                self.tell_case(site, conversation, agent);
                let request = self.conversation(site, conversation);
                if let Some(request) = request.and_then(|it| it.request.as_ref()) {
                    // Nobody may listen, and whoever is too slow looks at the queue.
                    let _unheard = self.offers_told.send(Offered {
                        site,
                        agent,
                        conversation,
                        receipt: request.receipt,
                    });
                }
            }
        }
    }

    /// Lets the offers that nobody has taken go on to somebody else.
    pub(super) fn move_offers_on(&mut self) {
        self.withdraw_offers();
        let now = Instant::now();
        let offered = self.offered.iter();
        let over: Vec<_> = offered
            .filter(|(_, (_, until))| *until <= now)
            .map(|(&(site, id), &(agent, _))| (site, id, agent))
            .collect();
        for (site, id, agent) in over {
            self.offered.remove(&(site, id));
            self.pass(site, id, agent);
        }
        self.offer_what_waits();
    }

    /// Tells those whose offers do not stand any more: they went off duty, or somebody else has taken it.
    fn withdraw_offers(&mut self) {
        let desks = &self.desks;
        let mut gone = Vec::new();
        self.offered.retain(|&(site, id), &mut (agent, _)| {
            let offer = desks.get(&site).and_then(|desk| desk.offer(id));
            let stands = offer.is_some_and(|offer| offer.to == agent);
            if !stands {
                gone.push((site, id, agent));
            }
            stands
        });
        for (site, id, agent) in gone {
            self.tell_case(site, id, agent);
        }
    }

    fn pass(&mut self, site: SiteId, id: ConversationId, agent: AgentId) {
        let Some(desk) = self.desks.get_mut(&site) else {
            return;
        };
        let lapsed = Command::OfferLapsed {
            conversation: id,
            agent,
        };
        for change in decide(desk, lapsed, (self.clock)()).into_iter().flatten() {
            apply(desk, &change);
        }
        self.tell_case(site, id, agent);
        self.to_offer.insert(site);
    }

    /// Heeds until when a conversation is put off.
    pub(super) fn heed_snooze(
        &mut self,
        site: SiteId,
        id: ConversationId,
        until: Option<Timestamp>,
    ) {
        match until {
            Some(until) => self.snoozed.insert((site, id), until),
            None => self.snoozed.remove(&(site, id)),
        };
    }

    /// Goes on with what was put off until now. A time of day was promised, so the clock of the day counts.
    pub(super) async fn wake_what_is_due(&mut self) {
        let now = (self.clock)();
        let due: BTreeSet<(SiteId, ConversationId)> = self
            .snoozed
            .iter()
            .filter(|(_, until)| **until <= now)
            .map(|(&snoozed, _)| snoozed)
            .collect();
        for (site, conversation) in due {
            let job = CommandJob {
                site,
                id: None,
                opened_by: None,
                command: Command::SnoozeOver { conversation },
                reply: Reply::Nobody,
            };
            // If it cannot be stored now, the next tick tries again.
            if self.commit_own(job).await {
                self.snoozed.remove(&(site, conversation));
            }
        }
    }
}
