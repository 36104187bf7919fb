//! Times.

use leptos::prelude::*;
use protocol::Timestamp;

use super::{element, text};
use crate::browser::clock;

/// The time of day of a message, in the reader's zone.
#[must_use]
pub fn clock_time(at: Timestamp) -> AnyView {
    let time = clock::machine_time(at);
    let attributes = [("class", Some("message-time")), ("datetime", Some(&*time))];
    element("TIME", &attributes, vec![text(clock::time_of_day(at))])
}

/// The line before the first event of another day.
#[must_use]
pub fn day_line(at: Timestamp) -> AnyView {
    let date = clock::machine_time(at);
    let date = date.split('T').next();
    let time = element("TIME", &[("datetime", date)], vec![text(clock::day(at))]);
    element("LI", &[("class", Some("day"))], vec![time])
}
