//! How a conversation stands: written to its row, and read from it and the end of its log.

use std::sync::LazyLock;

use desk::{Arranged, Conversation, Estimate, Holder, HumanRequest, SupervisorRequest};
use protocol::{
    AgentId, ConversationId, Language, Receipt, Seq, TeamId, Timestamp, TopicId, WaitEstimate,
};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::super::{Outlook, Particulars, Seen, StoreError, StoredConversation, preview};
use super::row;

/// How conversations stand: the row, and what the end of the log says. It is one statement, so that what another
/// process commits meanwhile is in all of it or in none.
static STANDING: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT conversation.*, place, on_duty, from_ms, to_ms, waits, waits_since, taken_at, email,
             visitor, person,
             (SELECT coalesce(max(seq), 0) FROM event WHERE event.conversation = number) AS last_seq,
             (SELECT count(*) FROM event WHERE event.conversation = number AND kind = {visitor} AND seq >
                 (SELECT coalesce(max(seq), 0) FROM event WHERE event.conversation = number
                  AND kind IN ({agent}, {requested}, {resolved}, {ended}))) AS unanswered,
             (SELECT text FROM event WHERE event.conversation = number AND kind = {visitor}
              ORDER BY seq DESC LIMIT 1) AS newest,
             EXISTS (SELECT 1 FROM draft WHERE draft.conversation = number AND reply != '') AS has_draft
         FROM conversation
         LEFT JOIN human_request ON human_request.site = conversation.site AND human_request.receipt = conversation.receipt
         LEFT JOIN contact ON contact.conversation = number
         LEFT JOIN seen ON seen.conversation = number
         WHERE conversation.site = ?",
        visitor = row::VISITOR_MESSAGE,
        agent = row::AGENT_MESSAGE,
        requested = row::HUMAN_REQUESTED,
        resolved = row::RESOLVED,
        ended = row::ENDED,
    )
});

pub static STANDING_OF_ONE: LazyLock<String> =
    LazyLock::new(|| format!("{} AND id = ?", *STANDING));

pub static STANDING_OF_OPEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} AND (holder IN (1, 2) OR supervisor_at IS NOT NULL)",
        *STANDING
    )
});

pub fn standing_of(row: &SqliteRow) -> Result<StoredConversation, StoreError> {
    let holder = row::holder_of(row.try_get("holder")?, row.try_get("agent")?)?;
    let unanswered: i64 = row.try_get("unanswered")?;
    let newest: Option<&str> = row.try_get("newest")?;
    let standing = Conversation {
        holder,
        request: request_of(row)?,
        last_human: row
            .try_get::<Option<Vec<u8>>, _>("last_human")?
            .map(|bytes| row::id_of(&bytes).map(AgentId))
            .transpose()?,
        last_seq: Seq(row::unsigned(row.try_get("last_seq")?)?),
        // Only words for people count, since a person last wrote or was asked for.
        unanswered: if matches!(holder, Holder::Bot | Holder::Nobody) {
            0
        } else {
            u32::try_from(unanswered).unwrap_or(u32::MAX)
        },
        has_draft: row.try_get("has_draft")?,
        supervisor: supervisor_of(row)?,
        vulnerable: seq_of(row, "vulnerable")?,
        arranged: arranged_of(row)?,
    };
    let particulars = Particulars {
        preview: newest.map(preview).unwrap_or_default(),
        contact: row.try_get("email")?,
        outlook: standing
            .request
            .map(|request| outlook_of(row, request.receipt))
            .transpose()?
            .flatten(),
        was_taken: row.try_get::<Option<i64>, _>("taken_at")?.is_some(),
        seen: Seen {
            visitor: seen_of(row, "visitor", standing.last_seq)?,
            person: seen_of(row, "person", standing.last_seq)?,
        },
    };
    Ok(StoredConversation {
        standing,
        particulars,
    })
}

/// How far one end has seen the log. Nobody has seen what is not in it.
fn seen_of(row: &SqliteRow, end: &str, last_seq: Seq) -> Result<Seq, StoreError> {
    Ok(seq_of(row, end)?.unwrap_or(Seq(0)).min(last_seq))
}

/// The event that a column names, if it names one.
fn seq_of(row: &SqliteRow, column: &str) -> Result<Option<Seq>, StoreError> {
    let seq: Option<i64> = row.try_get(column)?;
    seq.map(|seq| row::unsigned(seq).map(Seq)).transpose()
}

/// How the line looked to the request of this row; none if it stood in none.
pub fn outlook_of(row: &SqliteRow, receipt: Receipt) -> Result<Option<Outlook>, StoreError> {
    let place: Option<u32> = row.try_get("place")?;
    let on_duty: Option<u32> = row.try_get("on_duty")?;
    let from_ms: Option<i64> = row.try_get("from_ms")?;
    let to_ms: Option<i64> = row.try_get("to_ms")?;
    let estimate = from_ms
        .zip(to_ms)
        .map(|(from_ms, to_ms)| {
            Ok::<_, StoreError>(Estimate {
                range: WaitEstimate {
                    from_ms: row::unsigned(from_ms)?,
                    to_ms: row::unsigned(to_ms)?,
                },
                waits: row.try_get::<Option<u32>, _>("waits")?.unwrap_or(0),
                since: Timestamp(row.try_get::<Option<i64>, _>("waits_since")?.unwrap_or(0)),
            })
        })
        .transpose()?;
    Ok(place.zip(on_duty).map(|(place, on_duty)| Outlook {
        receipt,
        place,
        on_duty,
        estimate,
    }))
}

fn supervisor_of(row: &SqliteRow) -> Result<Option<SupervisorRequest>, StoreError> {
    let asked_at: Option<i64> = row.try_get("supervisor_at")?;
    let due: Option<i64> = row.try_get("supervisor_due")?;
    Ok(asked_at.map(|asked_at| SupervisorRequest {
        asked_at: Timestamp(asked_at),
        due: due.map(Timestamp),
    }))
}

fn request_of(row: &SqliteRow) -> Result<Option<HumanRequest>, StoreError> {
    let receipt: Option<i64> = row.try_get("receipt")?;
    let requested_at: Option<i64> = row.try_get("requested_at")?;
    receipt
        .zip(requested_at)
        .map(|(receipt, requested_at)| {
            Ok(HumanRequest {
                receipt: Receipt(row::unsigned(receipt)?),
                requested_at: Timestamp(requested_at),
                priority: row.try_get("priority")?,
            })
        })
        .transpose()
}

fn arranged_of(row: &SqliteRow) -> Result<Arranged, StoreError> {
    let wanted: Option<&[u8]> = row.try_get("wanted")?;
    let language: Option<&str> = row.try_get("language")?;
    let time =
        |column: &str| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(column)?.map(Timestamp));
    Ok(Arranged {
        team: row.try_get::<Option<u32>, _>("team")?.map(TeamId),
        wanted: wanted.map(row::id_of).transpose()?.map(AgentId),
        topic: row.try_get::<Option<u32>, _>("topic")?.map(TopicId),
        language: language.and_then(Language::of),
        snoozed: time("snoozed_until")?,
        help: time("help_at")?,
        solved: row.try_get("solved_answer")?,
    })
}

/// Writes how a conversation stands.
pub async fn keep(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    standing: &Conversation,
) -> Result<(), sqlx::Error> {
    let (holder, agent) = row::holder_columns(standing.holder);
    let request = standing.request;
    let arranged = &standing.arranged;
    sqlx::query(
        "UPDATE conversation SET holder = ?, agent = ?, last_human = ?, receipt = ?, requested_at = ?, priority = ?,
             supervisor_at = ?, supervisor_due = ?, vulnerable = ?, team = ?, wanted = ?, topic = ?, language = ?,
             snoozed_until = ?, help_at = ?, solved_answer = ?
         WHERE id = ?",
    )
    .bind(holder)
    .bind(agent)
    .bind(standing.last_human.map(|id| row::id_bytes(id.0)))
    .bind(request.map(|request| i64::try_from(request.receipt.0).expect("receipts are counted from 1")))
    .bind(request.map(|request| request.requested_at.0))
    .bind(request.is_some_and(|request| request.priority))
    .bind(standing.supervisor.map(|wish| wish.asked_at.0))
    .bind(standing.supervisor.and_then(|wish| wish.due).map(|due| due.0))
    .bind(standing.vulnerable.map(|seq| i64::try_from(seq.0).expect("a log is shorter than 2^63")))
    .bind(arranged.team.map(|team| team.0))
    .bind(arranged.wanted.map(|agent| row::id_bytes(agent.0)))
    .bind(arranged.topic.map(|topic| topic.0))
    .bind(arranged.language.map(|language| language.to_string()))
    .bind(arranged.snoozed.map(|until| until.0))
    .bind(arranged.help.map(|since| since.0))
    .bind(arranged.solved.clone())
    .bind(row::id_bytes(conversation.0))
    .execute(writer)
    .await?;
    Ok(())
}
