//! What the page says of a wish for a supervisor, and only what is sure.

use protocol::Answering;

use super::short;

/// The visitor has asked for a supervisor.
pub const SUPERVISOR_REQUESTED: &str = "You asked for a supervisor";

/// None has come yet.
#[must_use]
pub fn supervisor_asked(at: &str, answering: &Answering) -> String {
    let (who, meanwhile) = match answering {
        Answering::Agent { name, .. } => (short(name), " goes on helping you meanwhile."),
        _ => ("", ""),
    };
    [SUPERVISOR_REQUESTED, " at ", at, ". ", who, meanwhile].concat()
}

/// None was free in time, and one comes back to the visitor, or should have.
#[must_use]
pub fn supervisor_due(by: &str, is_late: bool) -> String {
    if is_late {
        call_back(" was to", by, ". We are late.")
    } else {
        call_back(WILL, by, ": here, or by email if we have your address.")
    }
}

/// The same in the log.
#[must_use]
pub fn promised(by: &str) -> String {
    call_back(WILL, by, ".")
}

const WILL: &str = " will";

fn call_back(will: &str, by: &str, rest: &str) -> String {
    [
        "No supervisor was free within three minutes. One",
        will,
        " contact you by ",
        by,
        rest,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// L5: what is said of a supervisor is what is sure.
    #[test]
    fn a_wish_for_a_supervisor_is_told_as_it_stands() {
        let ana = Answering::Agent {
            name: "Ana".into(),
            lead: false,
        };
        assert_eq!(
            supervisor_asked("10:42", &ana),
            "You asked for a supervisor at 10:42. Ana goes on helping you meanwhile."
        );
        for answering in [
            Answering::Queue {
                position: 1,
                on_duty: 1,
            },
            Answering::Nobody { last: None },
        ] {
            assert_eq!(
                supervisor_asked("10:42", &answering),
                "You asked for a supervisor at 10:42. "
            );
        }
        let start = "No supervisor was free within three minutes. One";
        for (is_late, end) in [
            (
                false,
                " will contact you by Monday 23 November, 18:00: here, or by email if we have your address.",
            ),
            (
                true,
                " was to contact you by Monday 23 November, 18:00. We are late.",
            ),
        ] {
            let words = supervisor_due("Monday 23 November, 18:00", is_late);
            assert_eq!(words, [start, end].concat());
        }
        assert_eq!(
            promised("Monday 23 November, 18:00"),
            [start, " will contact you by Monday 23 November, 18:00."].concat()
        );
    }
}
