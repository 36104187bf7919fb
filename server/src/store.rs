//! What the store promises, whichever database is behind it.
//!
//! A commit names the sequence number that it expects to follow and loses politely if another came first; what
//! [`Store::commit`] has returned `Ok` for is on disk. Everything else here is plain keeping and finding.

mod correction;
mod draft;
mod note;
mod particulars;
mod people;
mod post;
mod search;
pub mod sqlite;
mod staff;
mod subscription;
mod work;

use std::collections::HashSet;
use std::fmt;

use async_trait::async_trait;
use desk::{Conversation, DraftStep, Entry};
use protocol::{
    AgentId, CommandId, Context, ConversationId, EpochId, HistoryPage, Receipt, Seq, Timestamp,
};

pub use correction::{Cards, MAX_CORRECTIONS};
pub use draft::{StoredDraft, StoredWords};
pub use note::{NewNote, StoredNote};
pub use particulars::{Outlook, PREVIEW_CHARS, Particulars, Seen, StoredRequest, preview};
pub use people::{NewAgent, NewSite, Site, SiteId, StoredAgent, StoredArticle};
pub use post::{
    BETWEEN_LETTERS_MS, Claim, LETTER_LINK_MS, Letter, NotDue, Post, STOP_LINK_MS, VISITOR_KEYS,
    mailbox,
};
pub use search::{
    BadWanted, FoundPage, Hit, Phrase, Place, Query, Reader, Said, Search, Term, Wanted, snippet,
    terms,
};
pub use sqlite::SqliteStore;
pub use staff::{
    Audited, By, CannedReply, INVITATION_MS, NewCannedReply, NotMade, Staff, StaffChange, Team,
    TeamPlan, Topic, TopicPlan,
};
pub use subscription::{Subscription, Subscriptions};
pub use work::Work;

/// Where everything is kept.
#[async_trait]
pub trait Store: Subscriptions + Send + Sync {
    /// The unbroken history that this store holds.
    fn epoch(&self) -> EpochId;

    /// Makes all the writes durable in one transaction, or none of them.
    ///
    /// # Errors
    ///
    /// [`CommitError::Conflict`] if an append does not follow its conversation's last event, repeats a command
    /// id, or uses a receipt number that is taken, or if a draft is not its conversation's holder's; [`CommitError::Unavailable`] if the database fails. Nothing
    /// is written in both cases.
    async fn commit(&self, writes: &[Write<'_>]) -> Result<(), CommitError>;

    /// The event that a command made in a conversation of a site, if it was committed before.
    async fn committed(
        &self,
        site: SiteId,
        conversation: ConversationId,
        id: CommandId,
    ) -> Result<Option<Committed>, StoreError>;

    /// How a conversation stands; none if it has no event.
    async fn conversation(
        &self,
        site: SiteId,
        id: ConversationId,
    ) -> Result<Option<StoredConversation>, StoreError>;

    /// Every conversation of a site that waits, that an agent holds, or whose visitor wants a supervisor.
    async fn open_conversations(
        &self,
        site: SiteId,
    ) -> Result<Vec<(ConversationId, StoredConversation)>, StoreError>;

    /// What was begun in a conversation of a site and is kept; nothing if there is no such conversation.
    async fn draft(&self, site: SiteId, id: ConversationId) -> Result<StoredDraft, StoreError>;

    /// The newest notes for colleagues in a conversation of a site, at most `count` of them, the oldest first; none if there
    /// is no such conversation.
    async fn notes(
        &self,
        site: SiteId,
        id: ConversationId,
        count: usize,
    ) -> Result<Vec<StoredNote>, StoreError>;

    /// What went back to the queue of a site when an agent was last gone for too long, and when: until they went on duty
    /// again.
    async fn lapses(
        &self,
        site: SiteId,
        agent: AgentId,
    ) -> Result<Vec<(ConversationId, Timestamp)>, StoreError>;

    /// The conversation that a visitor's token opens: the one that it was begun with, or a later one that was made for a
    /// browser in which they followed a letter's link.
    async fn conversation_of(
        &self,
        site: SiteId,
        token: &SecretHash,
    ) -> Result<Option<ConversationId>, StoreError>;

    /// A page of a conversation's log.
    async fn history(
        &self,
        conversation: ConversationId,
        page: Page,
    ) -> Result<HistoryPage, StoreError>;

    /// The number that the next human request of a site gets.
    async fn next_receipt(&self, site: SiteId) -> Result<Receipt, StoreError>;

    /// Keeps the email address that a visitor leaves in place of an earlier one, or keeps none. False if the conversation
    /// has no event.
    async fn put_contact(
        &self,
        conversation: ConversationId,
        email: Option<&str>,
    ) -> Result<bool, StoreError>;

    /// Keeps what a shop's page says of a visitor in place of what it said before, or keeps none if it is empty. False if
    /// the conversation has no event.
    async fn put_context(
        &self,
        conversation: ConversationId,
        context: &Context,
    ) -> Result<bool, StoreError>;

    /// What a shop's page has said of the visitor of a conversation of a site; nothing if there is no such conversation.
    async fn context(&self, site: SiteId, id: ConversationId) -> Result<Context, StoreError>;

    /// Keeps how far both ends have seen each of these conversations. What was kept before and is further stays. A
    /// conversation without an event is passed over.
    async fn put_seen(&self, seen: &[(ConversationId, Seen)]) -> Result<(), StoreError>;

    /// The newest requests of a site that stood in line, at most `count` of them, the oldest first.
    async fn requests(&self, site: SiteId, count: usize) -> Result<Vec<StoredRequest>, StoreError>;

    /// Every site.
    async fn sites(&self) -> Result<Vec<Site>, StoreError>;

    /// Adds a site, or replaces the one with the same key. Gives the id it has.
    async fn put_site(&self, site: &NewSite) -> Result<SiteId, StoreError>;

    /// The agents of a site.
    async fn agents(&self, site: SiteId) -> Result<Vec<StoredAgent>, StoreError>;

    /// The agent with an email address, which is compared without regard to case.
    async fn agent_by_email(&self, email: &str) -> Result<Option<StoredAgent>, StoreError>;

    /// Adds an agent, or replaces everything but the id of the one with the same email address, whose sessions end.
    async fn put_agent(&self, agent: &NewAgent) -> Result<(), StoreError>;

    /// Removes an agent and their sessions. False if there is none.
    async fn remove_agent(&self, email: &str) -> Result<bool, StoreError>;

    /// Keeps a session.
    async fn put_session(
        &self,
        session: &SecretHash,
        agent: AgentId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Whose session it is, if it has not expired at `now`.
    async fn session(
        &self,
        session: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError>;

    /// Those of `sessions` that have not ended, and have not expired at `now`.
    async fn live_sessions(
        &self,
        sessions: &[SecretHash],
        now: Timestamp,
    ) -> Result<HashSet<SecretHash>, StoreError>;

    /// Ends a session.
    async fn end_session(&self, session: &SecretHash) -> Result<(), StoreError>;

    /// Replaces the help articles of a site.
    async fn put_articles(
        &self,
        site: SiteId,
        articles: &[StoredArticle],
    ) -> Result<(), StoreError>;

    /// The help articles of a site.
    async fn articles(&self, site: SiteId) -> Result<Vec<StoredArticle>, StoreError>;

    /// The people who work for sites, and what they have set up for their work.
    fn staff(&self) -> &dyn Staff;

    /// What people worked.
    fn work(&self) -> &dyn Work;

    /// Letters to visitors who have gone.
    fn post(&self) -> &dyn Post;

    /// What people have put right of what is known of conversations.
    fn cards(&self) -> &dyn Cards;

    /// What finds conversations again.
    fn search(&self) -> &dyn Search;

    /// Whether the database answers.
    async fn check(&self) -> Result<(), StoreError>;

    /// Finishes what is under way and closes the database.
    async fn close(&self);
}

/// One write of a commit.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every write is an append: a box for each would cost more"
)]
pub enum Write<'a> {
    /// New entries in a conversation's log.
    Append(Append<'a>),
    /// What becomes of the words that were begun in a conversation.
    Draft {
        /// Which.
        conversation: ConversationId,
        /// When the server took it.
        at: Timestamp,
        /// What.
        step: &'a DraftStep,
    },
    /// How a conversation stands, where nothing is new in its log.
    Standing {
        /// Which.
        conversation: ConversationId,
        /// How.
        standing: &'a Conversation,
    },
    /// A note for colleagues.
    Note(NewNote<'a>),
    /// An agent is on or off duty. Who goes on duty knows what they lost.
    Duty {
        /// Who.
        agent: AgentId,
        /// On duty now.
        on: bool,
        /// When the server took it.
        at: Timestamp,
    },
    /// An agent has chosen how many conversations they have at the same time.
    Most {
        /// Who.
        agent: AgentId,
        /// So many.
        most: u32,
    },
}

/// New entries in one conversation's log.
#[derive(Debug, Clone)]
pub struct Append<'a> {
    /// Whose conversation.
    pub site: SiteId,
    /// Which.
    pub conversation: ConversationId,
    /// The hash of the visitor's token, for the entries that begin the log.
    pub opened_by: Option<SecretHash>,
    /// The last event before these.
    pub after: Seq,
    /// When the server took the command.
    pub at: Timestamp,
    /// The command's id; none for what the server does by itself.
    pub id: Option<CommandId>,
    /// What to add.
    pub entries: &'a [Entry],
    /// How the conversation stands then, if more than the end of its log has changed.
    pub standing: Option<Conversation>,
    /// How the line looked to the request for a person among the entries, if there is one and it stands in line.
    pub outlook: Option<Outlook>,
}

/// A command that was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// Its event.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// The number of the request, if it made one.
    pub receipt: Option<Receipt>,
    /// The person whose command it was; none for the visitor's and the assistant's.
    pub agent: Option<AgentId>,
}

/// A conversation, and what is shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredConversation {
    /// How it stands.
    pub standing: Conversation,
    /// What the rules need not know.
    pub particulars: Particulars,
}

/// Which page of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What came after an event, at most [`HISTORY_PAGE_EVENTS`](protocol::HISTORY_PAGE_EVENTS); the newest ones if that
    /// is more.
    After(Seq),
    /// What came next after an event, at most as many: how a log is read from its beginning to its end.
    From(Seq),
    /// The page before an event, at most [`EARLIER_PAGE_EVENTS`](protocol::EARLIER_PAGE_EVENTS).
    Before(Seq),
}

/// The SHA-256 of a token. Tokens have 128 random bits or more, so a plain hash cannot be reversed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash(pub [u8; 32]);

impl fmt::Debug for SecretHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretHash(…)")
    }
}

/// The database failed. Nothing a client did caused it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It did not answer, or refused.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// What it holds cannot be read by this version.
    #[error(
        "the database holds a {0} that this version does not know; was it written by a newer one?"
    )]
    Unreadable(&'static str),
    /// Another server has it open.
    #[error(
        "{0} is in use by another server; stop that one first, or name another file with --database"
    )]
    InUse(String),
    /// The file cannot be opened.
    #[error("cannot open {path}: {cause}; check that the folder exists and can be written to")]
    Open {
        /// Which.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The disk failed to keep something, and is not trusted any more.
    #[error("the disk failed to keep what was written; check it, then restart the server")]
    Unsynced,
    /// It is not sound.
    #[error(
        "{path} is damaged: {finding}. Nothing was changed. Keep a copy of it, and put a backup in its place with: human-please restore BACKUP"
    )]
    Damaged {
        /// Which file.
        path: String,
        /// What SQLite found.
        finding: String,
    },
    /// A copy could not be made or put back.
    #[error("{path}: {why}")]
    Backup {
        /// Which file.
        path: String,
        /// Why.
        why: String,
    },
    /// Not a database that this server knows.
    #[error("--database takes sqlite:FILE, not {0}")]
    UnknownKind(String),
    /// The tables could not be brought up to date.
    #[error("cannot bring the database up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// Why a commit wrote nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Something came first: look again and decide anew.
    #[error("another commit came first")]
    Conflict,
    /// The database failed.
    #[error(transparent)]
    Unavailable(#[from] StoreError),
}
