//! Being on duty and off.

use super::*;

fn off_duty(cases: Vec<Case>) -> AgentWelcome {
    let mut welcome = welcome(cases);
    welcome.me.on_duty = false;
    welcome
}

#[test]
fn the_switch_shows_what_the_server_knows_and_what_was_asked_for() {
    let mut page = Page::greeted(vec![]);
    page.input(Input::Duty(false));
    assert!(page.session.on_duty());
    assert_eq!(page.session.duty_wish(), Some(false));
    let id = page.sent_id(|command| *command == AgentCommand::Duty { on: false });
    page.ack(id, 0);
    assert!(!page.session.on_duty());
    assert_eq!(page.session.duty_wish(), None);
    assert_eq!(page.notices(), [Notice::Duty(false)]);
}

#[test]
fn going_on_duty_and_taking_are_sent_in_this_order() {
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    page.connect(off_duty(vec![waits(LAMP, 3)]));
    page.input(Input::Duty(true));
    page.act(Deed::Take, LAMP);
    assert_eq!(
        page.commands(),
        [
            AgentCommand::Duty { on: true },
            AgentCommand::Take { conversation: LAMP }
        ]
    );
}

#[test]
fn who_is_taken_off_duty_is_told_and_who_asked_for_it_is_not() {
    let mut page = Page::greeted(vec![]);
    page.frame(AgentFrame::Duty { on: false });
    assert_eq!(page.notices(), [Notice::TakenOffDuty]);

    let mut page = Page::greeted(vec![]);
    page.input(Input::Duty(false));
    page.frame(AgentFrame::Duty { on: false });
    assert_eq!(page.notices(), []);

    let mut page = Page::greeted(vec![]);
    page.reconnect(off_duty(vec![]));
    assert_eq!(page.notices(), [Notice::TakenOffDuty]);
}

#[test]
fn duty_that_could_not_be_changed_is_told() {
    let mut page = Page::greeted(vec![]);
    page.input(Input::Duty(false));
    let id = page.sent_id(|command| matches!(command, AgentCommand::Duty { .. }));
    page.refuse(id, RefusalCode::Unavailable);
    assert_eq!(
        page.notices(),
        [Notice::DutyNotChanged(Why::Refused(
            RefusalCode::Unavailable
        ))]
    );

    page.input(Input::Duty(false));
    page.reconnect(welcome(vec![]));
    assert_eq!(page.notices(), [Notice::DutyNotChanged(Why::NoConnection)]);

    page.input(Input::Closed(None));
    page.input(Input::Duty(false));
    assert_eq!(page.notices(), [Notice::DutyNotChanged(Why::NoConnection)]);
    assert!(page.session.on_duty());
}
