//! Reads opening hours as somebody writes them, and says what is wrong with them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{BadHours, Hours, HoursText, Shift};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const DAY_MINUTES: i64 = 24 * 60;

impl HoursText {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// [`BadHours`] says which part cannot be read and how to write it.
    pub fn parse(&self) -> Result<Hours, BadHours> {
        let zone = self.time_zone.trim();
        let zone_data = TimeZone::get(zone).map_err(|_| {
            BadHours(format!(
                "--time-zone takes a name of the IANA database, such as Europe/Madrid, not {zone:?}"
            ))
        })?;
        let week = week_of(&self.week)?;
        let mut exceptions = BTreeMap::new();
        for text in &self.exceptions {
            let (date, shifts) = exception_of(text)?;
            if exceptions.insert(date, shifts).is_some() {
                return Err(BadHours(format!("--exception names {date} twice")));
            }
        }
        let texts = Self {
            time_zone: zone.into(),
            week: self.week.trim().into(),
            exceptions: self
                .exceptions
                .iter()
                .map(|text| text.trim().into())
                .collect(),
        };
        Ok(Hours {
            texts,
            zone: zone_data,
            week,
            exceptions,
        })
    }
}

fn week_of(text: &str) -> Result<[Vec<Shift>; 7], BadHours> {
    let mut week: [Option<Vec<Shift>>; 7] = Default::default();
    for part in text.split(',') {
        let mut words = part.split_whitespace();
        let days = words.next().and_then(days_of).ok_or_else(|| {
            BadHours(format!(
                "--hours takes days and times, such as \"Mon-Fri 09:00-18:00, Sat 10:00-14:00\" or \"daily 00:00-24:00\", not {part:?}"
            ))
        })?;
        let shifts = shifts_of(words, part)?;
        for day in days {
            if week[day].replace(shifts.clone()).is_some() {
                return Err(BadHours(format!("--hours names {} twice", DAYS[day])));
            }
        }
    }
    Ok(week.map(Option::unwrap_or_default))
}

/// `Mon`, `Mon-Fri`, also over the week's end as `Fri-Mon`, or `daily`, as days since Monday.
fn days_of(word: &str) -> Option<Vec<usize>> {
    if word.eq_ignore_ascii_case("daily") {
        return Some((0..7).collect());
    }
    let day = |name: &str| DAYS.iter().position(|day| day.eq_ignore_ascii_case(name));
    let (first, last) = word.split_once('-').unwrap_or((word, word));
    let (first, last) = (day(first)?, day(last)?);
    let count = (last + 7 - first) % 7 + 1;
    Some((first..first + count).map(|day| day % 7).collect())
}

fn exception_of(text: &str) -> Result<(Date, Vec<Shift>), BadHours> {
    let mut words = text.split_whitespace();
    let date = words.next().and_then(|word| word.parse::<Date>().ok());
    let date = date.ok_or_else(|| {
        BadHours(format!(
            "--exception takes a date and its times, such as \"2026-12-24 09:00-13:00\" or \"2026-12-25 closed\", not {text:?}"
        ))
    })?;
    let mut rest = words.clone();
    if rest.next() == Some("closed") && rest.next().is_none() {
        return Ok((date, vec![]));
    }
    Ok((date, shifts_of(words, text)?))
}

fn shifts_of<'a>(words: impl Iterator<Item = &'a str>, part: &str) -> Result<Vec<Shift>, BadHours> {
    let bad = || {
        BadHours(format!(
            "times are written as 09:00-18:00, one or more of them, not as in {part:?}"
        ))
    };
    let mut shifts = words
        .map(|word| {
            let (from, to) = word.split_once('-')?;
            let (from, to) = (minutes_of(from)?, minutes_of(to)?);
            if from == DAY_MINUTES || from == to {
                return None;
            }
            // One that ends before it begins ends on the next day.
            let to = if to < from { to + DAY_MINUTES } else { to };
            Some(Shift { from, to })
        })
        .collect::<Option<Vec<_>>>()
        .filter(|shifts| !shifts.is_empty())
        .ok_or_else(bad)?;
    shifts.sort_unstable();
    let overlap = shifts.windows(2).any(|pair| pair[1].from < pair[0].to);
    if overlap {
        return Err(BadHours(format!("the times in {part:?} overlap")));
    }
    Ok(shifts)
}

/// `09:00` in minutes since midnight, up to `24:00`.
fn minutes_of(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |text: &str| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i64>().ok())?
    };
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= DAY_MINUTES).then_some(minutes)
}
