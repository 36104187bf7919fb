//! Shifts: when somebody went on duty and off again, and how long that was.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::Timestamp;

use super::period::Span;

/// How long somebody may be on duty in a row before a break is due, in milliseconds: two hours.
///
/// With [`BREAK_MS`] it is the longer of the two rhythms that the British Health and Safety Executive compares in its guidance on
/// display screen work (L26, regulation 4): a break of 5 to 10 minutes after 50 to 60 minutes is likely to be better than one of
/// 15 minutes every two hours. So whoever is reminded has gone without even the lesser of the two. It is a default of ours and no
/// law: what is due at a shop is for its people and the law of their country to say. Being on duty is also not the same as
/// looking at a screen all the time, which nothing here measures.
pub const WITHOUT_BREAK_MS: i64 = 2 * 60 * 60 * 1_000;

/// How long off duty counts as a break, in milliseconds: 15 minutes.
pub const BREAK_MS: i64 = 15 * 60 * 1_000;

/// Somebody went on duty, or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// When.
    pub at: Timestamp,
    /// On duty from then on.
    pub on: bool,
}

/// How a shift ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShiftEnd {
    /// They went off duty then.
    At(Timestamp),
    /// They are on duty still.
    Running,
    /// Nobody knows: what came next was that they went on duty again, or it says that they are off duty now.
    Unknown,
}

/// From going on duty to going off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// When it began.
    pub from: Timestamp,
    /// How it ended.
    pub end: ShiftEnd,
}

impl Shift {
    /// The time that counts, at `now`. A shift whose end nobody knows counts for none: no time is made up.
    #[must_use]
    pub fn span(&self, now: Timestamp) -> Span {
        let to = match self.end {
            ShiftEnd::At(to) => to,
            ShiftEnd::Running => now,
            ShiftEnd::Unknown => self.from,
        };
        Span {
            from: self.from,
            // A clock that was turned back makes no negative time.
            to: to.max(self.from),
        }
    }
}

/// The shifts in a list of turns, which is in order. `is_on` is whether they are on duty now.
///
/// Going off duty without having gone on says nothing of when that was, and makes no shift.
#[must_use]
pub fn shifts(turns: &[Turn], is_on: bool) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = vec![];
    let mut open: Option<Timestamp> = None;
    for turn in turns {
        let begun = if turn.on {
            open.replace(turn.at)
        } else {
            open.take()
        };
        if let Some(from) = begun {
            let end = if turn.on {
                ShiftEnd::Unknown
            } else {
                ShiftEnd::At(turn.at)
            };
            shifts.push(Shift { from, end });
        }
    }
    if let Some(from) = open {
        let end = if is_on {
            ShiftEnd::Running
        } else {
            ShiftEnd::Unknown
        };
        shifts.push(Shift { from, end });
    }
    shifts
}

/// The shifts that are in a time, at least in part.
#[must_use]
pub fn within(shifts: &[Shift], span: Span, now: Timestamp) -> Vec<Shift> {
    let is_in = |shift: &&Shift| {
        let counted = shift.span(now);
        counted.from < span.to && (counted.from >= span.from || counted.to > span.from)
    };
    shifts.iter().filter(is_in).copied().collect()
}

/// How long some spans are together, in milliseconds.
#[must_use]
pub fn total(spans: &[Span]) -> i64 {
    spans.iter().map(Span::length_ms).sum()
}

/// How long spans are on each day by the clocks of a zone, in milliseconds: the days that have any, in order.
#[must_use]
pub fn by_day(spans: &[Span], zone: &TimeZone) -> Vec<(Date, i64)> {
    let mut days: Vec<(Date, i64)> = vec![];
    for span in spans {
        let mut from = span.from;
        while from < span.to {
            let Some((day, next)) = day_of(from, zone) else {
                // Beyond the calendar.
                break;
            };
            let to = span.to.min(next);
            match days.binary_search_by_key(&day, |(day, _)| *day) {
                Ok(index) => days[index].1 += to.0 - from.0,
                Err(index) => days.insert(index, (day, to.0 - from.0)),
            }
            from = to;
        }
    }
    days
}

/// The day of a moment, and when the next one begins.
fn day_of(at: Timestamp, zone: &TimeZone) -> Option<(Date, Timestamp)> {
    let local = jiff::Timestamp::from_millisecond(at.0)
        .ok()?
        .to_zoned(zone.clone());
    let day = local.date();
    let next = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
    let next = Timestamp(next.timestamp().as_millisecond());
    // A day that clocks skip altogether does not hold the time up.
    (next > at).then_some((day, next))
}

/// The stretches of work in spans that are in order: those without a break between them are one.
fn stretches(spans: &[Span]) -> Vec<Span> {
    let mut stretches: Vec<Span> = vec![];
    for span in spans.iter().filter(|it| it.length_ms() > 0) {
        match stretches.last_mut() {
            Some(last) if span.from.0 - last.to.0 < BREAK_MS => last.to = last.to.max(span.to),
            _ => stretches.push(*span),
        }
    }
    stretches
}

/// The longest stretch without a break of [`BREAK_MS`], from its first minute to its last; the first of those as long.
#[must_use]
pub fn longest_stretch(spans: &[Span]) -> Option<Span> {
    let all = stretches(spans).into_iter();
    // Of equals `max_by_key` gives the last.
    all.rev().max_by_key(Span::length_ms)
}

/// How long the stretch has been going on that somebody is in at a moment, in milliseconds; none if they are on duty in none.
#[must_use]
pub fn stretch_at(shifts: &[Shift], now: Timestamp) -> Option<i64> {
    let is_running = shifts.last()?.end == ShiftEnd::Running;
    let spans: Vec<Span> = shifts.iter().map(|shift| shift.span(now)).collect();
    let last = stretches(&spans).pop().filter(|_| is_running)?;
    Some(last.length_ms())
}

#[cfg(test)]
mod tests;
