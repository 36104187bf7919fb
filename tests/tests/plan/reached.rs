//! What plans have come to, so that no promise holds only because nothing happens.

use std::collections::BTreeSet;

use protocol::{Author, EventKind, RequestVia, ReturnReason};

use crate::history::Stored;

/// What must come up among many plans. A bot that hands over is not here: what answers through the `Bot` trait cannot.
pub const ALL: [&str; 20] = [
    "a visitor writes",
    "a bot answers",
    "a person answers",
    "a press of the button",
    "a request by writing after the end",
    "a request by writing where no bot is",
    "a claim",
    "a transfer",
    "a lapse",
    "an end",
    "a return to the same person",
    "a return to the line",
    "a visitor leaves the line",
    "a visitor goes back to the bot",
    "a visitor ends it",
    "a bot fails",
    "a wish for a supervisor",
    "a supervisor takes it",
    "a call-back is promised",
    "several wait at once",
];

/// What a plan has come to.
pub fn reached(stored: &Stored) -> BTreeSet<&'static str> {
    let kinds = stored.events.iter().map(|(_, event)| match &event.kind {
        EventKind::Message(message) => match message.author {
            Author::Visitor {} => "a visitor writes",
            Author::Bot {} => "a bot answers",
            Author::Agent { .. } => "a person answers",
        },
        EventKind::HumanRequested { via, .. } => match via {
            RequestVia::Button => "a press of the button",
            RequestVia::Reopen => "a request by writing after the end",
            RequestVia::Message => "a request by writing where no bot is",
            RequestVia::Bot => "a bot hands over",
        },
        EventKind::Taken { lead: false, .. } => "a claim",
        EventKind::Taken { lead: true, .. } => "a supervisor takes it",
        EventKind::Returned { reason, .. } => match reason {
            ReturnReason::Transferred => "a transfer",
            ReturnReason::Vanished => "a lapse",
        },
        EventKind::Resolved { .. } => "an end",
        EventKind::Reopened { agent: Some(_) } => "a return to the same person",
        EventKind::Reopened { agent: None } => "a return to the line",
        EventKind::LeftQueue {} => "a visitor leaves the line",
        EventKind::AssistantChosen {} => "a visitor goes back to the bot",
        EventKind::Ended {} => "a visitor ends it",
        EventKind::BotFailed {} => "a bot fails",
        EventKind::SupervisorRequested {} => "a wish for a supervisor",
        EventKind::CallbackPromised { .. } => "a call-back is promised",
        EventKind::Unknown {} => "something unknown",
    });
    let waiting =
        |standing: &&crate::history::Standing| standing.holder == crate::history::Holder::Queue;
    let several = stored.standings.values().filter(waiting).count() > 1;
    kinds
        .chain(several.then_some("several wait at once"))
        .collect()
}
