//! The real store as a plan needs it: each call is done at once, so that nothing depends on the threads of the database,
//! and it fails, stops, or lies when the plan says so.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use async_trait::async_trait;
use desk::Entry;
use human_please::store::{
    Cards, CommitError, Committed, NewAgent, NewSite, Page, Post, Search, SecretHash, Seen, Site,
    SiteId, SqliteStore, Staff, Store, StoreError, StoredAgent, StoredArticle, StoredConversation,
    StoredDraft, StoredNote, StoredRequest, Subscription, Subscriptions, Work, Write,
};
use protocol::{AgentId, CommandId, ConversationId, EpochId, HistoryPage, Receipt, Timestamp};
use tokio::runtime::Handle;

use crate::renamed::{rename, renamed_entries};

/// Where a server stops that is killed at a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopAt {
    /// Nothing was written.
    Before,
    /// Everything was written, and nobody was told.
    After,
}

/// A fault that the checker must find, so that it is known to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// A commit is said to be done, and is not.
    Unwritten,
    /// Whose command made an event is forgotten, so that its repeat is taken for a new one.
    Forgotten,
    /// After a restart requests are younger than they were.
    Younger,
    /// After a restart who waits is with the assistant.
    Ended,
}

/// The plan's hand on the stores of all its servers.
#[derive(Default)]
pub struct Hand {
    fails: AtomicBool,
    is_stuck: AtomicBool,
    stop_at: Mutex<Option<StopAt>>,
    lie: Mutex<Option<Lie>>,
    renamed: AtomicU64,
}

impl Hand {
    /// Lets commits fail, or not.
    pub fn fail(&self, fails: bool) {
        self.fails.store(fails, Ordering::SeqCst);
    }

    /// Stops the server at its next commit.
    pub fn stop_at(&self, at: Option<StopAt>) {
        *lock(&self.stop_at) = at;
    }

    /// Tells this lie from now on.
    pub fn lie(&self, lie: Option<Lie>) {
        *lock(&self.lie) = lie;
    }

    /// Whether the server has stopped at a commit; forgotten when asked.
    pub fn was_stuck(&self) -> bool {
        self.is_stuck.swap(false, Ordering::SeqCst)
    }

    fn tells(&self, lie: Lie) -> bool {
        *lock(&self.lie) == Some(lie)
    }

    async fn stop(&self) {
        self.is_stuck.store(true, Ordering::SeqCst);
        std::future::pending().await
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The store under the plan's hand.
pub struct PlanStore {
    pub store: SqliteStore,
    /// Where the database's own tasks run, by real time.
    elsewhere: Handle,
    hand: Arc<Hand>,
}

impl PlanStore {
    pub fn new(store: SqliteStore, elsewhere: Handle, hand: Arc<Hand>) -> Self {
        Self {
            store,
            elsewhere,
            hand,
        }
    }

    /// Waits until it is done, and lets no task of the server run meanwhile.
    pub fn at_once<T>(&self, doing: impl Future<Output = T>) -> T {
        let _tasks_and_timers = self.elsewhere.enter();
        wait_for(tokio::task::unconstrained(doing))
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits on this thread, within a runtime too.
fn wait_for<T>(doing: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut doing = pin!(doing);
    loop {
        match doing.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done,
            Poll::Pending => std::thread::park(),
        }
    }
}

#[async_trait]
impl Store for PlanStore {
    fn epoch(&self) -> EpochId {
        self.store.epoch()
    }

    async fn commit(&self, writes: &[Write<'_>]) -> Result<(), CommitError> {
        if self.hand.fails.load(Ordering::SeqCst) {
            let wish = StoreError::Unreadable("plan's wish");
            return Err(CommitError::Unavailable(wish));
        }
        let stop_at = lock(&self.hand.stop_at).take();
        if stop_at == Some(StopAt::Before) {
            self.hand.stop().await;
        }
        if self.hand.tells(Lie::Unwritten) {
            self.hand.lie(None);
            return Ok(());
        }
        let (entries, renamed): (Vec<Vec<Entry>>, Vec<Write<'_>>);
        let mut written = writes;
        if self.hand.tells(Lie::Forgotten) {
            let number = self.hand.renamed.fetch_add(1, Ordering::SeqCst);
            entries = writes
                .iter()
                .map(|it| renamed_entries(it, number))
                .collect();
            renamed = std::iter::zip(writes, &entries)
                .map(|(it, entries)| rename(it, entries, number))
                .collect();
            written = &renamed;
        }
        let done = self.at_once(self.store.commit(written));
        if stop_at == Some(StopAt::After) {
            self.hand.stop().await;
        }
        done
    }

    async fn committed(
        &self,
        site: SiteId,
        conversation: ConversationId,
        id: CommandId,
    ) -> Result<Option<Committed>, StoreError> {
        self.at_once(self.store.committed(site, conversation, id))
    }

    async fn conversation(
        &self,
        site: SiteId,
        id: ConversationId,
    ) -> Result<Option<StoredConversation>, StoreError> {
        self.at_once(self.store.conversation(site, id))
    }

    async fn open_conversations(
        &self,
        site: SiteId,
    ) -> Result<Vec<(ConversationId, StoredConversation)>, StoreError> {
        let mut open = self.at_once(self.store.open_conversations(site))?;
        if self.hand.tells(Lie::Younger) {
            for (_, stored) in &mut open {
                if let Some(request) = &mut stored.standing.request {
                    request.requested_at.0 += 1;
                }
            }
        }
        if self.hand.tells(Lie::Ended) {
            for (_, stored) in &mut open {
                stored.standing.holder = desk::Holder::Bot;
            }
        }
        Ok(open)
    }

    async fn draft(&self, site: SiteId, id: ConversationId) -> Result<StoredDraft, StoreError> {
        self.at_once(self.store.draft(site, id))
    }

    async fn notes(
        &self,
        site: SiteId,
        id: ConversationId,
        count: usize,
    ) -> Result<Vec<StoredNote>, StoreError> {
        self.at_once(self.store.notes(site, id, count))
    }

    async fn lapses(
        &self,
        site: SiteId,
        agent: AgentId,
    ) -> Result<Vec<(ConversationId, Timestamp)>, StoreError> {
        self.at_once(self.store.lapses(site, agent))
    }

    async fn conversation_of(
        &self,
        site: SiteId,
        token: &SecretHash,
    ) -> Result<Option<ConversationId>, StoreError> {
        self.at_once(self.store.conversation_of(site, token))
    }

    async fn history(
        &self,
        conversation: ConversationId,
        page: Page,
    ) -> Result<HistoryPage, StoreError> {
        self.at_once(self.store.history(conversation, page))
    }

    async fn next_receipt(&self, site: SiteId) -> Result<Receipt, StoreError> {
        self.at_once(self.store.next_receipt(site))
    }

    async fn put_contact(
        &self,
        conversation: ConversationId,
        email: Option<&str>,
    ) -> Result<bool, StoreError> {
        self.at_once(self.store.put_contact(conversation, email))
    }

    async fn put_context(
        &self,
        conversation: ConversationId,
        context: &protocol::Context,
    ) -> Result<bool, StoreError> {
        self.at_once(self.store.put_context(conversation, context))
    }

    async fn context(
        &self,
        site: SiteId,
        id: ConversationId,
    ) -> Result<protocol::Context, StoreError> {
        self.at_once(self.store.context(site, id))
    }

    async fn put_seen(&self, seen: &[(ConversationId, Seen)]) -> Result<(), StoreError> {
        self.at_once(self.store.put_seen(seen))
    }

    async fn requests(&self, site: SiteId, count: usize) -> Result<Vec<StoredRequest>, StoreError> {
        self.at_once(self.store.requests(site, count))
    }

    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.at_once(self.store.sites())
    }

    async fn put_site(&self, site: &NewSite) -> Result<SiteId, StoreError> {
        self.at_once(self.store.put_site(site))
    }

    async fn agents(&self, site: SiteId) -> Result<Vec<StoredAgent>, StoreError> {
        self.at_once(self.store.agents(site))
    }

    async fn agent_by_email(&self, email: &str) -> Result<Option<StoredAgent>, StoreError> {
        self.at_once(self.store.agent_by_email(email))
    }

    async fn put_agent(&self, agent: &NewAgent) -> Result<(), StoreError> {
        self.at_once(self.store.put_agent(agent))
    }

    async fn remove_agent(&self, email: &str) -> Result<bool, StoreError> {
        self.at_once(self.store.remove_agent(email))
    }

    async fn put_session(
        &self,
        session: &SecretHash,
        agent: AgentId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.at_once(self.store.put_session(session, agent, expires_at))
    }

    async fn session(
        &self,
        session: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError> {
        self.at_once(self.store.session(session, now))
    }

    async fn live_sessions(
        &self,
        sessions: &[SecretHash],
        now: Timestamp,
    ) -> Result<HashSet<SecretHash>, StoreError> {
        self.at_once(self.store.live_sessions(sessions, now))
    }

    async fn end_session(&self, session: &SecretHash) -> Result<(), StoreError> {
        self.at_once(self.store.end_session(session))
    }

    async fn put_articles(
        &self,
        site: SiteId,
        articles: &[StoredArticle],
    ) -> Result<(), StoreError> {
        self.at_once(self.store.put_articles(site, articles))
    }

    async fn articles(&self, site: SiteId) -> Result<Vec<StoredArticle>, StoreError> {
        self.at_once(self.store.articles(site))
    }

    fn staff(&self) -> &dyn Staff {
        self
    }

    /// Plans look at nobody's work.
    fn work(&self) -> &dyn Work {
        self.store.work()
    }

    /// Plans send no letters.
    fn post(&self) -> &dyn Post {
        self.store.post()
    }

    fn cards(&self) -> &dyn Cards {
        self
    }

    /// Nor does anybody look for what was said.
    fn search(&self) -> &dyn Search {
        self.store.search()
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.at_once(self.store.check())
    }

    async fn close(&self) {
        self.at_once(self.store.close());
    }
}

#[async_trait]
impl Cards for PlanStore {
    async fn corrections(
        &self,
        site: SiteId,
        conversation: ConversationId,
    ) -> Result<Vec<card::Corrected>, StoreError> {
        self.at_once(self.store.corrections(site, conversation))
    }

    async fn put_correction(
        &self,
        conversation: ConversationId,
        corrected: &card::Corrected,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let put = self.store.put_correction(conversation, corrected, at);
        self.at_once(put)
    }
}

#[async_trait]
impl Subscriptions for PlanStore {
    async fn push_key(&self, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.at_once(self.store.push_key(fresh))
    }

    async fn put_subscription(
        &self,
        session: &SecretHash,
        subscription: &Subscription,
        most: usize,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.at_once(
            self.store
                .put_subscription(session, subscription, most, now),
        )
    }

    async fn subscriptions(
        &self,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<Vec<Subscription>, StoreError> {
        self.at_once(self.store.subscriptions(agent, now))
    }

    async fn end_subscription(&self, agent: AgentId, endpoint: &str) -> Result<(), StoreError> {
        self.at_once(self.store.end_subscription(agent, endpoint))
    }
}
