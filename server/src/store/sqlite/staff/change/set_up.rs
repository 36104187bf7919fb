//! Changes of what people have set up for their work: teams, topics, prepared replies.

use protocol::{MAX_LABELS, MAX_PREPARED, MAX_PREPARED_BYTES, TeamId, TopicId};
use sqlx::{Row, SqliteConnection};

use super::super::super::super::{
    NewCannedReply, NotMade, SiteId, StoreError, TeamPlan, TopicPlan,
};
use super::super::super::row::id_bytes;
use super::super::{canned_of, topic_of};
use super::{Made, agent, line, run};

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

/// A team's name, and the same with who belongs to it.
pub async fn team_text(
    to: &mut SqliteConnection,
    site: SiteId,
    id: TeamId,
) -> Result<Option<(String, String)>, StoreError> {
    let Some(name) = team_name(to, site, id).await? else {
        return Ok(None);
    };
    let members = members_text(to, id).await?;
    let text = [&name, ": ", &members].concat();
    Ok(Some((name, text)))
}

pub async fn put_team(
    to: &mut SqliteConnection,
    site: SiteId,
    id: Option<TeamId>,
    plan: &TeamPlan,
) -> Made {
    let TeamPlan { name, members } = plan;
    let known = match id {
        Some(id) => match team_text(to, site, id).await? {
            Some(known) => Some((id, known)),
            None => return Ok(Err(NotMade::NoSuch)),
        },
        None if is_full(
            to,
            "SELECT count(*) FROM team WHERE site = ?",
            site,
            MAX_LABELS,
        )
        .await? =>
        {
            return Ok(Err(NotMade::Full));
        }
        None => None,
    };
    let id = match &known {
        Some((id, _)) => {
            sqlx::query("UPDATE team SET name = ? WHERE id = ?")
                .bind(name.clone())
                .bind(id.0)
                .execute(&mut *to)
                .await?;
            *id
        }
        None => {
            let row = sqlx::query("INSERT INTO team (site, name) VALUES (?, ?) RETURNING id")
                .bind(site.0)
                .bind(name.clone())
                .fetch_one(&mut *to)
                .await?;
            TeamId(row.try_get(0)?)
        }
    };
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
    let after = [name, ": ", &members_text(to, id).await?].concat();
    match known {
        Some((_, (name, before))) => line("team", &name, &before, &after),
        None => line("team added", name, "", &after),
    }
}

/// Whether a site has as many of something as there can be.
async fn is_full(
    to: &mut SqliteConnection,
    count: &'static str,
    site: SiteId,
    most: usize,
) -> Result<bool, StoreError> {
    let row = sqlx::query(count).bind(site.0).fetch_one(to).await?;
    let count: i64 = row.try_get(0)?;
    Ok(usize::try_from(count).is_ok_and(|count| count >= most))
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
        None if is_full(
            to,
            "SELECT count(*) FROM topic WHERE site = ?",
            site,
            MAX_LABELS,
        )
        .await? =>
        {
            return Ok(Err(NotMade::Full));
        }
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
        None if is_full(
            to,
            "SELECT count(*) FROM canned_reply WHERE site = ?",
            site,
            MAX_PREPARED,
        )
        .await? =>
        {
            return Ok(Err(NotMade::Full));
        }
        None => None,
    };
    let others = sqlx::query(
        "SELECT coalesce(sum(octet_length(text)), 0) FROM canned_reply WHERE site = ? AND id IS NOT ?",
    )
    .bind(site.0)
    .bind(known.as_ref().map(|(id, _)| *id))
    .fetch_one(&mut *to)
    .await?;
    let bytes = others.try_get::<i64, _>(0)?;
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    if bytes.saturating_add(reply.text.len()) > MAX_PREPARED_BYTES {
        return Ok(Err(NotMade::Full));
    }
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
