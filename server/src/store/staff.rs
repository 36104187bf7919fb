//! The people who work for a site, their teams, topics and prepared replies: who may be changed, and what is kept of that.

use async_trait::async_trait;
use protocol::{AgentId, Language, Role, TeamId, Timestamp, TopicId};

use super::{SecretHash, SiteId, StoreError, StoredAgent};

/// What people set up for their work. Every change of it is kept with who made it, in the same transaction.
#[async_trait]
pub trait Staff: Send + Sync {
    /// The agent of a site with an id.
    async fn agent(&self, site: SiteId, id: AgentId) -> Result<Option<StoredAgent>, StoreError>;

    /// The teams of a site, by name.
    async fn teams(&self, site: SiteId) -> Result<Vec<Team>, StoreError>;

    /// The topics of a site, by name.
    async fn topics(&self, site: SiteId) -> Result<Vec<Topic>, StoreError>;

    /// The prepared replies of a site, by shortcut.
    async fn canned_replies(&self, site: SiteId) -> Result<Vec<CannedReply>, StoreError>;

    /// Makes a change, and keeps who made it.
    ///
    /// # Errors
    ///
    /// [`NotMade`] inside if what it is about is not there, or a name is taken; nothing is written then.
    async fn change(
        &self,
        site: SiteId,
        change: &StaffChange,
        by: By<'_>,
    ) -> Result<Result<(), NotMade>, StoreError>;

    /// What was changed of a site, the newest first, at most `count` entries with smaller numbers than `before`.
    async fn audit(
        &self,
        site: SiteId,
        before: Option<i64>,
        count: usize,
    ) -> Result<Vec<Audited>, StoreError>;

    /// Who has signed in before in the browser with this cookie.
    async fn device(&self, device: &SecretHash) -> Result<Option<AgentId>, StoreError>;

    /// Keeps that somebody has signed in in a browser. Of each person's browsers the newest few are kept.
    async fn put_device(
        &self,
        device: &SecretHash,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// The person whom an invitation is for, if it has not been used and has not expired at `now`.
    async fn invited(
        &self,
        invitation: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError>;

    /// Sets the password of the person whom an invitation is for; it and their other invitations and sessions end. None if
    /// it was used or has expired at `now`.
    async fn accept_invitation(
        &self,
        invitation: &SecretHash,
        now: Timestamp,
        password: &str,
    ) -> Result<Option<StoredAgent>, StoreError>;
}

/// How long an invitation can be used, in milliseconds: seven days.
pub const INVITATION_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Who makes a change.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// The name that the list of changes gives.
    pub name: &'a str,
    /// When.
    pub at: Timestamp,
}

/// A change of a site's people and what they have set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffChange {
    /// Adds somebody who chooses a password by an invitation, or gives somebody of the site a new invitation. Their old
    /// ones end; their password and sessions stay until they choose a new one.
    Invite {
        /// Who they are if they are new.
        id: AgentId,
        /// What they sign in with.
        email: String,
        /// The name that visitors see.
        name: String,
        /// What they may do.
        role: Role,
        /// The hash of the link's token.
        invitation: SecretHash,
        /// Until when it can be used.
        expires_at: Timestamp,
    },
    /// Gives somebody another role. Their sessions end.
    Role(AgentId, Role),
    /// Gives somebody another password. Their sessions and invitations end.
    Password(AgentId, String),
    /// Says what somebody answers in and knows well, and with whom they work.
    Abilities {
        /// Who.
        agent: AgentId,
        /// Their languages; none for any.
        languages: Vec<Language>,
        /// Their topics.
        skills: Vec<TopicId>,
        /// Their teams.
        teams: Vec<TeamId>,
    },
    /// Removes somebody. What they hold goes back to the queue.
    Remove(AgentId),
    /// Adds a team, or makes one another.
    Team(Option<TeamId>, TeamPlan),
    /// Removes a team.
    RemoveTeam(TeamId),
    /// Adds a topic, or makes one another.
    Topic(Option<TopicId>, TopicPlan),
    /// Removes a topic.
    RemoveTopic(TopicId),
    /// Adds a prepared reply, or makes one another.
    Canned(Option<i64>, NewCannedReply),
    /// Removes a prepared reply.
    RemoveCanned(i64),
}

/// Why a change is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMade {
    /// What it is about is not there, or belongs to another site: which of the two is not told.
    NoSuch,
    /// The name, shortcut or email address is taken.
    Taken,
    /// Nobody could configure the site afterwards.
    LastAdmin,
    /// The site has as many of these, or as much in them, as there can be.
    Full,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its number.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// What a team is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamPlan {
    /// Its name.
    pub name: String,
    /// Who belongs to it.
    pub members: Vec<AgentId>,
}

/// One of a site's topics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its number.
    pub id: TopicId,
    /// What it is.
    pub plan: TopicPlan,
}

/// What a topic is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicPlan {
    /// Its name.
    pub name: String,
    /// The words by which it is known, in lower case.
    pub words: Vec<String>,
    /// The team that has it.
    pub team: Option<TeamId>,
}

/// A prepared reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedReply {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub reply: NewCannedReply,
}

/// What a prepared reply is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCannedReply {
    /// What is typed after a slash to get it.
    pub shortcut: String,
    /// The language that it is in; none for any.
    pub language: Option<Language>,
    /// Its text, with placeholders.
    pub text: String,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// Its number; a later one has a larger one.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by the name that they had then.
    pub by: String,
    /// What was done, in a few words.
    pub what: String,
    /// To whom or what.
    pub about: String,
    /// How it was before; empty if it was not.
    pub before: String,
    /// How it was after; empty if it was no more.
    pub after: String,
}
