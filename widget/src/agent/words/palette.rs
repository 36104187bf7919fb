//! The words of the list of all that can be done, and of the keys.

use protocol::Receipt;

use super::number;

pub(in super::super) const PALETTE: &str = "What can be done";
pub(in super::super) const PALETTE_SEARCH: &str = "What do you want to do?";
pub(in super::super) const NOTHING_FOUND: &str = "Nothing by that name.";
pub(in super::super) const SHOW_KEYS: &str = "Show the keys";
pub(in super::super) const DUTY_SWITCH: &str = "Go on or off duty";
pub(in super::super) const SOUND_SWITCH: &str = "Sound on or off";
pub(in super::super) const GO_TO_REPLY: &str = "Go to the reply box";
pub(in super::super) const GO_TO_LOG: &str = "Go to the conversation";
pub(in super::super) const GO_TO_LISTS: &str = "Go to the queue";
pub(in super::super) const GO_TO_NOTE: &str = "Go to the note for colleagues";
pub(in super::super) const GO_TO_AT_ONCE: &str = "Choose how many at once";
pub(in super::super) const KEYS_TITLE: &str = "Keys";
pub(in super::super) const CLOSE: &str = "Close";

/// Each key with what it does.
pub(in super::super) const KEYS: [(&str, &str); 8] = [
    (
        "Ctrl K",
        "Everything that can be done now, by a few letters. On a Mac, Command K.",
    ),
    (
        "Enter",
        "Sends the reply. For three seconds it can be taken back.",
    ),
    ("Shift Enter", "Begins a new line in the reply."),
    (
        "/",
        "In the reply box: prepared replies. The arrow keys choose one, Enter or Tab takes it.",
    ),
    (
        "Tab",
        "To the next button, link or field. With Shift, to the one before.",
    ),
    ("Space", "Presses the button that has the focus."),
    (
        "Arrow keys",
        "In the conversation, scroll it. In a list of choices, choose.",
    ),
    (
        "Esc",
        "Closes what has opened: a form, a list, this sheet. Nothing is lost.",
    ),
];

/// Opening a line of the lists.
pub(in super::super) fn open_line(receipt: Option<Receipt>, preview: &str) -> String {
    format!("Open {}: {preview}", number(receipt))
}
