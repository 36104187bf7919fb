//! The visitor's own ways out: back to the assistant, and the end. Quiet, at the end of what was said and never in place of
//! the way to a person (G1), and neither does anything that was not asked for in so many words (G5).

use maud::{Markup, html};
use protocol::Answering;

use super::ChatPage;
use crate::languages::Plain;

/// The element with both, the first where the shop has an assistant. They are always in the page, so that a script need
/// only show them.
pub fn region(page: &ChatPage<'_>) -> Markup {
    let (is_assistant_offered, is_end_offered) = offers(page);
    html! {
        // What is offered is no news to be read out.
        div #ending.ending aria-live="off" {
            @if page.site.bot {
                button #assistant.way-out form="composer" name="act" value="assistant"
                    hidden[!is_assistant_offered] { (page.say(Plain::TalkToAiAgain)) }
            }
            // Opens without a script, too: one press alone ends nothing.
            details #end hidden[!is_end_offered] {
                summary.way-out { (page.say(Plain::EndConversation)) }
                p { (page.say(Plain::EndConversationSure)) }
                button.button.button-quiet form="composer" name="act" value="end" {
                    (page.say(Plain::EndConversation))
                }
            }
        }
    }
}

/// Whether the visitor can go back to the assistant, and whether they can end the conversation.
fn offers(page: &ChatPage<'_>) -> (bool, bool) {
    let Some(standing) = page.standing else {
        return (false, false);
    };
    let has_begun = !standing.history.events.is_empty();
    let (is_assistant_away, is_over) = match standing.state.answering {
        Answering::Agent { .. } => (true, false),
        Answering::Nobody { .. } => (true, true),
        // Out of the line it is called leaving the line.
        Answering::Queue { .. } | Answering::Bot {} => (false, false),
    };
    (has_begun && is_assistant_away, has_begun && !is_over)
}
