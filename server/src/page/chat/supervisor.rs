//! The way to a supervisor: a quiet button below the person or the place in line, never in place of them, and what has
//! come of it.

use maud::{Markup, html};
use protocol::{Answering, State, SupervisorWish, Timestamp};

use super::super::moment::Moment;
use super::{ChatPage, Standing, log};

/// The element with what belongs in it now. Both parts are always in the page, so that a script need only show them.
pub fn region(page: &ChatPage<'_>) -> Markup {
    let state = page.standing.map(|standing| &standing.state);
    let wish = state.and_then(|state| Some((state, state.supervisor?)));
    let is_offered = wish.is_none() && page.standing.is_some_and(is_offered);
    html! {
        div #supervisor.supervisor {
            p #supervisor-ask hidden[!is_offered] {
                button.button.button-quiet type="submit" form="composer" name="act" value="supervisor" formnovalidate {
                    "Ask for a supervisor"
                }
            }
            p #supervisor-asked role="status" {
                @if let Some((state, wish)) = wish { (asked(page, state, wish)) }
            }
        }
    }
}

/// Wherever a person was asked for, unless they are one.
fn is_offered(standing: &Standing) -> bool {
    match standing.state.answering {
        Answering::Queue { .. } | Answering::Agent { lead: false, .. } => true,
        Answering::Nobody { .. } => log::is_solved(&standing.history),
        Answering::Bot {} | Answering::Agent { lead: true, .. } => false,
    }
}

/// What happens next, and only what is sure to.
fn asked(page: &ChatPage<'_>, state: &State, wish: SupervisorWish) -> String {
    let Some(due) = wish.due else {
        let at = Moment::of(wish.since).time_of_day();
        let meanwhile = match &state.answering {
            Answering::Agent { name, .. } => {
                format!(" {} goes on helping you meanwhile.", log::short(name))
            }
            Answering::Queue { .. } | Answering::Bot {} | Answering::Nobody { .. } => String::new(),
        };
        return format!("You asked for a supervisor at {at}.{meanwhile}");
    };
    let by = said(page, due);
    let (will, rest) = if page.now > due {
        ("was to", ". We are late.")
    } else {
        ("will", ": here, or by email if we have your address.")
    };
    format!("No supervisor was free within three minutes. One {will} contact you by {by}{rest}")
}

/// A moment in the shop's zone if it has told one, and otherwise in UTC, for the visitor's is not known here.
fn said(page: &ChatPage<'_>, at: Timestamp) -> String {
    match page.hours {
        Some(hours) => hours.say(at),
        None => Moment::of(at).day_and_time(),
    }
}
