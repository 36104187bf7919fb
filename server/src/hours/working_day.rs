//! By when somebody is contacted on the working day on which they asked for it.

use jiff::Zoned;
use jiff::tz::TimeZone;
use protocol::Timestamp;

use super::{HORIZON_DAYS, Hours};

/// By when whoever asked at one moment and is told at another, `now`, is contacted: the end of the working day.
///
/// That is when the shop closes for the last time on the day on which it was asked, or on the next day on which it opens
/// if it had closed for that day already. If it has closed in the minutes between, the rest of the calendar day is left, by
/// its clocks. Where a shop states no hours every day is a working day, from midnight to midnight in UTC. It is never a
/// moment that has passed at `now`, wherever the calendar has later ones.
#[must_use]
pub fn contact_by(hours: Option<&Hours>, asked_at: Timestamp, now: Timestamp) -> Timestamp {
    let zone = hours.map_or(TimeZone::UTC, |hours| hours.zone.clone());
    let closing = |at| hours.and_then(|hours| hours.closing(at));
    let last_moment = |at| last_moment(&zone, at).unwrap_or(at);
    closing(asked_at)
        .into_iter()
        .chain([last_moment(asked_at)])
        .find(|by| *by > now)
        .or_else(|| closing(now))
        .unwrap_or_else(|| last_moment(now))
}

impl Hours {
    /// When the first day that has not closed for the last time at `at` does so. None if the shop opens no more.
    fn closing(&self, at: Timestamp) -> Option<Timestamp> {
        let today = self.local(at)?.date();
        // A shift of yesterday may reach into today, and is part of yesterday's work.
        let days = std::iter::successors(today.yesterday().ok(), |day| day.tomorrow().ok());
        let closing = days
            .take(HORIZON_DAYS)
            .filter_map(|day| self.shifts(day).into_iter().map(|(_, to)| to).max())
            .find(|to| *to > at)?;
        // Midnight is said as the end of a day, not as the beginning of the next one.
        let before = Timestamp(closing.0 - 1);
        let is_midnight = last_moment(&self.zone, before) == Some(before);
        Some(if is_midnight { before } else { closing })
    }
}

/// The last millisecond of the calendar day of a moment. None beyond the calendar.
fn last_moment(zone: &TimeZone, at: Timestamp) -> Option<Timestamp> {
    let local: Zoned = jiff::Timestamp::from_millisecond(at.0)
        .ok()?
        .to_zoned(zone.clone());
    let end = local.end_of_day().ok()?;
    Some(Timestamp(end.timestamp().as_millisecond()))
}
