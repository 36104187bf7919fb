//! Writes as if their commands were others: what the store's lie is made of that forgets whose command made an event.

use desk::Entry;
use human_please::store::Write;
use protocol::CommandId;

/// The same write as if it were another command's.
pub fn rename<'a>(write: &Write<'a>, entries: &'a [Entry], number: u64) -> Write<'a> {
    match write {
        Write::Append(append) => Write::Append(human_please::store::Append {
            id: append.id.map(|id| other_id(id, number)),
            entries,
            standing: append.standing.clone(),
            ..*append
        }),
        other => other.clone(),
    }
}

/// What a write appends, where messages have other ids too: a message is known again by its own.
pub fn renamed_entries(write: &Write<'_>, number: u64) -> Vec<Entry> {
    let Write::Append(append) = write else {
        return vec![];
    };
    let mut entries = append.entries.to_vec();
    for entry in &mut entries {
        if let Entry::Message(message) = entry {
            message.id = other_id(message.id, number);
        }
    }
    entries
}

fn other_id(id: CommandId, number: u64) -> CommandId {
    CommandId(id.0 ^ u128::from(number + 1))
}
