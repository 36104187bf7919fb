//! The visitor's own ways out: back to the assistant, and the end. The server renders both; the page shows those that there
//! are. Neither ever stands in place of the way to a person (G1).

use protocol::Answering;
use session::visitor::VisitorSession;

/// Whether the visitor can go back to the assistant, and whether they can end the conversation.
#[must_use]
pub fn offers(session: &VisitorSession) -> [bool; 2] {
    let is_possible = !session.events().is_empty() && !session.ending_pending();
    let (Some(state), true) = (session.state(), is_possible) else {
        return [false; 2];
    };
    let has_bot = session.site().is_some_and(|site| site.bot);
    match state.answering {
        Answering::Agent { .. } => [has_bot, true],
        Answering::Nobody { .. } => [has_bot, false],
        // Out of the line it is called leaving the line.
        Answering::Queue { .. } | Answering::Bot {} => [false, true],
    }
}
