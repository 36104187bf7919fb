//! The words of finding conversations again.

use protocol::{CaseHolder, FoundCase};

use super::number;

pub(in super::super) const FIND_WORDS: &str = "Words, a number, or an email address";
pub(in super::super) const LOOK: &str = "Find";
pub(in super::super) const LOOKING: &str = "Looking…";
pub(in super::super) const NOT_LOOKED: &str =
    "That could not be looked for now. Try again in a moment.";
pub(in super::super) const STANDING: &str = "State";
pub(in super::super) const OPEN: &str = "Open";
pub(in super::super) const SOLVED: &str = "Solved";
pub(in super::super) const NONE_SOLVED: &str = "None yet.";
pub(in super::super) const RESOLVED: &str = "Solved or ended";
pub(in super::super) const TOPIC: &str = "Topic";
pub(in super::super) const TEAM: &str = "Team";
pub(in super::super) const HAD_BY: &str = "Had by";
pub(in super::super) const ANY: &str = "Any";
pub(in super::super) const ANYBODY: &str = "Anybody";
pub(in super::super) const FOUND: &str = "Found";
pub(in super::super) const FOUND_NOTHING: &str = "Nothing was found. Try fewer or other words.";
pub(in super::super) const FIND_MORE: &str = "Show more";
pub(in super::super) const BEHIND: &str =
    "The newest messages are not among these yet. Look again in a moment.";
pub(in super::super) const VIEWS: &str = "Kept views";
pub(in super::super) const KEEP_VIEW: &str = "Keep this as a view";
pub(in super::super) const VIEW_NAME: &str = "Its name";

/// What a screen reader says once something was found.
pub(in super::super) fn found(count: usize, has_more: bool) -> String {
    match (count, has_more) {
        (1, false) => "One conversation found.".into(),
        (_, false) => format!("{count} conversations found."),
        (_, true) => format!("{count} conversations found, and there are more."),
    }
}

/// The button that forgets a view.
pub(in super::super) fn remove_view(name: &str) -> String {
    format!("Remove the view {name}")
}

/// Who and when, and who has it.
pub(in super::super) fn found_who(case: &FoundCase, day: &str) -> String {
    let holder = match (&case.holder, &case.last) {
        (CaseHolder::Queue {}, _) => "waiting".into(),
        (CaseHolder::Me {}, _) => "yours".into(),
        (CaseHolder::Other { name }, _) => format!("with {name}"),
        (CaseHolder::Bot {}, _) => "with the AI".into(),
        (CaseHolder::Nobody {}, Some(last)) => format!("closed, {last} had it"),
        (CaseHolder::Nobody {}, None) => "closed".into(),
    };
    let name = case.name.as_deref().unwrap_or("Visitor");
    format!("{name} · {} · {holder} · {day}", number(case.receipt))
}
