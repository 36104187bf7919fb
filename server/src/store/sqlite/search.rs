//! Finding conversations again, by the index of what was said and by what happened last.

mod hit;
mod index;
#[cfg(test)]
mod tests;
mod views;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use desk::Holder;
use protocol::{AgentId, ConversationId, SavedView, Standing, Timestamp};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use super::super::{FoundPage, Place, Query, Reader, Search, SiteId, StoreError, Wanted};
use super::SqliteStore;
use super::row::{self, id_bytes};

use hit::hit;
pub use index::Indexer;
use index::word_at;

/// How many candidates are looked at in one statement.
const CHUNK: usize = 1_000;

/// How long a search looks at candidates that are passed over, before it answers with what it has.
const PATIENCE: Duration = Duration::from_secs(1);

/// The most conversations that a number or an address finds.
const DIRECT: i64 = 20;

#[async_trait]
impl Search for SqliteStore {
    async fn find(
        &self,
        site: SiteId,
        reader: Reader,
        query: &Query,
    ) -> Result<FoundPage, StoreError> {
        let told = self.indexer.listen();
        let ends = sqlx::query(index::ENDS).fetch_one(&self.readers).await?;
        let (known, newest): (i64, i64) = (ends.try_get(0)?, ends.try_get(1)?);
        let behind = known != newest && !self.indexer.catch_up(told, newest).await;
        // All of it at one moment: what is told of a conversation is what gave the right to see it.
        let mut moment = self.searchers.begin().await?;
        let mut page = find(&mut moment, site, reader, query).await?;
        page.behind = behind;
        Ok(page)
    }

    async fn had(
        &self,
        site: SiteId,
        agent: AgentId,
        conversation: ConversationId,
    ) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM part JOIN conversation ON number = part.conversation
             WHERE conversation.site = ? AND conversation.id = ? AND part.agent = ?)",
        )
        .bind(site.0)
        .bind(id_bytes(conversation.0))
        .bind(id_bytes(agent.0))
        .fetch_one(&self.readers)
        .await?;
        Ok(row.try_get(0)?)
    }

    async fn views(&self, agent: AgentId) -> Result<Vec<SavedView>, StoreError> {
        views::views(&self.readers, agent).await
    }

    async fn put_view(
        &self,
        agent: AgentId,
        view: &SavedView,
        most: usize,
    ) -> Result<bool, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| views::put(to, agent, view, most))
            .await
    }

    async fn end_view(&self, agent: AgentId, name: &str) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| views::end(to, agent, name))
            .await
    }
}

/// What may be shown: an event, and whether it and its conversation are what is looked for.
struct Candidate {
    event: i64,
    number: Option<i64>,
    id: Option<Vec<u8>>,
    fits: bool,
}

async fn find(
    moment: &mut SqliteConnection,
    site: SiteId,
    reader: Reader,
    query: &Query,
) -> Result<FoundPage, StoreError> {
    let indexed: i64 = sqlx::query("SELECT event FROM search_progress")
        .fetch_one(&mut *moment)
        .await?
        .try_get(0)?;
    let newest = query.after.map_or(indexed, |after| after.newest);
    let mut met: HashSet<i64> = HashSet::new();
    let mut found: Vec<(Candidate, bool)> = Vec::new();
    for direct in directly(moment, site, reader, query).await? {
        if let Some(number) = direct.number.filter(|_| direct.fits) {
            met.insert(number);
            if query.after.is_none() {
                found.push((direct, false));
            }
        }
    }
    let has_words = !query.wanted.phrases().is_empty();
    let mut below = query.after.map_or(i64::MAX, |after| after.event);
    let begun = Instant::now();
    let is_whole = 'looking: loop {
        let candidates = candidates(moment, site, reader, query, below).await?;
        let is_last = candidates.len() < CHUNK;
        for candidate in candidates {
            let event = candidate.event;
            if let Some(number) = candidate.number.filter(|_| candidate.fits)
                && met.insert(number)
                && !(has_words && was_found(moment, number, query).await?)
            {
                if found.len() >= query.count {
                    break 'looking false;
                }
                found.push((candidate, has_words));
            }
            below = event;
        }
        if is_last {
            break true;
        }
        if begun.elapsed() > PATIENCE {
            break false;
        }
    };
    let mut hits = Vec::with_capacity(found.len());
    for (candidate, by_words) in found {
        hits.push(hit(moment, site, candidate, by_words).await?);
    }
    let after = Place {
        event: below,
        newest,
    };
    Ok(FoundPage {
        hits,
        after: (!is_whole).then_some(after),
        behind: false,
    })
}

/// Those that the number of a request or an address finds. There is no index over addresses, for it would keep each of them
/// twice: they are few beside the messages, and are looked through.
async fn directly(
    moment: &mut SqliteConnection,
    site: SiteId,
    reader: Reader,
    query: &Query,
) -> Result<Vec<Candidate>, StoreError> {
    let Wanted { receipt, email, .. } = &query.wanted;
    if receipt.is_none() && email.is_none() {
        return Ok(vec![]);
    }
    let receipt = receipt.and_then(|receipt| i64::try_from(receipt.0).ok());
    let mut sql = QueryBuilder::new("SELECT activity.event, number, id, ");
    push_fits(&mut sql, site, reader, query, "activity.at");
    sql.push(
        " AS fits FROM conversation CROSS JOIN activity ON activity.conversation = number
         WHERE number IN (SELECT conversation FROM human_request WHERE site = ",
    );
    sql.push_bind(site.0);
    sql.push(" AND receipt = ").push_bind(receipt);
    sql.push(" UNION SELECT conversation FROM contact WHERE email = ");
    sql.push_bind(email.clone());
    sql.push(" COLLATE NOCASE) AND fits ORDER BY activity.event DESC LIMIT ");
    sql.push_bind(DIRECT);
    read(moment, sql).await
}

/// The next ones below an event, the newest first.
async fn candidates(
    moment: &mut SqliteConnection,
    site: SiteId,
    reader: Reader,
    query: &Query,
    below: i64,
) -> Result<Vec<Candidate>, StoreError> {
    let chunk = i64::try_from(CHUNK).expect("a chunk is small");
    let mut sql;
    if query.wanted.phrases().is_empty() {
        sql = QueryBuilder::new("SELECT activity.event, number, id, ");
        push_fits(&mut sql, site, reader, query, "activity.at");
        sql.push(
            " AS fits FROM activity LEFT JOIN conversation ON number = activity.conversation
             WHERE activity.site = ",
        );
        sql.push_bind(site.0);
        sql.push(" AND activity.event < ").push_bind(below);
        sql.push(" ORDER BY activity.event DESC LIMIT ");
        sql.push_bind(chunk);
    } else {
        sql = QueryBuilder::new("SELECT place AS event, number, id, ");
        push_fits(&mut sql, site, reader, query, "event.at");
        sql.push(
            " AS fits FROM (SELECT rowid AS place FROM message_index WHERE message_index MATCH ",
        );
        sql.push_bind(match_of(site, &query.wanted));
        sql.push(" AND rowid < ").push_bind(below);
        sql.push(" ORDER BY rowid DESC LIMIT ").push_bind(chunk);
        sql.push(
            ") LEFT JOIN event ON event.rowid = place LEFT JOIN conversation ON number = event.conversation
             ORDER BY place DESC",
        );
    }
    read(moment, sql).await
}

async fn read(
    moment: &mut SqliteConnection,
    mut sql: QueryBuilder<Sqlite>,
) -> Result<Vec<Candidate>, StoreError> {
    let rows = sql.build().fetch_all(moment).await?;
    let candidates = rows.iter().map(|row| {
        Ok(Candidate {
            event: row.try_get("event")?,
            number: row.try_get("number")?,
            id: row.try_get("id")?,
            fits: row.try_get::<Option<bool>, _>("fits")?.unwrap_or(false),
        })
    });
    candidates.collect()
}

/// The condition that a conversation is the reader's to see and is one of those looked for.
fn push_fits(
    sql: &mut QueryBuilder<Sqlite>,
    site: SiteId,
    reader: Reader,
    query: &Query,
    at: &'static str,
) {
    let of = |holder: Holder| row::holder_columns(holder).0;
    let (queue, nobody) = (of(Holder::Queue), of(Holder::Nobody));
    sql.push("(conversation.site = ").push_bind(site.0);
    if let Reader::Agent(agent) = reader {
        let (held, agent) = row::holder_columns(Holder::Agent(agent));
        sql.push(" AND (holder = ").push_bind(queue);
        sql.push(" OR (holder = ").push_bind(held);
        sql.push(" AND conversation.agent = ");
        sql.push_bind(agent.clone());
        sql.push(") OR (holder = ").push_bind(nobody);
        push_had(sql, agent);
        sql.push("))");
    }
    match query.state {
        Standing::All => {}
        Standing::Open => {
            sql.push(" AND (holder IN (1, 2) OR supervisor_at IS NOT NULL)");
        }
        Standing::Resolved => {
            sql.push(" AND supervisor_at IS NULL AND holder = ");
            sql.push_bind(nobody);
        }
    }
    if let Some(topic) = query.topic {
        sql.push(" AND topic = ").push_bind(topic.0);
    }
    if let Some(language) = query.language {
        sql.push(" AND language = ").push_bind(language.to_string());
    }
    if let Some(team) = query.team {
        sql.push(" AND team = ").push_bind(team.0);
    }
    if let Some(agent) = query.agent {
        push_had(sql, Some(id_bytes(agent.0)));
    }
    if query.vulnerable {
        sql.push(" AND vulnerable IS NOT NULL");
    }
    for (bound, time) in [(" >= ", query.from), (" < ", query.to)] {
        if let Some(Timestamp(time)) = time {
            sql.push(" AND ").push(at).push(bound).push_bind(time);
        }
    }
    sql.push(")");
}

fn push_had(sql: &mut QueryBuilder<Sqlite>, agent: Option<Vec<u8>>) {
    sql.push(" AND EXISTS (SELECT 1 FROM part WHERE part.agent = ");
    sql.push_bind(agent);
    sql.push(" AND part.conversation = number)");
}

/// What the index is asked for. Every word is in quotation marks, and has none in itself: it is letters, digits and marks.
fn match_of(site: SiteId, wanted: &Wanted) -> String {
    let phrases = wanted.phrases().iter().map(|phrase| {
        let words = phrase.words.iter().map(|word| word_at(site, word));
        let words = words.collect::<Vec<_>>().join(" ");
        let end = if phrase.is_begun { "\" *" } else { "\"" };
        ["\"", &words, end].concat()
    });
    phrases.collect::<Vec<_>>().join(" AND ")
}

/// Whether a page before had a conversation already, by a newer message.
async fn was_found(
    moment: &mut SqliteConnection,
    number: i64,
    query: &Query,
) -> Result<bool, StoreError> {
    let Some(Place { event, newest }) = query.after else {
        return Ok(false);
    };
    let rows = sqlx::query(
        "SELECT text FROM event WHERE conversation = ? AND rowid >= ? AND rowid <= ? AND at >= ? AND at < ?
         AND text IS NOT NULL",
    )
    .bind(number)
    .bind(event)
    .bind(newest)
    .bind(query.from.map_or(i64::MIN, |from| from.0))
    .bind(query.to.map_or(i64::MAX, |to| to.0))
    .fetch_all(moment)
    .await?;
    for row in rows {
        if query.wanted.places_in(row.try_get(0)?).is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
