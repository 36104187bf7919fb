//! A store that fails or waits when a story wants it to: the real one behind a hand.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use human_please::store::{
    Cards, CommitError, Committed, NewAgent, NewSite, Page, Post, Search, SecretHash, Seen, Site,
    SiteId, Staff, Store, StoreError, StoredAgent, StoredArticle, StoredConversation, StoredDraft,
    StoredNote, StoredRequest, Subscription, Subscriptions, Work, Write,
};
use protocol::{
    AgentId, CommandId, Context, ConversationId, EpochId, HistoryPage, Receipt, Timestamp,
};
use tokio::sync::watch;

use crate::socket::soon;

/// A story's hand on a store.
#[derive(Clone)]
pub struct Hand {
    fails: Arc<AtomicBool>,
    holds: watch::Sender<bool>,
    held: watch::Sender<usize>,
    holds_standings: watch::Sender<bool>,
    held_standings: watch::Sender<usize>,
    commits: Arc<AtomicUsize>,
    unkept: watch::Sender<usize>,
}

impl Default for Hand {
    fn default() -> Self {
        Self {
            fails: Arc::default(),
            holds: watch::channel(false).0,
            held: watch::channel(0).0,
            holds_standings: watch::channel(false).0,
            held_standings: watch::channel(0).0,
            commits: Arc::default(),
            unkept: watch::channel(0).0,
        }
    }
}

impl Hand {
    /// Lets commits fail from now on, or not.
    pub fn fail(&self, fails: bool) {
        self.fails.store(fails, Ordering::SeqCst);
    }

    /// Holds commits before they begin, or lets them go.
    pub fn hold(&self, holds: bool) {
        self.holds.send_replace(holds);
    }

    /// Waits until a commit is held.
    pub async fn until_held(&self) {
        until_any("a commit that is held", &self.held).await;
    }

    /// Holds answers to how a conversation stands after they were read, or lets them go.
    pub fn hold_standings(&self, holds: bool) {
        self.holds_standings.send_replace(holds);
    }

    /// Waits until such an answer is held.
    pub async fn until_standing_held(&self) {
        until_any("a standing that is held", &self.held_standings).await;
    }

    /// Waits until the store has failed to keep what was seen.
    pub async fn until_unkept(&self) {
        until_any("what was seen and is not kept", &self.unkept).await;
    }

    /// How many commits there were.
    #[must_use]
    pub fn commits(&self) -> usize {
        self.commits.load(Ordering::SeqCst)
    }

    async fn before_commit(&self) -> Result<(), CommitError> {
        pass(&self.holds, &self.held).await;
        self.commits.fetch_add(1, Ordering::SeqCst);
        Ok(self.check()?)
    }

    fn check(&self) -> Result<(), StoreError> {
        if self.fails.load(Ordering::SeqCst) {
            return Err(StoreError::Unreadable("story's wish"));
        }
        Ok(())
    }
}

async fn until_any(what: &str, held: &watch::Sender<usize>) {
    let mut held = held.subscribe();
    let waiting = held.wait_for(|held| *held > 0);
    soon(what, waiting)
        .await
        .expect("the sender is part of the hand");
}

/// Waits as long as the hand holds.
async fn pass(holds: &watch::Sender<bool>, held: &watch::Sender<usize>) {
    held.send_modify(|held| *held += 1);
    let mut holds = holds.subscribe();
    holds
        .wait_for(|holds| !holds)
        .await
        .expect("the sender is part of the hand");
    held.send_modify(|held| *held -= 1);
}

/// The store under a hand.
pub struct HandStore {
    store: Arc<dyn Store>,
    hand: Hand,
}

impl HandStore {
    /// Puts a hand on a store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, hand: Hand) -> Self {
        Self { store, hand }
    }
}

#[async_trait]
impl Store for HandStore {
    fn epoch(&self) -> EpochId {
        self.store.epoch()
    }

    async fn commit(&self, writes: &[Write<'_>]) -> Result<(), CommitError> {
        self.hand.before_commit().await?;
        self.store.commit(writes).await
    }

    async fn committed(
        &self,
        site: SiteId,
        conversation: ConversationId,
        id: CommandId,
    ) -> Result<Option<Committed>, StoreError> {
        self.store.committed(site, conversation, id).await
    }

    async fn conversation(
        &self,
        site: SiteId,
        id: ConversationId,
    ) -> Result<Option<StoredConversation>, StoreError> {
        let standing = self.store.conversation(site, id).await;
        pass(&self.hand.holds_standings, &self.hand.held_standings).await;
        standing
    }

    async fn open_conversations(
        &self,
        site: SiteId,
    ) -> Result<Vec<(ConversationId, StoredConversation)>, StoreError> {
        self.store.open_conversations(site).await
    }

    async fn draft(&self, site: SiteId, id: ConversationId) -> Result<StoredDraft, StoreError> {
        self.store.draft(site, id).await
    }

    async fn notes(
        &self,
        site: SiteId,
        id: ConversationId,
        count: usize,
    ) -> Result<Vec<StoredNote>, StoreError> {
        self.store.notes(site, id, count).await
    }

    async fn lapses(
        &self,
        site: SiteId,
        agent: AgentId,
    ) -> Result<Vec<(ConversationId, Timestamp)>, StoreError> {
        self.store.lapses(site, agent).await
    }

    async fn conversation_of(
        &self,
        site: SiteId,
        token: &SecretHash,
    ) -> Result<Option<ConversationId>, StoreError> {
        self.store.conversation_of(site, token).await
    }

    async fn history(
        &self,
        conversation: ConversationId,
        page: Page,
    ) -> Result<HistoryPage, StoreError> {
        self.store.history(conversation, page).await
    }

    async fn next_receipt(&self, site: SiteId) -> Result<Receipt, StoreError> {
        self.store.next_receipt(site).await
    }

    async fn put_contact(
        &self,
        conversation: ConversationId,
        email: Option<&str>,
    ) -> Result<bool, StoreError> {
        self.store.put_contact(conversation, email).await
    }

    async fn put_context(
        &self,
        conversation: ConversationId,
        context: &Context,
    ) -> Result<bool, StoreError> {
        self.store.put_context(conversation, context).await
    }

    async fn context(&self, site: SiteId, id: ConversationId) -> Result<Context, StoreError> {
        self.store.context(site, id).await
    }

    async fn put_seen(&self, seen: &[(ConversationId, Seen)]) -> Result<(), StoreError> {
        if let Err(error) = self.hand.check() {
            self.hand.unkept.send_modify(|unkept| *unkept += 1);
            return Err(error);
        }
        self.store.put_seen(seen).await
    }

    async fn requests(&self, site: SiteId, count: usize) -> Result<Vec<StoredRequest>, StoreError> {
        self.store.requests(site, count).await
    }

    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.store.sites().await
    }

    async fn put_site(&self, site: &NewSite) -> Result<SiteId, StoreError> {
        self.store.put_site(site).await
    }

    async fn agents(&self, site: SiteId) -> Result<Vec<StoredAgent>, StoreError> {
        self.store.agents(site).await
    }

    async fn agent_by_email(&self, email: &str) -> Result<Option<StoredAgent>, StoreError> {
        self.store.agent_by_email(email).await
    }

    async fn put_agent(&self, agent: &NewAgent) -> Result<(), StoreError> {
        self.store.put_agent(agent).await
    }

    async fn remove_agent(&self, email: &str) -> Result<bool, StoreError> {
        self.store.remove_agent(email).await
    }

    async fn put_session(
        &self,
        session: &SecretHash,
        agent: AgentId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.store.put_session(session, agent, expires_at).await
    }

    async fn session(
        &self,
        session: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError> {
        self.store.session(session, now).await
    }

    async fn live_sessions(
        &self,
        sessions: &[SecretHash],
        now: Timestamp,
    ) -> Result<HashSet<SecretHash>, StoreError> {
        self.store.live_sessions(sessions, now).await
    }

    async fn end_session(&self, session: &SecretHash) -> Result<(), StoreError> {
        self.store.end_session(session).await
    }

    async fn put_articles(
        &self,
        site: SiteId,
        articles: &[StoredArticle],
    ) -> Result<(), StoreError> {
        self.store.put_articles(site, articles).await
    }

    async fn articles(&self, site: SiteId) -> Result<Vec<StoredArticle>, StoreError> {
        self.store.articles(site).await
    }

    fn staff(&self) -> &dyn Staff {
        self.store.staff()
    }

    fn work(&self) -> &dyn Work {
        self.store.work()
    }

    fn post(&self) -> &dyn Post {
        self.store.post()
    }

    fn cards(&self) -> &dyn Cards {
        self.store.cards()
    }

    fn search(&self) -> &dyn Search {
        self.store.search()
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.store.check().await
    }

    async fn close(&self) {
        self.store.close().await;
    }
}

#[async_trait]
impl Subscriptions for HandStore {
    async fn push_key(&self, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.store.push_key(fresh).await
    }

    async fn put_subscription(
        &self,
        session: &SecretHash,
        subscription: &Subscription,
        most: usize,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.store
            .put_subscription(session, subscription, most, now)
            .await
    }

    async fn subscriptions(
        &self,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<Vec<Subscription>, StoreError> {
        self.store.subscriptions(agent, now).await
    }

    async fn end_subscription(&self, agent: AgentId, endpoint: &str) -> Result<(), StoreError> {
        self.store.end_subscription(agent, endpoint).await
    }
}
