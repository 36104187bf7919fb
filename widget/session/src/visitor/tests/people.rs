//! Who is writing: told to people only, believed only while it is true.

use protocol::{Answering, Author, Typing, VisitorFrame};

use super::page::{Page, bot, event, frame, say, state};
use crate::visitor::Input;

fn typed(draft: &str) -> Input {
    Input::Typed(draft.into())
}

fn typing(author: Author, on: bool) -> Input {
    frame(VisitorFrame::Typing(Typing { author, on }))
}

fn ana() -> Answering {
    Answering::Agent { name: "Ana".into() }
}

#[test]
fn a_person_is_told_that_the_visitor_writes_and_an_assistant_is_not() {
    let mut page = Page::live();
    page.check(typed("a"), &[]);
    page.does(state(ana()));
    page.check(typed("ab"), &["typing true"]);
    page.check(typed("abc"), &[]);
    assert_eq!(page.sleep(), ["save"]);
    assert_eq!(page.sleep(), ["typing false"]);
    page.check(typed("abcd"), &["typing true"]);
    page.check(
        say(5, "abcd"),
        &["typing false", "keep #5", "save", "say abcd #5"],
    );
}

#[test]
fn nothing_is_told_without_a_connection() {
    let mut page = Page::live();
    page.does(state(ana()));
    page.check(typed("a"), &["typing true"]);
    page.does(Input::Closed(None));
    page.check(typed("ab"), &[]);
    page.check(say(5, "ab"), &["keep #5", "save"]);
}

#[test]
fn the_other_side_writes_until_its_message_comes() {
    let mut page = Page::live();
    page.does(typing(Author::Bot {}, true));
    assert_eq!(page.session.typing(), Some(&Author::Bot {}));
    page.does(event(bot(1)));
    assert_eq!(page.session.typing(), None);
}

#[test]
fn nobody_writes_after_a_silence_a_handover_or_a_lost_connection() {
    let mut page = Page::live();
    page.does(typing(Author::Bot {}, true));
    page.now = page.session.wake_at().unwrap();
    page.does(Input::Wake);
    assert_eq!(page.session.typing(), None);

    page.does(typing(Author::Bot {}, true));
    page.does(state(ana()));
    assert_eq!(page.session.typing(), None);

    page.does(typing(Author::Agent { name: "Ana".into() }, true));
    page.does(Input::Closed(None));
    assert_eq!(page.session.typing(), None);
}
