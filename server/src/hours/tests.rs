//! When people are here, by the clocks of their own town.

use super::*;

fn hours(week: &str, exceptions: &[&str]) -> Result<Hours, BadHours> {
    HoursText {
        time_zone: "Europe/Madrid".into(),
        week: week.into(),
        exceptions: exceptions.iter().map(|&text| text.into()).collect(),
    }
    .parse()
}

/// A moment by the clocks of Madrid.
fn madrid(text: &str) -> Timestamp {
    let zoned: Zoned = format!("{text}[Europe/Madrid]").parse().expect("a moment");
    Timestamp(zoned.timestamp().as_millisecond())
}

#[track_caller]
fn check(hours: &Hours, cases: &[(&str, bool, Option<&str>)]) {
    for (now, open, until) in cases {
        let until = until.map(madrid);
        assert_eq!(
            hours.at(madrid(now)),
            Opening { open: *open, until },
            "at {now}"
        );
    }
}

#[test]
fn a_week_of_shifts_says_when_people_are_here_and_when_next() {
    let hours = hours("Mon-Fri 09:00-13:00 15:00-19:00, Sat 10:00-14:00", &[]).unwrap();
    // 2026-11-23 is a Monday.
    check(
        &hours,
        &[
            ("2026-11-23T08:59:59", false, Some("2026-11-23T09:00")),
            ("2026-11-23T09:00", true, Some("2026-11-23T13:00")),
            ("2026-11-23T12:59:59", true, Some("2026-11-23T13:00")),
            ("2026-11-23T13:00", false, Some("2026-11-23T15:00")),
            ("2026-11-27T19:00", false, Some("2026-11-28T10:00")),
            ("2026-11-28T14:00", false, Some("2026-11-30T09:00")),
        ],
    );
}

#[test]
fn a_date_can_differ_from_its_week() {
    let hours = hours(
        "daily 09:00-18:00",
        &["2026-12-24 09:00-13:00", "2026-12-25 closed"],
    )
    .unwrap();
    check(
        &hours,
        &[
            ("2026-12-23T12:00", true, Some("2026-12-23T18:00")),
            ("2026-12-24T12:00", true, Some("2026-12-24T13:00")),
            ("2026-12-24T13:00", false, Some("2026-12-26T09:00")),
            ("2026-12-25T12:00", false, Some("2026-12-26T09:00")),
        ],
    );
}

#[test]
fn a_shift_may_end_on_the_next_day() {
    let hours = hours("Fri-Sat 22:00-02:00", &[]).unwrap();
    check(
        &hours,
        &[
            ("2026-11-27T23:00", true, Some("2026-11-28T02:00")),
            ("2026-11-28T01:59", true, Some("2026-11-28T02:00")),
            ("2026-11-28T02:00", false, Some("2026-11-28T22:00")),
            ("2026-11-29T01:00", true, Some("2026-11-29T02:00")),
            ("2026-11-29T02:00", false, Some("2026-12-04T22:00")),
        ],
    );
}

#[test]
fn clocks_that_are_put_forward_or_back_move_no_opening() {
    let hours = hours("daily 01:00-04:00", &[]).unwrap();
    // Madrid puts its clocks forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
    let length = |day: &str| {
        let opening = hours.at(madrid(&format!("{day}T01:00")));
        assert!(opening.open);
        opening
            .until
            .unwrap()
            .since_ms(madrid(&format!("{day}T01:00")))
            / 60_000
    };
    assert_eq!(length("2026-03-28"), 180);
    assert_eq!(length("2026-03-29"), 120, "an hour is skipped");
    assert_eq!(length("2026-10-25"), 240, "an hour comes twice");
}

#[test]
fn a_shop_that_never_closes_says_no_time() {
    let always = hours("daily 00:00-24:00", &[]).unwrap();
    check(&always, &[("2026-11-23T12:00", true, None)]);
    let holiday = hours("daily 00:00-24:00", &["2026-12-25 closed"]).unwrap();
    check(
        &holiday,
        &[("2026-11-23T12:00", true, Some("2026-12-25T00:00"))],
    );
}

#[test]
fn a_shop_that_opens_no_more_says_so() {
    let past = hours("Mon 09:00-10:00", &[]).unwrap();
    assert_eq!(
        past.at(Timestamp(i64::MAX)),
        Opening {
            open: false,
            until: None
        }
    );
    assert_eq!(
        past.at(Timestamp(i64::MIN)),
        Opening {
            open: false,
            until: None
        }
    );
}

#[test]
fn what_cannot_be_read_is_named_with_how_to_write_it() {
    for (week, names) in [
        ("", "--hours takes"),
        ("9-5", "--hours takes"),
        ("Monday 09:00-18:00", "--hours takes"),
        ("Mon", "times are written"),
        ("Mon 9:00-18:00", "times are written"),
        ("Mon 09:00-25:00", "times are written"),
        ("Mon 09:60-10:00", "times are written"),
        ("Mon 09:00-09:00", "times are written"),
        ("Mon 09:00-12:00 11:00-13:00", "overlap"),
        ("Mon 09:00-12:00, Mon-Tue 10:00-11:00", "Mon twice"),
    ] {
        let error = hours(week, &[]).unwrap_err().to_string();
        assert!(error.contains(names), "{week:?}: {error}");
    }
    for (exception, names) in [
        ("25 December closed", "--exception takes"),
        ("2026-12-25", "times are written"),
        ("2026-12-25 closed early", "times are written"),
        ("2026-02-30 closed", "--exception takes"),
    ] {
        let error = hours("daily 09:00-18:00", &[exception]).unwrap_err();
        assert!(error.to_string().contains(names), "{exception:?}: {error}");
    }
    let twice = hours(
        "daily 09:00-18:00",
        &["2026-12-25 closed", "2026-12-25 closed"],
    );
    assert!(twice.unwrap_err().to_string().contains("twice"));
    let zone = HoursText {
        time_zone: "Madrid".into(),
        week: "daily 09:00-18:00".into(),
        exceptions: vec![],
    };
    assert!(
        zone.parse()
            .unwrap_err()
            .to_string()
            .contains("Europe/Madrid")
    );
}

/// L5: whoever wants a supervisor is contacted on the same working day.
#[test]
fn a_contact_is_due_at_the_end_of_the_working_day_on_which_it_was_asked_for() {
    let week = "Mon-Fri 09:00-13:00 15:00-19:00, Sat 22:00-02:00, Sun 00:00-24:00";
    let exceptions = ["2026-12-24 09:00-13:00", "2026-12-25 closed"];
    let hours = hours(week, &exceptions).unwrap();
    // 2026-11-23 is a Monday.
    for (asked, told, by) in [
        ("2026-11-23T08:00", "2026-11-23T08:03", "2026-11-23T19:00"),
        ("2026-11-23T10:00", "2026-11-23T10:03", "2026-11-23T19:00"),
        ("2026-11-23T14:00", "2026-11-23T14:03", "2026-11-23T19:00"),
        // It closes in the three minutes between: what is left is the day itself.
        (
            "2026-11-23T18:58",
            "2026-11-23T19:01",
            "2026-11-23T23:59:59.999",
        ),
        (
            "2026-11-23T18:57",
            "2026-11-23T19:00",
            "2026-11-23T23:59:59.999",
        ),
        // After the last opening of a day it is the next day with one.
        ("2026-11-23T19:00", "2026-11-23T19:03", "2026-11-24T19:00"),
        ("2026-11-27T20:00", "2026-11-27T20:03", "2026-11-29T02:00"),
        // In a shift that began yesterday.
        ("2026-11-29T01:00", "2026-11-29T01:03", "2026-11-29T02:00"),
        // Midnight ends the day, whatever opens after it.
        (
            "2026-11-29T12:00",
            "2026-11-29T12:03",
            "2026-11-29T23:59:59.999",
        ),
        // Dates that differ.
        ("2026-12-24T12:00", "2026-12-24T12:03", "2026-12-24T13:00"),
        ("2026-12-24T14:00", "2026-12-24T14:03", "2026-12-27T02:00"),
        // The server was away for days: no promise is for a time that has passed.
        ("2026-11-23T10:00", "2026-11-25T10:00", "2026-11-25T19:00"),
        // The clock was turned back.
        ("2026-11-23T10:00", "2026-11-20T10:00", "2026-11-23T19:00"),
    ] {
        let found = contact_by(Some(&hours), madrid(asked), madrid(told));
        assert_eq!(found, madrid(by), "asked at {asked}");
    }
}

/// L5 where clocks are put forward or back in the opening, and where they are at midnight.
#[test]
fn a_contact_is_due_by_the_clocks_of_the_shop_whatever_they_do_on_that_day() {
    let night = hours("daily 01:00-04:00", &[]).unwrap();
    for (asked, by) in [
        ("2026-03-29T01:30", "2026-03-29T04:00"),
        ("2026-10-25T01:30", "2026-10-25T04:00"),
        ("2026-03-29T05:00", "2026-03-30T04:00"),
    ] {
        let asked_at = madrid(asked);
        assert_eq!(contact_by(Some(&night), asked_at, asked_at), madrid(by));
    }
    // 23 and 25 hours long.
    let always = hours("daily 00:00-24:00", &[]).unwrap();
    for day in ["2026-03-29", "2026-10-25"] {
        let asked_at = madrid(&format!("{day}T00:30"));
        let by = madrid(&format!("{day}T23:59:59.999"));
        assert_eq!(contact_by(Some(&always), asked_at, asked_at), by);
    }
}

/// L5 for a shop that states no hours, and for one that opens no more.
#[test]
fn a_contact_without_hours_is_due_at_the_end_of_the_day() {
    let utc = |text: &str| {
        let at: jiff::Timestamp = format!("{text}Z").parse().expect("a moment");
        Timestamp(at.as_millisecond())
    };
    let (asked, end) = (utc("2026-11-23T10:00:00"), utc("2026-11-23T23:59:59.999"));
    assert_eq!(contact_by(None, asked, asked), end);
    let (asked, told) = (utc("2026-11-23T23:59:00"), utc("2026-11-24T00:02:00"));
    assert_eq!(
        contact_by(None, asked, told),
        utc("2026-11-24T23:59:59.999")
    );
    let closed = hours("Mon 09:00-10:00", &["2026-11-23 closed"]).unwrap();
    let gone = Hours {
        week: Default::default(),
        ..closed
    };
    let asked_at = madrid("2026-11-23T10:00");
    let by = madrid("2026-11-23T23:59:59.999");
    assert_eq!(contact_by(Some(&gone), asked_at, asked_at), by);
    // Beyond the calendar there is nothing to promise, and nothing fails.
    let never = Timestamp(i64::MAX);
    assert_eq!(contact_by(Some(&gone), never, never), never);
}
