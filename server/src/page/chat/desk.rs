//! The way to a person: the button, the place in line, or the person. It is never empty (G1).

use std::borrow::Cow;

use maud::{Markup, html};
use protocol::{Answering, WaitEstimate, Waiting};

use super::super::frame::{SMILE, icon};
use super::super::moment::waited;
use super::{ChatPage, Failed, Keeping, linked, log};

/// From this wait on, in milliseconds, the card says that the line still moves: three minutes, in which Ley 10/2025
/// wants nearly everybody answered.
const LONG_WAIT_MS: u64 = 3 * 60 * 1_000;

/// The element with what belongs in it now.
pub fn region(page: &ChatPage<'_>) -> Markup {
    let (name, content) = content(page);
    html! {
        div #desk.desk data-desk=(name) { (content) }
    }
}

fn content(page: &ChatPage<'_>) -> (&'static str, Markup) {
    let contact = &page.site.contact;
    let failed = html! {
        "That did not reach us. Press again"
        @if !contact.is_empty() { ", or contact us: " (linked(contact)) } @else { "." }
    };
    let state = match page.standing {
        _ if page.failed == Some(Failed::Human) => return ("failed", button(&failed, true)),
        None => return ("idle", button(&note("At any time, for any reason."), false)),
        Some(standing) => &standing.state,
    };
    let waiting = state.waiting;
    match &state.answering {
        Answering::Bot {}
            if page
                .standing
                .is_some_and(|it| log::is_human_offered(&it.history)) =>
        {
            (
                "offered",
                button(
                    &note("The AI assistant could not help. A person can."),
                    false,
                ),
            )
        }
        Answering::Nobody { .. } if page.standing.is_some_and(|it| log::is_solved(&it.history)) => {
            (
                "ended",
                button(&note("Not solved after all? Ask again."), false),
            )
        }
        Answering::Bot {} | Answering::Nobody { .. } => {
            ("idle", button(&note("At any time, for any reason."), false))
        }
        Answering::Queue { position, on_duty } => {
            let next = state
                .opening
                .filter(|opening| !opening.open)
                .and_then(|opening| opening.until)
                .zip(page.hours)
                .map(|(until, hours)| hours.say(until));
            let wait = Wait {
                keeping: page.identity.keeping,
                on_duty: *on_duty,
                wait_ms: waiting.map_or(0, |waiting| page.now.since_ms(waiting.since)),
                waiting,
                next,
            };
            ("queue", place_in_line(*position, &wait))
        }
        Answering::Agent { name, lead } => ("agent", the_person(name, *lead, waiting)),
    }
}

fn note(words: &str) -> Markup {
    html! { (words) }
}

fn button(note: &Markup, is_alert: bool) -> Markup {
    html! {
        button.human-please type="submit" form="composer" name="act" value="human" formnovalidate {
            (icon("icon", SMILE)) "Human please"
        }
        p.desk-note role=[is_alert.then_some("alert")] { (note) }
    }
}

/// What is known of somebody's wait.
struct Wait {
    keeping: Keeping,
    on_duty: u32,
    wait_ms: u64,
    waiting: Option<Waiting>,
    /// When the shop, which is closed, opens next.
    next: Option<String>,
}

fn place_in_line(position: u32, wait: &Wait) -> Markup {
    html! {
        section.card aria-label="Your place in line" {
            div.card-main {
                p.card-title {
                    span.queue-place role="status" { (place(position)) }
                    @if wait.waiting.is_some() {
                        " · waiting "
                        span.queue-wait role="timer" { (waited(wait.wait_ms)) }
                    }
                }
                p.card-note { (queue_note(wait)) }
            }
            button.button.button-quiet type="submit" form="composer" name="act" value="leave" formnovalidate {
                "Leave the line"
            }
        }
    }
}

/// What happens next, and only what is sure to.
fn queue_note(wait: &Wait) -> String {
    let number = wait
        .waiting
        .map(|waiting| format!("No. {}", waiting.receipt));
    let mut note = String::new();
    if wait.on_duty == 0 {
        match &wait.next {
            Some(next) => {
                note += "We are closed now. People are next here on ";
                note += next;
                note += ". Your request";
            }
            None => note += "Nobody is on duty right now. Your request",
        }
        if let Some(number) = number {
            note += " ";
            note += &number;
        }
        note += " is kept and does not run out; the answer comes here.";
    } else {
        let estimate = wait.waiting.and_then(|waiting| waiting.estimate);
        note += &match estimate {
            Some(estimate) if wait.wait_ms > estimate.to_ms => "Longer than usual. ".into(),
            Some(estimate) => usual(estimate),
            None if wait.wait_ms >= LONG_WAIT_MS => "Still here. ".into(),
            None => String::new(),
        };
        if let Some(number) = number {
            note += &number;
            note += ".";
        }
        note += match wait.keeping {
            Keeping::Kept => " You keep your place if you close this page.",
            // A promise about closing the page would be a guess.
            Keeping::NotKnown => " Your request is kept and does not run out.",
            Keeping::Refused => "",
        };
    }
    if wait.keeping == Keeping::Refused {
        note += " Keep this page open: your browser keeps no data for this chat.";
    }
    note.trim_start().to_owned()
}

/// How long it usually takes, in all.
fn usual(estimate: WaitEstimate) -> String {
    match estimate.minutes() {
        (0, 1) => "Usually less than a minute. ".into(),
        (0, to) => format!("Usually up to {to} min. "),
        (from, to) if from == to => format!("Usually about {to} min. "),
        (from, to) => format!("Usually {from} to {to} min. "),
    }
}

fn place(position: u32) -> Cow<'static, str> {
    let ending = match (position % 10, position % 100) {
        _ if position <= 1 => return "You are next".into(),
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{position}{ending} in line").into()
}

fn the_person(name: &str, is_lead: bool, waiting: Option<Waiting>) -> Markup {
    html! {
        section.card aria-label="Your person" {
            (icon("icon card-icon", SMILE))
            div.card-main {
                p.card-title { (log::person(name)) }
                p.card-note {
                    @if is_lead { "is a supervisor and " }
                    "has your conversation."
                    @if let Some(waiting) = waiting { " No. " (waiting.receipt) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Receipt, Timestamp};

    use super::*;

    fn wait(keeping: Keeping, on_duty: u32, wait_ms: u64) -> Wait {
        let waiting = Waiting {
            receipt: Receipt(4127),
            since: Timestamp(0),
            estimate: None,
        };
        Wait {
            keeping,
            on_duty,
            wait_ms,
            waiting: Some(waiting),
            next: None,
        }
    }

    fn note_of(keeping: Keeping, on_duty: u32, wait_ms: u64) -> String {
        queue_note(&wait(keeping, on_duty, wait_ms))
    }

    /// The usual wait is what is told, until it has passed: then that is told.
    #[test]
    fn the_note_says_what_is_usual_and_when_it_is_not() {
        let note = |from_ms, to_ms, wait_ms| {
            let mut wait = wait(Keeping::Kept, 1, wait_ms);
            let estimate = WaitEstimate { from_ms, to_ms };
            wait.waiting.as_mut().unwrap().estimate = Some(estimate);
            queue_note(&wait).split(" No.").next().unwrap().to_owned()
        };
        assert_eq!(note(119_000, 181_000, 0), "Usually 1 to 4 min.");
        assert_eq!(note(1_000, 59_000, 0), "Usually less than a minute.");
        assert_eq!(note(1_000, 240_000, 240_000), "Usually up to 4 min.");
        assert_eq!(note(120_000, 120_000, 0), "Usually about 2 min.");
        assert_eq!(note(1_000, 240_000, 240_001), "Longer than usual.");
    }

    #[test]
    fn the_note_says_when_people_are_next_here_if_that_is_known() {
        let mut closed = wait(Keeping::Kept, 0, 0);
        closed.next = Some("Monday 23 November, 09:00 (Europe/Madrid)".into());
        assert_eq!(
            queue_note(&closed),
            "We are closed now. People are next here on Monday 23 November, 09:00 (Europe/Madrid). \
             Your request No. 4127 is kept and does not run out; the answer comes here."
        );
        // Whoever is on duty outside the hours is there.
        closed.on_duty = 1;
        assert!(queue_note(&closed).starts_with("No. 4127. You keep"));
    }

    #[test]
    fn places_are_counted_in_english() {
        let places = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111, 112].map(place);
        assert_eq!(places[0], "You are next");
        let ordinals = places[1..]
            .iter()
            .map(|place| place.trim_end_matches(" in line"));
        assert_eq!(
            ordinals.collect::<Vec<_>>(),
            [
                "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "101st",
                "111th", "112th"
            ]
        );
    }

    #[test]
    fn the_note_promises_only_what_is_sure() {
        assert_eq!(
            note_of(Keeping::Kept, 2, 0),
            "No. 4127. You keep your place if you close this page."
        );
        assert_eq!(
            note_of(Keeping::Kept, 1, LONG_WAIT_MS),
            "Still here. No. 4127. You keep your place if you close this page."
        );
        assert_eq!(
            note_of(Keeping::NotKnown, 1, LONG_WAIT_MS - 1),
            "No. 4127. Your request is kept and does not run out."
        );
        assert_eq!(
            note_of(Keeping::Refused, 1, 0),
            "No. 4127. Keep this page open: your browser keeps no data for this chat."
        );
        assert_eq!(
            note_of(Keeping::Kept, 0, LONG_WAIT_MS),
            "Nobody is on duty right now. Your request No. 4127 is kept and does not run out; the answer comes here."
        );
        assert!(
            note_of(Keeping::Refused, 0, 0)
                .ends_with("here. Keep this page open: your browser keeps no data for this chat.")
        );
    }
}
