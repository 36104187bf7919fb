//! When a shop's people are here: a week of local times, the dates that differ from it, and what that says at a moment.
//!
//! Hours promise people; they refuse nobody. A request is taken at any hour, and is in the line when people come.

mod parse;
mod working_day;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use protocol::{Opening, Timestamp};

pub use working_day::contact_by;

/// Nobody plans further ahead, in days: a shop without an opening within them states none.
const HORIZON_DAYS: usize = 400;

/// The opening hours of a site.
#[derive(Clone, PartialEq, Eq)]
pub struct Hours {
    texts: HoursText,
    zone: TimeZone,
    /// By days since Monday.
    week: [Vec<Shift>; 7],
    exceptions: BTreeMap<Date, Vec<Shift>>,
}

/// The same as they were written, and as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoursText {
    /// A name of the IANA time zone database, such as `Europe/Madrid`.
    pub time_zone: String,
    /// Such as `Mon-Fri 09:00-13:00 15:00-19:00, Sat 10:00-14:00`. Days that are not named are closed.
    pub week: String,
    /// The dates that differ, each such as `2026-12-25 closed` or `2026-12-24 09:00-13:00`.
    pub exceptions: Vec<String>,
}

/// Part of a day, in minutes of local time since its midnight. Its end may be on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shift {
    from: i64,
    to: i64,
}

/// What is wrong with a text, and how to write it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadHours(String);

impl fmt::Debug for Hours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.texts.fmt(formatter)
    }
}

impl Hours {
    /// The hours as they were written.
    #[must_use]
    pub fn texts(&self) -> &HoursText {
        &self.texts
    }

    /// What the hours say at a moment. `until` is none if nothing changes within 400 days.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Opening {
        let never = Opening {
            open: false,
            until: None,
        };
        let Some(today) = self.local(now).map(|local| local.date()) else {
            // Beyond the calendar.
            return never;
        };
        // A shift of yesterday may reach into today.
        let days = std::iter::successors(today.yesterday().ok(), |day| day.tomorrow().ok());
        let mut open_until = None;
        for (from, to) in days
            .take(HORIZON_DAYS)
            .flat_map(|day| self.shifts(day))
            .filter(|(_, to)| *to > now)
        {
            match open_until {
                None if from <= now => open_until = Some(to),
                None => {
                    return Opening {
                        until: Some(from),
                        ..never
                    };
                }
                // The next shift begins where this one ends, or before.
                Some(until) if from <= until => open_until = Some(until.max(to)),
                Some(until) => return self.open(until, now),
            }
        }
        open_until.map_or(never, |until| self.open(until, now))
    }

    /// Open until then; for ever, as far as anybody plans, if that is the horizon.
    fn open(&self, until: Timestamp, now: Timestamp) -> Opening {
        const HORIZON_MS: u64 = (HORIZON_DAYS as u64 - 3) * 86_400_000;
        let ends = until.since_ms(now) < HORIZON_MS;
        Opening {
            open: true,
            until: ends.then_some(until),
        }
    }

    /// The zone that the hours are in.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Its name in the IANA time zone database, such as `Europe/Madrid`.
    #[must_use]
    pub fn zone_name(&self) -> &str {
        &self.texts.time_zone
    }

    fn local(&self, at: Timestamp) -> Option<Zoned> {
        let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
        Some(at.to_zoned(self.zone.clone()))
    }

    /// When the shifts of a day begin and end, in order. A time that clocks skip is the same distance after midnight by
    /// the clock that goes on, as RFC 5545 (3.3.5) has it; of one that comes twice the first counts.
    fn shifts(&self, day: Date) -> Vec<(Timestamp, Timestamp)> {
        let of_week = &self.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
        let shifts = self.exceptions.get(&day).unwrap_or(of_week);
        let moment = |minutes: i64| {
            let days = Span::new().try_days(minutes / 1_440).ok()?;
            let (hour, minute) = (minutes % 1_440 / 60, minutes % 60);
            let time = day.checked_add(days).ok()?.at(
                i8::try_from(hour).ok()?,
                i8::try_from(minute).ok()?,
                0,
                0,
            );
            let zoned = time.to_zoned(self.zone.clone()).ok()?;
            Some(Timestamp(zoned.timestamp().as_millisecond()))
        };
        shifts
            .iter()
            .filter_map(|shift| Some((moment(shift.from)?, moment(shift.to)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests;
