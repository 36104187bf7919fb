//! What is said of a visitor's wish for a supervisor.

use protocol::{Case, CaseHolder, SupervisorWish, Timestamp};
use words::desk::SUPERVISOR_ASKED;

use crate::browser::clock;

/// The fact's name on the case card.
pub(in crate::agent) const SUPERVISOR: &str = "Supervisor";

/// The mark on a conversation whose visitor wants a supervisor.
pub(in crate::agent) fn supervisor_asked(wish: SupervisorWish) -> String {
    match wish.due {
        Some(due) => [SUPERVISOR_ASKED, ", due ", &moment(due)].concat(),
        None => SUPERVISOR_ASKED.into(),
    }
}

/// None was free in time, and a call-back was promised.
pub(in crate::agent) fn call_back(by: Timestamp) -> String {
    let by = moment(by);
    format!("No supervisor was free within three minutes: promised that one contacts them by {by}")
}

/// Since when, and until when, on the case card.
pub(in crate::agent) fn supervisor_since(wish: SupervisorWish) -> String {
    let since = moment(wish.since);
    match wish.due {
        Some(due) => format!("asked at {since}, to contact them by {}", moment(due)),
        None => format!("asked at {since}"),
    }
}

/// Who has what a supervisor is to take from them; none if it waits anyway.
pub(in crate::agent) fn whose(case: &Case) -> Option<String> {
    match &case.holder {
        CaseHolder::Other { name } => Some([name, " has it"].concat()),
        CaseHolder::Nobody {} => Some("marked as solved".into()),
        CaseHolder::Bot {} | CaseHolder::Queue {} | CaseHolder::Me {} => None,
    }
}

fn moment(at: Timestamp) -> String {
    [&clock::time_of_day(at), ", ", &clock::day(at)].concat()
}

#[cfg(test)]
mod tests {
    use protocol::{ConversationId, Seq};

    use super::*;

    fn case(holder: CaseHolder) -> Case {
        Case {
            supervisor: Some(SupervisorWish {
                since: Timestamp(0),
                due: None,
            }),
            ..Case::bare(ConversationId(1), holder, Seq(1))
        }
    }

    /// L5: a supervisor is told whom they take it from.
    #[test]
    fn who_has_what_a_supervisor_takes_is_named() {
        let ana = CaseHolder::Other { name: "Ana".into() };
        assert_eq!(whose(&case(ana)).as_deref(), Some("Ana has it"));
        let solved = whose(&case(CaseHolder::Nobody {}));
        assert_eq!(solved.as_deref(), Some("marked as solved"));
        assert_eq!(whose(&case(CaseHolder::Queue {})), None);
    }
}
