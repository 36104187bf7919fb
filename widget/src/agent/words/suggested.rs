//! What the agent's page says of answers that are suggested to the visitor.

/// The answers that a message suggests to the visitor.
pub(in crate::agent) fn suggested(replies: &[String]) -> String {
    ["Suggested answers: ", &replies.join(" · ")].concat()
}

/// Opens the box for them.
pub(in crate::agent) const ADD_SUGGESTED: &str = "Add suggested answers";

/// That box.
pub(in crate::agent) const SUGGESTED_BOX: &str = "Suggested answers, one on each line";

/// How many, and how long.
pub(in crate::agent) const SUGGESTED_HINT: &str =
    "Up to 6, of up to 80 characters. The visitor sees them as buttons until somebody writes.";
