//! The log is shown in order and without gaps, and what is new is counted once.

use protocol::RefusalCode;

use super::page::{Page, ack, bot, event, mine, page_of, refused, say, welcome};
use crate::visitor::Input;

#[test]
fn an_event_that_comes_too_early_waits_for_what_is_missing() {
    let mut page = Page::live();
    page.check(event(bot(1)), &["arrived 1"]);
    page.check(event(bot(4)), &["history before 4"]);
    page.check(event(bot(5)), &[]);
    assert_eq!(page.shown(), [1]);
    page.check(
        page_of(&[bot(1), bot(2), bot(3)], false),
        &["arrived 2", "arrived 3", "arrived 4", "arrived 5"],
    );
    assert_eq!(page.shown(), [1, 2, 3, 4, 5]);
}

#[test]
fn a_gap_longer_than_a_page_is_asked_for_page_by_page() {
    let mut page = Page::live();
    page.check(event(bot(6)), &["history before 6"]);
    page.check(page_of(&[bot(4), bot(5)], true), &["history before 4"]);
    page.does(page_of(&[bot(1), bot(2), bot(3)], false));
    assert_eq!(page.shown(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn history_that_is_sent_back_for_later_is_asked_for_again() {
    let mut page = Page::live();
    page.check(event(bot(2)), &["history before 2"]);
    let id = page.history_id.unwrap();
    page.check(refused(id.0, RefusalCode::TooFast), &[]);
    assert_eq!(page.sleep(), ["history before 2"]);
}

#[test]
fn history_that_does_not_help_ends_in_a_fresh_start_and_not_in_a_loop() {
    let mut page = Page::live();
    page.check(event(bot(3)), &["history before 3"]);
    page.check(page_of(&[], false), &["close"]);
    assert_eq!(page.sleep(), ["connect"]);
    page.check(Input::Connected, &["hello after 0"]);
}

#[test]
fn a_message_in_the_history_is_the_visitors_own() {
    let mut page = Page::live();
    page.does(say(5, "hello"));
    page.check(event(bot(2)), &["history before 2"]);
    page.check(page_of(&[mine(1, 5)], false), &["forget #5", "arrived 2"]);
    page.check(ack(5, Some(1)), &[]);
    assert_eq!(page.pending(), [""; 0]);
}

#[test]
fn what_came_before_the_first_event_is_asked_for_once_and_is_no_news() {
    let mut page = Page::live();
    page.reconnect(&[bot(8), bot(9)]);
    assert!(page.session.has_earlier());
    page.check(Input::Earlier, &["history before 8"]);
    assert!(page.session.is_loading());
    page.check(Input::Earlier, &[]);
    page.check(page_of(&[bot(6), bot(7)], true), &[]);
    assert_eq!(page.shown(), [6, 7, 8, 9]);
    page.check(Input::Earlier, &["history before 6"]);
    page.check(
        page_of(&[bot(1), bot(2), bot(3), bot(4), bot(5)], false),
        &[],
    );
    page.check(Input::Earlier, &[]);
    assert!(!page.session.has_earlier());
}

/// A reader at the start of the log, who waits for what came before and touches nothing.
fn waiting_at_start() -> Page {
    let mut page = Page::live();
    page.reconnect(&[bot(8), bot(9)]);
    page.at_start = true;
    page.check(Input::Earlier, &["history before 8"]);
    assert!(!page.session.could_load_earlier(), "it is on its way");
    page
}

#[test]
fn a_reader_at_the_start_gets_what_came_before_though_the_connection_is_lost_while_they_wait() {
    let mut page = waiting_at_start();
    page.check(Input::Closed(Some(1006)), &[]);
    assert!(!page.session.could_load_earlier(), "nobody is there to ask");
    assert_eq!(page.sleep(), ["connect"]);
    page.check(Input::Connected, &["hello after 9"]);
    page.check(welcome(&[]), &["history before 8"]);
    page.check(page_of(&[bot(6), bot(7)], true), &["history before 6"]);
    let all = [bot(1), bot(2), bot(3), bot(4), bot(5)];
    page.check(page_of(&all, false), &[]);
    assert_eq!(page.shown(), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn a_reader_at_the_start_gets_what_came_before_though_they_are_sent_back_for_later() {
    let mut page = waiting_at_start();
    let id = page.history_id.unwrap();
    page.check(refused(id.0, RefusalCode::TooFast), &[]);
    assert!(!page.session.could_load_earlier(), "later is not now");
    assert_eq!(page.sleep(), ["history before 8"]);
}

#[test]
fn a_page_of_history_that_brings_nothing_is_not_asked_for_again_at_once() {
    let mut page = waiting_at_start();
    for brings_nothing in [vec![], vec![bot(3)], vec![bot(8)]] {
        page.check(page_of(&brings_nothing, true), &[]);
        assert_eq!(page.sleep(), ["history before 8"]);
    }
}

#[test]
fn what_came_before_and_came_while_something_was_missing_is_no_reason_for_a_fresh_start() {
    let mut page = waiting_at_start();
    page.at_start = false;
    page.check(event(bot(11)), &[]);
    page.check(page_of(&[bot(6), bot(7)], true), &["history before 11"]);
    page.check(page_of(&[bot(10)], true), &["arrived 10", "arrived 11"]);
    assert_eq!(page.shown(), [6, 7, 8, 9, 10, 11]);
}

#[test]
fn messages_of_others_are_counted_while_the_page_is_out_of_view() {
    let mut page = Page::live();
    page.does(event(bot(1)));
    assert_eq!(page.session.unread(), 0);
    page.does(Input::Visible(false));
    page.does(event(bot(2)));
    page.does(event(mine(3, 77)));
    assert_eq!(page.reconnect(&[bot(4)]), ["arrived 4"]);
    assert_eq!(page.session.unread(), 2);
    page.does(Input::Visible(true));
    assert_eq!(page.session.unread(), 0);
    page.does(Input::Visible(false));
    assert_eq!(page.session.unread(), 0);
}

#[test]
fn what_was_there_when_the_page_was_loaded_is_no_news_and_what_was_missed_is() {
    let mut page = Page::new();
    page.does(Input::Wake);
    page.does(Input::Connected);
    page.check(welcome(&[bot(1), bot(2)]), &["save"]);
    assert_eq!(page.reconnect(&[bot(3)]), ["arrived 3"]);
    assert_eq!(page.reconnect(&[]), [""; 0]);
}
