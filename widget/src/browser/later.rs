//! Moments to come, in the reader's own zone: tomorrow morning, and what a browser's box for a day and a time holds.

use js_sys::Date;
use protocol::Timestamp;
use wasm_bindgen::JsValue;

use super::clock::date;

/// Nine in the morning: when a day's work begins for most.
const MORNING: u32 = 9;

/// An hour later, the next morning, and the morning of the next Monday after that.
#[must_use]
pub fn suggestions(now: Timestamp) -> [Timestamp; 3] {
    let hour = Timestamp(now.0 + 60 * 60 * 1_000);
    let weekday = date(now).get_day();
    // Sunday is 0: a Monday is 1 to 7 days away.
    let until_monday = (7 - weekday) % 7 + 1;
    [hour, morning(now, 1), morning(now, until_monday)]
}

/// The morning of a day that is so many days away.
fn morning(now: Timestamp, days: u32) -> Timestamp {
    let morning = date(now);
    morning.set_date(morning.get_date() + days);
    morning.set_hours(MORNING);
    morning.set_minutes(0);
    morning.set_seconds(0);
    morning.set_milliseconds(0);
    moment(&morning).unwrap_or(now)
}

/// A moment as the value of an `<input type="datetime-local">`: `2026-11-24T09:00`.
#[must_use]
pub fn input_value(at: Timestamp) -> String {
    let date = date(at);
    let two = |number: u32| format!("{number:02}");
    let [month, day, hour, minute] = [
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
    ]
    .map(two);
    let year = date.get_full_year();
    format!("{year:04}-{month}-{day}T{hour}:{minute}")
}

/// The moment that such a value stands for; none if it stands for none.
#[must_use]
pub fn from_input(value: &str) -> Option<Timestamp> {
    // Without a zone a browser takes it for a time in the reader's own.
    let is_whole = value.len() >= 16 && value.as_bytes()[10] == b'T';
    is_whole
        .then(|| Date::new(&JsValue::from_str(value)))
        .and_then(|date| moment(&date))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far below 2^53"
)]
fn moment(date: &Date) -> Option<Timestamp> {
    let milliseconds = date.get_time();
    milliseconds
        .is_finite()
        .then_some(Timestamp(milliseconds as i64))
}
