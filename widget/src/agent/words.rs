//! Every word of the agent page.

mod find;
mod handover;
mod known;
mod moves;
mod notices;
mod palette;
mod prepared;
mod suggested;
mod supervisor;

use protocol::{Author, EventKind, Receipt, RequestVia, ReturnReason, Source, TextError};
use session::LinkState;
use session::agent::Delivery;

pub(super) use find::*;
pub(super) use handover::*;
pub(super) use known::*;
pub(super) use moves::*;
pub(super) use notices::{off_duty_take, refused, told};
pub(super) use palette::*;
pub(super) use prepared::*;
pub(super) use suggested::*;
pub(super) use supervisor::*;
pub(super) use words::desk::*;

use crate::parts::SourceWords;

/// What is said of the articles that the assistant's answer is taken from.
pub(super) const SOURCES: SourceWords = SourceWords {
    line: "from {sources}",
    title: "“{title}”",
    comma: ", ",
    new_tab: "(opens in a new tab)",
};

/// A notice of something that went well: it goes by itself.
pub(super) const GOOD_NEWS: &str = "done";
/// A notice of something that did not: it stays until the agent does something else.
pub(super) const BAD_NEWS: &str = "refused";

pub(super) const SIGN_OUT: &str = "Sign out";
pub(super) const UNREACHABLE: &str =
    "The desk cannot be reached. Check your connection; it is tried again.";
pub(super) const SIGNED_OUT: &str =
    "You are signed out. Sign in again to go on; what you wrote is kept.";

pub(super) const MINE: &str = "My conversations";
pub(super) const NONE_MINE: &str =
    "You have none right now. Take one from the queue when somebody waits.";
pub(super) const SAYS_SO: &str = "says so themselves";
pub(super) const UNREAD: &str = " unread";
pub(super) const GO_ON_DUTY_AND_TAKE: &str = "Go on duty and take";

pub(super) const NOTIFIED_ALWAYS: &str = "Notifications are on, with the page closed too.";
pub(super) const VISITOR_WROTE: &str = "A visitor wrote to you.";
pub(super) const SOMEBODY_WAITS: &str = "Somebody is waiting for a person";

pub(super) const LOG: &str = "Conversation";
pub(super) const OLDER: &str = "Show older messages";
pub(super) const LOADING: &str = "Loading the conversation…";
pub(super) const REPLY: &str = "Reply";
pub(super) const WRITE_REPLY: &str = "Write a reply";
pub(super) const SEND: &str = "Send";
pub(super) const RESOLVE: &str = "Resolve";
pub(super) const TRANSFER: &str = "Transfer";
pub(super) const TAKE_TO_ANSWER: &str = "Take it to answer.";
pub(super) const OFF_DUTY_TO_ANSWER: &str = "You are off duty.";
pub(super) const COMES_BACK: &str = "If the visitor writes again, it comes back to you.";
pub(super) const NOT_YOURS: &str = "You can read it, and no longer answer it.";

pub(super) const FROM_THE_SHOP: &str = "From the shop's page";
pub(super) const NOT_VERIFIED: &str =
    "Not verified: the visitor's browser sent it, and could have sent anything.";
pub(super) const WHO: &str = "Who";
pub(super) const VISITOR_UNKNOWN: &str = "Visitor, not signed in";
pub(super) const EMAIL_LEFT: &str = "Email, not verified";
pub(super) const RECEIPT: &str = "Receipt";
pub(super) const FIRST_ASKED: &str = "First asked";
pub(super) const ASKED_BY: &str = "Asked by";
pub(super) const WAITED: &str = "Waited";
pub(super) const IN_THEIR_WORDS: &str = "In their words";
pub(super) const AI_ANSWERED: &str = "What the AI answered";
pub(super) const NOTHING: &str = "Nothing.";
pub(super) const NOT_LOADED_YET: &str =
    "The beginning is not loaded. Show older messages in the conversation to read it here.";

pub(super) const NO_CONNECTION: &str =
    "No connection. Trying again. What you write is kept and sent later.";
pub(super) const OUTDATED: &str =
    "The desk has been renewed. Load the page again; what you wrote is kept.";
pub(super) const LOAD_AGAIN: &str = "Load again";

/// What the tab is called.
pub(super) fn title(waiting: usize) -> String {
    match waiting {
        0 => "Queue · Human, please".into(),
        _ => format!("({waiting}) Queue · Human, please"),
    }
}

/// The text of a notification: how many wait, and never what they wrote.
pub(super) fn waiting_in_all(waiting: usize) -> String {
    match waiting {
        1 => "One person in the queue.".into(),
        _ => format!("{waiting} people in the queue."),
    }
}

/// How the connection stands: the word for it, and its name in the page.
pub(super) fn connection(link: LinkState) -> (&'static str, &'static str) {
    match link {
        LinkState::Live => ("Connected", "live"),
        LinkState::Connecting { .. } => (CONNECTING, "opening"),
        LinkState::Reconnecting { .. } | LinkState::Stopped(_) => ("Offline", "lost"),
    }
}

/// The author's label on a message.
pub(super) fn author(author: &Author) -> String {
    match author {
        Author::Visitor {} => "Visitor".into(),
        Author::Bot {} => "AI assistant".into(),
        Author::Agent { name } => format!("{name} · human"),
    }
}

/// Somebody is writing.
pub(super) fn writing(who: &Author) -> String {
    match who {
        Author::Agent { name } => format!("{name} is writing"),
        _ => format!("{} is writing", author(who)),
    }
}

/// How far a reply has come.
pub(super) fn delivery(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Sending => "Sending…",
        Delivery::Waiting => "Not sent yet – will retry",
        Delivery::Sent => "Sent",
        Delivery::Seen => "Seen",
    }
}

/// What happened, for the log; none for a message.
pub(super) fn event(kind: &EventKind) -> Option<(&'static str, String)> {
    Some(match kind {
        EventKind::Message(_) => return None,
        EventKind::HumanRequested { receipt, via } => (
            "human_requested",
            match via {
                RequestVia::Button => format!("Asked for a person · No. {receipt}"),
                RequestVia::Bot => format!("The AI assistant handed over · No. {receipt}"),
                RequestVia::Message | RequestVia::Reopen => {
                    format!("Wrote to a person · No. {receipt}")
                }
            },
        ),
        EventKind::Taken { agent, lead: false } => ("taken", format!("Taken by {agent} · human")),
        EventKind::Taken { agent, lead: true } => (
            "taken",
            format!("Taken by {agent} · human, the supervisor who was asked for"),
        ),
        EventKind::Returned { reason, agent } => (
            "returned",
            match reason {
                ReturnReason::Transferred => format!("{agent} gave it back to the queue"),
                ReturnReason::Vanished => {
                    format!("{agent} lost the connection; it went back to the queue")
                }
            },
        ),
        EventKind::Resolved { agent } => ("resolved", format!("{agent} marked this as solved")),
        EventKind::Reopened { agent } => (
            "reopened",
            match agent {
                Some(agent) => format!("Came back to {agent} · human"),
                None => "Came back".into(),
            },
        ),
        EventKind::LeftQueue {} => (
            "left_queue",
            "Left the line and went on with the AI assistant".into(),
        ),
        EventKind::AssistantChosen {} => ("assistant_chosen", WENT_BACK_TO_AI.into()),
        EventKind::Ended {} => ("ended", ENDED_BY_VISITOR.into()),
        EventKind::BotFailed {} => ("bot_failed", "The AI assistant could not answer".into()),
        EventKind::SupervisorRequested {} => {
            ("supervisor_requested", "Asked for a supervisor".into())
        }
        EventKind::CallbackPromised { by } => ("callback_promised", call_back(*by)),
        EventKind::Unknown {} => ("unknown", "Something that this page cannot show".into()),
    })
}

/// How a person was asked for.
pub(super) fn asked_by(via: RequestVia) -> &'static str {
    match via {
        RequestVia::Button => "the Human please button",
        RequestVia::Reopen => "writing again after it was solved",
        RequestVia::Message => "writing where no AI answers",
        RequestVia::Bot => "the AI assistant, which handed over",
    }
}

/// The articles of an answer.
pub(super) fn sources(sources: &[Source]) -> String {
    let titles: Vec<String> = sources
        .iter()
        .map(|source| format!("“{}”", source.title))
        .collect();
    format!("from {}", titles.join(", "))
}

/// It is the agent's own since then.
pub(super) fn yours_since(time: &str) -> String {
    format!("Yours since {time}")
}

/// It waits since then.
pub(super) fn waiting_since(time: &str) -> String {
    format!("Waiting since {time}")
}

/// Somebody else has it.
pub(super) fn held_by(name: &str) -> String {
    format!("{name} · human has this conversation")
}

/// It is over.
pub(super) fn solved(by: &str, time: &str, by_me: bool) -> String {
    let who = if by_me { "You" } else { by };
    format!("{who} marked this as solved at {time}")
}

/// It is neither the agent's nor waiting.
pub(super) const ELSEWHERE: &str = "Not waiting for a person";

/// The visitor has gone back to the assistant.
pub(super) const WENT_BACK_TO_AI: &str = "The visitor went back to the AI assistant";

/// The visitor has ended it.
pub(super) const ENDED_BY_VISITOR: &str = "The visitor ended the conversation";

/// Why a reply cannot be sent as it is.
pub(super) fn not_sent(error: TextError) -> &'static str {
    match error {
        TextError::Empty => "Write something first.",
        TextError::TooLong => "This is too long: a message has at most 8,000 characters.",
    }
}

/// The number by which a case is spoken of.
pub(super) fn number(receipt: Option<Receipt>) -> String {
    receipt.map_or_else(|| "it".into(), |receipt| format!("No. {receipt}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tab_names_how_many_wait() {
        assert_eq!(title(0), "Queue · Human, please");
        assert_eq!(title(2), "(2) Queue · Human, please");
    }

    #[test]
    fn a_wait_before_the_next_try_is_said_in_the_larger_unit() {
        assert!(too_many_tries(0).ends_with("in a moment."));
        assert!(too_many_tries(30).ends_with("in 30 seconds."));
        assert!(too_many_tries(91).ends_with("in 2 minutes."));
        assert!(too_many_tries(900).ends_with("in 15 minutes."));
    }
}
