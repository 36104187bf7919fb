//! What the visitor gives to be sent is kept, sent once, in order, and never lost.

use protocol::{CommandId, RefusalCode};

use super::page::{
    Page, ack, bot, contact, event, human, leave, mine, refused, requested, say, welcome,
};
use crate::visitor::Input;

#[test]
fn a_message_is_kept_before_it_is_sent_and_forgotten_when_acked() {
    let mut page = Page::live();
    page.check(say(5, "hello"), &["keep #5", "save", "say hello #5"]);
    assert_eq!(page.pending(), ["hello Sending"]);
    page.check(ack(5, Some(1)), &["forget #5"]);
    assert_eq!(page.pending(), ["hello Sent"]);
    page.check(event(mine(1, 5)), &["forget #5"]);
    assert_eq!(page.pending(), [""; 0]);
    assert_eq!(page.shown(), [1]);
}

#[test]
fn a_message_is_shown_once_where_its_event_comes_before_its_ack() {
    let mut page = Page::live();
    page.does(say(5, "hello"));
    page.check(event(mine(1, 5)), &["forget #5"]);
    assert_eq!(page.pending(), [""; 0]);
    page.check(ack(5, Some(1)), &[]);
    assert_eq!(page.shown(), [1]);
}

#[test]
fn an_address_is_kept_and_sent_beside_the_messages_until_it_is_acked() {
    let mut page = Page::live();
    page.does(say(5, "hello"));
    page.check(
        contact(6, "me@mail.example"),
        &["keep #6", "contact me@mail.example #6"],
    );
    assert_eq!(
        page.reconnect(&[]),
        ["say hello #5", "contact me@mail.example #6"]
    );
    page.check(ack(6, None), &["forget #6"]);
    assert_eq!(page.session.contact_refused(), None);
}

#[test]
fn an_address_that_is_none_is_said_to_be_none_until_the_next_one() {
    let mut page = Page::live();
    page.does(contact(6, "me"));
    page.check(refused(6, RefusalCode::BadEmail), &["forget #6"]);
    assert_eq!(page.session.contact_refused(), Some(RefusalCode::BadEmail));
    page.does(contact(7, "me@mail.example"));
    assert_eq!(page.session.contact_refused(), None);
}

#[test]
fn a_message_waits_for_the_connection_and_says_so() {
    let mut page = Page::new();
    page.check(say(5, "hello"), &["keep #5", "save", "connect"]);
    assert_eq!(page.pending(), ["hello Sending"]);
    // There is another way, which is tried before anybody is told of trouble.
    page.check(Input::Closed(None), &["connect"]);
    assert_eq!(page.pending(), ["hello Sending"]);
    page.does(Input::Closed(None));
    assert_eq!(page.pending(), ["hello NotSent"]);
    page.sleep();
    page.check(Input::Connected, &["hello after 0"]);
    page.check(welcome(&[]), &["save", "say hello #5"]);
    assert_eq!(page.pending(), ["hello Sending"]);
}

#[test]
fn a_message_keeps_its_id_over_reconnects_and_reloads() {
    let mut page = Page::live();
    page.does(say(5, "hello"));
    assert_eq!(page.reconnect(&[]), ["say hello #5"]);
    let mut page = page.reload();
    assert_eq!(page.pending(), ["hello Sending"]);
    page.does(Input::Wake);
    page.does(Input::Connected);
    page.check(welcome(&[]), &["say hello #5"]);
}

#[test]
fn a_message_that_the_log_shows_is_not_sent_again() {
    let mut page = Page::live();
    page.does(say(5, "hello"));
    assert_eq!(page.reconnect(&[mine(1, 5)]), ["forget #5"]);
    assert_eq!(page.kept.len(), 0);
}

#[test]
fn messages_are_sent_one_after_another_in_the_order_they_were_written() {
    let mut page = Page::live();
    page.does(say(5, "one"));
    page.check(say(6, "two"), &["keep #6", "save"]);
    page.check(say(7, "three"), &["keep #7", "save"]);
    page.check(ack(5, Some(1)), &["forget #5", "say two #6"]);
    page.check(ack(6, Some(2)), &["forget #6", "say three #7"]);
}

#[test]
fn a_message_sent_back_for_later_holds_up_the_next_but_never_the_button() {
    let mut page = Page::live();
    page.does(say(5, "one"));
    page.does(say(6, "two"));
    page.check(refused(5, RefusalCode::Unavailable), &[]);
    assert_eq!(page.pending(), ["one NotSent", "two NotSent"]);
    assert_eq!(page.session.trouble(), Some(RefusalCode::Unavailable));
    page.check(human(7), &["keep #7", "human #7"]);
    assert_eq!(page.sleep(), ["say one #5"]);
    assert_eq!(page.session.trouble(), None);
    page.check(ack(5, Some(1)), &["forget #5", "say two #6"]);
}

#[test]
fn a_message_refused_for_good_stays_readable_over_a_reload_until_it_is_taken_back() {
    let mut page = Page::live();
    page.does(say(5, "long"));
    page.does(say(6, "short"));
    page.check(
        refused(5, RefusalCode::TooLong),
        &["keep #5", "say short #6"],
    );
    assert_eq!(page.pending(), ["long Refused(TooLong)", "short Sending"]);
    let mut page = page.reload();
    assert_eq!(page.pending(), ["long Refused(TooLong)", "short Sending"]);
    page.does(Input::Wake);
    let take_back = |id| Input::TakeBack {
        id: CommandId(id),
        draft: "long".into(),
    };
    page.check(take_back(6), &[]);
    page.check(take_back(5), &["save", "forget #5"]);
    assert_eq!(page.saved.draft, "long");
    assert_eq!(page.pending(), ["short Sending"]);
}

#[test]
fn a_press_is_kept_sent_and_repeated_like_a_message() {
    let mut page = Page::live();
    page.check(human(5), &["keep #5", "human #5"]);
    assert!(page.session.human_pending());
    page.check(human(6), &[]);
    let mut page = page.reload();
    assert!(page.session.human_pending());
    page.does(Input::Wake);
    page.does(Input::Connected);
    page.check(welcome(&[]), &["human #5"]);
    page.check(ack(5, Some(1)), &["forget #5"]);
    assert!(page.session.human_pending(), "its event is on its way");
    page.check(event(requested(1)), &[]);
    assert!(!page.session.human_pending());
}

#[test]
fn leaving_the_line_and_asking_again_happens_in_that_order() {
    let mut page = Page::live();
    page.does(Input::Closed(None));
    page.does(human(5));
    page.does(leave(6));
    assert!(!page.session.human_pending());
    page.check(human(7), &["keep #7"]);
    assert!(page.session.human_pending());
    page.sleep();
    page.does(Input::Connected);
    page.check(welcome(&[]), &["human #5"]);
    page.check(ack(5, Some(1)), &["forget #5", "leave #6"]);
    page.check(ack(6, Some(2)), &["forget #6", "human #7"]);
}

#[test]
fn a_press_that_is_refused_for_good_is_not_passed_over_in_silence() {
    let mut page = Page::live();
    page.does(human(5));
    page.check(refused(5, RefusalCode::UnknownCommand), &["forget #5"]);
    assert!(page.session.human_failed());
    assert!(!page.session.human_pending());
    page.check(human(6), &["keep #6", "human #6"]);
    assert!(!page.session.human_failed());
}

#[test]
fn a_draft_is_saved_soon_at_once_when_the_page_goes_and_not_after_it_was_sent() {
    let mut page = Page::live();
    page.check(Input::Typed("Is my".into()), &[]);
    page.check(Input::Typed("Is my order".into()), &[]);
    assert_eq!(page.sleep(), ["save"]);
    assert_eq!(page.saved.draft, "Is my order");
    page.check(Input::Typed("Is my order late".into()), &[]);
    page.check(Input::Visible(false), &["save"]);
    let mut page = page.reload();
    assert_eq!(page.session.draft(), "Is my order late");
    page.does(Input::Wake);
    page.check(say(5, "Is my order late"), &["keep #5", "save"]);
    assert_eq!(page.saved.draft, "");
}

#[test]
fn what_the_page_shows_comes_from_the_log_first_and_the_outbox_after_it() {
    let mut page = Page::live();
    page.does(say(5, "hello"));
    page.check(event(bot(1)), &["arrived 1"]);
    assert_eq!(page.shown(), [1]);
    assert_eq!(page.pending(), ["hello Sending"]);
}

#[test]
fn what_the_server_took_by_another_way_is_not_sent_again() {
    let mut page = Page::new();
    page.does(say(5, "one"));
    page.does(human(6));
    let first = page.session.first_unsent().map(|kept| kept.id);
    assert_eq!(first, Some(CommandId(5)));
    page.check(Input::Posted { id: CommandId(5) }, &["forget #5"]);
    page.does(Input::Connected);
    page.check(welcome(&[]), &["save", "human #6"]);
    assert_eq!(page.session.first_unsent(), None);
}
