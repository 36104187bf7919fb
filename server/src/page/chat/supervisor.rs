//! The way to a supervisor: a quiet button below the person or the place in line, never in place of them, and what has
//! come of it.

use maud::{Markup, html};
use protocol::{Answering, is_solved};

use super::{ChatPage, Standing};
use crate::languages::Plain;

/// The element with what belongs in it now. Both parts are always in the page, so that a script need only show them.
pub fn region(page: &ChatPage<'_>) -> Markup {
    let state = page.standing.map(|standing| &standing.state);
    let wish = state.and_then(|state| Some((state, state.supervisor?)));
    let is_offered = wish.is_none() && page.standing.is_some_and(is_offered);
    html! {
        div #supervisor.supervisor {
            p #supervisor-ask hidden[!is_offered] {
                button.button.button-quiet form="composer" name="act" value="supervisor" {
                    (page.say(Plain::AskForSupervisor))
                }
            }
            p #supervisor-asked role="status" {
                @if let Some((state, wish)) = wish {
                    (page.speech().supervisor_asked(wish, &state.answering, Some(page.now)))
                }
            }
        }
    }
}

/// Wherever a person was asked for, unless they are one.
fn is_offered(standing: &Standing) -> bool {
    match standing.state.answering {
        Answering::Queue { .. } | Answering::Agent { lead: false, .. } => true,
        Answering::Nobody { .. } => is_solved(&standing.history.events),
        Answering::Bot {} | Answering::Agent { lead: true, .. } => false,
    }
}
