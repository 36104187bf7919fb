//! Changes of what people have set up for their work: teams, topics, prepared replies.

use protocol::{AgentId, TeamId, TopicId};
use sqlx::{Row, SqliteConnection};

use super::super::super::super::{NewCannedReply, NotMade, SiteId, StoreError, TopicPlan};
use super::super::super::row::id_bytes;
use super::super::{canned_of, topic_of};
use super::{Made, agent, line, run};

pub async fn team_name(
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

pub async fn put_team(
    to: &mut SqliteConnection,
    site: SiteId,
    id: Option<TeamId>,
    name: &str,
) -> Made {
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

pub async fn set_members(
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

pub async fn topic_text(
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

pub async fn put_topic(
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

pub async fn canned_text(
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

pub async fn put_canned(
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
