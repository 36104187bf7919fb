//! The words for what agents do with conversations as a whole, and for who works here.

use protocol::Colleague;

/// What is said when something is offered.
pub(in super::super) const OFFERED: &str = "Somebody waits for you";
/// And what to do.
pub(in super::super) const OFFER_NOTE: &str = "Take it, or let it go on to a colleague.";

/// Passing a conversation on.
pub(in super::super) const TRANSFER_TO: &str = "To";
pub(in super::super) const TO_QUEUE: &str = "The queue: whoever is next";
pub(in super::super) const PASS_ON: &str = "Pass it on";
pub(in super::super) const TRANSFER_HINT: &str =
    "It waits in front, with its original time, until somebody takes it. The visitor is told.";
pub(in super::super) const NOTE_FOR_COLLEAGUE: &str =
    "Note for whoever takes it (visitors never see it)";
pub(in super::super) const CANCEL: &str = "Cancel";

/// Asking a lead.
pub(in super::super) const ASK_LEAD: &str = "Ask a lead";
pub(in super::super) const ASK_NO_LEAD: &str = "Ask no lead any more";
pub(in super::super) const ASK_LEAD_HINT: &str = "A lead can read along, leave notes, or take it over in the same conversation. You go on until then.";
pub(in super::super) const NOTE_FOR_LEAD: &str = "What do you need? (visitors never see it)";
pub(in super::super) const ASK_NOW: &str = "Ask now";

/// Putting a conversation off.
pub(in super::super) const PUT_OFF: &str = "Put off";
pub(in super::super) const GO_ON: &str = "Go on now";
pub(in super::super) const UNTIL: &str = "Until";
pub(in super::super) const IN_AN_HOUR: &str = "In an hour";
pub(in super::super) const TOMORROW: &str = "Tomorrow morning";
pub(in super::super) const MONDAY: &str = "Monday morning";
pub(in super::super) const VISITOR_IS_TOLD: &str = "The visitor is told";
pub(in super::super) const CHOOSE_LATER: &str =
    "Choose a time that is still to come, within 90 days.";
pub(in super::super) const PUT_OFF_HINT: &str =
    "It keeps you busy no more until then. If the visitor writes before, it is back at once.";

/// Solving.
pub(in super::super) const RESOLVE_HINT: &str =
    "The visitor is asked whether it is solved. Unless they say yes, it comes back to you.";

/// Replies that are held.
pub(in super::super) const HELD: &str = "Your reply goes out in a moment.";
pub(in super::super) const UNDO: &str = "Undo";
pub(in super::super) const SEND_NOW: &str = "Send now";

/// Notes.
pub(in super::super) const ADD_NOTE: &str = "Add note";
pub(in super::super) const NOTE_LABEL: &str = "Note for colleagues";

pub(in super::super) const ALL: &str = "With colleagues";
pub(in super::super) const NONE_WITH_COLLEAGUES: &str = "Nobody else has a conversation right now.";
pub(in super::super) const AT_ONCE_HINT: &str = "How many conversations you take at the same time";

/// Being invited.
pub(in super::super) const INVITED_TITLE: &str = "Welcome to the desk";
pub(in super::super) const NEW_PASSWORD: &str = "Choose a password";
pub(in super::super) const PASSWORD_HINT: &str =
    "At least 10 characters. A few words are easy to keep in mind.";
pub(in super::super) const SHOW_PASSWORD: &str = "Show it";
pub(in super::super) const CHOOSE_AND_BEGIN: &str = "Choose it and begin";
pub(in super::super) const NOT_CHOSEN: &str = "That could not be kept now. Try again in a moment.";

/// To whom an invitation speaks.
pub(in super::super) fn invited(name: &str, site: &str) -> String {
    format!(
        "Hello {name}. You answer for {site} from now on. Choose a password that only you know."
    )
}

/// A colleague, and how much room they have.
pub(in super::super) fn colleague(person: &Colleague) -> String {
    let room = person.most.saturating_sub(person.load);
    match room {
        0 => format!("{} (busy: {} of {})", person.name, person.load, person.most),
        _ => format!("{} ({} of {})", person.name, person.load, person.most),
    }
}

/// What a visitor is told whose conversation is put off.
pub(in super::super) fn back_at(time: &str) -> String {
    format!("I get back to you on {time}. If something comes up before, just write here.")
}

/// Who else looks at a conversation.
pub(in super::super) fn viewers(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{one} is looking at this, too"),
        [one, other] => format!("{one} and {other} are looking at this, too"),
        [one, rest @ ..] => format!("{one} and {} others are looking at this, too", rest.len()),
    }
}

/// Until when a conversation is put off.
pub(in super::super) fn put_off_until(time: &str) -> String {
    format!("put off until {time}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_else_looks_is_named() {
        let names = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|&name| name.into()).collect();
            viewers(&names)
        };
        assert_eq!(names(&[]), "");
        assert_eq!(names(&["Ben"]), "Ben is looking at this, too");
        assert_eq!(
            names(&["Ben", "Cleo"]),
            "Ben and Cleo are looking at this, too"
        );
        assert_eq!(
            names(&["A", "B", "C"]),
            "A and 2 others are looking at this, too"
        );
    }
}
