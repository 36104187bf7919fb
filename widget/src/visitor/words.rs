//! What the page says, in one place, in the words that the server's own rendering of it uses.

use protocol::{Author, RefusalCode, RequestVia, ReturnReason, WaitEstimate};
use session::visitor::Delivery;

/// The label of the visitor's own messages.
pub const YOU: &str = "You";

/// Who writes where an AI does.
pub const ASSISTANT: &str = "AI assistant";

/// How a person is called: never without the word that says it is one.
#[must_use]
pub fn person(name: &str) -> String {
    let name = if name.is_empty() { "A person" } else { name };
    [name, " · human"].concat()
}

/// The label of an author's messages.
#[must_use]
pub fn author(author: &Author) -> String {
    match author {
        Author::Visitor {} => YOU.into(),
        Author::Bot {} => ASSISTANT.into(),
        Author::Agent { name } => person(name),
    }
}

/// The line while somebody writes.
#[must_use]
pub fn is_writing(author: &Author) -> String {
    let name = match author {
        Author::Visitor {} => YOU,
        Author::Bot {} => ASSISTANT,
        Author::Agent { name } => short(name),
    };
    [name, " is writing"].concat()
}

/// A person's name in a sentence that shows that they are one.
fn short(name: &str) -> &str {
    if name.is_empty() { "The person" } else { name }
}

// --- The header ---

/// The assistant has the conversation.
pub const ASSISTANT_ANSWERS: &str = "AI assistant answers now";

/// The line has it.
pub const IN_LINE: &str = "You are in line for a person";

/// Nobody has it, for it is solved.
pub const SOLVED: &str = "Solved. You can write again at any time";

/// Nobody has it, for it has not begun and no assistant answers here.
pub const PERSON_ANSWERS: &str = "A person answers here";

/// This person has it.
#[must_use]
pub fn answers_now(name: &str) -> String {
    [&person(name), " answers now"].concat()
}

// --- The log ---

/// The request's line.
#[must_use]
pub fn requested(via: RequestVia, receipt: &str) -> String {
    let who = match via {
        RequestVia::Bot => "The AI assistant asked for a person · No. ",
        RequestVia::Button | RequestVia::Reopen | RequestVia::Message => {
            "You asked for a person · No. "
        }
    };
    [who, receipt].concat()
}

/// A person has taken the conversation.
#[must_use]
pub fn taken(name: &str) -> String {
    [&person(name), " is here"].concat()
}

/// The conversation went back to the line.
#[must_use]
pub fn returned(reason: ReturnReason, name: &str) -> String {
    let what = match reason {
        ReturnReason::Vanished => {
            " had to go. You are back at the front of the line, with your time kept."
        }
        ReturnReason::Transferred => " passed you on. You are back in line, with your time kept.",
    };
    [short(name), what].concat()
}

/// A person has marked it as solved.
#[must_use]
pub fn resolved(name: &str) -> String {
    let name = short(name);
    [
        name,
        " marked this as solved. Write again and it goes back to ",
        name,
        ".",
    ]
    .concat()
}

/// It goes on after the end.
pub const REOPENED: &str = "Open again";

/// The visitor has left the line where an assistant answers.
pub const LEFT_FOR_ASSISTANT: &str = "You left the line. The AI assistant answers again.";

/// The visitor has left the line where none does.
pub const LEFT: &str = "You left the line.";

/// The assistant has failed.
pub const ASSISTANT_FAILED: &str = "The AI assistant could not answer. Your message is kept. A person can help: press Human please, below.";

/// Asks for what came before.
pub const EARLIER: &str = "Show earlier messages";

/// What came before is on its way.
pub const LOADING: &str = "Loading…";

/// How far a message has come.
#[must_use]
pub fn delivery(state: Delivery) -> &'static str {
    match state {
        Delivery::Sending => "Sending…",
        Delivery::Sent => "Sent",
        Delivery::Seen => "Seen",
        Delivery::NotSent => "Not sent yet – will retry",
        Delivery::Refused(RefusalCode::TooLong) => "Not sent: it is longer than 8,000 characters.",
        Delivery::Refused(RefusalCode::Empty) => "Not sent: there is nothing in it.",
        Delivery::Refused(_) => "Not sent: the chat cannot take this message.",
    }
}

/// Brings a refused message back into the box.
pub const CHANGE_IT: &str = "Change it";

// --- The desk ---

/// The button, everywhere the same.
pub const HUMAN_PLEASE: &str = "Human please";

/// Under the button.
pub const AT_ANY_TIME: &str = "At any time, for any reason.";

/// Under the button after the assistant could not help.
pub const A_PERSON_CAN: &str = "The AI assistant could not help. A person can.";

/// Under the button after the end.
pub const ASK_AGAIN: &str = "Not solved after all? Ask again.";

/// The card before the server has the request.
pub const ASKING: &str = "Asking for a person…";

/// Under it.
pub const ASKING_NOTE: &str = "Your request is kept here and sent as soon as it can be.";

/// The card's name before the server has the request.
pub const YOUR_REQUEST: &str = "Your request for a person";

/// The queue card's name.
pub const YOUR_PLACE: &str = "Your place in line";

/// The card's name with a person.
pub const YOUR_PERSON: &str = "Your person";

/// Before the time waited.
pub const WAITING: &str = " · waiting ";

/// Leaves the line.
pub const LEAVE: &str = "Leave the line";

/// The visitor has left the line, and the server has not heard of it.
pub const LEAVING: &str = "Leaving…";

/// Under the button after the request was refused; a contact follows if there is one.
#[must_use]
pub fn did_not_reach(contact: &str) -> String {
    if contact.is_empty() {
        "That did not reach us. Press again.".into()
    } else {
        [
            "That did not reach us. Press again, or contact us: ",
            contact,
        ]
        .concat()
    }
}

/// The place in line.
#[must_use]
pub fn place(position: u32) -> String {
    let ending = match (position % 10, position % 100) {
        _ if position <= 1 => return "You are next".into(),
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    [&position.to_string(), ending, " in line"].concat()
}

/// Nobody is there; `next` is when somebody is, if the shop says so.
#[must_use]
pub fn nobody(next: Option<&str>) -> String {
    match next {
        Some(next) => ["We are closed now. People are next here on ", next, ". "].concat(),
        None => "Nobody is on duty right now. ".into(),
    }
}

/// How long it usually takes, in all.
#[must_use]
pub fn usual(estimate: WaitEstimate) -> String {
    let (from, to) = estimate.minutes();
    let (from_words, to_words) = (from.to_string(), to.to_string());
    match (from, to) {
        (0, 1) => "Usually less than a minute. ".into(),
        (0, _) => ["Usually up to ", &to_words, " min. "].concat(),
        _ if from == to => ["Usually about ", &to_words, " min. "].concat(),
        _ => ["Usually ", &from_words, " to ", &to_words, " min. "].concat(),
    }
}

/// The usual time has passed.
pub const LONGER_THAN_USUAL: &str = "Longer than usual. ";

/// After three minutes where nobody can say what is usual.
pub const STILL_HERE: &str = "Still here. ";

/// Under the place in line: what is expected, what happens next, and only what is sure to. `lasts` if the browser keeps
/// the visitor's place.
#[must_use]
pub fn queue_note(
    expected: &str,
    receipt: Option<&str>,
    is_somebody_there: bool,
    lasts: bool,
) -> String {
    let mut note = String::from(expected);
    if is_somebody_there {
        if let Some(receipt) = receipt {
            note.push_str("No. ");
            note.push_str(receipt);
            note.push_str(". ");
        }
        if lasts {
            note.push_str("You keep your place if you close this page.");
        }
    } else {
        note.push_str("Your request");
        if let Some(receipt) = receipt {
            note.push_str(" No. ");
            note.push_str(receipt);
        }
        note.push_str(" is kept and does not run out; the answer comes here.");
    }
    if !lasts {
        if !note.is_empty() && !note.ends_with(' ') {
            note.push(' ');
        }
        note.push_str("Keep this page open: your browser keeps no data for this chat.");
    }
    note
}

/// Why an email address is not kept.
#[must_use]
pub fn contact_refused(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::BadEmail => "That is not an email address. Please check it.",
        _ => "Your email address could not be saved.",
    }
}

/// Under the person's name.
#[must_use]
pub fn has_your_conversation(receipt: Option<&str>) -> String {
    match receipt {
        Some(receipt) => ["has your conversation. No. ", receipt].concat(),
        None => "has your conversation.".into(),
    }
}

// --- Notices ---

/// The connection is lost.
pub const RECONNECTING: &str =
    "No connection. Trying again. What you write is kept and sent later.";

/// The connection is lost and storage is blocked.
pub const RECONNECTING_IN_MEMORY: &str =
    "No connection. Trying again. What you write is sent later: keep this page open.";

/// The page is of another version than the server.
pub const OUTDATED: &str = "This page is out of date. What you wrote is kept. ";

/// Loads it again.
pub const LOAD_AGAIN: &str = "Load it again";

/// The browser keeps nothing.
pub const NO_STORAGE: &str =
    "Your browser keeps no data for this chat. It lasts until you close or reload the page.";

/// The server knows the visitor's conversation no more.
pub const REPLACED: &str = "Your earlier conversation is not here any more. This is a new one.";

/// The server can store nothing now; a contact follows if there is one.
#[must_use]
pub fn cannot_store(contact: &str) -> String {
    let words = "We cannot take messages right now. Nothing is lost: what you wrote is kept here and sent again by itself.";
    if contact.is_empty() {
        words.into()
    } else {
        [words, " You can also reach us here: ", contact].concat()
    }
}

// --- The box ---

/// Nothing was written.
pub const EMPTY: &str = "There is nothing to send yet. Write a message first.";

/// Too much was written, in characters.
#[must_use]
pub fn too_long(characters: usize) -> String {
    [
        "This message is ",
        &with_thousands(characters),
        " characters long. Please keep it to 8,000; your text is still here.",
    ]
    .concat()
}

/// Before the page's title while messages were not seen.
#[must_use]
pub fn unread_title(unread: usize, title: &str) -> String {
    ["(", &unread.to_string(), ") ", title].concat()
}

fn with_thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_english_counts() {
        for (position, words) in [
            (0, "You are next"),
            (1, "You are next"),
            (2, "2nd in line"),
            (3, "3rd in line"),
            (4, "4th in line"),
            (11, "11th in line"),
            (12, "12th in line"),
            (13, "13th in line"),
            (21, "21st in line"),
            (112, "112th in line"),
            (122, "122nd in line"),
        ] {
            assert_eq!(place(position), words);
        }
    }

    #[test]
    fn the_note_promises_only_what_is_sure() {
        let note =
            |expected: &str, is_there, lasts| queue_note(expected, Some("7"), is_there, lasts);
        for (note, words) in [
            (
                note("", true, true),
                "No. 7. You keep your place if you close this page.",
            ),
            (
                note(STILL_HERE, true, true),
                "Still here. No. 7. You keep your place if you close this page.",
            ),
            (
                note("", true, false),
                "No. 7. Keep this page open: your browser keeps no data for this chat.",
            ),
            (
                note(&nobody(None), false, true),
                "Nobody is on duty right now. Your request No. 7 is kept and does not run out; the answer comes here.",
            ),
            (
                note(&nobody(Some("Monday 23 November, 09:00")), false, false),
                "We are closed now. People are next here on Monday 23 November, 09:00. Your request No. 7 is kept and does not run out; the answer comes here. Keep this page open: your browser keeps no data for this chat.",
            ),
        ] {
            assert_eq!(note, words);
        }
    }

    #[test]
    fn what_is_usual_is_told_in_minutes_and_never_too_narrow() {
        for (from_ms, to_ms, words) in [
            (119_000, 181_000, "Usually 1 to 4 min. "),
            (1_000, 59_000, "Usually less than a minute. "),
            (1_000, 240_000, "Usually up to 4 min. "),
            (120_000, 120_000, "Usually about 2 min. "),
        ] {
            assert_eq!(usual(WaitEstimate { from_ms, to_ms }), words);
        }
    }

    #[test]
    fn long_numbers_are_readable() {
        assert_eq!(with_thousands(8_412), "8,412");
        assert_eq!(with_thousands(999), "999");
        assert_eq!(with_thousands(1_000_000), "1,000,000");
    }

    #[test]
    fn nobody_is_called_nothing_and_every_person_is_called_human() {
        assert_eq!(person("Ana"), "Ana · human");
        assert_eq!(person(""), "A person · human");
        assert_eq!(author(&Author::Bot {}), "AI assistant");
    }
}
