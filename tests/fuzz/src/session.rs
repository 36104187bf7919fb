//! R2, R4, R5: the clients' halves of the exchange, told anything in any order by a page that works and a server that may be
//! out of its mind.

mod agent;
mod frame;
mod visitor;

use protocol::Event;
use session::Moment;

use crate::choices::Choices;

/// Longer than any session asks to be woken in vain.
const WAKES: usize = 100;

/// More outputs than one input can have.
const OUTPUTS: usize = 10_000;

/// Whatever happens: nothing panics, what is shown has no gaps, frames are sent on open connections only, and no session
/// asks to be woken again and again at one moment.
///
/// # Panics
///
/// If not.
pub fn check(input: &[u8]) {
    let mut choices = Choices::of(input);
    if choices.yes() {
        visitor::check(&mut choices);
    } else {
        agent::check(&mut choices);
    }
}

/// How the connection stands, as the page sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    None,
    Asked,
    Open,
}

fn assert_gapless(events: &[Event]) {
    let is_gapless = events
        .windows(2)
        .all(|pair| pair[1].seq.0 == pair[0].seq.0 + 1);
    assert!(is_gapless, "{events:?}");
}

/// Time goes on by what a choice says: nothing, a little, or a lot.
fn pass(choices: &mut Choices<'_>, now: Moment) -> Moment {
    now.after_ms(match choices.below(4) {
        0 => 0,
        1 => 10,
        2 => 3_000,
        _ => 60_000,
    })
}
