//! When people were on duty, and what they did in conversations.

use std::collections::HashMap;

use async_trait::async_trait;
use protocol::{AgentId, ConversationId, Receipt, ReturnReason, Seq, Timestamp};
use sqlx::{AssertSqlSafe, Row};

use super::super::{SiteId, StoreError, Work};
use super::SqliteStore;
use super::row::{
    AGENT_MESSAGE, EventRow, HUMAN_REQUESTED, RESOLVED, RETURNED, TAKEN, id_bytes, id_of,
};
use crate::work::{Deed, DeedKind, Span, Turn};

#[async_trait]
impl Work for SqliteStore {
    async fn turns(&self, agent: AgentId, span: Span) -> Result<Vec<Turn>, StoreError> {
        let rows = sqlx::query(
            "SELECT at, on_duty FROM duty WHERE agent = ?1
                 AND at >= coalesce((SELECT max(at) FROM duty WHERE agent = ?1 AND at < ?2), ?2)
                 AND at <= coalesce((SELECT min(at) FROM duty WHERE agent = ?1 AND at >= ?3), ?3)
             ORDER BY at, rowid",
        )
        .bind(id_bytes(agent.0))
        .bind(span.from.0)
        .bind(span.to.0)
        .fetch_all(&self.readers)
        .await?;
        let turns = rows.iter().map(|row| {
            Ok(Turn {
                at: Timestamp(row.try_get("at")?),
                on: row.try_get("on_duty")?,
            })
        });
        turns.collect()
    }

    async fn deeds(
        &self,
        site: SiteId,
        agent: AgentId,
        span: Span,
    ) -> Result<Vec<Deed>, StoreError> {
        // There is no index over events' times, for every message would pay for it. Of the conversations that somebody has
        // had, the ends of each log tell which were going on then; of these alone the logs are read.
        let query = format!(
            "SELECT conversation.id AS id, event.* FROM part
             JOIN conversation ON conversation.number = part.conversation AND conversation.site = ?1
             JOIN event ON event.conversation = part.conversation
             WHERE part.agent = ?2
                 AND (SELECT at FROM event WHERE conversation = part.conversation ORDER BY seq DESC LIMIT 1) >= ?3
                 AND (SELECT at FROM event WHERE conversation = part.conversation ORDER BY seq LIMIT 1) < ?4
                 AND (event.kind = {HUMAN_REQUESTED}
                     OR event.agent = ?2 AND event.kind IN ({AGENT_MESSAGE}, {TAKEN}, {RETURNED}, {RESOLVED}))
             ORDER BY event.conversation, event.seq"
        );
        let rows = sqlx::query(AssertSqlSafe(query))
            .bind(site.0)
            .bind(id_bytes(agent.0))
            .bind(span.from.0)
            .bind(span.to.0)
            .fetch_all(&self.readers)
            .await?;
        let mut receipts: HashMap<ConversationId, Receipt> = HashMap::new();
        let mut deeds = vec![];
        for row in &rows {
            let conversation = ConversationId(id_of(row.try_get("id")?)?);
            let row = EventRow::read(row)?;
            if let Some(receipt) = row.receipt() {
                receipts.insert(conversation, receipt);
            }
            let is_within = (span.from <= row.at) & (row.at < span.to);
            if let Some(kind) = kind_of(&row).filter(|_| is_within) {
                deeds.push(Deed {
                    conversation,
                    seq: Seq(row.seq.0),
                    at: row.at,
                    kind,
                    receipt: receipts.get(&conversation).copied(),
                });
            }
        }
        deeds.sort_by_key(|deed| (deed.at, deed.conversation, deed.seq));
        Ok(deeds)
    }
}

fn kind_of(row: &EventRow) -> Option<DeedKind> {
    match row.kind {
        AGENT_MESSAGE => Some(DeedKind::Reply),
        TAKEN => Some(DeedKind::Taken),
        RESOLVED => Some(DeedKind::Resolved),
        RETURNED => Some(match row.returned() {
            Some(ReturnReason::Vanished) => DeedKind::Lost,
            _ => DeedKind::PassedOn,
        }),
        _ => None,
    }
}
