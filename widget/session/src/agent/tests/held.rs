//! Replies that can be taken back for three seconds.

use super::*;
use crate::agent::UNDO_MS;

fn reply(text: &str) -> AgentCommand {
    AgentCommand::Reply {
        replies: vec![],
        conversation: LAMP,
        text: text.into(),
    }
}

fn hold(page: &mut Page, text: &str) -> CommandId {
    let id = page.id();
    page.input(Input::Draft(LAMP, text.into()));
    page.input(Input::Hold(LAMP, id));
    id
}

fn held(page: &Page) -> Option<&str> {
    page.session.held_reply(LAMP).map(|(text, _)| text)
}

#[test]
fn a_reply_is_sent_when_it_can_be_taken_back_no_more() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = hold(&mut page, " Hello. ");
    assert_eq!(held(&page), Some("Hello."));
    assert_eq!(page.session.draft_of(LAMP), "");
    page.pass_ms(UNDO_MS - 1);
    assert_eq!(page.commands(), []);
    page.pass_ms(1);
    assert_eq!(page.sent_id(|command| *command == reply("Hello.")), id);
    assert_eq!(held(&page), None);
}

#[test]
fn what_is_taken_back_is_in_the_box_again_before_what_was_written_since() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    hold(&mut page, "Hello.");
    page.input(Input::Draft(LAMP, "And".into()));
    page.input(Input::Undo(LAMP));
    assert_eq!(page.session.draft_of(LAMP), "Hello.\n\nAnd");
    page.pass_ms(2 * UNDO_MS);
    assert_eq!(page.commands(), []);
    page.input(Input::Undo(LAMP));
    assert_eq!(
        page.session.draft_of(LAMP),
        "Hello.\n\nAnd",
        "there was one"
    );
}

#[test]
fn the_next_reply_sends_the_one_before_at_once() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    hold(&mut page, "One.");
    hold(&mut page, "Two.");
    assert_eq!(page.commands(), [reply("One.")]);
    assert_eq!(held(&page), Some("Two."));
}

#[test]
fn one_press_sends_it_now_and_a_repeat_of_a_press_sends_nothing_twice() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = hold(&mut page, "Hello.");
    page.input(Input::Hold(LAMP, id));
    page.input(Input::SendHeld(LAMP));
    assert_eq!(page.commands(), [reply("Hello.")]);
    page.input(Input::Hold(LAMP, id));
    page.pass_ms(2 * UNDO_MS);
    assert_eq!(page.commands(), []);
}

#[test]
fn a_page_that_is_hidden_sends_what_was_meant() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    hold(&mut page, "Hello.");
    page.input(Input::InView(false));
    assert_eq!(page.commands(), [reply("Hello.")]);
}

#[test]
fn it_goes_before_what_is_done_with_the_conversation() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = hold(&mut page, "Goodbye.");
    page.act(Deed::Resolve, LAMP);
    assert_eq!(page.commands(), [reply("Goodbye.")]);
    page.ack(id, 4);
    let resolve = AgentCommand::Resolve {
        conversation: LAMP,
        ask: true,
    };
    assert_eq!(page.commands(), [resolve]);
}

#[test]
fn it_outlives_the_page_and_is_sent_by_the_next_one() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = hold(&mut page, "Hello.");
    let json = serde_json::to_string(&page.session.kept()).unwrap();
    let mut page = Page::blank(serde_json::from_str(&json).unwrap());
    page.wake();
    page.connect(welcome(vec![mine(LAMP, 3)]));
    assert_eq!(page.sent_id(|command| *command == reply("Hello.")), id);
}

#[test]
fn the_server_has_the_words_before_they_are_held() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    hold(&mut page, "Hello.");
    assert_eq!(page.drafts(), [(LAMP, Some("Hello.".into()), None)]);
    page.pass_ms(UNDO_MS);
    assert_eq!(page.drafts(), [], "the reply itself ends what was begun");
}

#[test]
fn nothing_is_held_of_an_empty_box() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    hold(&mut page, "  ");
    assert_eq!(held(&page), None);
    assert_eq!(page.notices().len(), 1);
}
