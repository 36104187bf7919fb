//! Where the focus goes when the thing that had it is gone or done with.

use protocol::{ConversationId, Seq};
use session::agent::{Deed, List};

use super::desk::{Desk, Pane};
use crate::browser::{element, soon, step};

/// The ids of what the focus is put on.
pub(super) const REPLY: &str = "reply";
pub(super) const TITLE: &str = "talk-title";
pub(super) const TAKE_NOW: &str = "take-now";
pub(super) const LISTS: &str = "lists";
pub(super) const LOG: &str = "log";
pub(super) const DUTY: &str = "duty";

/// What stands in place of a reply box or a button that is gone, in the order of preference.
pub(super) const IN_PLACE: &[&str] = &[REPLY, TITLE, LISTS];

/// The id of a line of *Queue*.
pub(super) fn waiting_line(conversation: ConversationId) -> String {
    format!("case-{conversation}")
}

/// The id of a line's *Take*.
pub(super) fn take_button(conversation: ConversationId) -> String {
    format!("take-{conversation}")
}

/// The id of a line of *My conversations*.
pub(super) fn own_line(conversation: ConversationId) -> String {
    format!("mine-{conversation}")
}

/// Puts the focus on the first of these that is there, once the page shows what has changed.
pub(super) fn move_to<S: Into<String>>(ids: impl IntoIterator<Item = S>) {
    let ids: Vec<String> = ids.into_iter().map(Into::into).collect();
    soon(move || focus_first(&ids));
}

/// Puts the focus on the first of these that is there now.
pub(super) fn now<const N: usize>(ids: [&str; N]) {
    focus_first(&ids);
}

/// Where the thing that had the focus is gone, puts it on the first of these that is there.
pub(super) fn rescue(ids: &'static [&'static str]) {
    soon(move || {
        if element::nothing_has_focus() {
            focus_first(ids);
        }
    });
}

fn focus_first<S: AsRef<str>>(ids: &[S]) {
    if let Some(element) = ids.iter().find_map(|id| element::by_id(id.as_ref())) {
        element::focus(&element);
    }
}

/// After something is done: taking leads to the reply, solving and passing on lead to the next conversation, or to
/// the lists.
pub(super) fn after(desk: Desk, deed: Deed, conversation: ConversationId) {
    if deed == Deed::Take {
        desk.open(conversation);
        move_to([REPLY]);
        return;
    }
    if matches!(deed, Deed::Wake | Deed::AskLead | Deed::AskNoLead) {
        rescue(IN_PLACE);
        return;
    }
    let viewed = desk.peek(|session| session.viewing());
    if viewed != Some(conversation) {
        return;
    }
    desk.go_to(Pane::Queue);
    let (mine, queue) = desk.peek(|session| {
        let first = |list| session.listed(list, 0..2);
        (first(List::Mine), first(List::Queue))
    });
    let next = mine.first().map(|id| own_line(*id));
    let waiting = queue
        .iter()
        // What was just given back is for somebody else.
        .find(|id| **id != conversation)
        .map(|id| take_button(*id));
    move_to(next.into_iter().chain(waiting).chain([LISTS.to_owned()]));
}

/// Leads from the case card to the event that a fact comes from.
pub(super) fn show_event(desk: Desk, seq: Seq) {
    desk.go_to(Pane::Conversation);
    let id = format!("m{seq}");
    soon(move || {
        step::jump_to(&id);
        if let Some(item) = element::by_id(&id) {
            element::focus_anyway(&item);
        }
    });
}
