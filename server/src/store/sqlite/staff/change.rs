//! Changes of a site's people and what they have set up: each with its line in the list of changes, in one transaction.

mod people;
mod set_up;

use protocol::{AgentId, Timestamp};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::super::super::{By, NotMade, SiteId, StaffChange, StoreError, StoredAgent};
use super::super::people::{agent_of, agents_where};
use super::super::row::id_bytes;
use people::{invite, remove_agent, set_abilities, set_password, set_role};
use set_up::{canned_text, put_canned, put_team, put_topic, team_text, topic_text};

pub use people::accept_invitation;

/// Whom an invitation is for: its hash, and the time now.
pub const INVITED: &str = "id = (SELECT agent FROM invitation WHERE hash = ? AND expires_at > ?)";

/// A line for the list of changes.
struct Line {
    what: &'static str,
    about: String,
    before: String,
    after: String,
}

type Made = Result<Result<Line, NotMade>, StoreError>;

/// Makes a change, and keeps who made it.
pub async fn make(
    writer: &mut SqliteConnection,
    site: SiteId,
    change: &StaffChange,
    by: By<'_>,
) -> Result<Result<(), NotMade>, StoreError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let line = match apply(&mut transaction, site, change, by.at).await {
        Ok(Ok(line)) => line,
        Ok(Err(refused)) => return Ok(Err(refused)),
        Err(StoreError::Database(sqlx::Error::Database(error))) if error.is_unique_violation() => {
            return Ok(Err(NotMade::Taken));
        }
        Err(error) => return Err(error),
    };
    // What changes nothing is no change.
    if line.before != line.after || line.before.is_empty() {
        sqlx::query(
            "INSERT INTO audit (site, at, by, what, about, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(site.0)
        .bind(by.at.0)
        .bind(by.name.to_owned())
        .bind(line.what)
        .bind(line.about)
        .bind(line.before)
        .bind(line.after)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(Ok(()))
}

async fn apply(
    to: &mut SqliteConnection,
    site: SiteId,
    change: &StaffChange,
    now: Timestamp,
) -> Made {
    match change {
        StaffChange::Invite {
            id,
            email,
            name,
            role,
            invitation,
            expires_at,
        } => {
            let new = (*id, email.as_str(), name.as_str(), *role);
            invite(to, site, new, invitation, *expires_at).await
        }
        StaffChange::Role(id, role) => set_role(to, site, *id, *role).await,
        StaffChange::Password(id, password) => set_password(to, site, *id, password).await,
        StaffChange::Abilities {
            agent,
            languages,
            skills,
            teams,
        } => set_abilities(to, site, *agent, languages, skills, teams).await,
        StaffChange::Remove(id) => remove_agent(to, site, *id, now).await,
        StaffChange::Team(id, plan) => put_team(to, site, *id, plan).await,
        StaffChange::RemoveTeam(id) => {
            let Some((name, before)) = team_text(to, site, *id).await? else {
                return Ok(Err(NotMade::NoSuch));
            };
            run(to, "DELETE FROM team WHERE id = ?", id.0).await?;
            line("team removed", &name, &before, "")
        }
        StaffChange::Topic(id, plan) => put_topic(to, site, *id, plan).await,
        StaffChange::RemoveTopic(id) => {
            let Some((name, before)) = topic_text(to, site, *id).await? else {
                return Ok(Err(NotMade::NoSuch));
            };
            run(to, "DELETE FROM topic WHERE id = ?", id.0).await?;
            line("topic removed", &name, &before, "")
        }
        StaffChange::Canned(id, reply) => put_canned(to, site, *id, reply).await,
        StaffChange::RemoveCanned(id) => {
            let Some((shortcut, before)) = canned_text(to, site, *id).await? else {
                return Ok(Err(NotMade::NoSuch));
            };
            run(to, "DELETE FROM canned_reply WHERE id = ?", *id).await?;
            line("prepared reply removed", &shortcut, &before, "")
        }
    }
}

fn line(what: &'static str, about: &str, before: &str, after: &str) -> Made {
    Ok(Ok(Line {
        what,
        about: about.into(),
        before: before.into(),
        after: after.into(),
    }))
}

/// Runs a statement about one number.
async fn run(
    to: &mut SqliteConnection,
    statement: &'static str,
    id: impl Into<i64>,
) -> Result<(), StoreError> {
    sqlx::query(statement).bind(id.into()).execute(to).await?;
    Ok(())
}

/// Runs a statement about one agent.
async fn run_for(
    to: &mut SqliteConnection,
    statement: &'static str,
    agent: AgentId,
) -> Result<(), StoreError> {
    let query = sqlx::query(statement).bind(id_bytes(agent.0));
    query.execute(to).await?;
    Ok(())
}

async fn agent(
    to: &mut SqliteConnection,
    site: SiteId,
    id: AgentId,
) -> Result<Option<StoredAgent>, StoreError> {
    let row = sqlx::query(AssertSqlSafe(agents_where("site = ? AND id = ?")))
        .bind(site.0)
        .bind(id_bytes(id.0))
        .fetch_optional(to)
        .await?;
    row.as_ref().map(agent_of).transpose()
}
