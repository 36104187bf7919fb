//! Changes of who works for a site, and as what.

use protocol::{AgentId, Language, Role, TeamId, Timestamp, TopicId};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use super::super::super::super::{NotMade, SecretHash, SiteId, StoreError, StoredAgent};
use super::super::super::duty;
use super::super::super::people::{agent_of, agents_where, role_number};
use super::super::super::row::id_bytes;
use super::set_up::{team_text, topic_text};
use super::{INVITED, Made, agent, line, run_for};

pub async fn invite(
    to: &mut SqliteConnection,
    site: SiteId,
    (id, email, name, role): (AgentId, &str, &str, Role),
    invitation: &SecretHash,
    expires_at: Timestamp,
) -> Made {
    let known = sqlx::query(AssertSqlSafe(agents_where("email = ?")))
        .bind(email.to_owned())
        .fetch_optional(&mut *to)
        .await?;
    let known = known.as_ref().map(agent_of).transpose()?;
    let described = |name: &str, role: Role| [name, ", ", role.name()].concat();
    let (id, before) = match known {
        Some(known) if known.site != site => return Ok(Err(NotMade::Taken)),
        Some(known) => {
            if known.role != role
                && let Err(refused) = leaves_an_admin(to, site, known.id).await?
            {
                return Ok(Err(refused));
            }
            if known.role != role {
                run_for(to, "DELETE FROM session WHERE agent = ?", known.id).await?;
            }
            (known.id, described(&known.name, known.role))
        }
        None => (id, String::new()),
    };
    sqlx::query(
        "INSERT INTO agent (id, site, email, name, password, role) VALUES (?, ?, ?, ?, '', ?)
         ON CONFLICT (email) DO UPDATE SET name = excluded.name, role = excluded.role",
    )
    .bind(id_bytes(id.0))
    .bind(site.0)
    .bind(email.to_owned())
    .bind(name.to_owned())
    .bind(role_number(role))
    .execute(&mut *to)
    .await?;
    run_for(to, "DELETE FROM invitation WHERE agent = ?", id).await?;
    sqlx::query("INSERT INTO invitation (hash, agent, expires_at) VALUES (?, ?, ?)")
        .bind(invitation.0.to_vec())
        .bind(id_bytes(id.0))
        .bind(expires_at.0)
        .execute(&mut *to)
        .await?;
    let after = described(name, role);
    if before == after {
        line("invited again", email, "", &after)
    } else {
        line("invited", email, &before, &after)
    }
}

/// Whether somebody else could still configure the site if this one could not.
async fn leaves_an_admin(
    to: &mut SqliteConnection,
    site: SiteId,
    id: AgentId,
) -> Result<Result<(), NotMade>, StoreError> {
    let is_last: bool =
        sqlx::query("SELECT count(*) = 1 AND max(id = ?) FROM agent WHERE site = ? AND role = 2")
            .bind(id_bytes(id.0))
            .bind(site.0)
            .fetch_one(to)
            .await?
            .try_get::<Option<bool>, _>(0)?
            .unwrap_or(false);
    Ok(if is_last {
        Err(NotMade::LastAdmin)
    } else {
        Ok(())
    })
}

pub async fn set_role(to: &mut SqliteConnection, site: SiteId, id: AgentId, role: Role) -> Made {
    let Some(known) = agent(to, site, id).await? else {
        return Ok(Err(NotMade::NoSuch));
    };
    if role != known.role {
        if let Err(refused) = leaves_an_admin(to, site, id).await? {
            return Ok(Err(refused));
        }
        sqlx::query("UPDATE agent SET role = ? WHERE id = ?")
            .bind(role_number(role))
            .bind(id_bytes(id.0))
            .execute(&mut *to)
            .await?;
        run_for(to, "DELETE FROM session WHERE agent = ?", id).await?;
    }
    line("role", &known.email, known.role.name(), role.name())
}

pub async fn set_password(
    to: &mut SqliteConnection,
    site: SiteId,
    id: AgentId,
    password: &str,
) -> Made {
    let Some(known) = agent(to, site, id).await? else {
        return Ok(Err(NotMade::NoSuch));
    };
    put_password(to, id, password).await?;
    // That it was changed is told, and nothing of it.
    line("password", &known.email, "", "changed")
}

/// Keeps a password. Whoever came in by an older one, or could by an invitation, can no more.
async fn put_password(
    to: &mut SqliteConnection,
    id: AgentId,
    password: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE agent SET password = ? WHERE id = ?")
        .bind(password.to_owned())
        .bind(id_bytes(id.0))
        .execute(&mut *to)
        .await?;
    run_for(to, "DELETE FROM session WHERE agent = ?", id).await?;
    run_for(to, "DELETE FROM invitation WHERE agent = ?", id).await
}

/// Sets the password of whom an invitation is for.
pub async fn accept_invitation(
    writer: &mut SqliteConnection,
    invitation: &SecretHash,
    now: Timestamp,
    password: &str,
) -> Result<Option<StoredAgent>, StoreError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let row = sqlx::query(AssertSqlSafe(agents_where(INVITED)))
        .bind(invitation.0.to_vec())
        .bind(now.0)
        .fetch_optional(&mut *transaction)
        .await?;
    let Some(invited) = row.as_ref().map(agent_of).transpose()? else {
        return Ok(None);
    };
    put_password(&mut transaction, invited.id, password).await?;
    sqlx::query(
        "INSERT INTO audit (site, at, by, what, about, before, after)
         VALUES (?, ?, ?, 'password', ?, '', 'chosen by invitation')",
    )
    .bind(invited.site.0)
    .bind(now.0)
    .bind(invited.name.clone())
    .bind(invited.email.clone())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Some(invited))
}

pub async fn set_abilities(
    to: &mut SqliteConnection,
    site: SiteId,
    id: AgentId,
    languages: &[Language],
    skills: &[TopicId],
    teams: &[TeamId],
) -> Made {
    let Some(known) = agent(to, site, id).await? else {
        return Ok(Err(NotMade::NoSuch));
    };
    let before = abilities_text(to, site, id).await?;
    let spoken: Vec<&str> = languages.iter().map(Language::as_str).collect();
    sqlx::query("UPDATE agent SET languages = ? WHERE id = ?")
        .bind(spoken.join(" "))
        .bind(id_bytes(id.0))
        .execute(&mut *to)
        .await?;
    run_for(to, "DELETE FROM skill WHERE agent = ?", id).await?;
    for skill in skills {
        let added = sqlx::query(
            "INSERT INTO skill (agent, topic) SELECT ?, id FROM topic WHERE id = ? AND site = ?
             ON CONFLICT DO NOTHING",
        )
        .bind(id_bytes(id.0))
        .bind(skill.0)
        .bind(site.0)
        .execute(&mut *to)
        .await?;
        if added.rows_affected() == 0 && topic_text(to, site, *skill).await?.is_none() {
            return Ok(Err(NotMade::NoSuch));
        }
    }
    run_for(to, "DELETE FROM team_member WHERE agent = ?", id).await?;
    for team in teams {
        if team_text(to, site, *team).await?.is_none() {
            return Ok(Err(NotMade::NoSuch));
        }
        sqlx::query("INSERT INTO team_member (team, agent) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(team.0)
            .bind(id_bytes(id.0))
            .execute(&mut *to)
            .await?;
    }
    let after = abilities_text(to, site, id).await?;
    line("abilities", &known.email, &before, &after)
}

async fn abilities_text(
    to: &mut SqliteConnection,
    site: SiteId,
    id: AgentId,
) -> Result<String, StoreError> {
    let row = sqlx::query(
        "SELECT languages, (SELECT group_concat(name, ', ') FROM
             (SELECT name FROM topic JOIN skill ON skill.topic = topic.id WHERE skill.agent = agent.id ORDER BY name))
             AS topics,
             (SELECT group_concat(name, ', ') FROM (SELECT name FROM team JOIN team_member ON team_member.team = team.id
                 WHERE team_member.agent = agent.id ORDER BY name)) AS teams
         FROM agent WHERE site = ? AND id = ?",
    )
    .bind(site.0)
    .bind(id_bytes(id.0))
    .fetch_one(to)
    .await?;
    let languages: &str = row.try_get("languages")?;
    let topics: Option<&str> = row.try_get("topics")?;
    let teams: Option<&str> = row.try_get("teams")?;
    let languages = Some(languages).filter(|it| !it.is_empty());
    Ok([
        "languages: ",
        languages.unwrap_or("any"),
        "; topics: ",
        topics.unwrap_or("any"),
        "; teams: ",
        teams.unwrap_or("none"),
    ]
    .concat())
}

pub async fn remove_agent(
    to: &mut SqliteConnection,
    site: SiteId,
    id: AgentId,
    now: Timestamp,
) -> Made {
    let Some(known) = agent(to, site, id).await? else {
        return Ok(Err(NotMade::NoSuch));
    };
    if let Err(refused) = leaves_an_admin(to, site, id).await? {
        return Ok(Err(refused));
    }
    if known.on_duty {
        duty::keep(to, id, false, now).await?;
    }
    run_for(to, "DELETE FROM agent WHERE id = ?", id).await?;
    let before = [&known.name, ", ", known.role.name()].concat();
    line("removed", &known.email, &before, "")
}
