//! Connecting, greeting, staying, and coming back.

use protocol::{CloseCode, CommandId, RefusalCode, Timestamp, Token, VisitorFrame};

use super::page::{Page, bot, frame, human, mine, refused, say, welcome_new, welcome_to};
use crate::link::LinkState;
use crate::moment::Moment;
use crate::visitor::Input;

#[test]
fn a_new_visitor_connects_greets_and_keeps_the_token_once_it_is_worth_keeping() {
    let mut page = Page::new();
    page.check(Input::Wake, &["connect"]);
    page.check(Input::Wake, &[]);
    page.check(Input::Connected, &["hello after 0"]);
    assert!(matches!(page.session.link(), LinkState::Connecting { .. }));
    page.check(welcome_new(1), &[]);
    assert_eq!(page.session.link(), LinkState::Live);
    // The server keeps nothing of somebody who has only looked.
    assert_eq!(page.saved.token, None);
    page.check(human(5), &["keep #5", "save", "human #5"]);
    assert_eq!(page.saved.token, Some(Token("token of 1".into())));
    let page = page.reload();
    assert_eq!(page.session.token(), Some(&Token("token of 1".into())));
}

#[test]
fn a_new_visitor_begins_the_same_conversation_over_the_socket_and_by_a_post() {
    let mut page = Page::rendered_for("token of 1");
    page.does(Input::Wake);
    // What the greeting and the post are sent with.
    let token = Token("token of 1".into());
    assert_eq!(page.session.token(), Some(&token));
    page.does(human(5));
    assert_eq!(page.saved.token, None);
    // The post was quicker than the socket: there is nothing to change over to.
    page.check(Input::Posted { id: CommandId(5) }, &["forget #5"]);
    page.check(Input::TokenFound(token.clone()), &["save"]);
    assert_eq!(page.saved.token, Some(token));
    page.check(Input::Connected, &["hello after 0"]);
    page.check(welcome_new(1), &["save"]);
}

#[test]
fn a_lost_connection_is_made_again_and_resumed_after_the_last_event() {
    let mut page = Page::live();
    page.reconnect(&[bot(1), bot(2)]);
    page.check(Input::Closed(None), &[]);
    assert!(matches!(
        page.session.link(),
        LinkState::Reconnecting { .. }
    ));
    assert_eq!(page.sleep(), ["connect"]);
    page.check(Input::Connected, &["hello after 2"]);
}

#[test]
fn a_silent_server_is_asked_and_then_left() {
    let mut page = Page::live();
    assert_eq!(page.sleep(), ["ping"]);
    assert_eq!(page.now, Moment(20_000));
    assert_eq!(page.sleep(), ["close"]);
    assert_eq!(page.now, Moment(40_000));
}

#[test]
fn a_page_that_comes_back_into_view_tries_at_once() {
    let mut page = Page::live();
    page.does(Input::Closed(None));
    page.check(Input::Visible(true), &["connect"]);
    page.check(Input::NetworkChanged, &[]);
}

#[test]
fn a_server_of_another_version_ends_it_in_both_ways_of_saying_so() {
    let mut page = Page::live();
    page.check(Input::Closed(Some(4001)), &[]);
    assert_eq!(
        page.session.link(),
        LinkState::Stopped(CloseCode::WrongVersion)
    );
    assert_eq!(page.session.wake_at(), None);

    let mut page = Page::new();
    page.does(Input::Wake);
    page.does(Input::Connected);
    page.check(refused(0, RefusalCode::WrongVersion), &["close"]);
    assert_eq!(
        page.session.link(),
        LinkState::Stopped(CloseCode::WrongVersion)
    );
}

#[test]
fn a_server_that_cannot_greet_now_is_asked_again_later() {
    let mut page = Page::new();
    page.does(Input::Wake);
    page.does(Input::Connected);
    page.check(refused(0, RefusalCode::Unavailable), &["close"]);
    assert_eq!(page.sleep(), ["connect"]);
    assert!(page.now >= Moment(500));
}

#[test]
fn another_conversation_drops_the_log_and_keeps_what_is_unsent() {
    let mut page = Page::live();
    page.reconnect(&[mine(1, 90), bot(2)]);
    page.does(Input::Closed(None));
    page.check(say(5, "hello"), &["keep #5", "save"]);
    page.check(human(6), &["keep #6"]);
    page.sleep();
    page.check(Input::Connected, &["hello after 2"]);
    page.check(welcome_new(2), &["save", "close", "connect"]);
    assert_eq!(page.shown(), [0; 0]);
    assert!(page.session.was_replaced());
    assert_eq!(page.saved.token, None, "the old one is of no use");
    page.check(Input::Connected, &["hello after 0"]);
    page.check(welcome_new(3), &["save", "say hello #5", "human #6"]);
    assert_eq!(page.saved.token, Some(Token("token of 3".into())));
}

#[test]
fn somebody_who_has_only_looked_misses_nothing_when_the_server_forgets_them() {
    let mut page = Page::new();
    page.does(Input::Wake);
    page.does(Input::Connected);
    page.check(welcome_new(1), &[]);
    page.does(Input::Closed(None));
    page.sleep();
    page.does(Input::Connected);
    page.check(welcome_new(2), &[]);
    assert!(!page.session.was_replaced());
}

#[test]
fn another_history_of_the_store_drops_the_log_and_reads_it_from_its_start() {
    let mut page = Page::live();
    page.reconnect(&[bot(1), bot(2), bot(3)]);
    page.does(Input::Closed(None));
    page.sleep();
    page.check(Input::Connected, &["hello after 3"]);
    let other = |events: &[_]| frame(VisitorFrame::Welcome(welcome_to(1, 2, events)));
    page.check(other(&[]), &["save", "close", "connect"]);
    page.check(Input::Connected, &["hello after 0"]);
    page.check(other(&[bot(1)]), &[]);
    assert_eq!(page.shown(), [1]);
    assert_eq!(page.saved.token, Some(Token("token of 1".into())));
}

#[test]
fn a_token_of_another_tab_is_taken_up_only_where_nothing_would_be_lost() {
    let token = || Token("another".into());
    let mut page = Page::live();
    page.check(Input::TokenFound(Token("token of 1".into())), &[]);
    page.check(Input::TokenFound(token()), &["close", "connect"]);
    page.check(Input::Connected, &["hello after 0"]);
    assert_eq!(page.session.token(), Some(&token()));
    page.check(Input::TokenFound(token()), &[]);
    assert!(!page.session.was_replaced());

    let mut page = Page::live();
    page.reconnect(&[mine(1, 90)]);
    page.check(Input::TokenFound(token()), &[]);

    let mut page = Page::live();
    page.does(say(5, "on its way"));
    page.check(Input::TokenFound(token()), &[]);
}

#[test]
fn the_servers_clock_goes_on_with_ours() {
    let mut page = Page::new();
    assert_eq!(page.session.server_time(Moment(0)), None);
    page = Page::live();
    assert_eq!(
        page.session.server_time(page.now.after_ms(2_500)),
        Some(Timestamp(1_002_500))
    );
}
