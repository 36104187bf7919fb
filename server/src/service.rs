//! The only place where rules meet input and output.
//!
//! Commands of all connections go through one `sequencer`: it decides everything that waits, commits
//! it as one transaction, and only then answers and tells those who listen. So an ack is always on disk, every
//! reader sees one order, and under load one fsync serves many messages.

mod assistants;
mod attention;
mod cards;
mod clock;
mod commit;
mod context;
mod deliver;
mod follow_up;
mod job;
mod listing;
mod looks;
mod notes;
mod offers;
mod outcome;
mod outlook;
mod parts;
mod presence;
mod questions;
mod sequencer;
mod sorting;
mod staff;
mod supervisor;
mod verdict;
mod viewers;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use protocol::{
    Ack, AgentId, CommandId, ConversationId, EpochId, HistoryPage, Language, RefusalCode, Seq,
    Timestamp,
};
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::hub::Hub;
use crate::outbox::Outbox;
use crate::store::{Page, Site, SiteId, Store, StoreError};

pub use cards::{CorrectionJob, kept_correction};
pub use clock::{Clock, system_clock};
pub use context::{ContextJob, masked};
pub use follow_up::{FollowUp, FollowUps};
pub use job::{AgentGreeting, Beside, CommandJob, End, Reply, VisitorGreeting};
use job::{ContactJob, Job};
pub use listing::Beginning;
pub use offers::Offered;
pub use parts::Parts;
pub use questions::wordless;
pub use supervisor::SUPERVISOR_WITHIN;
pub use wire::{agent_frame, refused_frame, visitor_frame};

/// Commands that wait for the sequencer; a socket whose command does not fit waits with reading on.
const JOBS: usize = 4_096;

/// The product, without its sockets and pages.
pub struct Service {
    store: Arc<dyn Store>,
    hub: Arc<Hub>,
    sites: RwLock<BTreeMap<String, Arc<Site>>>,
    /// The sites that have an assistant which can answer.
    with_bot: BTreeSet<SiteId>,
    clock: Clock,
    jobs: mpsc::Sender<Job>,
    tasks: TaskTracker,
    stopping: CancellationToken,
    offers_told: broadcast::Sender<Offered>,
}

impl Service {
    /// Reads what is open from the store and starts the sequencer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be read.
    pub async fn start(parts: Parts) -> Result<Arc<Self>, StoreError> {
        let Parts {
            store,
            bus,
            bots,
            clock,
            lease,
            supervisor_within,
            follow_ups,
        } = parts;
        let (jobs, inbox) = mpsc::channel(JOBS);
        let hub = Arc::new(Hub::default());
        let tasks = TaskTracker::new();
        let stopping = CancellationToken::new();
        let offers_told = offers::offers_told();
        let service = Arc::new(Self {
            store: Arc::clone(&store),
            hub: Arc::clone(&hub),
            sites: RwLock::default(),
            with_bot: bots.keys().copied().collect(),
            clock: Arc::clone(&clock),
            jobs: jobs.clone(),
            tasks: tasks.clone(),
            stopping: stopping.clone(),
            offers_told: offers_told.clone(),
        });
        service.read_sites().await?;
        let looks = Arc::new(looks::Looks::default());
        bus.listen(Arc::new({
            let looks = Arc::clone(&looks);
            move |look| looks.add(look)
        }));
        let assistants = assistants::Assistants::new(
            bots,
            Arc::clone(&store),
            Arc::clone(&hub),
            jobs.downgrade(),
            tasks.clone(),
        );
        let cards = cards::Cards::new(Arc::clone(&store), jobs.downgrade(), tasks.clone());
        let workers = sequencer::Workers {
            assistants,
            cards,
            offers_told,
        };
        let sites: Vec<Arc<Site>> = service.sites().values().cloned().collect();
        let patience = sequencer::Patience {
            lease,
            supervisor_within,
            follow_ups,
        };
        let sequencer =
            sequencer::Sequencer::load(store, bus, hub, workers, clock, patience, &sites).await?;
        tasks.spawn(sequencer.run(inbox, looks, stopping));
        Ok(service)
    }

    /// Finishes what was begun and closes the store: call it when the last socket has gone. Commands that come
    /// later are refused.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.store.close().await;
    }

    /// Reads the sites again, after one was set.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be read; the sites stay as they were.
    pub async fn reload_sites(&self) -> Result<(), StoreError> {
        self.read_sites().await?;
        let sites = self.sites().values().cloned().collect();
        let _stopping = self.jobs.send(Job::Sites(sites)).await;
        Ok(())
    }

    async fn read_sites(&self) -> Result<(), StoreError> {
        let mut sites = BTreeMap::new();
        for mut site in self.store.sites().await? {
            // Without an assistant that can answer, nobody is told that one does, and people are asked at once.
            site.settings.bot &= self.with_bot.contains(&site.id);
            sites.insert(site.settings.key.clone(), Arc::new(site));
        }
        *self.sites.write().unwrap_or_else(PoisonError::into_inner) = sites;
        Ok(())
    }

    /// The site with a key.
    pub fn site(&self, key: &str) -> Option<Arc<Site>> {
        self.sites().get(key).cloned()
    }

    /// The site with a number.
    pub fn site_by_id(&self, id: SiteId) -> Option<Arc<Site>> {
        self.sites().values().find(|site| site.id == id).cloned()
    }

    fn sites(&self) -> std::sync::RwLockReadGuard<'_, BTreeMap<String, Arc<Site>>> {
        self.sites.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The store, for what needs no rules: sessions, articles, history.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Who is connected.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Hears of each offer to an agent from now on.
    pub fn offers(&self) -> broadcast::Receiver<Offered> {
        self.offers_told.subscribe()
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The store's history.
    pub fn epoch(&self) -> EpochId {
        self.store.epoch()
    }

    /// Hands a command to the sequencer and waits until it is taken, not until it is done.
    pub async fn submit(&self, job: CommandJob) {
        // The sequencer outlives every sender; while it stops, the connection is closed and the client retries.
        let _stopping = self.jobs.send(Job::Command(job)).await;
    }

    /// Has a command done.
    ///
    /// # Errors
    ///
    /// The refusal's code.
    pub async fn command(&self, mut job: CommandJob) -> Result<Ack, RefusalCode> {
        let (reply, answer) = oneshot::channel();
        job.reply = Reply::Caller(reply);
        self.submit(job).await;
        answer.await.unwrap_or(Err(RefusalCode::Unavailable))
    }

    /// Keeps the email address that a visitor leaves, as [`protocol::checked_email`] returned it, or keeps none.
    pub async fn keep_contact(
        &self,
        site: SiteId,
        conversation: ConversationId,
        id: CommandId,
        email: Option<String>,
        reply: Reply,
    ) {
        let job = ContactJob {
            site,
            conversation,
            id,
            email,
            reply,
        };
        let _stopping = self.jobs.send(Job::Contact(job)).await;
    }

    /// Keeps what a shop's page says of a visitor.
    pub async fn keep_context(&self, job: ContextJob) {
        let _stopping = self.jobs.send(Job::Context(job)).await;
    }

    /// Tells how a visitor's conversation stands, and lets `outbox` hear what follows. `language` is their browser's.
    ///
    /// # Errors
    ///
    /// [`RefusalCode::Unavailable`] if the store cannot be read.
    pub async fn greet_visitor(
        &self,
        site: SiteId,
        conversation: ConversationId,
        outbox: Option<Arc<Outbox>>,
        language: Option<Language>,
    ) -> Result<VisitorGreeting, RefusalCode> {
        self.ask(|reply| Job::GreetVisitor {
            site,
            conversation,
            outbox,
            language,
            reply,
        })
        .await
    }

    /// Says that a visitor's connection has ended.
    pub async fn leave_visitor(
        &self,
        site: SiteId,
        conversation: ConversationId,
        outbox: Arc<Outbox>,
    ) {
        let _stopping = self
            .jobs
            .send(Job::LeaveVisitor {
                site,
                conversation,
                outbox,
            })
            .await;
    }

    /// Tells how the desk stands, and lets `outbox` hear what follows. Without one, nobody has come.
    ///
    /// # Errors
    ///
    /// [`RefusalCode::Unavailable`] if the store cannot be read.
    pub async fn greet_agent(
        &self,
        site: SiteId,
        agent: AgentId,
        outbox: Option<Arc<Outbox>>,
    ) -> Result<AgentGreeting, RefusalCode> {
        self.ask(|reply| Job::GreetAgent {
            site,
            agent,
            outbox,
            reply,
        })
        .await
    }

    /// Says that an agent's connection has ended, and when it was last heard.
    pub async fn leave_agent(
        &self,
        site: SiteId,
        agent: AgentId,
        outbox: Arc<Outbox>,
        heard_at: Instant,
    ) {
        let _stopping = self
            .jobs
            .send(Job::LeaveAgent {
                site,
                agent,
                outbox,
                heard_at,
            })
            .await;
    }

    /// Tells the other end that somebody is writing, or has stopped.
    pub async fn typing(&self, site: SiteId, conversation: ConversationId, by: End, on: bool) {
        let _stopping = self
            .jobs
            .send(Job::Typing {
                site,
                conversation,
                by,
                on,
            })
            .await;
    }

    /// Tells the other end that somebody has seen a conversation up to an event, and keeps it within a second or two.
    pub async fn seen(&self, site: SiteId, conversation: ConversationId, by: End, seq: Seq) {
        let _stopping = self
            .jobs
            .send(Job::Seen {
                site,
                conversation,
                by,
                seq,
            })
            .await;
    }

    /// Says which conversation a connection of an agent's shows now, if any.
    pub async fn view(
        &self,
        site: SiteId,
        agent: AgentId,
        conversation: Option<ConversationId>,
        outbox: Arc<Outbox>,
    ) {
        let job = Job::View {
            site,
            agent,
            conversation,
            outbox,
        };
        let _stopping = self.jobs.send(job).await;
    }

    /// Heeds that the people of a site, or what they have set up, were changed.
    pub async fn reload_staff(&self, site: SiteId) {
        let _stopping = self.jobs.send(Job::Staff(site)).await;
    }

    /// A page of a conversation that an agent may see: it waits, they hold it, may supervise it, or had it and nobody has it
    /// now. With an `outbox`, that connection hears what follows, and what was begun there comes with the page.
    ///
    /// # Errors
    ///
    /// [`RefusalCode::NoSuchConversation`] if they may not; [`RefusalCode::Unavailable`] if the store cannot be read.
    pub async fn read_as_agent(
        &self,
        site: SiteId,
        agent: AgentId,
        conversation: ConversationId,
        page: Page,
        outbox: Option<Arc<Outbox>>,
    ) -> Result<(HistoryPage, Option<Beside>), RefusalCode> {
        let readable = self
            .ask(|reply| Job::Watch {
                site,
                agent,
                conversation,
                outbox,
                reply,
            })
            .await?;
        let page = self.history(conversation, page, readable.last_seq).await?;
        Ok((page, readable.beside))
    }

    /// A page of a conversation, up to `last_seq`. The caller has checked who asks.
    ///
    /// # Errors
    ///
    /// [`RefusalCode::Unavailable`] if the store cannot be read.
    pub async fn history(
        &self,
        conversation: ConversationId,
        page: Page,
        last_seq: Seq,
    ) -> Result<HistoryPage, RefusalCode> {
        let mut page = self
            .store
            .history(conversation, page)
            .await
            .map_err(|error| unavailable(&error))?;
        page.events.retain(|event| event.seq <= last_seq);
        Ok(page)
    }

    /// Logs that the store failed, once, and gives what the client is told.
    pub fn store_failed(&self, error: &StoreError) -> RefusalCode {
        unavailable(error)
    }

    async fn ask<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, RefusalCode>>) -> Job,
    ) -> Result<T, RefusalCode> {
        let (reply, answer) = oneshot::channel();
        let _stopping = self.jobs.send(job(reply)).await;
        answer.await.unwrap_or(Err(RefusalCode::Unavailable))
    }
}

/// Logs a failure of the store, once, and gives what the client is told.
fn unavailable(error: &StoreError) -> RefusalCode {
    tracing::error!(%error, "the store failed");
    metrics::counter!("human_please_store_failures_total").increment(1);
    RefusalCode::Unavailable
}
