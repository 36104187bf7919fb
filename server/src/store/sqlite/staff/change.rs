//! Changes of a site's people and what they have set up: each with its line in the list of changes, in one transaction.

use protocol::{AgentId, Language, Role, TeamId, Timestamp, TopicId};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use super::super::super::{
    By, NewCannedReply, NotMade, SecretHash, SiteId, StaffChange, StoreError, StoredAgent,
    TopicPlan,
};
use super::super::people::{agent_of, agents_where, role_number};
use super::super::row::id_bytes;
use super::{canned_of, topic_of};

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
        } => set_abilities(to, site, *agent, languages, skills).await,
        StaffChange::Remove(id) => remove_agent(to, site, *id, now).await,
        StaffChange::Team(id, name) => put_team(to, site, *id, name).await,
        StaffChange::Members(id, members) => set_members(to, site, *id, members).await,
        StaffChange::RemoveTeam(id) => {
            let Some(name) = team_name(to, site, *id).await? else {
                return Ok(Err(NotMade::NoSuch));
            };
            run(to, "DELETE FROM team WHERE id = ?", id.0).await?;
            line("team removed", &name, &name, "")
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

async fn invite(
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

async fn set_role(to: &mut SqliteConnection, site: SiteId, id: AgentId, role: Role) -> Made {
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

async fn set_password(
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

async fn set_abilities(
    to: &mut SqliteConnection,
    site: SiteId,
    id: AgentId,
    languages: &[Language],
    skills: &[TopicId],
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
             AS topics
         FROM agent WHERE site = ? AND id = ?",
    )
    .bind(site.0)
    .bind(id_bytes(id.0))
    .fetch_one(to)
    .await?;
    let languages: &str = row.try_get("languages")?;
    let topics: Option<&str> = row.try_get("topics")?;
    let any = |text: &str| {
        if text.is_empty() {
            "any".to_owned()
        } else {
            text.to_owned()
        }
    };
    Ok([
        "languages: ",
        &any(languages),
        "; topics: ",
        &any(topics.unwrap_or_default()),
    ]
    .concat())
}

async fn remove_agent(
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
        super::super::duty::keep(to, id, false, now).await?;
    }
    run_for(to, "DELETE FROM agent WHERE id = ?", id).await?;
    let before = [&known.name, ", ", known.role.name()].concat();
    line("removed", &known.email, &before, "")
}

async fn team_name(
    to: &mut SqliteConnection,
    site: SiteId,
    id: TeamId,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT name FROM team WHERE id = ? AND site = ?")
        .bind(id.0)
        .bind(site.0)
        .fetch_optional(to)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

async fn put_team(to: &mut SqliteConnection, site: SiteId, id: Option<TeamId>, name: &str) -> Made {
    let Some(id) = id else {
        sqlx::query("INSERT INTO team (site, name) VALUES (?, ?)")
            .bind(site.0)
            .bind(name.to_owned())
            .execute(to)
            .await?;
        return line("team added", name, "", name);
    };
    let Some(before) = team_name(to, site, id).await? else {
        return Ok(Err(NotMade::NoSuch));
    };
    sqlx::query("UPDATE team SET name = ? WHERE id = ?")
        .bind(name.to_owned())
        .bind(id.0)
        .execute(to)
        .await?;
    line("team renamed", &before, &before, name)
}

async fn set_members(
    to: &mut SqliteConnection,
    site: SiteId,
    id: TeamId,
    members: &[AgentId],
) -> Made {
    let Some(name) = team_name(to, site, id).await? else {
        return Ok(Err(NotMade::NoSuch));
    };
    let before = members_text(to, id).await?;
    run(to, "DELETE FROM team_member WHERE team = ?", id.0).await?;
    for member in members {
        if agent(to, site, *member).await?.is_none() {
            return Ok(Err(NotMade::NoSuch));
        }
        sqlx::query("INSERT INTO team_member (team, agent) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(id.0)
            .bind(id_bytes(member.0))
            .execute(&mut *to)
            .await?;
    }
    let after = members_text(to, id).await?;
    line("team members", &name, &before, &after)
}

async fn members_text(to: &mut SqliteConnection, id: TeamId) -> Result<String, StoreError> {
    let names: Option<String> = sqlx::query(
        "SELECT group_concat(email, ', ') FROM (SELECT email FROM agent
             JOIN team_member ON team_member.agent = agent.id WHERE team = ? ORDER BY email)",
    )
    .bind(id.0)
    .fetch_one(to)
    .await?
    .try_get(0)?;
    Ok(names.unwrap_or_else(|| "nobody".into()))
}

async fn topic_text(
    to: &mut SqliteConnection,
    site: SiteId,
    id: TopicId,
) -> Result<Option<(String, String)>, StoreError> {
    let row = sqlx::query("SELECT * FROM topic WHERE id = ? AND site = ?")
        .bind(id.0)
        .bind(site.0)
        .fetch_optional(&mut *to)
        .await?;
    let Some(topic) = row.as_ref().map(topic_of).transpose()? else {
        return Ok(None);
    };
    let text = plan_text(to, site, &topic.plan).await?;
    Ok(Some((topic.plan.name, text)))
}

async fn plan_text(
    to: &mut SqliteConnection,
    site: SiteId,
    plan: &TopicPlan,
) -> Result<String, StoreError> {
    let team = match plan.team {
        Some(team) => team_name(to, site, team).await?.unwrap_or_default(),
        None => "no team".into(),
    };
    Ok([&plan.name, ": ", &plan.words.join(", "), "; ", &team].concat())
}

async fn put_topic(
    to: &mut SqliteConnection,
    site: SiteId,
    id: Option<TopicId>,
    plan: &TopicPlan,
) -> Made {
    if let Some(team) = plan.team
        && team_name(to, site, team).await?.is_none()
    {
        return Ok(Err(NotMade::NoSuch));
    }
    let known = match id {
        Some(id) => match topic_text(to, site, id).await? {
            Some(known) => Some((id, known)),
            None => return Ok(Err(NotMade::NoSuch)),
        },
        None => None,
    };
    let after = plan_text(to, site, plan).await?;
    let statement = match known {
        Some(_) => "UPDATE topic SET name = ?, words = ?, team = ? WHERE site = ? AND id = ?",
        None => "INSERT INTO topic (name, words, team, site) VALUES (?, ?, ?, ?)",
    };
    let mut query = sqlx::query(statement)
        .bind(plan.name.clone())
        .bind(plan.words.join("\n"))
        .bind(plan.team.map(|team| team.0))
        .bind(site.0);
    if let Some((id, _)) = &known {
        query = query.bind(id.0);
    }
    query.execute(to).await?;
    match known {
        Some((_, (name, before))) => line("topic", &name, &before, &after),
        None => line("topic added", &plan.name, "", &after),
    }
}

async fn canned_text(
    to: &mut SqliteConnection,
    site: SiteId,
    id: i64,
) -> Result<Option<(String, String)>, StoreError> {
    let row = sqlx::query("SELECT * FROM canned_reply WHERE id = ? AND site = ?")
        .bind(id)
        .bind(site.0)
        .fetch_optional(to)
        .await?;
    let known = row.as_ref().map(canned_of).transpose()?;
    Ok(known.map(|known| {
        let text = reply_text(&known.reply);
        (known.reply.shortcut, text)
    }))
}

fn reply_text(reply: &NewCannedReply) -> String {
    let language = reply
        .language
        .map_or("any language".into(), |it| it.to_string());
    ["/", &reply.shortcut, " (", &language, "): ", &reply.text].concat()
}

async fn put_canned(
    to: &mut SqliteConnection,
    site: SiteId,
    id: Option<i64>,
    reply: &NewCannedReply,
) -> Made {
    let known = match id {
        Some(id) => match canned_text(to, site, id).await? {
            Some(known) => Some((id, known)),
            None => return Ok(Err(NotMade::NoSuch)),
        },
        None => None,
    };
    let statement = match known {
        Some(_) => {
            "UPDATE canned_reply SET shortcut = ?, language = ?, text = ? WHERE site = ? AND id = ?"
        }
        None => "INSERT INTO canned_reply (shortcut, language, text, site) VALUES (?, ?, ?, ?)",
    };
    let mut query = sqlx::query(statement)
        .bind(reply.shortcut.clone())
        .bind(reply.language.map(|it| it.to_string()).unwrap_or_default())
        .bind(reply.text.clone())
        .bind(site.0);
    if let Some((id, _)) = &known {
        query = query.bind(*id);
    }
    query.execute(to).await?;
    let after = reply_text(reply);
    match known {
        Some((_, (shortcut, before))) => line("prepared reply", &shortcut, &before, &after),
        None => line("prepared reply added", &reply.shortcut, "", &after),
    }
}
