//! What stands beside a line of a list: that its visitor needs care or wants a supervisor, what it is about, whom it is for.

use leptos::prelude::*;
use session::agent::Line;

use super::desk::Desk;
use super::words;
use crate::browser::clock;

/// What a line is about, whom it is for, and until when it is put off.
pub(super) fn marks(desk: Desk, line: Memo<Option<Line>>) -> impl IntoView {
    // Topics and teams are looked up where they are: there is a line for everybody who waits.
    let marks = desk.read(move |session| {
        line.with(|line| match line {
            Some(line) => words::marks(&line.case, session.staff()),
            None => vec![],
        })
    });
    let until =
        Memo::new(move |_| line.with(|line| line.as_ref()?.case.snoozed.map(clock::day_and_time)));
    move || {
        let until = until.get().map(|until| words::put_off_until(&until));
        let marks = marks.get().into_iter().chain(until);
        marks
            .map(|mark| view! { " " <span class="entry-note">{mark}</span> })
            .collect_view()
    }
}

/// Says that the visitor of a line needs particular care.
pub(super) fn vulnerable_mark(line: Memo<Option<Line>>) -> impl IntoView {
    let is_vulnerable = Memo::new(move |_| {
        line.with(|line| {
            line.as_ref()
                .is_some_and(|line| line.case.vulnerable.is_some())
        })
    });
    move || {
        is_vulnerable.get().then(|| {
            view! {
                " "
                <span class="entry-note entry-care">{words::VULNERABLE}</span>
            }
        })
    }
}

/// Says that the visitor of a line wants a supervisor, by when one is to contact them, and who has it.
pub(super) fn supervisor_mark(line: Memo<Option<Line>>) -> impl IntoView {
    let marks = Memo::new(move |_| {
        line.with(|line| {
            let case = &line.as_ref()?.case;
            Some((
                words::supervisor_asked(case.supervisor?),
                words::whose(case),
            ))
        })
    });
    move || {
        marks.get().map(|(asked, whose)| {
            let note = |words| view! { " " <span class="entry-note">{words}</span> };
            view! {
                {note(asked)}
                {whose.map(note)}
            }
        })
    }
}
