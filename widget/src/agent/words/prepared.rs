//! The words of prepared replies and signs.

pub(in super::super) const PREPARED: &str = "Prepared replies";
pub(in super::super) const NO_PREPARED: &str =
    "Nobody has prepared a reply yet. A lead can, on the Team page.";
pub(in super::super) const SIGNS: &str = "Emoji";
pub(in super::super) const UNFILLED: &str = "A placeholder in braces is not filled in. Fill it in, or press Send again to send it as it is.";
