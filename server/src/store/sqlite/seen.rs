//! How far each end has seen a conversation.

use protocol::{ConversationId, Seq};
use serde_json::json;
use sqlx::SqliteConnection;

use super::super::{Seen, StoreError};

/// One statement, which is a transaction of its own, for any number of conversations.
const PUT_SEEN: &str = "
    INSERT INTO seen (conversation, visitor, person)
    SELECT number, value ->> 'visitor', value ->> 'person'
    FROM json_each(?) JOIN conversation ON conversation.id = unhex(value ->> 'id')
    WHERE true
    ON CONFLICT (conversation) DO UPDATE SET
        visitor = max(visitor, excluded.visitor), person = max(person, excluded.person)";

pub async fn put_seen(
    writer: &mut SqliteConnection,
    seen: &[(ConversationId, Seen)],
) -> Result<(), StoreError> {
    let rows: Vec<_> = seen
        .iter()
        .map(|(id, seen)| {
            let Seq(visitor) = seen.visitor;
            let Seq(person) = seen.person;
            json!({ "id": id.to_string(), "visitor": visitor, "person": person })
        })
        .collect();
    sqlx::query(PUT_SEEN)
        .bind(serde_json::Value::from(rows).to_string())
        .execute(writer)
        .await?;
    Ok(())
}
