//! Times as the plain page shows them. The server cannot know the reader's zone, so they are in UTC and say so.

use protocol::Timestamp;
use time::{Date, OffsetDateTime};

/// A moment by the calendar, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(OffsetDateTime);

impl Moment {
    /// The moment of a timestamp; of the nearest one that the calendar has for those beyond the year 9999.
    pub fn of(at: Timestamp) -> Self {
        let seconds = at.0.div_euclid(1_000);
        let moment = OffsetDateTime::from_unix_timestamp(seconds);
        Self(moment.unwrap_or(if seconds < 0 {
            OffsetDateTime::UNIX_EPOCH
        } else {
            Date::MAX.midnight().assume_utc()
        }))
    }

    /// `2026-11-21T10:31:05Z`
    pub fn machine_time(self) -> String {
        let (hour, minute, second) = self.0.to_hms();
        format!("{}T{hour:02}:{minute:02}:{second:02}Z", self.machine_date())
    }

    /// `2026-11-21`
    pub fn machine_date(self) -> String {
        let (year, month, day) = self.0.to_calendar_date();
        format!("{year:04}-{:02}-{day:02}", u8::from(month))
    }

    /// Whether both are on the same day of UTC.
    pub fn is_same_day(self, other: Self) -> bool {
        self.0.date() == other.0.date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc() {
        // 2026-11-21 10:31:05.999 UTC
        let moment = Moment::of(Timestamp(1_795_257_065_999));
        assert_eq!(moment.machine_time(), "2026-11-21T10:31:05Z");
        assert!(moment.is_same_day(Moment::of(Timestamp(1_795_219_200_000))));
        assert!(!moment.is_same_day(Moment::of(Timestamp(1_795_219_199_999))));
    }

    #[test]
    fn no_timestamp_is_beyond_the_calendar() {
        assert_eq!(Moment::of(Timestamp(i64::MAX)).machine_date(), "9999-12-31");
        assert_eq!(Moment::of(Timestamp(i64::MIN)).machine_date(), "1970-01-01");
        assert_eq!(
            Moment::of(Timestamp(-1)).machine_time(),
            "1969-12-31T23:59:59Z"
        );
    }
}
