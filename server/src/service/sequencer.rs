//! Decides, commits, answers: one task through which every command of every connection goes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use desk::{Conversation, Desk};
use protocol::{AgentId, ConversationId, Language, Timestamp};
use tokio::sync::{broadcast, mpsc};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::assistants::Assistants;
use super::attention::Attention;
use super::cards::Cards;
use super::follow_up::{FollowUps, Gone};
use super::looks::Looks;
use super::offers::Offered;
use super::outlook::Outside;
use super::staff::SetUp;
use super::{Clock, Job, unavailable};
use crate::bus::{Bus, Look, LookAt};
use crate::hub::Hub;
use crate::store::{Particulars, Site, SiteId, Store, StoreError};

/// Commands in one commit: all that wait, up to as many as may. Under load a commit of many writes each page once, and
/// each connection's frames at once; when there is little to do, a commit has what came during the one before.
const BATCH: usize = super::JOBS;

/// How often leases, opening hours and wishes for supervisors are looked at, and what was seen is kept.
const TICK: Duration = Duration::from_secs(1);

/// How long the desk waits for people.
pub struct Patience {
    /// For an agent without a connection.
    pub lease: Duration,
    /// For a supervisor whom a visitor wants.
    pub supervisor_within: Duration,
    /// For a visitor who has gone, before they are written to; none where nobody is.
    pub follow_ups: Option<FollowUps>,
}

/// What works beside the sequencer.
pub struct Workers {
    /// The assistants.
    pub assistants: Assistants,
    /// What is known of conversations.
    pub cards: Cards,
    /// Hears of each offer as it is made.
    pub offers_told: broadcast::Sender<Offered>,
}

pub struct Sequencer {
    pub(super) store: Arc<dyn Store>,
    pub(super) bus: Arc<dyn Bus>,
    pub(super) hub: Arc<Hub>,
    pub(super) assistants: Assistants,
    pub(super) cards: Cards,
    pub(super) clock: Clock,
    pub(super) lease: Duration,
    pub(super) supervisor_within: Duration,
    pub(super) desks: BTreeMap<SiteId, Desk>,
    /// What is shown beside each conversation that is on a desk.
    pub(super) particulars: HashMap<ConversationId, Particulars>,
    /// What those in line can expect, for each desk.
    pub(super) outsides: HashMap<SiteId, Outside>,
    /// Agents without a connection here, since when.
    pub(super) gone: BTreeMap<(SiteId, AgentId), Instant>,
    /// Visitors who have gone.
    pub(super) visitors_gone: Gone,
    pub(super) attention: Attention,
    /// Visitors who want a supervisor, and from when on they have waited long enough for one.
    pub(super) wishes: BTreeMap<(SiteId, ConversationId), Instant>,
    /// What people have set up, for each desk.
    pub(super) set_ups: HashMap<SiteId, SetUp>,
    /// The sites whose agents are to be told who works there.
    pub(super) staff_changed: BTreeSet<SiteId>,
    /// The sites where something may be offered.
    pub(super) to_offer: BTreeSet<SiteId>,
    /// Who was offered what, and until when.
    pub(super) offered: BTreeMap<(SiteId, ConversationId), (AgentId, Instant)>,
    /// Hears of each offer as it is made.
    pub(super) offers_told: broadcast::Sender<Offered>,
    /// Until when conversations are put off.
    pub(super) snoozed: BTreeMap<(SiteId, ConversationId), Timestamp>,
    /// What has begun to wait, and is not sorted yet.
    pub(super) unsorted: BTreeSet<(SiteId, ConversationId)>,
    /// The languages that the browsers of visitors who are here ask for.
    pub(super) browser_languages: HashMap<ConversationId, Language>,
    /// The sites whose lists are too long to be told as a whole.
    pub(super) long: BTreeSet<SiteId>,
}

impl Sequencer {
    pub async fn load(
        store: Arc<dyn Store>,
        bus: Arc<dyn Bus>,
        hub: Arc<Hub>,
        Workers {
            assistants,
            cards,
            offers_told,
        }: Workers,
        clock: Clock,
        patience: Patience,
        sites: &[Arc<Site>],
    ) -> Result<Self, StoreError> {
        let mut sequencer = Self {
            store,
            bus,
            hub,
            assistants,
            cards,
            clock,
            lease: patience.lease,
            supervisor_within: patience.supervisor_within,
            desks: BTreeMap::new(),
            particulars: HashMap::new(),
            outsides: HashMap::new(),
            gone: BTreeMap::new(),
            visitors_gone: Gone::new(patience.follow_ups),
            attention: Attention::default(),
            wishes: BTreeMap::new(),
            set_ups: HashMap::new(),
            staff_changed: BTreeSet::new(),
            to_offer: BTreeSet::new(),
            offered: BTreeMap::new(),
            offers_told,
            snoozed: BTreeMap::new(),
            unsorted: BTreeSet::new(),
            browser_languages: HashMap::new(),
            long: BTreeSet::new(),
        };
        for site in sites {
            sequencer.load_site(site).await?;
        }
        let now = (sequencer.clock)();
        sequencer.visitors_gone.load(&*sequencer.store, now).await?;
        Ok(sequencer)
    }

    async fn load_site(&mut self, site: &Site) -> Result<(), StoreError> {
        let mut desk = Desk::new(site.settings.bot, self.store.next_receipt(site.id).await?);
        for agent in self.store.agents(site.id).await? {
            // Nobody is connected yet: whoever does not come back within the lease has vanished.
            self.gone.insert((site.id, agent.id), Instant::now());
            desk.employ(agent.id, agent.on_desk());
        }
        for (id, stored) in self.store.open_conversations(site.id).await? {
            // Whoever was removed while they held it does not come back either.
            if let Some(agent) = stored.standing.holder.agent() {
                self.gone
                    .entry((site.id, agent))
                    .or_insert_with(Instant::now);
            }
            self.heed_wish(site.id, id, stored.standing.supervisor);
            self.heed_snooze(site.id, id, stored.standing.arranged.snoozed);
            desk.remember(id, stored.standing);
            self.remember_particulars(id, stored.particulars);
        }
        let outside = Outside::load(&*self.store, site, (self.clock)()).await?;
        self.outsides.insert(site.id, outside);
        let set_up = SetUp::load(&*self.store, site.id).await?;
        desk.set_teams(set_up.team_ids());
        self.set_ups.insert(site.id, set_up);
        self.to_offer.insert(site.id);
        self.desks.insert(site.id, desk);
        self.tell_counts(site.id);
        Ok(())
    }

    pub async fn run(
        mut self,
        mut inbox: mpsc::Receiver<Job>,
        looks: Arc<Looks>,
        stopping: CancellationToken,
    ) {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut jobs = Vec::with_capacity(BATCH);
        loop {
            // Whatever is ready has the same chance: no load may keep leases from ending.
            tokio::select! {
                () = stopping.cancelled(), if !inbox.is_closed() => inbox.close(),
                count = inbox.recv_many(&mut jobs, BATCH) => {
                    if count == 0 {
                        self.save_seen().await;
                        return;
                    }
                    // Those who are about to ask come along: a commit costs as much for one as for a few.
                    tokio::task::yield_now().await;
                    while jobs.len() < BATCH && let Ok(job) = inbox.try_recv() {
                        jobs.push(job);
                    }
                    self.take(std::mem::take(&mut jobs)).await;
                    self.sort_what_is_new().await;
                    self.offer_what_waits();
                }
                look = looks.next() => self.look(look).await,
                _ = ticks.tick() => {
                    self.end_leases().await;
                    self.look_at_clock();
                    self.forget_typing();
                    self.save_seen().await;
                    self.promise_callbacks().await;
                    self.wake_what_is_due().await;
                    self.move_offers_on();
                    self.tell_staff();
                    self.hand_on_gone();
                }
            }
        }
    }

    /// Commands first, as one commit; then the rest, which sees what was committed and nothing else.
    async fn take(&mut self, jobs: Vec<Job>) {
        let mut rest = Vec::new();
        let mut commands = Vec::with_capacity(jobs.len());
        for job in jobs {
            match job {
                Job::Command(command) => commands.push(command),
                other => rest.push(other),
            }
        }
        if !commands.is_empty() {
            self.commit_all(commands).await;
        }
        for job in rest {
            self.do_other(job).await;
        }
    }

    async fn do_other(&mut self, job: Job) {
        match job {
            Job::Command(_) => unreachable!("commands are committed before"),
            Job::GreetVisitor {
                site,
                conversation,
                outbox,
                language,
                reply,
            } => {
                if let Some(language) = language {
                    self.browser_languages.insert(conversation, language);
                }
                let greeting = self.greet_visitor(site, conversation, outbox).await;
                let _caller_gone = reply.send(greeting);
            }
            Job::LeaveVisitor {
                site,
                conversation,
                outbox,
            } => {
                self.hub.unseat_visitor(conversation, &outbox);
                self.heed_gone(site, conversation);
                self.forget_if_idle(site, conversation);
            }
            Job::GreetAgent {
                site,
                agent,
                outbox,
                reply,
            } => {
                let greeting = self.greet_agent(site, agent, outbox).await;
                let _caller_gone = reply.send(greeting);
            }
            Job::ExpectAgent { site, agent } => self.expect(site, agent),
            Job::LeaveAgent {
                site,
                agent,
                outbox,
                heard_at,
            } => self.leave_agent(site, agent, &outbox, heard_at),
            Job::View {
                site,
                agent,
                conversation,
                outbox,
            } => self.view(site, agent, conversation, &outbox),
            Job::List {
                site,
                agent,
                list,
                after,
                id,
                outbox,
            } => self.tell_listed((site, agent), (list, after), id, outbox),
            Job::Staff(site) => self.heed_staff(site).await,
            Job::StaffList { site, reply } => {
                let _caller_gone = reply.send(self.staff_list(site));
            }
            Job::Sites(sites) => self.take_sites(&sites).await,
            Job::CardRead(site, conversation, read) => self.take_card(site, conversation, read),
            Job::Correction(correction) => self.keep_correction(correction).await,
            Job::Contact(contact) => self.keep_contact(contact).await,
            Job::Context(context) => self.keep_context(context).await,
            Job::Typing {
                site,
                conversation,
                by,
                on,
            } => self.note_typing(site, conversation, by, on),
            Job::Seen {
                site,
                conversation,
                by,
                seq,
            } => self.note_seen(site, conversation, by, seq),
            Job::Watch {
                site,
                agent,
                conversation,
                outbox,
                reply,
            } => {
                let readable = self.watch(site, agent, conversation, outbox).await;
                let _caller_gone = reply.send(readable);
            }
            Job::BotDone {
                site,
                conversation,
                answered,
            } => {
                self.assistants.done(site, conversation, answered);
                self.forget_if_idle(site, conversation);
            }
        }
    }

    /// Opens the desks of new sites, and heeds what was changed of the others.
    async fn take_sites(&mut self, sites: &[Arc<Site>]) {
        for site in sites {
            match self.desks.get_mut(&site.id) {
                Some(desk) => desk.has_bot = site.settings.bot,
                None => {
                    if let Err(error) = self.load_site(site).await {
                        unavailable(&error);
                    }
                }
            }
        }
        self.take_hours(sites);
    }

    async fn look(&mut self, look: Look) {
        let outcome = match look.at {
            LookAt::Conversation(id) => self.catch_up(look.site, id).await,
            LookAt::Roster => self.reload_staff(look.site).await,
        };
        if let Err(error) = outcome {
            unavailable(&error);
        }
    }

    /// A conversation, if it is on its desk.
    pub(super) fn conversation(&self, site: SiteId, id: ConversationId) -> Option<&Conversation> {
        self.desks.get(&site)?.conversation(id)
    }

    pub(super) fn particulars(&self, id: ConversationId) -> &Particulars {
        static NONE: LazyLock<Particulars> = LazyLock::new(Particulars::default);
        self.particulars.get(&id).unwrap_or(&NONE)
    }

    /// Forgets a conversation that nobody here hears and that is not open: the store has it.
    pub(super) fn forget_if_idle(&mut self, site: SiteId, id: ConversationId) {
        let Some(desk) = self.desks.get_mut(&site) else {
            return;
        };
        let is_open = desk.conversation(id).is_some_and(Conversation::is_open);
        if !is_open && !self.hub.has_audience(id) {
            desk.forget(id);
            self.particulars.remove(&id);
            self.browser_languages.remove(&id);
            self.cards.forget(id);
        }
    }
}
