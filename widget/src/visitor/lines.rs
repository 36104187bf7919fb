//! What lines the log has, and in which blocks they stand.
//!
//! A browser that scrolls looks at every box that could come into view, so ten thousand of them would each cost every frame
//! a little. Lines stand in blocks, and a block that is out of view is one box. Lines keep their block for good, for one that
//! moved would be read out again: the numbers of events decide it and, as what is new has none yet, everything from shortly
//! before the end of what was loaded first is one block, the last one, which grows.

use protocol::{Author, CommandId, Event, EventKind, Seq, Timestamp};
use session::visitor::VisitorSession;

use crate::browser::clock;

/// Events whose lines stand in one block.
const BLOCK: u64 = 64;

/// A line of the log, by what it stays the same by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// What came before the first event can be asked for.
    Earlier,
    /// Another day begins with this event.
    Day(Seq),
    /// What happened.
    Event(Seq),
    /// What somebody else wrote.
    Theirs(Seq),
    /// What the visitor wrote, whether the server has it or not.
    Own(CommandId),
    /// The answers that this message suggests.
    Replies(Seq),
    /// Somebody else is writing.
    Typing,
}

/// The lines of the log, and of what stands after it, each with the name of its block. `end` is the last event of what was
/// loaded first.
#[must_use]
pub fn lines(session: &VisitorSession, end: Seq) -> Vec<(u64, Line)> {
    let mut lines = Vec::with_capacity(session.events().len() + 4);
    if session.has_earlier() {
        lines.push((0, Line::Earlier));
    }
    // The browser is asked once for each day, not for each of ten thousand messages.
    let mut day = Timestamp(0)..Timestamp(0);
    let suggesting = suggesting(session);
    for event in session.events() {
        let block = block_of(event.seq, end);
        if !day.contains(&event.at) {
            day = clock::day_around(event.at);
            lines.push((block, Line::Day(event.seq)));
        }
        let line = match &event.kind {
            EventKind::Message(message) if message.author == (Author::Visitor {}) => {
                Line::Own(message.id)
            }
            EventKind::Message(_) => Line::Theirs(event.seq),
            _ => Line::Event(event.seq),
        };
        lines.push((block, line));
        if suggesting == Some(event.seq) {
            lines.push((block, Line::Replies(event.seq)));
        }
    }
    let own = session.pending().map(|pending| Line::Own(pending.id));
    let new = own.chain(session.typing().map(|_| Line::Typing));
    let block = block_of(Seq(u64::MAX), end);
    lines.extend(new.map(|line| (block, line)));
    lines
}

/// The block that the lines of an event stand in.
fn block_of(seq: Seq, end: Seq) -> u64 {
    // After the one with what asks for more.
    1 + seq.0.min(end.0.saturating_sub(BLOCK)) / BLOCK
}

/// The message whose suggested answers are shown: the newest one, while nobody has written after it.
fn suggesting(session: &VisitorSession) -> Option<Seq> {
    let newest = |event: &Event| match &event.kind {
        EventKind::Message(message) => Some((event.seq, !message.replies.is_empty())),
        _ => None,
    };
    let (seq, suggests) = session.events().iter().rev().find_map(newest)?;
    (suggests && session.pending().next().is_none()).then_some(seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_sixty_four_events_and_the_last_one_whatever_follows() {
        let end = Seq(10_000);
        let of = |seq| block_of(Seq(seq), end);
        assert_eq!((of(1), of(63), of(64), of(127)), (1, 1, 2, 2));
        let last = of(10_000);
        assert_eq!(
            of(u64::MAX),
            last,
            "what is said now stands with what was said last"
        );
        assert_eq!(of(9_936), last);
        let in_last = (1..=10_000).filter(|seq| of(*seq) == last).count();
        assert!((64..128).contains(&in_last), "{in_last}");
    }

    #[test]
    fn a_conversation_that_begins_is_one_block() {
        for end in [0, 1, 63] {
            assert_eq!(
                block_of(Seq(1), Seq(end)),
                block_of(Seq(u64::MAX), Seq(end))
            );
        }
    }
}
