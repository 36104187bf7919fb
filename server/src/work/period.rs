//! Which time is looked at: whole days by the clocks of a zone.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::Timestamp;

/// The most days of a period that somebody chooses: a year.
pub const MAX_DAYS: i32 = 366;

/// From a moment up to another, which is no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: Timestamp,
    /// The first that is no part of it.
    pub to: Timestamp,
}

impl Span {
    /// How long it is, in milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> i64 {
        self.to.0 - self.from.0
    }

    /// The part of it that is within another; none if nothing is.
    #[must_use]
    pub fn within(&self, other: Span) -> Option<Span> {
        let from = self.from.max(other.from);
        let to = self.to.min(other.to);
        (from < to).then_some(Span { from, to })
    }
}

/// Some whole days: from the first to the last, which is part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// Why two days are no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPeriod {
    /// The first is no day.
    From,
    /// The last is no day.
    To,
    /// The last is before the first.
    Backwards,
    /// They are further apart than [`MAX_DAYS`].
    TooLong,
}

impl Period {
    /// The day of a moment. None beyond the calendar.
    #[must_use]
    pub fn today(now: Timestamp, zone: &TimeZone) -> Option<Self> {
        let now = jiff::Timestamp::from_millisecond(now.0).ok()?;
        let day = now.to_zoned(zone.clone()).date();
        Some(Self { from: day, to: day })
    }

    /// The week around a day, from Monday (ISO 8601), or one so many weeks before it.
    #[must_use]
    pub fn week(day: Date, before: i32) -> Option<Self> {
        let since_monday = day.weekday().to_monday_zero_offset();
        let back = i32::from(since_monday) + 7 * before;
        let from = day.checked_sub(back.days()).ok()?;
        let to = from.checked_add(6.days()).ok()?;
        Some(Self { from, to })
    }

    /// The month of a day.
    #[must_use]
    pub fn month(day: Date) -> Self {
        Self {
            from: day.first_of_month(),
            to: day.last_of_month(),
        }
    }

    /// Two days as forms and addresses have them, such as `2026-11-23`.
    ///
    /// # Errors
    ///
    /// [`BadPeriod`] says what is wrong with them.
    pub fn between(from: &str, to: &str) -> Result<Self, BadPeriod> {
        let from = day(from).ok_or(BadPeriod::From)?;
        let to = day(to).ok_or(BadPeriod::To)?;
        if to < from {
            return Err(BadPeriod::Backwards);
        }
        let period = Self { from, to };
        if period.days() > MAX_DAYS {
            return Err(BadPeriod::TooLong);
        }
        Ok(period)
    }

    /// How many days it has.
    #[must_use]
    pub fn days(&self) -> i32 {
        (self.to - self.from).get_days() + 1
    }

    /// From the first moment of its first day to the last of its last. None beyond the calendar.
    #[must_use]
    pub fn span(&self, zone: &TimeZone) -> Option<Span> {
        let begin = |day: Date| {
            let zoned = day.to_zoned(zone.clone()).ok()?;
            Some(Timestamp(zoned.timestamp().as_millisecond()))
        };
        Some(Span {
            from: begin(self.from)?,
            to: begin(self.to.tomorrow().ok()?)?,
        })
    }
}

/// A day of four digits for the year, two for the month, two for the day, and nothing else.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let is_plain = text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    let day: Date = text.parse().ok().filter(|_| is_plain)?;
    (1970..=9998).contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn period(from: Date, to: Date) -> Period {
        Period { from, to }
    }

    #[test]
    fn weeks_begin_on_monday_and_months_have_all_their_days() {
        for day in [date(2026, 11, 23), date(2026, 11, 29)] {
            let week = Period::week(day, 0).unwrap();
            assert_eq!(week, period(date(2026, 11, 23), date(2026, 11, 29)));
        }
        assert_eq!(
            Period::week(date(2026, 1, 1), 1).unwrap(),
            period(date(2025, 12, 22), date(2025, 12, 28))
        );
        assert_eq!(
            Period::month(date(2028, 2, 10)),
            period(date(2028, 2, 1), date(2028, 2, 29))
        );
    }

    #[test]
    fn today_is_the_day_by_the_clocks_of_the_zone() {
        // 23 November 2026, 23:30 in UTC
        let now = Timestamp(1_795_476_600_000);
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        assert_eq!(
            Period::today(now, &TimeZone::UTC).unwrap().from,
            date(2026, 11, 23)
        );
        assert_eq!(Period::today(now, &madrid).unwrap().to, date(2026, 11, 24));
        assert_eq!(Period::today(Timestamp(i64::MAX), &madrid), None);
    }

    #[test]
    fn days_that_somebody_types_are_checked() {
        assert_eq!(
            Period::between(" 2026-11-01", "2026-11-30").unwrap(),
            period(date(2026, 11, 1), date(2026, 11, 30))
        );
        for (from, to, why) in [
            ("", "2026-11-30", BadPeriod::From),
            ("2026-11-31", "2026-11-30", BadPeriod::From),
            ("2026-11-01", "30.11.2026", BadPeriod::To),
            ("2026-11-01", "2026-11-30T00:00", BadPeriod::To),
            ("2026-11-01", "=1+1", BadPeriod::To),
            ("1969-12-31", "1970-01-01", BadPeriod::From),
            ("2026-11-02", "2026-11-01", BadPeriod::Backwards),
            ("2026-01-01", "2027-01-02", BadPeriod::TooLong),
        ] {
            assert_eq!(Period::between(from, to), Err(why), "{from} {to}");
        }
        assert_eq!(
            Period::between("2026-01-01", "2027-01-01").unwrap().days(),
            366
        );
    }

    #[test]
    fn a_month_with_a_turn_of_clocks_is_an_hour_shorter_or_longer() {
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        let hours = |month| {
            let span = Period::month(date(2026, month, 1)).span(&madrid).unwrap();
            span.length_ms() / 3_600_000
        };
        assert_eq!((hours(3), hours(10), hours(11)), (743, 745, 720));
    }

    proptest! {
        #[test]
        fn what_is_within_is_in_both_and_the_rest_is_not(a in 0_i64..100, b in 0_i64..100, c in 0_i64..100, d in 0_i64..100) {
            let span = |one: i64, other: i64| Span { from: Timestamp(one.min(other)), to: Timestamp(one.max(other)) };
            let (one, other) = (span(a, b), span(c, d));
            let within = one.within(other);
            for at in (0..100).map(Timestamp) {
                let is_in = |span: Span| (span.from <= at) & (at < span.to);
                prop_assert_eq!(within.is_some_and(is_in), is_in(one) && is_in(other));
            }
        }
    }
}
