//! What the page says, in one place, in the words that the server's own rendering of it uses.

mod queue;
mod supervisor;

use protocol::{Author, RefusalCode, RequestVia, ReturnReason};
use session::visitor::Delivery;

pub use queue::*;
pub use supervisor::*;

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

/// A person has taken the conversation; `lead` if they are the supervisor who was asked for.
#[must_use]
pub fn taken(name: &str, lead: bool) -> String {
    let what = if lead {
        " is here, a supervisor"
    } else {
        " is here"
    };
    [&person(name), what].concat()
}

/// The conversation went back to the line.
#[must_use]
pub fn returned(reason: ReturnReason, name: &str) -> String {
    let what = match reason {
        ReturnReason::Vanished => {
            " had to go. You are back at the front of the line, with your time kept."
        }
        ReturnReason::Transferred => {
            " passed you on. You are back at the front of the line, with your time kept."
        }
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

/// An event of a kind that a newer server knows.
pub const SOMETHING_ELSE: &str = "Something happened that this page cannot show";

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
pub fn has_your_conversation(is_lead: bool, receipt: Option<&str>) -> String {
    let lead = if is_lead { "is a supervisor and " } else { "" };
    let (before, receipt) = receipt.map_or(("", ""), |receipt| (" No. ", receipt));
    [lead, "has your conversation.", before, receipt].concat()
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
        assert_eq!(
            has_your_conversation(true, Some("7")),
            "is a supervisor and has your conversation. No. 7"
        );
        assert_eq!(has_your_conversation(false, None), "has your conversation.");
    }
}
