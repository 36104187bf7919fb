//! Who is writing, and what was seen: told to people only, believed only while it is true. And asking for another person
//! (L5).

use protocol::{
    Answering, Author, CommandId, Context, ContextValue, RefusalCode, SupervisorWish, Timestamp,
    Typing, VisitorFrame,
};

use super::page::{Page, ack, bot, by_ana, event, frame, human, refused, say, state, welcome};
use crate::visitor::Input;

fn typed(draft: &str) -> Input {
    Input::Typed(draft.into())
}

fn typing(author: Author, on: bool) -> Input {
    frame(VisitorFrame::Typing(Typing { author, on }))
}

fn ana() -> Answering {
    Answering::Agent {
        name: "Ana".into(),
        lead: false,
    }
}

fn ben() -> Answering {
    Answering::Agent {
        name: "Ben".into(),
        lead: true,
    }
}

/// Who answers while a supervisor is wanted.
fn wished(answering: Answering) -> Input {
    let Input::Frame(mut frame) = state(answering) else {
        unreachable!("a state comes in a frame");
    };
    if let VisitorFrame::State(state) = &mut *frame {
        let (since, due) = (Timestamp(0), None);
        state.supervisor = Some(SupervisorWish { since, due });
    }
    Input::Frame(frame)
}

fn asks_for_supervisor(id: u128) -> Input {
    Input::Supervisor { id: CommandId(id) }
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

    let writes = typing(Author::Agent { name: "Ana".into() }, true);
    page.does(wished(ana()));
    page.does(writes.clone());
    page.does(state(ben()));
    assert_eq!(page.session.typing(), None, "it is Ben's now");

    page.does(writes);
    page.does(Input::Closed(None));
    assert_eq!(page.session.typing(), None);
}

/// R4: the person who wrote last hears that it was in view, and nobody hears it of what was not.
#[test]
fn what_a_person_wrote_is_said_to_be_seen_once_it_is_in_view() {
    let mut page = Page::live();
    let says_seen = |page: &mut Page, input| {
        let words = page.does(input);
        words
            .into_iter()
            .find(|word| word.starts_with("seen"))
            .unwrap_or_default()
    };
    assert_eq!(says_seen(&mut page, event(bot(1))), "");
    assert_eq!(says_seen(&mut page, event(by_ana(2))), "seen 2");
    assert_eq!(says_seen(&mut page, Input::Visible(false)), "");
    assert_eq!(says_seen(&mut page, event(by_ana(3))), "");
    assert_eq!(says_seen(&mut page, event(by_ana(4))), "");
    assert_eq!(says_seen(&mut page, Input::Visible(true)), "seen 4");
    assert_eq!(
        says_seen(&mut page, event(bot(5))),
        "",
        "it wants not to know"
    );
}

/// R4: the server keeps it a moment later, and may have been gone by then.
#[test]
fn what_was_seen_is_said_again_on_the_next_connection() {
    let mut page = Page::live();
    page.does(event(by_ana(1)));
    page.does(Input::Closed(None));
    assert_eq!(page.sleep(), ["connect"]);
    page.does(Input::Connected);
    assert_eq!(page.does(welcome(&[])), ["seen 1"]);
}

/// L5: not only while there is a connection, and not only by one.
#[test]
fn a_wish_for_a_supervisor_is_kept_until_the_server_has_it() {
    let mut page = Page::live();
    page.does(state(ana()));
    page.does(Input::Closed(None));
    page.check(asks_for_supervisor(5), &["keep #5"]);
    assert!(page.session.supervisor_pending());
    let unsent = page.session.first_unsent().unwrap();
    assert_eq!(unsent.id, CommandId(5), "it can be posted instead");
}

/// G5: a choice of the visitor's is kept like every other, and comes before what they ask for next.
#[test]
fn an_end_and_a_choice_of_the_assistant_are_kept_until_the_server_has_them() {
    let mut page = Page::live();
    page.does(state(ana()));
    page.does(Input::Closed(None));
    let id = CommandId(5);
    page.check(Input::Assistant { id }, &["keep #5"]);
    assert!(page.session.ending_pending());
    assert_eq!(page.session.first_unsent().unwrap().id, id);
    let next = CommandId(6);
    page.check(Input::End { id: next }, &["keep #6"]);
    page.check(human(7), &["keep #7"]);
    assert_eq!(page.sleep(), ["connect"]);
    page.does(Input::Connected);
    assert_eq!(page.does(welcome(&[])), ["assistant #5"]);
    assert_eq!(page.does(ack(5, None)), ["forget #5", "end #6"]);
    assert_eq!(page.does(ack(6, None)), ["forget #6", "human #7"]);
    assert!(!page.session.ending_pending());
}

/// A shop may have removed its assistant meanwhile. Nothing was written that could be lost.
#[test]
fn a_choice_of_an_assistant_that_is_gone_is_dropped() {
    let mut page = Page::live();
    let id = CommandId(5);
    page.check(Input::Assistant { id }, &["keep #5", "assistant #5"]);
    assert_eq!(
        page.does(refused(5, RefusalCode::NoAssistant)),
        ["forget #5"]
    );
    assert!(!page.session.ending_pending());
}

fn said(name: &str) -> Input {
    Input::Context(Context(vec![(name.into(), ContextValue::Null)]))
}

/// The frames that say what the shop's page says, among what the session asks for.
fn contexts(words: &[String]) -> Vec<&str> {
    let words = words.iter().map(String::as_str);
    words.filter(|word| word.starts_with("context")).collect()
}

/// There is nothing to keep it with before, and the newest one counts.
#[test]
fn what_the_shops_page_says_is_sent_once_the_conversation_has_begun() {
    let mut page = Page::live();
    page.check(said("basket"), &[]);
    page.check(said("order"), &[]);
    let words = page.does(event(bot(1)));
    assert_eq!(contexts(&words), ["context order"]);
    assert!(page.kept.is_empty(), "it is not for the browser's storage");
    // What is on its way comes first, then the newest of what was said meanwhile.
    page.check(said("plan"), &[]);
    page.check(said("total"), &[]);
    let id = page.context_id.unwrap().0;
    assert_eq!(contexts(&page.does(ack(id, None))), ["context total"]);
}

/// A form has no field for it, and a lost connection loses none of it.
#[test]
fn what_the_shops_page_says_waits_for_the_next_connection() {
    let mut page = Page::live();
    page.does(event(bot(1)));
    page.check(said("order"), &["context order"]);
    page.does(Input::Closed(None));
    assert_eq!(page.session.first_unsent(), None);
    assert_eq!(page.sleep(), ["connect"]);
    page.does(Input::Connected);
    assert_eq!(contexts(&page.does(welcome(&[]))), ["context order"]);
    let id = page.context_id.unwrap().0;
    page.does(ack(id, None));
    assert_eq!(contexts(&page.reconnect(&[])), Vec::<&str>::new());
}

#[test]
fn what_the_server_does_not_take_of_it_is_told_and_dropped() {
    let mut page = Page::live();
    page.does(event(bot(1)));
    page.check(said("order"), &["context order"]);
    let id = page.context_id.unwrap().0;
    page.check(refused(id, RefusalCode::BadContext), &["context refused"]);
    assert_eq!(contexts(&page.reconnect(&[])), Vec::<&str>::new());
}
