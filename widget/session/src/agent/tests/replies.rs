//! Replies: sent once, in order, never lost, and handed back where the server will not take them.

use protocol::TextError;

use super::*;
use crate::agent::Delivery;

fn replies(page: &Page) -> Vec<(String, Delivery)> {
    page.session
        .replies(LAMP)
        .into_iter()
        .map(|reply| (reply.text, reply.delivery))
        .collect()
}

fn reply(text: &str) -> AgentCommand {
    AgentCommand::Reply {
        replies: vec![],
        conversation: LAMP,
        text: text.into(),
    }
}

#[test]
fn a_reply_is_pending_until_it_is_acked_and_stands_until_it_is_in_the_log() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    let id = page.write(LAMP, "  Hello.  ");
    assert_eq!(page.commands(), [reply("Hello.")]);
    assert_eq!(replies(&page), [("Hello.".into(), Delivery::Sending)]);
    assert_eq!(page.session.draft_of(LAMP), "");
    page.ack(id, 4);
    assert_eq!(replies(&page), [("Hello.".into(), Delivery::Sent)]);
    page.frame(in_lamp(ana(4, id, "Hello.")));
    assert_eq!(replies(&page), []);
    assert_eq!(page.texts(LAMP), ["1", "2", "3", "Hello."]);
}

#[test]
fn a_reply_whose_event_comes_before_its_ack_is_not_shown_twice() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    let id = page.write(LAMP, "Hello.");
    page.frame(in_lamp(ana(4, id, "Hello.")));
    assert_eq!(replies(&page), []);
    page.ack(id, 4);
    assert_eq!(replies(&page), []);
}

#[test]
fn a_reply_that_was_not_acked_is_sent_again_under_its_id_after_a_reconnect() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.write(LAMP, "Hello.");
    page.outputs.clear();
    page.input(Input::Closed(Some(1006)));
    assert_eq!(replies(&page), [("Hello.".into(), Delivery::Waiting)]);
    page.pass_until(|page| page.outputs.contains(&Output::Connect));
    page.connect(welcome(vec![mine(LAMP, 3)]));
    assert_eq!(page.sent_id(|command| *command == reply("Hello.")), id);
}

#[test]
fn a_reply_that_was_not_acked_is_sent_again_under_its_id_after_a_reload() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.write(LAMP, "Hello.");
    page.input(Input::Draft(CHAIR, "Half a".into()));
    let json = serde_json::to_string(&page.session.kept()).unwrap();

    let mut page = Page::blank(serde_json::from_str(&json).unwrap());
    assert_eq!(page.session.draft_of(CHAIR), "Half a");
    page.wake();
    page.connect(welcome(vec![mine(LAMP, 3)]));
    assert_eq!(page.sent_id(|command| *command == reply("Hello.")), id);
}

#[test]
fn what_the_server_has_is_not_kept() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    let id = page.write(LAMP, "Hello.");
    page.ack(id, 4);
    assert_eq!(page.session.kept(), AgentKept::default());
}

#[test]
fn replies_to_one_visitor_are_sent_one_after_the_other_and_do_not_hold_up_another() {
    let mut page = Page::greeted(vec![mine(LAMP, 3), mine(CHAIR, 3)]);
    let first = page.write(LAMP, "One.");
    page.write(LAMP, "Two.");
    page.write(CHAIR, "Three.");
    let to_chair = AgentCommand::Reply {
        replies: vec![],
        conversation: CHAIR,
        text: "Three.".into(),
    };
    assert_eq!(page.commands(), [reply("One."), to_chair]);
    page.ack(first, 4);
    assert_eq!(page.commands(), [reply("Two.")]);
}

#[test]
fn a_reply_that_is_sent_back_for_later_is_tried_again() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.write(LAMP, "Hello.");
    page.outputs.clear();
    page.refuse(id, RefusalCode::Unavailable);
    assert_eq!(replies(&page), [("Hello.".into(), Delivery::Waiting)]);
    assert_eq!(page.commands(), []);
    page.pass_ms(1_000);
    assert_eq!(page.sent_id(|command| *command == reply("Hello.")), id);
}

#[test]
fn a_reply_that_is_refused_for_good_is_handed_back_before_what_is_being_written() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let first = page.write(LAMP, "One.");
    page.write(LAMP, "Two.");
    page.input(Input::Draft(LAMP, "Thr".into()));
    page.refuse(first, RefusalCode::NotYours);
    assert_eq!(page.session.draft_of(LAMP), "One.\n\nTwo.\n\nThr");
    assert_eq!(replies(&page), []);
    assert_eq!(
        page.notices(),
        [Notice::HandedBack(LAMP, RefusalCode::NotYours)]
    );
}

#[test]
fn solving_waits_for_the_reply_before_it_and_is_given_up_with_it() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.write(LAMP, "Goodbye.");
    page.act(Deed::Resolve, LAMP);
    assert_eq!(page.commands(), [reply("Goodbye.")]);
    page.ack(id, 4);
    let resolve = AgentCommand::Resolve {
        conversation: LAMP,
        ask: true,
    };
    assert_eq!(page.commands(), [resolve]);

    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.write(LAMP, "Goodbye.");
    page.act(Deed::Resolve, LAMP);
    page.outputs.clear();
    page.refuse(id, RefusalCode::NotYours);
    assert_eq!(page.commands(), []);
    assert_eq!(page.session.draft_of(LAMP), "Goodbye.");
    assert_eq!(page.notices().len(), 2, "both are told");
}

#[test]
fn what_cannot_be_a_message_stays_in_the_reply_box() {
    for (text, error) in [
        ("  \n ", TextError::Empty),
        (&*"a".repeat(8_001), TextError::TooLong),
    ] {
        let mut page = Page::greeted(vec![mine(LAMP, 3)]);
        page.write(LAMP, text);
        assert_eq!(page.commands(), []);
        assert_eq!(page.notices(), [Notice::NotSent(LAMP, error)]);
        assert_eq!(page.session.draft_of(LAMP), text);
        assert_eq!(page.session.draft_error(LAMP), Some(error));
    }
}

#[test]
fn each_conversation_keeps_its_own_draft_whatever_becomes_of_it() {
    let mut page = Page::greeted(vec![mine(LAMP, 3), mine(CHAIR, 3)]);
    page.input(Input::View(Some(LAMP)));
    page.input(Input::Draft(LAMP, "To the lamp".into()));
    page.input(Input::View(Some(CHAIR)));
    page.input(Input::Draft(CHAIR, "To the chair".into()));
    page.frame(AgentFrame::Case(waits(LAMP, 4)));
    page.input(Input::View(None));
    page.reconnect(welcome(vec![mine(CHAIR, 3)]));
    assert_eq!(page.session.draft_of(LAMP), "To the lamp");
    assert_eq!(page.session.draft_of(CHAIR), "To the chair");
}

#[test]
fn the_visitor_is_told_that_the_agent_writes_and_has_stopped() {
    let typing = |on| AgentCommand::Typing {
        conversation: LAMP,
        on,
    };
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::Draft(LAMP, "H".into()));
    page.input(Input::Draft(LAMP, "He".into()));
    page.sent_id(|command| *command == typing(true));
    assert_eq!(page.outputs, []);
    page.pass_ms(4_000);
    page.sent_id(|command| *command == typing(false));
    page.write(LAMP, "Hello.");
    page.sent_id(|command| *command == typing(true));
    page.sent_id(|command| *command == typing(false));
}

#[test]
fn the_visitor_of_a_waiting_conversation_is_not_told_that_somebody_writes() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.input(Input::Draft(LAMP, "H".into()));
    assert_eq!(page.outputs, []);
}

/// What is suggested goes with the reply that it was written for, and with no other.
#[test]
fn answers_are_suggested_with_the_next_reply_only() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::Suggest(LAMP, " Yes \n\nYes\nNo, thanks".into()));
    assert_eq!(
        page.session.suggestions_of(LAMP),
        " Yes \n\nYes\nNo, thanks"
    );
    let id = page.write(LAMP, "Shall I?");
    let suggesting = AgentCommand::Reply {
        conversation: LAMP,
        text: "Shall I?".into(),
        replies: vec!["Yes".into(), "No, thanks".into()],
    };
    assert_eq!(page.commands(), [suggesting]);
    assert_eq!(page.session.suggestions_of(LAMP), "");
    page.ack(id, 4);
    page.outputs.clear();
    page.write(LAMP, "Or not.");
    assert_eq!(page.commands(), [reply("Or not.")]);
}
