//! R4: what was in view is said to be seen, and what was not is not.

use super::*;
use crate::agent::Delivery;

fn in_lamp_seen(seen: u64) -> AgentFrame {
    AgentFrame::Case(Case {
        seen: Seq(seen),
        ..mine(LAMP, 4)
    })
}

#[test]
fn the_visitors_last_message_is_seen_once_it_is_in_view() {
    let mut page = Page::greeted(vec![mine(LAMP, 3), mine(CHAIR, 3)]);
    assert_eq!(page.seen(), [], "only a line of the list is in view");
    page.open(LAMP, super::page(1..=3, false));
    assert_eq!(page.seen(), [(LAMP, 3)]);
    page.frame(in_lamp(visitor(4, "4")));
    assert_eq!(page.seen(), [(LAMP, 4)]);
    page.input(Input::InView(false));
    page.frame(in_lamp(visitor(5, "5")));
    page.frame(in_lamp(visitor(6, "6")));
    assert_eq!(page.seen(), []);
    page.input(Input::InView(true));
    assert_eq!(page.seen(), [(LAMP, 6)]);
}

#[test]
fn who_only_looks_at_the_line_has_not_seen_it_for_the_visitor() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    assert_eq!(page.seen(), []);
    page.frame(AgentFrame::Case(mine(LAMP, 4)));
    assert_eq!(page.seen(), [(LAMP, 3)]);
    page.frame(AgentFrame::Case(waits(LAMP, 5)));
    page.frame(AgentFrame::Case(mine(LAMP, 6)));
    assert_eq!(page.seen(), [(LAMP, 3)], "it counts again");
}

#[test]
fn it_is_said_again_on_the_next_connection_for_the_server_may_not_have_kept_it() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    assert_eq!(page.seen(), [(LAMP, 3)]);
    page.reconnect(welcome(vec![mine(LAMP, 3)]));
    let id = page.sent_id(|command| matches!(command, AgentCommand::Open { .. }));
    page.frame(AgentFrame::History {
        id,
        conversation: LAMP,
        page: HistoryPage::default(),
    });
    assert_eq!(page.seen(), [(LAMP, 3)]);
}

#[test]
fn the_newest_reply_says_whether_the_visitor_has_seen_it() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    assert_eq!(page.session.newest_reply(LAMP), None);
    page.frame(in_lamp(ana(4, CommandId(4), "Hello")));
    let newest = |page: &Page| page.session.newest_reply(LAMP);
    assert_eq!(newest(&page), Some((Seq(4), Delivery::Sent)));
    page.frame(in_lamp_seen(3));
    assert_eq!(newest(&page), Some((Seq(4), Delivery::Sent)));
    page.frame(in_lamp_seen(4));
    assert_eq!(newest(&page), Some((Seq(4), Delivery::Seen)));
}
