//! Times and numbers as people read them, by the browser's own calendar, languages and grammar.

use std::ops::Range;

use js_sys::{Array, Date, Intl, Number, Object, Reflect};
use protocol::Timestamp;
use wasm_bindgen::JsValue;

use super::{document, window};

/// The time of day in the reader's zone, in the way of the reader's language: `10:31`, `10:31 AM`.
#[must_use]
pub fn time_of_day(at: Timestamp) -> String {
    written(at, &[("hour", "numeric"), ("minute", "2-digit")])
}

/// The day in the reader's zone and language: `Saturday 21 November`.
#[must_use]
pub fn day(at: Timestamp) -> String {
    written(
        at,
        &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
    )
}

/// The day and the time of day: `Saturday 21 November at 10:31`.
#[must_use]
pub fn day_and_time(at: Timestamp) -> String {
    written(
        at,
        &[
            ("weekday", "long"),
            ("day", "numeric"),
            ("month", "long"),
            ("hour", "numeric"),
            ("minute", "2-digit"),
        ],
    )
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

fn written(at: Timestamp, options: &[(&str, &str)]) -> String {
    date(at)
        .to_locale_string(&language(), &wish(options))
        .into()
}

fn wish(options: &[(&str, &str)]) -> Object {
    let wish = Object::new();
    for (name, value) in options {
        // A plain object takes every property.
        let _ = Reflect::set(&wish, &JsValue::from_str(name), &JsValue::from_str(value));
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
