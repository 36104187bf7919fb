//! Somebody's work in some days: when they were on duty and how long, what they did, and the way to a statement of it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use protocol::Timestamp;

use super::table::table;
use super::{Problems, WORK, words};
use crate::work::{
    Period, Shift, ShiftEnd, Span, Totals, WITHOUT_BREAK_MS, by_day, longest_stretch, total,
};
use ::words::waited;

/// The id of a field.
pub const FROM: &str = "from";
/// The id of a field.
pub const TO: &str = "to";

/// The periods that need no days: their names in addresses, and what they are called.
pub const PERIODS: [(&str, &str); 4] = [
    ("today", words::TODAY),
    ("week", words::THIS_WEEK),
    ("last-week", words::LAST_WEEK),
    ("month", words::THIS_MONTH),
];

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Chooser {
    /// Whose work, as the address says; none for one's own.
    pub agent: Option<String>,
    /// The name of a period; empty for days that were typed.
    pub chosen: String,
    /// The first day as it was typed, or is.
    pub from: String,
    /// The last.
    pub to: String,
}

/// What is known of it.
pub struct Figures<'a> {
    /// Which days.
    pub period: Period,
    /// The same as moments.
    pub span: Span,
    /// By which clocks.
    pub zone: &'a TimeZone,
    /// What these are called.
    pub zone_name: &'a str,
    /// The shifts in it.
    pub shifts: &'a [Shift],
    /// What was done in it.
    pub totals: Totals,
    /// How long they are on duty by now without a break; none if they are not.
    pub stretch_ms: Option<i64>,
    /// When it is looked at.
    pub now: Timestamp,
}

/// The choice of a period.
#[must_use]
pub fn chooser(asked: &Chooser, problems: &Problems) -> Markup {
    let agent = asked.agent.as_deref();
    html! {
        nav.periods aria-label=(words::PERIOD) {
            ul {
                @for (period, name) in PERIODS {
                    li {
                        a href={ (WORK) "?period=" (period) @if let Some(agent) = agent { "&agent=" (agent) } }
                            aria-current=[(asked.chosen == period).then_some("true")] { (name) }
                    }
                }
            }
        }
        form.days method="get" action=(WORK) {
            @if let Some(agent) = agent { input type="hidden" name="agent" value=(agent); }
            (date_field(FROM, words::FROM, &asked.from, problems))
            (date_field(TO, words::TO, &asked.to, problems))
            button.button { (words::SHOW) }
        }
    }
}

fn date_field(id: &'static str, label: &str, value: &str, problems: &Problems) -> Markup {
    let field = problems.field(id, label, "");
    field.around(&html! {
        input.input id=(id) name=(id) type="date" value=(value) required
            aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
    })
}

/// The figures.
#[must_use]
pub fn figures(asked: &Chooser, figures: &Figures<'_>) -> Markup {
    let Figures { now, span, .. } = *figures;
    let spans = figures
        .shifts
        .iter()
        .filter_map(|it| it.span(now).within(span));
    let spans: Vec<Span> = spans.collect();
    let days = by_day(&spans, figures.zone);
    let longest = longest_stretch(&spans).map_or(0, |it| it.length_ms());
    let totals = figures.totals;
    let (from, to) = (figures.period.from, figures.period.to);
    let first_reply = totals
        .first_reply_ms
        .map_or_else(|| "–".to_owned(), |ms| waited(ms.unsigned_abs()));
    let tiles = [
        (words::TIME_ON_DUTY, words::hours(total(&spans))),
        (words::LONGEST, words::hours(longest)),
        (words::TAKEN, totals.taken.to_string()),
        (words::SENT, totals.replies.to_string()),
        (words::RESOLVED, totals.resolved.to_string()),
        (words::PASSED_ON, totals.passed_on.to_string()),
        (words::FIRST_REPLY, first_reply),
    ];
    let due = figures.stretch_ms.filter(|ms| *ms > WITHOUT_BREAK_MS);
    let statement = format!("{WORK}/statement.csv?from={from}&to={to}");
    html! {
        p.quiet { (words::days_in(&long(from), &long(to), figures.zone_name)) }
        @if let Some(ms) = due {
            p.reminder role="note" { (words::without_break(&words::hours(ms))) " " strong { (words::BREAK_DUE) } }
        }
        h2.unseen { (words::FIGURES) }
        dl.tiles {
            @for (name, value) in &tiles { div { dt { (name) } dd { (value) } } }
        }
        h2 { (words::SHIFTS) }
        @if figures.shifts.is_empty() { p.quiet { (words::NO_SHIFTS) } } @else {
            (table(words::SHIFTS, &[words::DAY, words::ON_DUTY_AT, words::TOGETHER], &rows(figures, &days)))
        }
        p.actions {
            a.button href={ (statement) @if let Some(agent) = &asked.agent { "&agent=" (agent) } } { (words::STATEMENT) }
        }
        p.quiet { (words::STATEMENT_HINT) }
        details.explained {
            summary { (words::EXPLAINED) }
            ul { @for words in words::EXPLANATIONS { li { (words) } } }
        }
    }
}

fn rows(figures: &Figures<'_>, days: &[(Date, i64)]) -> Vec<Vec<Markup>> {
    let begun = figures
        .shifts
        .iter()
        .filter(|it| it.from >= figures.span.from);
    let begun = begun.filter_map(|it| Some(local(it.from, figures.zone)?.date()));
    let all: BTreeSet<Date> = days.iter().map(|(day, _)| *day).chain(begun).collect();
    let rows = all.into_iter().map(|day| {
        let ms = days
            .iter()
            .find(|(other, _)| *other == day)
            .map_or(0, |(_, ms)| *ms);
        vec![
            html! { time datetime=(day) { (long(day)) } },
            parts(figures, day),
            html! { (words::hours(ms)) },
        ]
    });
    rows.collect()
}

/// From when to when somebody was on duty on a day.
fn parts(figures: &Figures<'_>, day: Date) -> Markup {
    let whole = Period { from: day, to: day }.span(figures.zone);
    let part = |shift: &Shift| {
        let whole = whole?;
        let span = shift.span(figures.now);
        if shift.end == ShiftEnd::Unknown {
            let is_here = whole.from <= span.from && span.from < whole.to;
            return is_here.then(|| html! { (clock(span.from, figures.zone)) "–? " span.quiet { "(" (words::NO_END) ")" } });
        }
        let part = match span.within(whole) {
            Some(part) => part,
            // One that was over at once.
            None if span.length_ms() == 0 && whole.from <= span.from && span.from < whole.to => {
                span
            }
            None => return None,
        };
        let goes_on = shift.end == ShiftEnd::Running && part.to == span.to;
        Some(html! {
            (clock(part.from, figures.zone)) "–"
            @if goes_on { (words::NOW) } @else { (clock(part.to, figures.zone)) }
        })
    };
    let parts: Vec<Markup> = figures.shifts.iter().filter_map(part).collect();
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index > 0 { ", " }
            span.part { (part) }
        }
    }
}

fn local(at: Timestamp, zone: &TimeZone) -> Option<jiff::Zoned> {
    let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
    Some(at.to_zoned(zone.clone()))
}

/// The time of day by the clocks of a zone.
fn clock(at: Timestamp, zone: &TimeZone) -> String {
    local(at, zone).map_or_else(String::new, |at| {
        format!("{:02}:{:02}", at.hour(), at.minute())
    })
}

/// Such as `Monday 23 November 2026`.
fn long(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}
