//! Claims letters: why there may be one, and that there is one, in one transaction.

use protocol::{Language, Receipt, Seq, Timestamp};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use super::super::super::StoreError;
use super::super::super::post::{BETWEEN_LETTERS_MS, Claim, Letter, NotDue, STOP_LINK_MS};
use super::super::row::{AGENT_MESSAGE, id_bytes, unsigned};
use super::{UNSEEN, is_stopped, mailbox_hash};

/// Claims a letter.
pub async fn claim(
    writer: &mut SqliteConnection,
    claim: &Claim,
) -> Result<Result<Letter, NotDue>, StoreError> {
    // Another server that is about to claim the same one waits here, and then finds this one's.
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let (number, letter) = match due(&mut transaction, claim).await? {
        Ok(due) => due,
        Err(why) => return Ok(Err(why)),
    };
    let mailbox = mailbox_hash(&mut transaction, &letter.email).await?;
    if is_stopped(&mut transaction, &mailbox).await? {
        return Ok(Err(NotDue::Stopped));
    }
    let row = sqlx::query("SELECT claimed_at FROM mailbox WHERE hash = ?")
        .bind(mailbox.clone())
        .fetch_optional(&mut *transaction)
        .await?;
    let last = row.map(|row| row.try_get(0)).transpose()?;
    if is_too_soon(last, claim.at) {
        return Ok(Err(NotDue::TooSoon));
    }
    sqlx::query("INSERT OR REPLACE INTO letter (conversation, claimed_at, seq) VALUES (?, ?, ?)")
        .bind(number)
        .bind(claim.at.0)
        .bind(i64::try_from(letter.seq.0).expect("a log is shorter than 2^63"))
        .execute(&mut *transaction)
        .await?;
    sqlx::query("INSERT OR REPLACE INTO mailbox (hash, claimed_at) VALUES (?, ?)")
        .bind(mailbox.clone())
        .bind(claim.at.0)
        .execute(&mut *transaction)
        .await?;
    // Nothing is kept of a mailbox for longer than it counts.
    sqlx::query("DELETE FROM mailbox WHERE claimed_at <= ?")
        .bind(claim.at.0.saturating_sub_unsigned(BETWEEN_LETTERS_MS))
        .execute(&mut *transaction)
        .await?;
    for table in ["letter_link", "mail_stop_link"] {
        sqlx::query(AssertSqlSafe(format!(
            "DELETE FROM {table} WHERE expires_at <= ?"
        )))
        .bind(claim.at.0)
        .execute(&mut *transaction)
        .await?;
    }
    sqlx::query("INSERT INTO letter_link (hash, conversation, expires_at) VALUES (?, ?, ?)")
        .bind(claim.link.0.to_vec())
        .bind(number)
        .bind(claim.expires_at().0)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("INSERT INTO mail_stop_link (hash, mailbox, expires_at) VALUES (?, ?, ?)")
        .bind(claim.stop.0.to_vec())
        .bind(mailbox)
        .bind(claim.at.0.saturating_add(STOP_LINK_MS))
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(Ok(letter))
}

/// The letter that may be sent about a conversation, and the conversation's number.
async fn due(
    connection: &mut SqliteConnection,
    claim: &Claim,
) -> Result<Result<(i64, Letter), NotDue>, StoreError> {
    let row = sqlx::query(AssertSqlSafe(format!(
        "SELECT number, conversation.language, email, event.seq, event.name, claimed_at, letter.seq AS told,
             (SELECT max(receipt) FROM human_request WHERE human_request.conversation = number) AS newest_receipt
         FROM conversation
         JOIN event ON {UNSEEN}
         LEFT JOIN contact ON contact.conversation = number
         LEFT JOIN letter ON letter.conversation = number
         WHERE conversation.site = ?2 AND conversation.id = ?3
         ORDER BY event.seq DESC LIMIT 1",
    )))
    .bind(AGENT_MESSAGE)
    .bind(claim.site.0)
    .bind(id_bytes(claim.conversation.0))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else {
        return Ok(Err(NotDue::Nothing));
    };
    let seq: i64 = row.try_get("seq")?;
    let told: Option<i64> = row.try_get("told")?;
    let email: Option<String> = row.try_get("email")?;
    if told.is_some_and(|told| told >= seq) {
        return Ok(Err(NotDue::Nothing));
    }
    let Some(email) = email else {
        return Ok(Err(NotDue::NoAddress));
    };
    if is_too_soon(row.try_get("claimed_at")?, claim.at) {
        return Ok(Err(NotDue::TooSoon));
    }
    let receipt: Option<i64> = row.try_get("newest_receipt")?;
    let language: Option<&str> = row.try_get("language")?;
    let letter = Letter {
        email,
        name: row
            .try_get::<Option<String>, _>("name")?
            .unwrap_or_default(),
        receipt: receipt.map(unsigned).transpose()?.map(Receipt),
        language: language.and_then(Language::of),
        seq: Seq(unsigned(seq)?),
    };
    Ok(Ok((row.try_get("number")?, letter)))
}

/// Whether a letter that was claimed is still to be sent.
pub async fn is_wanted(reader: &mut SqliteConnection, claim: &Claim) -> Result<bool, StoreError> {
    let row = sqlx::query(AssertSqlSafe(format!(
        "SELECT email FROM conversation JOIN contact ON contact.conversation = number
         WHERE EXISTS (SELECT 1 FROM event WHERE {UNSEEN})
         AND conversation.site = ?2 AND conversation.id = ?3",
    )))
    .bind(AGENT_MESSAGE)
    .bind(claim.site.0)
    .bind(id_bytes(claim.conversation.0))
    .fetch_optional(&mut *reader)
    .await?;
    let Some(row) = row else { return Ok(false) };
    let email: String = row.try_get("email")?;
    let mailbox = mailbox_hash(reader, &email).await?;
    // Whoever has left another address since does not get the letter at the old one.
    let row = sqlx::query("SELECT 1 FROM mail_stop_link WHERE hash = ? AND mailbox = ?")
        .bind(claim.stop.0.to_vec())
        .bind(mailbox.clone())
        .fetch_optional(&mut *reader)
        .await?;
    Ok(row.is_some() && !is_stopped(reader, &mailbox).await?)
}

/// Whether a letter of then forbids one now. A clock that was turned makes nobody wait for longer than the time between
/// two letters, in either direction.
fn is_too_soon(last: Option<i64>, now: Timestamp) -> bool {
    last.is_some_and(|last| last.abs_diff(now.0) < BETWEEN_LETTERS_MS)
}

/// Gives a claim back.
pub async fn give_back(writer: &mut SqliteConnection, claim: &Claim) -> Result<(), StoreError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    // The claim's own links tell that nobody has claimed the next one meanwhile.
    for (query, link) in [
        (
            "DELETE FROM letter WHERE claimed_at = ? AND conversation =
                 (SELECT conversation FROM letter_link WHERE hash = ?)",
            &claim.link,
        ),
        (
            "DELETE FROM mailbox WHERE claimed_at = ? AND hash =
                 (SELECT mailbox FROM mail_stop_link WHERE hash = ?)",
            &claim.stop,
        ),
    ] {
        sqlx::query(query)
            .bind(claim.at.0)
            .bind(link.0.to_vec())
            .execute(&mut *transaction)
            .await?;
    }
    for (query, link) in [
        ("DELETE FROM letter_link WHERE hash = ?", &claim.link),
        ("DELETE FROM mail_stop_link WHERE hash = ?", &claim.stop),
    ] {
        sqlx::query(query)
            .bind(link.0.to_vec())
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S17, R10.
    #[test]
    fn a_day_lies_between_two_letters_whichever_way_the_clock_is_turned() {
        let (now, day) = (Timestamp(100), 24 * 60 * 60 * 1_000);
        assert!(!is_too_soon(None, now));
        for (since, too_soon) in [
            (0, true),
            (day - 1, true),
            (day, false),
            (-1, true),
            (-day + 1, true),
            (-10 * 365 * day, false),
        ] {
            assert_eq!(is_too_soon(Some(now.0 - since), now), too_soon, "{since}");
        }
    }
}
