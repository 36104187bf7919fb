//! The way to a person: the button, the place in line, or the person. It is never empty (G1).

use maud::{Markup, html};
use protocol::{Answering, State, is_human_offered, is_solved};
use words::{Key, Part, Wait, waited};

use super::super::frame::{SMILE, icon};
use super::super::text::linked;
use super::{ChatPage, Failed, Keeping};

/// The element with what belongs in it now.
pub fn region(page: &ChatPage<'_>) -> Markup {
    let (name, content) = content(page);
    html! {
        div #desk.desk data-desk=(name) { (content) }
    }
}

fn content(page: &ChatPage<'_>) -> (&'static str, Markup) {
    let words = page.words();
    let idle = |name, note| (name, button(page, &html! { (words.get(note)) }, false));
    let standing = match page.standing {
        _ if page.failed == Some(Failed::Human) => {
            return ("failed", button(page, &did_not_reach(page), true));
        }
        None => return idle("idle", Key::AtAnyTime),
        Some(standing) => standing,
    };
    let log = &standing.history.events;
    match &standing.state.answering {
        Answering::Bot {} if is_human_offered(log) => idle("offered", Key::AiCouldNotHelp),
        Answering::Nobody { .. } if is_solved(log) => idle("ended", Key::AskAgain),
        Answering::Bot {} | Answering::Nobody { .. } => idle("idle", Key::AtAnyTime),
        Answering::Queue { position, on_duty } => (
            "queue",
            place_in_line(page, &standing.state, *position, *on_duty),
        ),
        Answering::Agent { name, lead } => ("agent", person(page, &standing.state, name, *lead)),
    }
}

fn did_not_reach(page: &ChatPage<'_>) -> Markup {
    let contact = &page.site.contact;
    let words = page.words();
    if contact.is_empty() {
        html! { (words.get(Key::DidNotReach)) }
    } else {
        linked(&words.fill(Key::DidNotReachContact, &[("contact", contact)]))
    }
}

fn button(page: &ChatPage<'_>, note: &Markup, is_alert: bool) -> Markup {
    html! {
        button.human-please form="composer" name="act" value="human" {
            (icon("icon", SMILE)) (page.words().get(Key::HumanPlease))
        }
        p.desk-note role=[is_alert.then_some("alert")] { (note) }
    }
}

fn place_in_line(page: &ChatPage<'_>, state: &State, position: u32, on_duty: u32) -> Markup {
    let (words, speech) = (page.words(), page.speech());
    let receipt = state.waiting.map(|waiting| waiting.receipt.to_string());
    let wait_ms = state
        .waiting
        .map_or(0, |waiting| page.now.since_ms(waiting.since));
    let opening = state.opening.filter(|opening| !opening.open);
    let wait = Wait {
        receipt: receipt.as_deref(),
        wait_ms,
        estimate: state.waiting.and_then(|waiting| waiting.estimate),
        on_duty,
        next: opening.and_then(|opening| opening.until),
        is_kept: match page.identity.keeping {
            Keeping::Kept => Some(true),
            Keeping::NotKnown => None,
            Keeping::Refused => Some(false),
        },
    };
    html! {
        section.card aria-label=(words.get(Key::YourPlace)) {
            div.card-main {
                p.card-title {
                    @for part in words.parts(Key::PlaceWaiting) {
                        @match part {
                            Part::Text(text) => (text)
                            Part::Slot("wait") => span.queue-wait role="timer" { (waited(wait_ms)) }
                            Part::Slot(_) => span.queue-place role="status" { (speech.place(position)) }
                        }
                    }
                }
                p.card-note { (speech.queue_note(&wait)) }
            }
            button.button.button-quiet form="composer" name="act" value="leave" {
                (words.get(Key::LeaveLine))
            }
        }
    }
}

fn person(page: &ChatPage<'_>, state: &State, name: &str, is_lead: bool) -> Markup {
    let words = page.words();
    let receipt = state.waiting.map(|waiting| waiting.receipt.to_string());
    html! {
        section.card aria-label=(words.get(Key::YourPerson)) {
            (icon("icon card-icon", SMILE))
            div.card-main {
                p.card-title { (words.person(name)) }
                p.card-note { (words.has_conversation(is_lead, receipt.as_deref())) }
            }
        }
    }
}
