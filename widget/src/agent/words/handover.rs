//! The words of what passes from one agent to the next, and of what an agent lost while they were gone.

use protocol::{Begun, CaseHolder};
use session::agent::Lost;

pub(in crate::agent) const NOTE: &str = "Note for colleagues";
pub(in crate::agent) const NOTE_HINT: &str = "For whoever takes it next. Visitors never see it.";
pub(in crate::agent) const NOTE_UNSAVED: &str = "Not kept yet.";
pub(in crate::agent) const HANDED_OVER: &str = "From your colleagues";
pub(in crate::agent) const USE_WORDS: &str = "Use these words";
pub(in crate::agent) const DROP_WORDS: &str = "Dismiss";
pub(in crate::agent) const UNSENT: &str = "Your words, not sent";
pub(in crate::agent) const NOTE_NOT_KEPT: &str = "Your note, not kept";
pub(in crate::agent) const GO_ON_DUTY: &str = "Go on duty";

/// Whose half-written words these are, and from when.
pub(in crate::agent) fn begun_by(begun: &Begun, time: &str) -> String {
    if begun.mine {
        format!("You had begun to write elsewhere · {time}")
    } else {
        format!("{} had begun to write · {time}", begun.name)
    }
}

/// Whose note it is, and from when.
pub(in crate::agent) fn note_by(note: &Begun, time: &str) -> String {
    if note.mine {
        format!("Your note · {time}")
    } else {
        format!("Note by {} · {time}", note.name)
    }
}

/// What happened to a conversation while the agent was gone. It went back at `time`.
pub(in crate::agent) fn lost(lost: Lost, time: &str, holder: Option<&CaseHolder>) -> String {
    let now = match holder {
        Some(CaseHolder::Other { name }) => format!("{name} has it now"),
        Some(CaseHolder::Queue {}) => "nobody has taken it yet".into(),
        _ => "it does not wait any more".into(),
    };
    let gone = gone(lost.away_ms);
    format!("{gone} This conversation went back to the line at {time}; {now}.")
}

/// What happened to everything that the agent held.
pub(in crate::agent) fn lost_in_all(count: usize, away_ms: Option<u64>) -> String {
    let what = match count {
        1 => "One conversation of yours".into(),
        _ => format!("{count} conversations of yours"),
    };
    let gone = gone(away_ms);
    format!(
        "{gone} {what} went back to the line, and you are off duty. Go on duty to take conversations."
    )
}

fn gone(away_ms: Option<u64>) -> String {
    match away_ms {
        Some(away_ms) => format!("Your connection was lost for {}.", span(away_ms)),
        None => "You were gone for too long.".into(),
    }
}

/// A span of time in its largest units.
fn span(ms: u64) -> String {
    let seconds = ms / 1_000;
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    #[test]
    fn a_span_is_said_in_its_largest_units() {
        for (ms, expected) in [
            (0, "0 s"),
            (59_999, "59 s"),
            (60_000, "1 min"),
            (3_599_999, "59 min"),
            (3_600_000, "1 h"),
            (5_400_000, "1 h 30 min"),
            (172_800_000, "48 h"),
        ] {
            assert_eq!(span(ms), expected, "{ms} ms");
        }
    }

    #[test]
    fn what_was_lost_is_told_with_the_time_and_who_has_it() {
        let told = |away_ms, holder: CaseHolder| {
            let at = Timestamp(0);
            lost(Lost { at, away_ms }, "14:05", Some(&holder))
        };
        assert_eq!(
            told(Some(180_000), CaseHolder::Other { name: "Ben".into() }),
            "Your connection was lost for 3 min. This conversation went back to the line at 14:05; Ben has it now."
        );
        assert_eq!(
            told(None, CaseHolder::Queue {}),
            "You were gone for too long. This conversation went back to the line at 14:05; nobody has taken it yet."
        );
        assert!(told(None, CaseHolder::Nobody {}).ends_with("it does not wait any more."));
    }
}
