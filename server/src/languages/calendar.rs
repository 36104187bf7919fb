//! Days, times, numbers and plurals as a language writes them, by ICU4X and the Unicode CLDR.

use std::fmt::Display;

use icu_calendar::Iso;
use icu_datetime::fieldsets::{MDE, T, YMDE};
use icu_datetime::input::{Date, Time};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::Zoned;
use jiff::tz::TimeZone;
use protocol::Timestamp;
use words::{Category, Key, Locale};

use super::Language;
use crate::hours::Hours;

/// The zone that times are said in: the visitor's is not known here.
#[derive(Debug, Clone, Copy)]
pub enum Zone<'a> {
    /// Coordinated universal time.
    Utc,
    /// The shop's.
    Shop(&'a Hours),
}

/// A language's calendar in a zone.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    language: Language,
    tag: Tag,
    zone: Zone<'a>,
}

impl<'a> Calendar<'a> {
    pub(super) fn new(language: &Language, zone: Zone<'a>) -> Self {
        // Where no region is known, English days and times are the international ones, not America's.
        let variety = match language.variety() {
            "en" => "en-GB",
            other => other,
        };
        let tag = Tag::try_from_str(&[variety, "-u-nu-latn"].concat()).unwrap_or(Tag::UNKNOWN);
        Self {
            language: language.clone(),
            tag,
            zone,
        }
    }

    /// `Saturday 21 November`
    #[must_use]
    pub fn day(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let format = DateTimeFormatter::try_new(self.preferences(), MDE::long());
        let text = format.map(|format| format.format(&date(&local)).to_string());
        written(text, || local.strftime("%Y-%m-%d").to_string())
    }

    /// `Saturday 21 November 2026, 10:31 UTC`
    #[must_use]
    pub fn full(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let format = DateTimeFormatter::try_new(self.preferences(), YMDE::long());
        let text = format.map(|format| format.format(&date(&local)).to_string());
        let day = written(text, || local.strftime("%Y-%m-%d").to_string());
        self.joined(&day, &self.time(at))
    }

    fn joined(&self, day: &str, time: &str) -> String {
        let words = self.language.words();
        words.fill(Key::DayAndTime, &[("day", day), ("time", time)])
    }

    fn preferences(&self) -> DateTimeFormatterPreferences {
        (&self.tag).into()
    }

    /// A moment in the zone; beyond jiff's calendar, its first or last one.
    fn local(&self, at: Timestamp) -> Zoned {
        let beyond = if at.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        };
        let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or(beyond);
        moment.to_zoned(match self.zone {
            Zone::Utc => TimeZone::UTC,
            Zone::Shop(hours) => hours.zone().clone(),
        })
    }
}

fn date(local: &Zoned) -> Date<Iso> {
    let [month, day] = [local.month(), local.day()].map(i8::unsigned_abs);
    Date::try_new_iso(local.year().into(), month, day).expect("jiff's days are days")
}

fn time(local: &Zoned) -> Time {
    let [hour, minute, second] =
        [local.hour(), local.minute(), local.second()].map(i8::unsigned_abs);
    Time::try_new(hour, minute, second, 0).expect("jiff's times are times")
}

impl Locale for Calendar<'_> {
    fn ordinal(&self, number: u32) -> Category {
        let rules = PluralRules::try_new_ordinal((&self.tag).into());
        match rules.map(|rules| rules.category_for(number)) {
            Ok(PluralCategory::Zero) => Category::Zero,
            Ok(PluralCategory::One) => Category::One,
            Ok(PluralCategory::Two) => Category::Two,
            Ok(PluralCategory::Few) => Category::Few,
            Ok(PluralCategory::Many) => Category::Many,
            Ok(PluralCategory::Other) | Err(_) => Category::Other,
        }
    }

    fn number(&self, number: usize) -> String {
        let format = DecimalFormatter::try_new((&self.tag).into(), Default::default());
        let decimal = (number as u64).into();
        let text = format.map(|format| format.format(&decimal).to_string());
        written(text, || number.to_string())
    }

    /// `10:31 UTC`
    fn time(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let format = DateTimeFormatter::try_new(self.preferences(), T::hm());
        let text = format.map(|format| format.format(&time(&local)).to_string());
        let text = written(text, || local.strftime("%H:%M").to_string());
        match self.zone {
            Zone::Utc => text + " UTC",
            Zone::Shop(hours) => format!("{text} ({})", hours.zone_name()),
        }
    }

    fn day_and_time(&self, at: Timestamp) -> String {
        self.joined(&self.day(at), &self.time(at))
    }
}

/// What a formatter wrote. None fails for a language that we have, which the tests try; if one did, the value would stand
/// there as machines write it.
fn written<E: Display>(formatted: Result<String, E>, plain: impl FnOnce() -> String) -> String {
    formatted.unwrap_or_else(|error| {
        tracing::error!(%error, "a language has no calendar");
        plain()
    })
}
