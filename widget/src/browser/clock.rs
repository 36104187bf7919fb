//! Times and numbers as people read them, by the browser's own calendar, languages and grammar.

use std::{cell::RefCell, ops::Range};

use js_sys::{Array, Date, Intl, Number, Object};
use protocol::Timestamp;
use wasm_bindgen::JsValue;

use super::{document, set, window};

/// The parts of a date that are asked for, by their names in `Intl.DateTimeFormat`.
type Parts = &'static [(&'static str, &'static str)];

const TIME_OF_DAY: Parts = &[("hour", "numeric"), ("minute", "2-digit")];
const DAY: Parts = &[("weekday", "long"), ("day", "numeric"), ("month", "long")];
const DAY_AND_TIME: Parts = &[
    ("weekday", "long"),
    ("day", "numeric"),
    ("month", "long"),
    ("hour", "numeric"),
    ("minute", "2-digit"),
];

thread_local! {
    /// The formats so far, by their parts and their language: making one takes the browser fifty times as long as using it,
    /// and a log of a thousand messages has a thousand times.
    static FORMATS: RefCell<Vec<(Parts, String, Intl::DateTimeFormat)>> = const { RefCell::new(Vec::new()) };
}

/// The time of day in the reader's zone, in the way of the reader's language: `10:31`, `10:31 AM`.
#[must_use]
pub fn time_of_day(at: Timestamp) -> String {
    written(at, TIME_OF_DAY)
}

/// The day in the reader's zone and language: `Saturday 21 November`.
#[must_use]
pub fn day(at: Timestamp) -> String {
    written(at, DAY)
}

/// The day and the time of day: `Saturday 21 November at 10:31`.
#[must_use]
pub fn day_and_time(at: Timestamp) -> String {
    written(at, DAY_AND_TIME)
}

/// A number that is the same for two moments of one day in the reader's zone, and differs for two of different days.
#[must_use]
pub fn day_number(at: Timestamp) -> u32 {
    let date = date(at);
    (date.get_full_year() * 12 + date.get_month()) * 32 + date.get_date()
}

/// The day of a moment in the reader's zone: its first moment, and the first one after it.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far below 2^53"
)]
pub fn day_around(at: Timestamp) -> Range<Timestamp> {
    let midnight = date(at);
    midnight.set_hours(0);
    midnight.set_minutes(0);
    midnight.set_seconds(0);
    midnight.set_milliseconds(0);
    let first = Timestamp(midnight.get_time() as i64);
    midnight.set_date(midnight.get_date() + 1);
    first..Timestamp(midnight.get_time() as i64)
}

/// The moment as machines read it: `2026-11-21T10:31:05.000Z`.
#[must_use]
pub fn machine_time(at: Timestamp) -> String {
    date(at).to_iso_string().into()
}

/// Now by this machine's clock, which may be wrong: only for what is shown until the server names its time.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far below 2^53"
)]
pub fn local_now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 are far below 2^53"
)]
pub(super) fn date(at: Timestamp) -> Date {
    // A browser cannot name moments beyond this; a server that sends one gets the last it can.
    const FURTHEST_MS: f64 = 8.64e15;
    Date::new(&JsValue::from_f64(
        (at.0 as f64).clamp(-FURTHEST_MS, FURTHEST_MS),
    ))
}

/// A number with the language's marks between the thousands.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn number(number: usize) -> String {
    Number::from(number as f64)
        .to_locale_string(&language())
        .into()
}

/// The name of the plural category that counts a place: 1st, 2nd, 3rd.
#[must_use]
pub fn ordinal(number: u32) -> String {
    let languages = Array::of1(&language().into());
    let rules = Intl::PluralRules::new(&languages, &wish(&[("type", "ordinal")]));
    rules.select(number.into()).into()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no zone is further from UTC than a day has minutes"
)]
fn written(at: Timestamp, parts: Parts) -> String {
    // A format keeps the zone that it was made in, and readers travel with the page open: it gets what their clock says now,
    // as if that were UTC.
    let behind_min = date(at).get_timezone_offset() as i64;
    let shown = date(Timestamp(at.0.saturating_sub(behind_min * 60_000)));
    let written = format(parts).format().call1(&JsValue::UNDEFINED, &shown);
    // It throws only for what is no date.
    written
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn format(parts: Parts) -> Intl::DateTimeFormat {
    let language = language();
    FORMATS.with_borrow_mut(|formats| {
        let known = formats
            .iter()
            .find(|(known, tag, _)| *known == parts && *tag == language);
        if let Some((_, _, format)) = known {
            return format.clone();
        }
        let wish = wish(parts);
        set(&wish, "timeZone", &JsValue::from_str("UTC"));
        let format = Intl::DateTimeFormat::new(&Array::of1(&(&*language).into()), &wish);
        formats.push((parts, language, format.clone()));
        format
    })
}

fn wish(options: &[(&str, &str)]) -> Object {
    let wish = Object::new();
    for (name, value) in options {
        set(&wish, name, &JsValue::from_str(value));
    }
    wish
}

/// The page's language, in the reader's own variety of it if they have one: British readers get British times. With
/// Latin digits, as everywhere on the page.
fn language() -> String {
    let page = document()
        .document_element()
        .and_then(|html| html.get_attribute("lang"))
        .unwrap_or_default();
    let reader = window().navigator().language().unwrap_or_default();
    let base = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
    let language = if base(&page) == base(&reader) {
        reader
    } else {
        page
    };
    // A tag that is no tag would throw.
    let plain = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let language = if language.split('-').all(plain) {
        &*language
    } else {
        "en"
    };
    [language, "-u-nu-latn"].concat()
}
