//! The agent page: signing in, the queue, the conversations, and the case card.

mod alerts;
mod bar;
mod case;
mod choice;
mod composer;
mod desk;
mod door;
mod find;
mod focus;
mod handover;
mod invitation;
mod kept;
mod known;
mod lists;
mod log;
mod marks;
mod moves;
mod palette;
mod panes;
mod prepared;
mod talk;
mod words;

use leptos::prelude::*;

use crate::browser::element;
use desk::{Desk, Stage};

/// Puts the page into the document, in place of what says that it is opening, and begins.
pub fn start() {
    mount_to_body(Page);
    element::remove_by_id("opening");
}

/// The whole page: a door to those who are not signed in, the desk to those who are.
#[component]
fn Page() -> impl IntoView {
    let desk = Desk::begin();
    provide_context(desk);
    alerts::keep_title(desk);
    move || match desk.stage.get() {
        Stage::Loading => door::opening().into_any(),
        Stage::Invited => {
            let token = desk.invitation.get_value();
            view! { <invitation::Invitation token /> }.into_any()
        }
        Stage::Door => view! { <door::Door /> }.into_any(),
        Stage::Desk => view! { <panes::Panes /> }.into_any(),
    }
}
