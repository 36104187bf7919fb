//! Shifts and sums, on the days on which clocks are turned too, and for any list of turns.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn on(at: i64) -> Turn {
    Turn {
        at: Timestamp(at),
        on: true,
    }
}

fn off(at: i64) -> Turn {
    Turn {
        at: Timestamp(at),
        on: false,
    }
}

fn shift(from: i64, end: ShiftEnd) -> Shift {
    Shift {
        from: Timestamp(from),
        end,
    }
}

fn ended(from: i64, to: i64) -> Shift {
    shift(from, ShiftEnd::At(Timestamp(to)))
}

fn span(from: i64, to: i64) -> Span {
    Span {
        from: Timestamp(from),
        to: Timestamp(to),
    }
}

fn madrid() -> TimeZone {
    TimeZone::get("Europe/Madrid").unwrap()
}

/// A moment of Madrid's clocks.
fn at(text: &str) -> i64 {
    let local: jiff::civil::DateTime = text.parse().unwrap();
    let zoned = local.to_zoned(madrid()).unwrap();
    zoned.timestamp().as_millisecond()
}

#[test]
fn on_and_off_make_a_shift_and_the_last_one_runs_while_they_are_on_duty() {
    for (turns, is_on, expected) in [
        (vec![], false, vec![]),
        (vec![], true, vec![]),
        (
            vec![on(1), off(5), on(7), off(9)],
            false,
            vec![ended(1, 5), ended(7, 9)],
        ),
        (
            vec![on(1), off(5), on(7)],
            true,
            vec![ended(1, 5), shift(7, ShiftEnd::Running)],
        ),
        // What ended before anybody wrote it down.
        (vec![off(3), on(4), off(6)], false, vec![ended(4, 6)]),
        (vec![on(1), off(2), off(3)], false, vec![ended(1, 2)]),
        // On and off in the same moment.
        (vec![on(4), off(4)], false, vec![ended(4, 4)]),
    ] {
        assert_eq!(shifts(&turns, is_on), expected, "{turns:?}");
    }
}

#[test]
fn a_shift_whose_end_nobody_wrote_down_counts_for_nothing() {
    let again = shifts(&[on(1), on(10), off(30)], false);
    assert_eq!(again, [shift(1, ShiftEnd::Unknown), ended(10, 30)]);
    let left_open = shifts(&[on(1)], false);
    assert_eq!(left_open, [shift(1, ShiftEnd::Unknown)]);
    let now = Timestamp(1_000);
    assert_eq!(again[0].span(now).length_ms(), 0);
    assert_eq!(left_open[0].span(now).length_ms(), 0);
}

#[test]
fn a_shift_is_in_a_period_if_any_of_it_is() {
    let now = Timestamp(1_000);
    let period = span(100, 200);
    for (shift, is_in) in [
        (ended(0, 100), false),
        (ended(0, 101), true),
        (ended(199, 300), true),
        (ended(200, 300), false),
        (ended(150, 150), true),
        (ended(50, 50), false),
        (shift(50, ShiftEnd::Running), true),
        (shift(150, ShiftEnd::Unknown), true),
        (shift(50, ShiftEnd::Unknown), false),
        (shift(200, ShiftEnd::Running), false),
    ] {
        assert_eq!(
            within(&[shift], period, now).len(),
            usize::from(is_in),
            "{shift:?}"
        );
    }
}

#[test]
fn a_clock_that_was_turned_back_makes_no_negative_time() {
    assert_eq!(ended(10, 4).span(Timestamp(0)).length_ms(), 0);
    let running = shift(10, ShiftEnd::Running);
    assert_eq!(running.span(Timestamp(4)).length_ms(), 0);
    assert_eq!(running.span(Timestamp(14)).length_ms(), 4);
}

#[test]
fn a_night_shift_is_split_at_midnight_of_the_shops_clocks() {
    let night = span(at("2026-01-31T22:00"), at("2026-02-01T06:30"));
    assert_eq!(
        by_day(&[night], &madrid()),
        [
            (date(2026, 1, 31), 2 * HOUR),
            (date(2026, 2, 1), 6 * HOUR + 30 * MINUTE)
        ]
    );
    // The same hours of UTC are on other days.
    let utc = by_day(&[night], &TimeZone::UTC);
    assert_eq!(utc[0], (date(2026, 1, 31), 3 * HOUR));
}

#[test]
fn the_days_on_which_clocks_are_turned_have_23_and_25_hours() {
    for (day, next, hours) in [
        ("2026-03-29", "2026-03-30", 23),
        ("2026-10-25", "2026-10-26", 25),
        ("2026-11-23", "2026-11-24", 24),
    ] {
        let whole = span(at(&format!("{day}T00:00")), at(&format!("{next}T00:00")));
        let days = by_day(&[whole], &madrid());
        assert_eq!(days, [(day.parse().unwrap(), hours * HOUR)]);
    }
}

#[test]
fn shifts_of_one_day_are_one_line() {
    let morning = span(at("2026-11-23T09:00"), at("2026-11-23T13:00"));
    let evening = span(at("2026-11-23T15:00"), at("2026-11-23T18:15"));
    let days = by_day(&[morning, evening], &madrid());
    assert_eq!(days, [(date(2026, 11, 23), 7 * HOUR + 15 * MINUTE)]);
}

#[test]
fn only_fifteen_minutes_off_duty_are_a_break() {
    let first = span(0, HOUR);
    for (pause, longest) in [(BREAK_MS - 1, 2 * HOUR + BREAK_MS - 1), (BREAK_MS, HOUR)] {
        let second = span(HOUR + pause, 2 * HOUR + pause);
        let found = longest_stretch(&[first, second]).unwrap();
        assert_eq!(found.length_ms(), longest, "after {pause} ms");
        assert_eq!(found.from, first.from, "the first of those as long");
    }
    assert_eq!(longest_stretch(&[]), None);
    assert_eq!(longest_stretch(&[span(3, 3)]), None);
}

#[test]
fn the_stretch_that_goes_on_is_told_and_one_that_is_over_is_not() {
    let now = Timestamp(3 * HOUR);
    let before = ended(0, HOUR);
    let running = shift(HOUR + 5 * MINUTE, ShiftEnd::Running);
    assert_eq!(stretch_at(&[before, running], now), Some(3 * HOUR));
    let rested = shift(HOUR + BREAK_MS, ShiftEnd::Running);
    assert_eq!(
        stretch_at(&[before, rested], now),
        Some(2 * HOUR - BREAK_MS)
    );
    assert_eq!(stretch_at(&[before], now), None);
    assert_eq!(stretch_at(&[], now), None);
    assert_eq!(stretch_at(&[shift(0, ShiftEnd::Unknown)], now), None);
}

/// Turns in order, as the store gives them, within two years around the days on which clocks are turned.
fn any_turns() -> impl Strategy<Value = Vec<Turn>> {
    let begin = 1_767_225_600_000_i64;
    let one = (0..2 * 365 * 24 * 60_i64, any::<bool>());
    proptest::collection::vec(one, 0..40).prop_map(move |turns| {
        let mut turns: Vec<Turn> = turns
            .into_iter()
            .map(|(minutes, on)| Turn {
                at: Timestamp(begin + minutes * MINUTE + 7),
                on,
            })
            .collect();
        turns.sort_by_key(|turn| turn.at);
        turns
    })
}

proptest! {
    #[test]
    fn days_add_up_to_the_whole_and_none_is_longer_than_it_is(turns in any_turns(), is_on: bool) {
        let now = Timestamp(turns.last().map_or(0, |turn| turn.at.0) + 90 * MINUTE);
        let spans: Vec<Span> = shifts(&turns, is_on).iter().map(|it| it.span(now)).collect();
        for zone in [madrid(), TimeZone::UTC, TimeZone::get("Asia/Beirut").unwrap()] {
            let days = by_day(&spans, &zone);
            prop_assert_eq!(days.iter().map(|(_, ms)| ms).sum::<i64>(), total(&spans));
            prop_assert!(days.iter().all(|(_, ms)| (1..=25 * HOUR).contains(ms)));
            prop_assert!(days.is_sorted_by(|one, other| one.0 < other.0));
        }
    }

    #[test]
    fn shifts_are_in_order_and_no_two_of_them_count_the_same_time(turns in any_turns(), is_on: bool) {
        let now = Timestamp(turns.last().map_or(0, |turn| turn.at.0) + MINUTE);
        let shifts = shifts(&turns, is_on);
        let spans: Vec<Span> = shifts.iter().map(|it| it.span(now)).collect();
        prop_assert!(spans.windows(2).all(|pair| pair[0].to <= pair[1].from));
        let running = shifts.iter().filter(|it| it.end == ShiftEnd::Running).count();
        let is_last = shifts.last().is_some_and(|it| it.end == ShiftEnd::Running);
        prop_assert_eq!(running, usize::from(is_last));
        prop_assert!(is_on || running == 0);
        prop_assert_eq!(turns.iter().filter(|turn| turn.on).count(), shifts.len());
    }

    #[test]
    fn a_stretch_is_at_least_the_longest_shift_and_at_most_first_to_last(turns in any_turns()) {
        let spans: Vec<Span> = shifts(&turns, false).iter().map(|it| it.span(Timestamp(0))).collect();
        let longest = spans.iter().map(Span::length_ms).max().unwrap_or(0);
        match longest_stretch(&spans) {
            None => prop_assert_eq!(longest, 0),
            Some(stretch) => {
                prop_assert!(stretch.length_ms() >= longest);
                prop_assert!(spans.iter().any(|it| it.from == stretch.from));
                prop_assert!(spans.iter().any(|it| it.to == stretch.to));
            }
        }
    }
}
