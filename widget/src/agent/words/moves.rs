//! The words for what agents do with conversations as a whole, and for who works here.

/// *Take next*.
pub(in super::super) const TAKE_NEXT: &str = "Take next";
/// What is said when something is offered.
pub(in super::super) const OFFERED: &str = "Somebody waits for you";
/// And what to do.
pub(in super::super) const OFFER_NOTE: &str = "Take it, or let it go on to a colleague.";
