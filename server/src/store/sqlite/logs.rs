//! What the writer remembers of the logs that are written to: where each one ends, and which commands made it.
//!
//! An index over the commands' ids would cost every commit one more page for each conversation in it, as random as the
//! ids are: a third of all the work (`cargo xtask bench relay`). That no id is used twice in a conversation follows
//! without it from two things: the index over places lets only one writer follow an event, and a writer that follows
//! it has read all ids before it.

use std::collections::HashMap;

use protocol::{CommandId, ConversationId, Seq};
use sqlx::{Row, SqliteConnection};

use super::super::StoreError;
use super::row::{self, id_bytes};

/// Ids that are remembered, of all logs together: about 16 MiB. Past that, all are forgotten, and the logs that are
/// still written to are read again, once.
const REMEMBERED: usize = 400_000;

/// One log.
#[derive(Debug, Default)]
pub struct Log {
    /// The conversation's number in the tables.
    pub number: i64,
    /// Its last event.
    pub end: Seq,
    /// Where each command's last event is.
    pub commands: HashMap<CommandId, Seq>,
}

/// The logs that are remembered.
#[derive(Debug, Default)]
pub struct Logs {
    logs: HashMap<ConversationId, Log>,
    ids: usize,
}

impl Logs {
    /// A log as it is remembered.
    pub fn get(&self, conversation: ConversationId) -> Option<&Log> {
        self.logs.get(&conversation)
    }

    /// Adds what was committed to a log, which may be a new one.
    pub fn grow(
        &mut self,
        conversation: ConversationId,
        number: i64,
        end: Seq,
        commands: impl IntoIterator<Item = (CommandId, Seq)>,
    ) {
        let log = self.logs.entry(conversation).or_default();
        let before = log.commands.len();
        log.number = number;
        log.end = end;
        log.commands.extend(commands);
        self.ids += log.commands.len() - before;
        if self.ids > REMEMBERED {
            *self = Self::default();
        }
    }

    /// Forgets a log that may be another one by now.
    pub fn forget(&mut self, conversation: ConversationId) {
        if let Some(log) = self.logs.remove(&conversation) {
            self.ids -= log.commands.len();
        }
    }

    /// Reads a log anew. None if the conversation is not in the store.
    pub async fn read(
        &mut self,
        connection: &mut SqliteConnection,
        conversation: ConversationId,
    ) -> Result<Option<&Log>, StoreError> {
        self.forget(conversation);
        let Some((number, end)) = end_of(connection, conversation).await? else {
            return Ok(None);
        };
        // Nobody else writes between the two: and if somebody did, what is read is only more than `end` says.
        let rows = sqlx::query(
            "SELECT seq, command FROM event WHERE conversation = ? AND command IS NOT NULL",
        )
        .bind(number)
        .fetch_all(connection)
        .await?;
        let mut commands = HashMap::with_capacity(rows.len());
        for row in rows {
            let id = CommandId(row::id_of(row.try_get("command")?)?);
            commands.insert(id, Seq(row::unsigned(row.try_get("seq")?)?));
        }
        self.grow(conversation, number, end, commands);
        Ok(self.logs.get(&conversation))
    }

    /// A log that reaches as far as the store's: as remembered, or read anew if somebody else has written meanwhile.
    pub async fn current(
        &mut self,
        connection: &mut SqliteConnection,
        conversation: ConversationId,
    ) -> Result<Option<&Log>, StoreError> {
        let end = end_of(&mut *connection, conversation).await?;
        let remembered = self.get(conversation).map(|log| (log.number, log.end));
        if remembered.is_some() && remembered == end {
            return Ok(self.get(conversation));
        }
        self.read(connection, conversation).await
    }
}

/// A conversation's number and its last event.
async fn end_of(
    connection: &mut SqliteConnection,
    conversation: ConversationId,
) -> Result<Option<(i64, Seq)>, StoreError> {
    let row = sqlx::query(
        "SELECT number, (SELECT coalesce(max(seq), 0) FROM event WHERE event.conversation = number)
         FROM conversation WHERE id = ?",
    )
    .bind(id_bytes(conversation.0))
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok((row.try_get(0)?, Seq(row::unsigned(row.try_get(1)?)?))))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(range: std::ops::Range<usize>) -> impl Iterator<Item = (CommandId, Seq)> {
        range.map(|number| (CommandId(number as u128), Seq(number as u64 + 1)))
    }

    #[test]
    fn what_is_remembered_is_bounded_over_all_logs() {
        let mut logs = Logs::default();
        logs.grow(
            ConversationId(1),
            1,
            Seq(REMEMBERED as u64),
            ids(0..REMEMBERED),
        );
        assert_eq!(
            logs.get(ConversationId(1)).unwrap().end,
            Seq(REMEMBERED as u64)
        );
        // A repeat takes no more room.
        logs.grow(ConversationId(1), 1, Seq(REMEMBERED as u64), ids(0..1));
        assert!(logs.get(ConversationId(1)).is_some());
        logs.grow(ConversationId(2), 2, Seq(1), ids(0..1));
        assert!(logs.get(ConversationId(1)).is_none());
        assert!(logs.get(ConversationId(2)).is_none());
    }

    #[test]
    fn a_log_that_is_forgotten_makes_room() {
        let mut logs = Logs::default();
        for number in 0..3 {
            logs.grow(ConversationId(1), 1, Seq(number), ids(0..REMEMBERED));
            logs.forget(ConversationId(1));
            assert!(logs.get(ConversationId(1)).is_none());
        }
        logs.grow(ConversationId(2), 2, Seq(1), ids(0..REMEMBERED));
        assert!(logs.get(ConversationId(2)).is_some());
    }
}
