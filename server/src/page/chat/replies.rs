//! Answers that the author of the newest message suggests: buttons of the form, each of which sends its words as the
//! visitor's own.

use maud::{Markup, html};
use protocol::{EventKind, HistoryPage, Seq};
use words::Key;

use super::ChatPage;

/// The message that they stand below: the newest one, if it suggests any. Nobody has written after it.
pub fn suggesting(history: &HistoryPage) -> Option<Seq> {
    let newest = history
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.kind {
            EventKind::Message(message) => Some((event.seq, message)),
            _ => None,
        });
    newest
        .filter(|(_, message)| !message.replies.is_empty())
        .map(|(seq, _)| seq)
}

/// The buttons, as a line of the log.
pub fn buttons(page: &ChatPage<'_>, replies: &[String]) -> Markup {
    html! {
        li.replies {
            div.replies-box role="group" aria-label=(page.words().get(Key::QuickReplies)) {
                @for reply in replies {
                    button.reply form="composer" name="reply" value=(reply) dir="auto" {
                        (reply)
                    }
                }
            }
        }
    }
}
