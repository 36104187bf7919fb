//! Connecting, greeting, being signed out, and coming back.

use protocol::CloseCode;

use super::*;
use crate::link::LinkState;

#[test]
fn a_connection_that_could_not_be_made_asks_whether_the_agent_is_still_signed_in() {
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    assert!(page.take(&Output::Connect));
    page.input(Input::Closed(Some(1006)));
    assert!(page.take(&Output::CheckSignIn));
    page.input(Input::SignedOut);
    assert_eq!(
        page.session.link(),
        LinkState::Stopped(CloseCode::SignedOut)
    );
    assert_eq!(page.session.wake_at(), None);
}

#[test]
fn a_connection_that_is_lost_is_made_again_without_asking() {
    let mut page = Page::greeted(vec![]);
    page.input(Input::Closed(Some(1006)));
    assert!(!page.take(&Output::CheckSignIn));
    page.pass_until(|page| page.outputs.contains(&Output::Connect));
    page.connect(welcome(vec![]));
    assert_eq!(page.session.link(), LinkState::Live);
}

#[test]
fn who_is_signed_out_by_the_server_can_sign_in_and_go_on_with_what_they_wrote() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.write(LAMP, "Hello.");
    page.outputs.clear();
    page.input(Input::Closed(Some(CloseCode::SignedOut.number())));
    assert_eq!(
        page.session.link(),
        LinkState::Stopped(CloseCode::SignedOut)
    );
    page.pass_ms(100_000);
    assert_eq!(page.outputs, []);
    page.input(Input::SignedIn);
    page.connect(welcome(vec![mine(LAMP, 3)]));
    assert_eq!(
        page.commands(),
        [AgentCommand::Reply {
            replies: vec![],
            conversation: LAMP,
            text: "Hello.".into()
        }]
    );
}

#[test]
fn a_server_of_another_version_is_not_asked_again() {
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    page.input(Input::Connected);
    let id = page.sent_id(|command| matches!(command, AgentCommand::Hello { .. }));
    page.refuse(id, RefusalCode::WrongVersion);
    assert_eq!(
        page.session.link(),
        LinkState::Stopped(CloseCode::WrongVersion)
    );
    assert!(page.take(&Output::Close));
}

#[test]
fn a_greeting_that_is_refused_for_now_is_tried_again() {
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    page.take(&Output::Connect);
    page.input(Input::Connected);
    let id = page.sent_id(|command| matches!(command, AgentCommand::Hello { .. }));
    page.refuse(id, RefusalCode::Unavailable);
    page.pass_until(|page| page.outputs.contains(&Output::Connect));
}

#[test]
fn a_silent_server_is_asked_and_then_given_up() {
    let mut page = Page::greeted(vec![]);
    page.pass_ms(u64::from(HEARTBEAT_MS));
    assert_eq!(page.commands(), [AgentCommand::Ping {}]);
    page.input(Input::Unknown);
    page.pass_ms(u64::from(HEARTBEAT_MS));
    assert_eq!(page.commands(), [AgentCommand::Ping {}]);
    page.pass_ms(u64::from(HEARTBEAT_MS));
    assert!(page.take(&Output::Close));
    assert!(matches!(
        page.session.link(),
        LinkState::Reconnecting { .. }
    ));
}

#[test]
fn the_servers_clock_goes_on_between_greetings() {
    let mut page = Page::greeted(vec![]);
    page.pass_ms(2_500);
    assert_eq!(
        page.session.server_time(page.now),
        Some(Timestamp(1_002_500))
    );
}
