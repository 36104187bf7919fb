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
mod opening;
mod palette;
mod panes;
mod prepared;
mod talk;
mod words;

use leptos::prelude::*;

use desk::{Desk, Stage};
use opening::Shown;

/// Puts the page into the document, and begins. What the server has rendered stays until the page knows more.
pub fn start() {
    mount_to_body(Page);
}

/// The whole page: a door to those who are not signed in, the desk to those who are.
#[component]
fn Page() -> impl IntoView {
    let desk = Desk::begin();
    provide_context(desk);
    alerts::keep_title(desk);
    let shown = opening::shown(desk);
    move || {
        let Shown::Page(stage) = shown.get() else {
            return ().into_any();
        };
        let said = opening::take_over();
        if !said.not_done.is_empty() {
            desk.tell(words::refused(said.not_done));
        }
        match stage {
            Stage::Loading => door::opening().into_any(),
            Stage::Invited => {
                let token = desk.invitation.get_value();
                view! { <invitation::Invitation token /> }.into_any()
            }
            Stage::Door => view! { <door::Door not_let_in=said.not_let_in /> }.into_any(),
            Stage::Desk => view! { <panes::Panes /> }.into_any(),
        }
    }
}
