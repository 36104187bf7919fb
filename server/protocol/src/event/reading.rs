//! What a log says of how things stand, for every page that shows it.

use super::{Author, Event, EventKind};

/// Whether the conversation ended because a person marked it as solved, and nothing came after.
#[must_use]
pub fn is_solved(log: &[Event]) -> bool {
    newest(log, |kind| match kind {
        EventKind::Resolved { .. } => Some(true),
        EventKind::LeftQueue {}
        | EventKind::AssistantChosen {}
        | EventKind::Ended {}
        | EventKind::Reopened { .. } => Some(false),
        _ => None,
    })
}

/// Whether the conversation is over because its visitor ended it.
#[must_use]
pub fn is_ended(log: &[Event]) -> bool {
    newest(log, |kind| match kind {
        EventKind::Ended {} => Some(true),
        EventKind::Message(_) | EventKind::HumanRequested { .. } | EventKind::Reopened { .. } => {
            Some(false)
        }
        _ => None,
    })
}

/// Whether the assistant could not help the last time it was asked.
#[must_use]
pub fn is_human_offered(log: &[Event]) -> bool {
    newest(log, |kind| match kind {
        EventKind::Message(message) if message.author == (Author::Bot {}) => {
            Some(message.offers_human)
        }
        EventKind::BotFailed {} => Some(true),
        EventKind::LeftQueue {} | EventKind::AssistantChosen {} => Some(false),
        _ => None,
    })
}

/// The newest answer that an event gives; no if none gives one.
fn newest(log: &[Event], answer: impl Fn(&EventKind) -> Option<bool>) -> bool {
    let found = log.iter().rev().find_map(|event| answer(&event.kind));
    found.unwrap_or(false)
}
