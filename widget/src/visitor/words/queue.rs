//! What the page says of a place in line.

use protocol::WaitEstimate;

/// The place in line.
#[must_use]
pub fn place(position: u32) -> String {
    let ending = match (position % 10, position % 100) {
        _ if position <= 1 => return "You are next".into(),
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    [&position.to_string(), ending, " in line"].concat()
}

/// Nobody is there; `next` is when somebody is, if the shop says so.
#[must_use]
pub fn nobody(next: Option<&str>) -> String {
    match next {
        Some(next) => ["We are closed now. People are next here on ", next, ". "].concat(),
        None => "Nobody is on duty right now. ".into(),
    }
}

/// How long it usually takes, in all.
#[must_use]
pub fn usual(estimate: WaitEstimate) -> String {
    let (from, to) = estimate.minutes();
    let (from_words, to_words) = (from.to_string(), to.to_string());
    match (from, to) {
        (0, 1) => "Usually less than a minute. ".into(),
        (0, _) => ["Usually up to ", &to_words, " min. "].concat(),
        _ if from == to => ["Usually about ", &to_words, " min. "].concat(),
        _ => ["Usually ", &from_words, " to ", &to_words, " min. "].concat(),
    }
}

/// The usual time has passed.
pub const LONGER_THAN_USUAL: &str = "Longer than usual. ";

/// After three minutes where nobody can say what is usual.
pub const STILL_HERE: &str = "Still here. ";

/// Under the place in line: what is expected, what happens next, and only what is sure to. `lasts` if the browser keeps
/// the visitor's place.
#[must_use]
pub fn queue_note(
    expected: &str,
    receipt: Option<&str>,
    is_somebody_there: bool,
    lasts: bool,
) -> String {
    let mut note = String::from(expected);
    if is_somebody_there {
        if let Some(receipt) = receipt {
            note.push_str("No. ");
            note.push_str(receipt);
            note.push_str(". ");
        }
        if lasts {
            note.push_str("You keep your place if you close this page.");
        }
    } else {
        note.push_str("Your request");
        if let Some(receipt) = receipt {
            note.push_str(" No. ");
            note.push_str(receipt);
        }
        note.push_str(" is kept and does not run out; the answer comes here.");
    }
    if !lasts {
        if !note.is_empty() && !note.ends_with(' ') {
            note.push(' ');
        }
        note.push_str("Keep this page open: your browser keeps no data for this chat.");
    }
    note
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_english_counts() {
        for (position, words) in [
            (0, "You are next"),
            (1, "You are next"),
            (2, "2nd in line"),
            (3, "3rd in line"),
            (4, "4th in line"),
            (11, "11th in line"),
            (12, "12th in line"),
            (13, "13th in line"),
            (21, "21st in line"),
            (112, "112th in line"),
            (122, "122nd in line"),
        ] {
            assert_eq!(place(position), words);
        }
    }

    #[test]
    fn the_note_promises_only_what_is_sure() {
        let note =
            |expected: &str, is_there, lasts| queue_note(expected, Some("7"), is_there, lasts);
        for (note, words) in [
            (
                note("", true, true),
                "No. 7. You keep your place if you close this page.",
            ),
            (
                note(STILL_HERE, true, true),
                "Still here. No. 7. You keep your place if you close this page.",
            ),
            (
                note("", true, false),
                "No. 7. Keep this page open: your browser keeps no data for this chat.",
            ),
            (
                note(&nobody(None), false, true),
                "Nobody is on duty right now. Your request No. 7 is kept and does not run out; the answer comes here.",
            ),
            (
                note(&nobody(Some("Monday 23 November, 09:00")), false, false),
                "We are closed now. People are next here on Monday 23 November, 09:00. Your request No. 7 is kept and does not run out; the answer comes here. Keep this page open: your browser keeps no data for this chat.",
            ),
        ] {
            assert_eq!(note, words);
        }
    }

    #[test]
    fn what_is_usual_is_told_in_minutes_and_never_too_narrow() {
        for (from_ms, to_ms, words) in [
            (119_000, 181_000, "Usually 1 to 4 min. "),
            (1_000, 59_000, "Usually less than a minute. "),
            (1_000, 240_000, "Usually up to 4 min. "),
            (120_000, 120_000, "Usually about 2 min. "),
        ] {
            assert_eq!(usual(WaitEstimate { from_ms, to_ms }), words);
        }
    }
}
