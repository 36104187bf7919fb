//! What the beginning of the agents' page says: the server renders it, so that it is there before the page runs, and the page
//! draws it anew with the same words. That page speaks English alone.

use protocol::{Case, Receipt, StaffList};

/// The door's heading.
pub const DOOR_TITLE: &str = "The desk";
/// Whom the door is for.
pub const DOOR_NOTE: &str = "For the people who answer.";
/// The page is on its way.
pub const OPENING: &str = "Opening…";
/// A field of the door.
pub const EMAIL: &str = "Email";
/// A field of the door.
pub const PASSWORD: &str = "Password";
/// The door's button.
pub const SIGN_IN: &str = "Sign in";
/// A field of the door is empty.
pub const NOT_FILLED_IN: &str = "Fill in your email and your password.";
/// Nobody has these.
pub const WRONG_CREDENTIALS: &str = "Email or password is not right. Check both and try again.";
/// The server could not say whether somebody has them.
pub const NOT_SIGNED_IN: &str = "You could not be signed in now. Your email and password were not the reason; try again in a moment.";

/// The server does not answer.
pub const UNREACHABLE_NOW: &str =
    "The desk cannot be reached. Check your connection and try again.";

/// The connection is not there yet.
pub const CONNECTING: &str = "Connecting…";
/// The switch.
pub const ON_DUTY: &str = "On duty";
/// What being off duty means.
pub const OFF_DUTY: &str =
    "You are off duty. You can finish your conversations; go on duty to take new ones.";
/// The ways to other pages.
pub const MENU: &str = "Menu";
/// One of them.
pub const MY_WORK: &str = "My work";
/// One of them, for leads.
pub const TEAM_PAGE: &str = "Team";
/// One of them.
pub const ACCOUNT: &str = "Account";
/// The panes, of which a phone shows one.
pub const PANES: &str = "Panes";
/// The pane with the lists.
pub const LISTS: &str = "Waiting and yours";
/// The list of those who wait.
pub const QUEUE: &str = "Queue";
/// The pane with a conversation.
pub const CONVERSATION: &str = "Conversation";
/// The pane with the case card.
pub const CASE: &str = "Case";
/// The pane with a conversation, by its whole name.
pub const TALK: &str = "The conversation you have open";
/// No conversation is open.
pub const NO_TALK: &str = "Choose a conversation to read it here.";
/// The pane with the case card, by its whole name.
pub const CASE_CARD: &str = "Case card";
/// No conversation is open.
pub const NO_CASE: &str =
    "The case card shows who asked, how long they waited, and what the AI told them.";
/// The line of what tells an agent that somebody waits.
pub const ALERTS: &str = "Alerts";
/// One of it.
pub const SOUND: &str = "Sound";
/// One of it.
pub const NOTIFY_ME: &str = "Notify me";
/// What becomes of that one.
pub const NOTIFIED: &str = "Notifications are on.";
/// What becomes of that one.
pub const NOT_NOTIFIED: &str = "Your browser does not show notifications of this page.";
/// Opens the list of all that can be done.
pub const PALETTE_OPEN: &str = "Do…";
/// Opens what is looked for with.
pub const FIND: &str = "Find a conversation";
/// The list is empty.
pub const NOBODY_WAITS: &str = "Nobody is waiting.";
/// What a wait is.
pub const WAITING: &str = "Waiting";
/// Somebody had the conversation before.
pub const CAME_BACK: &str = "came back to the line";
/// The visitor needs particular care.
pub const VULNERABLE: &str = "Vulnerable customer";
/// The visitor wants a supervisor.
pub const SUPERVISOR_ASKED: &str = "Supervisor asked";
/// The visitor has written nothing.
pub const NO_MESSAGE: &str = "No message yet";
/// The rest of the page cannot run.
pub const NO_SCRIPT: &str =
    "The desk needs JavaScript and WebAssembly, which this browser does not run.";
/// Somebody was taken before the page runs.
pub const TAKEN: &str = "Taken. The conversation opens as soon as all of the page is here.";
/// Takes one out of the queue.
pub const TAKE: &str = "Take";
/// Lets an offer go to somebody else.
pub const LET_GO: &str = "Let it go on";
/// Takes whoever is next.
pub const TAKE_NEXT: &str = "Take next";
/// How many conversations somebody takes at the same time.
pub const AT_ONCE: &str = "At once";

/// A list with more lines than this is long: its lines are all of one height, and it scrolls by itself, so that what stands
/// below it is not far away.
pub const LONG: usize = 100;

/// The visitor of a conversation.
#[must_use]
pub fn visitor(receipt: Option<Receipt>) -> String {
    match receipt {
        Some(receipt) => format!("Visitor · No. {receipt}"),
        None => "Visitor".into(),
    }
}

/// A team.
#[must_use]
pub fn team(name: &str) -> String {
    format!("Team {name}")
}

/// What stands beside a line: what it is about and whom it is for.
#[must_use]
pub fn marks(case: &Case, staff: &StaffList) -> Vec<String> {
    let topic = staff.topics.iter().find(|it| Some(it.id) == case.topic);
    let of_team = staff.teams.iter().find(|it| Some(it.id) == case.team);
    [
        topic.map(|topic| topic.name.clone()),
        // What this page is written in goes without saying.
        case.language
            .map(|language| language.to_string())
            .filter(|language| language != "en"),
        of_team.map(|it| team(&it.name)),
        case.wanted.as_ref().map(|name| format!("for {name}")),
        case.help.map(|_| "a lead is asked".into()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Too many tries to sign in, and how long to wait, in seconds.
#[must_use]
pub fn too_many_tries(retry_after_s: u64) -> String {
    match retry_after_s {
        0 | 1 => "Too many tries. Try again in a moment.".into(),
        2..=90 => format!("Too many tries. Try again in {retry_after_s} seconds."),
        _ => format!(
            "Too many tries. Try again in {} minutes.",
            retry_after_s.div_ceil(60)
        ),
    }
}

/// How urgent a wait is: three minutes is what the law allows for most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Under a minute.
    New,
    /// One to three minutes.
    Due,
    /// Three minutes and more.
    Late,
}

impl Urgency {
    /// That of a wait, in milliseconds.
    #[must_use]
    pub fn of(wait_ms: u64) -> Self {
        match wait_ms {
            0..60_000 => Self::New,
            60_000..180_000 => Self::Due,
            _ => Self::Late,
        }
    }

    /// Its name in the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Due => "due",
            Self::Late => "late",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_grows_urgent_after_one_minute_and_after_three() {
        for (wait_ms, name) in [
            (0, "new"),
            (59_999, "new"),
            (60_000, "due"),
            (179_999, "due"),
            (180_000, "late"),
            (u64::MAX, "late"),
        ] {
            assert_eq!(Urgency::of(wait_ms).name(), name, "{wait_ms}");
        }
    }
}
