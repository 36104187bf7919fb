//! What the checker can find.

use std::fmt;

/// How a promise was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// G2, R3: what was acked is not in the store, or not as it was acked.
    LostAck,
    /// G2, R5: what somebody wrote is neither in the store nor shown as unsent.
    Lost,
    /// G2, R1: it is in the store twice.
    Doubled,
    /// G2, R2: what one page sent is in another order.
    Reordered,
    /// R2: a log has a gap, or a place twice.
    Gap,
    /// R2, R4: a client was told an event otherwise than it is stored, or not in its turn.
    ToldOtherwise,
    /// R1: a repeat got another answer.
    AckChanged,
    /// G1, L5: a press of *Human please*, or for a supervisor, was refused, not answered, or has no receipt.
    PressLost,
    /// G3, R6: somebody acted who did not hold the conversation, or one claim had two winners.
    TwoHolders,
    /// G4: a request, or what was said of its wait, was replaced while it was open.
    RequestChanged,
    /// L5: a wish for a supervisor was lost, doubled, promised for a moment that had passed, or taken for answered by
    /// somebody who is none.
    WishLost,
    /// G4, L6: a place in line got worse.
    PlaceLost,
    /// G4, G6, L3: a client was told another time of the request than is stored.
    WaitMisreported,
    /// G6: a client was told a state that was never true from then on.
    StateUntrue,
    /// L6, L9: a conversation ended that no person resolved, or the store says otherwise than its log.
    Ended,
    /// G5, G7: the assistant spoke where a person or the queue had the conversation.
    BotAfterHuman,
    /// R4: a client that came back shows something else than one that was loaded afresh.
    NotAsFresh,
    /// Nothing comes to rest.
    Restless,
}

/// A promise that was broken, and where.
#[derive(Debug, Clone)]
pub struct Fault {
    pub kind: Kind,
    pub detail: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.kind, self.detail)
    }
}

/// What the checker found.
#[derive(Debug, Default)]
pub struct Verdict {
    pub faults: Vec<Fault>,
    /// Acks that name an event, each compared with the store.
    pub acks: usize,
    /// Waits that were told, each compared with the store.
    pub waits: usize,
    /// The most by which a wait that was told was wrong, in milliseconds.
    pub misreported_ms: u64,
}
