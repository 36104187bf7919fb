//! Sites, agents, sessions and articles: what is set up rather than said.

use std::collections::HashSet;

use protocol::{AgentId, Language, Role, TeamId, Timestamp, TopicId};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{AssertSqlSafe, Connection, QueryBuilder, Row, SqliteConnection};

use super::super::{
    NewAgent, NewSite, SecretHash, Site, SiteId, StoreError, StoredAgent, StoredArticle,
};
use super::row::{id_bytes, id_of};
use crate::hours::{Hours, HoursText};

/// Sessions of one query.
const SESSIONS_AT_ONCE: usize = 256;

pub async fn sites(readers: &SqlitePool) -> Result<Vec<Site>, StoreError> {
    let rows = sqlx::query("SELECT * FROM site ORDER BY id")
        .fetch_all(readers)
        .await?;
    rows.iter().map(site_of).collect()
}

fn site_of(row: &SqliteRow) -> Result<Site, StoreError> {
    let origins: &str = row.try_get("origins")?;
    Ok(Site {
        id: SiteId(row.try_get("id")?),
        settings: NewSite {
            key: row.try_get("key")?,
            name: row.try_get("name")?,
            origins: origins.split_whitespace().map(str::to_owned).collect(),
            bot: row.try_get("bot")?,
            contact: row.try_get("contact")?,
            hours: hours_of(row)?,
        },
    })
}

fn hours_of(row: &SqliteRow) -> Result<Option<Hours>, StoreError> {
    let (Some(time_zone), Some(week)) = (row.try_get("time_zone")?, row.try_get("hours")?) else {
        return Ok(None);
    };
    let exceptions: Option<&str> = row.try_get("exceptions")?;
    let texts = HoursText {
        time_zone,
        week,
        exceptions: exceptions
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect(),
    };
    texts
        .parse()
        .map(Some)
        .map_err(|_| StoreError::Unreadable("site's opening hours"))
}

pub async fn put_site(writer: &mut SqliteConnection, site: &NewSite) -> Result<SiteId, StoreError> {
    let hours = site.hours.as_ref().map(Hours::texts);
    let row = sqlx::query(
        "INSERT INTO site (key, name, origins, bot, contact, time_zone, hours, exceptions)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE
         SET name = excluded.name, origins = excluded.origins, bot = excluded.bot, contact = excluded.contact,
             time_zone = excluded.time_zone, hours = excluded.hours, exceptions = excluded.exceptions
         RETURNING id",
    )
    .bind(&site.key)
    .bind(&site.name)
    .bind(site.origins.join(" "))
    .bind(site.bot)
    .bind(&site.contact)
    .bind(hours.map(|hours| &hours.time_zone))
    .bind(hours.map(|hours| &hours.week))
    .bind(hours.map(|hours| hours.exceptions.join("\n")))
    .fetch_one(writer)
    .await?;
    Ok(SiteId(row.try_get(0)?))
}

pub async fn agents(readers: &SqlitePool, site: SiteId) -> Result<Vec<StoredAgent>, StoreError> {
    let rows = sqlx::query(AssertSqlSafe(agents_where("site = ? ORDER BY email")))
        .bind(site.0)
        .fetch_all(readers)
        .await?;
    rows.iter().map(agent_of).collect()
}

pub async fn agent_by_email(
    readers: &SqlitePool,
    email: &str,
) -> Result<Option<StoredAgent>, StoreError> {
    let row = sqlx::query(AssertSqlSafe(agents_where("email = ?")))
        .bind(email)
        .fetch_optional(readers)
        .await?;
    row.as_ref().map(agent_of).transpose()
}

/// The statement that reads agents, with their teams and skills as lists of numbers.
pub fn agents_where(condition: &str) -> String {
    format!(
        "SELECT agent.*,
             (SELECT group_concat(team, ' ') FROM team_member WHERE team_member.agent = agent.id) AS teams,
             (SELECT group_concat(topic, ' ') FROM skill WHERE skill.agent = agent.id) AS skills
         FROM agent WHERE {condition}"
    )
}

/// Reads a row of [`agents_where`].
pub fn agent_of(row: &SqliteRow) -> Result<StoredAgent, StoreError> {
    Ok(StoredAgent {
        id: AgentId(id_of(row.try_get("id")?)?),
        site: SiteId(row.try_get("site")?),
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        password: row.try_get("password")?,
        on_duty: row.try_get("on_duty")?,
        role: role_of(row.try_get("role")?)?,
        most: row.try_get("most")?,
        languages: row
            .try_get::<&str, _>("languages")?
            .split_whitespace()
            .filter_map(Language::of)
            .collect(),
        teams: numbers_of(row, "teams")?.map(TeamId).collect(),
        skills: numbers_of(row, "skills")?.map(TopicId).collect(),
    })
}

fn numbers_of<'r>(
    row: &'r SqliteRow,
    column: &str,
) -> Result<impl Iterator<Item = u32> + 'r, StoreError> {
    let numbers: Option<&str> = row.try_get(column)?;
    let numbers = numbers.unwrap_or_default().split(' ');
    Ok(numbers.filter_map(|number| number.parse().ok()))
}

/// A role as it is kept: what may more has a greater number.
pub fn role_number(role: Role) -> i64 {
    match role {
        Role::Agent => 0,
        Role::Lead => 1,
        Role::Admin => 2,
    }
}

fn role_of(number: i64) -> Result<Role, StoreError> {
    let role = Role::ALL
        .into_iter()
        .find(|role| role_number(*role) == number);
    role.ok_or(StoreError::Unreadable("role of an agent"))
}

pub async fn put_agent(writer: &mut SqliteConnection, agent: &NewAgent) -> Result<(), StoreError> {
    let mut transaction = writer.begin().await?;
    sqlx::query(
        "INSERT INTO agent (id, site, email, name, password, role, most) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (email) DO UPDATE
         SET site = excluded.site, name = excluded.name, password = excluded.password, role = excluded.role,
             most = excluded.most",
    )
    .bind(id_bytes(agent.id.0))
    .bind(agent.site.0)
    .bind(&agent.email)
    .bind(&agent.name)
    .bind(&agent.password)
    .bind(role_number(agent.role))
    .bind(agent.most)
    .execute(&mut *transaction)
    .await?;
    sqlx::query("DELETE FROM session WHERE agent = (SELECT id FROM agent WHERE email = ?)")
        .bind(&agent.email)
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}

pub async fn remove_agent(writer: &mut SqliteConnection, email: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM agent WHERE email = ?")
        .bind(email)
        .execute(writer)
        .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn put_session(
    writer: &mut SqliteConnection,
    session: &SecretHash,
    agent: AgentId,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO session (hash, agent, expires_at) VALUES (?, ?, ?)")
        .bind(&session.0[..])
        .bind(id_bytes(agent.0))
        .bind(expires_at.0)
        .execute(writer)
        .await?;
    Ok(())
}

pub async fn session(
    readers: &SqlitePool,
    session: &SecretHash,
    now: Timestamp,
) -> Result<Option<StoredAgent>, StoreError> {
    let row = sqlx::query(AssertSqlSafe(agents_where(
        "id = (SELECT agent FROM session WHERE hash = ? AND expires_at > ?)",
    )))
    .bind(&session.0[..])
    .bind(now.0)
    .fetch_optional(readers)
    .await?;
    row.as_ref().map(agent_of).transpose()
}

pub async fn live_sessions(
    readers: &SqlitePool,
    sessions: &[SecretHash],
    now: Timestamp,
) -> Result<HashSet<SecretHash>, StoreError> {
    let mut live = HashSet::with_capacity(sessions.len());
    for some in sessions.chunks(SESSIONS_AT_ONCE) {
        let mut query = QueryBuilder::new("SELECT hash FROM session WHERE expires_at > ");
        query.push_bind(now.0).push(" AND hash IN (");
        let mut places = query.separated(", ");
        for session in some {
            places.push_bind(&session.0[..]);
        }
        query.push(")");
        for row in query.build().fetch_all(readers).await? {
            let hash: &[u8] = row.try_get(0)?;
            live.extend(hash.try_into().map(SecretHash));
        }
    }
    Ok(live)
}

pub async fn end_session(
    writer: &mut SqliteConnection,
    session: &SecretHash,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM session WHERE hash = ?")
        .bind(&session.0[..])
        .execute(writer)
        .await?;
    Ok(())
}

pub async fn put_articles(
    writer: &mut SqliteConnection,
    site: SiteId,
    articles: &[StoredArticle],
) -> Result<(), StoreError> {
    let mut transaction = writer.begin().await?;
    sqlx::query("DELETE FROM article WHERE site = ?")
        .bind(site.0)
        .execute(&mut *transaction)
        .await?;
    for article in articles {
        sqlx::query("INSERT INTO article (site, slug, markdown) VALUES (?, ?, ?)")
            .bind(site.0)
            .bind(&article.slug)
            .bind(&article.markdown)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}

pub async fn articles(
    readers: &SqlitePool,
    site: SiteId,
) -> Result<Vec<StoredArticle>, StoreError> {
    let rows = sqlx::query("SELECT * FROM article WHERE site = ? ORDER BY slug")
        .bind(site.0)
        .fetch_all(readers)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(StoredArticle {
                slug: row.try_get("slug")?,
                markdown: row.try_get("markdown")?,
            })
        })
        .collect()
}
