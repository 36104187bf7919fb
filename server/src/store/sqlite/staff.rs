//! The people who work for a site, and what they have set up for their work.

mod change;

use async_trait::async_trait;
use protocol::{AgentId, Language, TeamId, Timestamp, TopicId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::super::{
    Audited, By, CannedReply, NewCannedReply, NotMade, SecretHash, SiteId, Staff, StaffChange,
    StoreError, StoredAgent, Team, Topic, TopicPlan,
};
use super::SqliteStore;
use super::people::{agent_of, agents_where};
use super::row::{id_bytes, id_of};

#[async_trait]
impl Staff for SqliteStore {
    async fn agent(&self, site: SiteId, id: AgentId) -> Result<Option<StoredAgent>, StoreError> {
        let row = sqlx::query(AssertSqlSafe(agents_where("site = ? AND id = ?")))
            .bind(site.0)
            .bind(id_bytes(id.0))
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(agent_of).transpose()
    }

    async fn teams(&self, site: SiteId) -> Result<Vec<Team>, StoreError> {
        let rows = sqlx::query("SELECT id, name FROM team WHERE site = ? ORDER BY name, id")
            .bind(site.0)
            .fetch_all(&self.readers)
            .await?;
        let teams = rows.iter().map(|row| {
            Ok(Team {
                id: TeamId(row.try_get("id")?),
                name: row.try_get("name")?,
            })
        });
        teams.collect()
    }

    async fn topics(&self, site: SiteId) -> Result<Vec<Topic>, StoreError> {
        let rows = sqlx::query("SELECT * FROM topic WHERE site = ? ORDER BY name, id")
            .bind(site.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(topic_of).collect()
    }

    async fn canned_replies(&self, site: SiteId) -> Result<Vec<CannedReply>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM canned_reply WHERE site = ? ORDER BY shortcut, language, id",
        )
        .bind(site.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(canned_of).collect()
    }

    async fn change(
        &self,
        site: SiteId,
        change: &StaffChange,
        by: By<'_>,
    ) -> Result<Result<(), NotMade>, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| change::make(to, site, change, by))
            .await
    }

    async fn audit(
        &self,
        site: SiteId,
        before: Option<i64>,
        count: usize,
    ) -> Result<Vec<Audited>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM audit WHERE site = ? AND id < ? ORDER BY id DESC LIMIT ?")
                .bind(site.0)
                .bind(before.unwrap_or(i64::MAX))
                .bind(i64::try_from(count).unwrap_or(i64::MAX))
                .fetch_all(&self.readers)
                .await?;
        rows.iter().map(audited_of).collect()
    }

    async fn device(&self, device: &SecretHash) -> Result<Option<AgentId>, StoreError> {
        let row = sqlx::query("SELECT agent FROM device WHERE hash = ?")
            .bind(&device.0[..])
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok(AgentId(id_of(row.try_get(0)?)?)))
            .transpose()
    }

    async fn put_device(
        &self,
        device: &SecretHash,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| put_device(to, device, agent, now))
            .await
    }

    async fn invited(
        &self,
        invitation: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError> {
        let row = sqlx::query(AssertSqlSafe(agents_where(change::INVITED)))
            .bind(&invitation.0[..])
            .bind(now.0)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(agent_of).transpose()
    }

    async fn accept_invitation(
        &self,
        invitation: &SecretHash,
        now: Timestamp,
        password: &str,
    ) -> Result<Option<StoredAgent>, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| change::accept_invitation(to, invitation, now, password))
            .await
    }
}

/// The browsers of one person that are known, at most.
const DEVICES: i64 = 20;

async fn put_device(
    writer: &mut SqliteConnection,
    device: &SecretHash,
    agent: AgentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO device (hash, agent, used_at) VALUES (?, ?, ?)
         ON CONFLICT (hash) DO UPDATE SET agent = excluded.agent, used_at = excluded.used_at",
    )
    .bind(device.0.to_vec())
    .bind(id_bytes(agent.0))
    .bind(now.0)
    .execute(&mut *writer)
    .await?;
    sqlx::query(
        "DELETE FROM device WHERE agent = ? AND hash NOT IN
             (SELECT hash FROM device WHERE agent = ? ORDER BY used_at DESC, hash LIMIT ?)",
    )
    .bind(id_bytes(agent.0))
    .bind(id_bytes(agent.0))
    .bind(DEVICES)
    .execute(writer)
    .await?;
    Ok(())
}

fn topic_of(row: &SqliteRow) -> Result<Topic, StoreError> {
    let words: &str = row.try_get("words")?;
    Ok(Topic {
        id: TopicId(row.try_get("id")?),
        plan: TopicPlan {
            name: row.try_get("name")?,
            words: words.lines().map(str::to_owned).collect(),
            team: row.try_get::<Option<u32>, _>("team")?.map(TeamId),
        },
    })
}

fn canned_of(row: &SqliteRow) -> Result<CannedReply, StoreError> {
    Ok(CannedReply {
        id: row.try_get("id")?,
        reply: NewCannedReply {
            shortcut: row.try_get("shortcut")?,
            language: Language::of(row.try_get("language")?),
            text: row.try_get("text")?,
        },
    })
}

fn audited_of(row: &SqliteRow) -> Result<Audited, StoreError> {
    Ok(Audited {
        id: row.try_get("id")?,
        at: Timestamp(row.try_get("at")?),
        by: row.try_get("by")?,
        what: row.try_get("what")?,
        about: row.try_get("about")?,
        before: row.try_get("before")?,
        after: row.try_get("after")?,
    })
}
