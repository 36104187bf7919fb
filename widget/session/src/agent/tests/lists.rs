//! *Queue* and *My conversations*: who is where, in which order, and how much is unread.

use protocol::SupervisorWish;

use super::*;

#[test]
fn the_queue_is_in_the_order_of_the_receipts_and_who_was_dropped_goes_first() {
    let first = Case {
        since: Some(Timestamp(9)),
        receipt: Some(Receipt(1)),
        ..waits(ConversationId(30), 1)
    };
    // The server's clock was turned back between the two.
    let second = Case {
        since: Some(Timestamp(5)),
        receipt: Some(Receipt(2)),
        ..waits(ConversationId(10), 1)
    };
    let third = Case {
        since: Some(Timestamp(7)),
        receipt: Some(Receipt(3)),
        ..waits(ConversationId(20), 1)
    };
    let dropped = Case {
        since: Some(Timestamp(8)),
        receipt: Some(Receipt(4)),
        priority: true,
        ..waits(ConversationId(40), 1)
    };
    let page = Page::greeted(vec![second, third, dropped, first]);
    assert_eq!(page.queue(), [40, 30, 10, 20].map(ConversationId));
}

#[test]
fn a_case_moves_between_the_lists_as_the_server_says() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.frame(AgentFrame::Case(mine(LAMP, 4)));
    assert_eq!((page.queue(), page.mine().len()), (vec![], 1));
    page.frame(AgentFrame::Case(waits(LAMP, 5)));
    assert_eq!((page.queue(), page.mine().len()), (vec![LAMP], 0));
    page.frame(AgentFrame::Case(case(
        LAMP,
        CaseHolder::Other { name: "Bo".into() },
        6,
    )));
    assert_eq!((page.queue(), page.mine().len()), (vec![], 0));
}

#[test]
fn unread_counts_begin_with_what_is_unanswered_and_grow_with_each_message() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    assert_eq!(page.mine(), [(LAMP, 1)]);
    page.frame(in_lamp(visitor(4, "Hello?")));
    assert_eq!(page.mine(), [(LAMP, 2)]);
    assert_eq!(page.session.lines(List::Mine)[0].case.preview, "Hello?");
    assert_eq!(page.alerts(), [Alert::Message]);
}

#[test]
fn a_message_that_both_its_event_and_its_line_tell_of_is_counted_once() {
    let told_twice = Case {
        unanswered: 2,
        ..mine(LAMP, 4)
    };
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(in_lamp(visitor(4, "Hello?")));
    page.frame(AgentFrame::Case(told_twice.clone()));
    assert_eq!(page.mine(), [(LAMP, 2)]);

    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(AgentFrame::Case(told_twice));
    page.frame(in_lamp(visitor(4, "Hello?")));
    assert_eq!(page.mine(), [(LAMP, 2)]);
    assert_eq!(page.alerts(), [Alert::Message]);
}

#[test]
fn looking_at_a_conversation_reads_it_and_what_comes_while_looking_is_read() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    assert_eq!(page.mine(), [(LAMP, 0)]);
    page.frame(in_lamp(visitor(4, "Hello?")));
    assert_eq!(page.mine(), [(LAMP, 0)]);
    assert_eq!(page.alerts(), []);
}

#[test]
fn what_comes_while_the_page_is_out_of_view_is_unread_until_it_is_back() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.input(Input::InView(false));
    page.frame(in_lamp(visitor(4, "Hello?")));
    assert_eq!(page.mine(), [(LAMP, 1)]);
    assert_eq!(page.alerts(), [Alert::Message]);
    page.input(Input::InView(true));
    assert_eq!(page.mine(), [(LAMP, 0)]);
}

#[test]
fn what_was_read_stays_read_over_a_reconnect() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    page.input(Input::View(None));
    page.reconnect(welcome(vec![mine(LAMP, 3)]));
    assert_eq!(page.mine(), [(LAMP, 0)]);
    page.reconnect(welcome(vec![Case {
        unanswered: 3,
        ..mine(LAMP, 5)
    }]));
    assert_eq!(page.mine(), [(LAMP, 2)]);
}

#[test]
fn an_answer_from_another_device_leaves_nothing_unread() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(in_lamp(ana(4, CommandId(5), "I am here.")));
    assert_eq!(page.mine(), [(LAMP, 0)]);
}

#[test]
fn a_new_request_alerts_an_agent_on_duty_and_only_once() {
    let mut page = Page::greeted(vec![]);
    page.frame(AgentFrame::Case(waits(LAMP, 1)));
    page.frame(AgentFrame::Case(waits(LAMP, 2)));
    assert_eq!(page.alerts(), [Alert::Request]);
    page.frame(AgentFrame::Duty { on: false });
    page.frame(AgentFrame::Case(waits(CHAIR, 1)));
    assert_eq!(page.alerts(), []);
}

#[test]
fn a_request_made_while_the_connection_was_away_alerts_but_the_first_list_does_not() {
    let mut page = Page::greeted(vec![waits(LAMP, 1)]);
    assert_eq!(page.alerts(), []);
    page.reconnect(welcome(vec![waits(LAMP, 1), waits(CHAIR, 1)]));
    assert_eq!(page.alerts(), [Alert::Request]);
}

#[test]
fn ones_own_transfer_alerts_nobody_here() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.act(Deed::Transfer, LAMP);
    page.frame(AgentFrame::Case(waits(LAMP, 4)));
    page.ack(id, 4);
    assert_eq!(page.alerts(), []);
    assert_eq!(page.queue(), [LAMP]);
}

#[test]
fn a_solved_conversation_that_comes_back_is_unread_and_alerts() {
    let mut page = Page::greeted(vec![]);
    page.frame(AgentFrame::Case(mine(LAMP, 9)));
    assert_eq!(page.mine(), [(LAMP, 1)]);
    assert_eq!(page.alerts(), [Alert::Message]);
}

#[test]
fn the_case_that_was_taken_shows_at_once_where_it_went() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    let id = page.act(Deed::Take, LAMP);
    assert_eq!(page.session.lines(List::Queue)[0].deed, Some(Deed::Take));
    assert_eq!(page.commands(), [AgentCommand::Take { conversation: LAMP }]);
    page.ack(id, 4);
    assert_eq!((page.queue(), page.mine().len()), (vec![], 1));
    assert_eq!(page.notices(), [Notice::Done(Deed::Take, LAMP)]);
}

#[test]
fn a_press_repeated_before_the_answer_is_one_press() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.act(Deed::Take, LAMP);
    page.act(Deed::Take, LAMP);
    assert_eq!(page.commands().len(), 1);
}

#[test]
fn who_was_quicker_is_told_by_name_where_it_is_known() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    let id = page.act(Deed::Take, LAMP);
    let other = CaseHolder::Other { name: "Bo".into() };
    page.frame(AgentFrame::Case(case(LAMP, other, 4)));
    page.refuse(id, RefusalCode::HeldByAnother);
    assert_eq!(
        page.notices(),
        [Notice::NotDone {
            deed: Deed::Take,
            conversation: LAMP,
            why: Why::Other("Bo".into())
        }]
    );
    assert_eq!(page.session.deed(LAMP), None);
}

#[test]
fn without_a_connection_nothing_is_taken_solved_or_passed_on() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.input(Input::Closed(None));
    for deed in [Deed::Take, Deed::Resolve, Deed::Transfer] {
        page.outputs.clear();
        page.act(deed, LAMP);
        let why = Why::NoConnection;
        let conversation = LAMP;
        assert_eq!(
            page.notices(),
            [Notice::NotDone {
                deed,
                conversation,
                why
            }]
        );
    }
    page.pass_until(|page| page.outputs.contains(&Output::Connect));
    page.connect(welcome(vec![waits(LAMP, 3)]));
    assert_eq!(page.commands(), []);
}

#[test]
fn a_deed_whose_answer_was_lost_is_judged_by_the_next_greeting() {
    for (deed, before, after, done) in [
        (Deed::Take, waits(LAMP, 3), mine(LAMP, 4), true),
        (Deed::Take, waits(LAMP, 3), waits(LAMP, 3), false),
        (Deed::Resolve, mine(LAMP, 3), waits(CHAIR, 1), true),
        (Deed::Resolve, mine(LAMP, 3), mine(LAMP, 3), false),
        (Deed::Transfer, mine(LAMP, 3), waits(LAMP, 4), true),
        (Deed::Transfer, mine(LAMP, 3), mine(LAMP, 3), false),
    ] {
        let mut page = Page::greeted(vec![before]);
        page.act(deed, LAMP);
        page.reconnect(welcome(vec![after]));
        let notice = if done {
            Notice::Done(deed, LAMP)
        } else {
            Notice::NotDone {
                deed,
                conversation: LAMP,
                why: Why::NoConnection,
            }
        };
        assert_eq!(page.notices(), [notice]);
        assert_eq!(page.commands(), [], "{deed:?} is not sent again");
    }
}

fn wanted(conversation: ConversationId, holder: CaseHolder, since: i64) -> Case {
    Case {
        supervisor: Some(SupervisorWish {
            since: Timestamp(since),
            due: None,
        }),
        ..case(conversation, holder, 5)
    }
}

fn bo() -> CaseHolder {
    CaseHolder::Other { name: "Bo".into() }
}

fn lead_with(cases: Vec<Case>) -> AgentWelcome {
    let mut welcome = welcome(cases);
    welcome.me.lead = true;
    welcome
}

fn lead_page(cases: Vec<Case>) -> Page {
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    page.connect(lead_with(cases));
    page.outputs.clear();
    page
}

/// L5: for a supervisor who is wanted the line begins with those who want one, whoever has them.
#[test]
fn who_wants_a_supervisor_goes_first_for_one_and_for_nobody_else() {
    let waiting = || waits(ConversationId(10), 1);
    let held = || wanted(ConversationId(20), bo(), 7_000);
    let solved = || wanted(ConversationId(30), CaseHolder::Nobody {}, 6_000);
    let in_line = || wanted(ConversationId(40), CaseHolder::Queue {}, 8_000);
    let all = || vec![waiting(), held(), solved(), in_line()];
    let lead = lead_page(all());
    assert_eq!(lead.queue(), [30, 20, 40, 10].map(ConversationId));
    assert!(lead.session.may_take(ConversationId(20)));
    let other = Page::greeted(all());
    assert_eq!(other.queue(), [10, 40].map(ConversationId));
    assert!(!other.session.may_take(ConversationId(20)));
}

/// L5: a supervisor hears of a wish at once, and once.
#[test]
fn a_wish_for_a_supervisor_alerts_one_once() {
    let mut lead = lead_page(vec![]);
    lead.frame(AgentFrame::Case(case(LAMP, bo(), 4)));
    assert_eq!(lead.alerts(), []);
    lead.frame(AgentFrame::Case(wanted(LAMP, bo(), 7_000)));
    assert_eq!(
        (lead.alerts(), lead.queue()),
        (vec![Alert::Request], vec![LAMP])
    );
    let mut promised = wanted(LAMP, bo(), 7_000);
    promised.supervisor.as_mut().unwrap().due = Some(Timestamp(9_000_000));
    lead.frame(AgentFrame::Case(promised));
    assert_eq!(lead.alerts(), []);
    // Another one was quicker.
    lead.frame(AgentFrame::Case(case(LAMP, bo(), 6)));
    assert_eq!((lead.alerts(), lead.queue()), (vec![], vec![]));

    lead.frame(AgentFrame::Case(waits(CHAIR, 4)));
    assert_eq!(lead.alerts(), [Alert::Request]);
    lead.frame(AgentFrame::Case(wanted(CHAIR, CaseHolder::Queue {}, 8_000)));
    assert_eq!(lead.alerts(), [Alert::Request], "it is another wish");

    let mut other = Page::greeted(vec![case(LAMP, bo(), 4)]);
    other.frame(AgentFrame::Case(wanted(LAMP, bo(), 7_000)));
    assert_eq!(other.alerts(), []);
}

/// L5 after an absence: what was asked meanwhile, and what was answered by another.
#[test]
fn a_supervisor_who_was_away_finds_the_wishes_of_now() {
    let mut lead = lead_page(vec![wanted(LAMP, bo(), 7_000)]);
    lead.reconnect(lead_with(vec![wanted(CHAIR, bo(), 8_000)]));
    assert_eq!(
        (lead.alerts(), lead.queue()),
        (vec![Alert::Request], vec![CHAIR])
    );
}

/// L5, G3: what a supervisor takes is theirs at once, and not the other's any more.
#[test]
fn a_supervisor_takes_what_somebody_else_has() {
    let mut lead = lead_page(vec![wanted(LAMP, bo(), 7_000)]);
    let id = lead.act(Deed::Take, LAMP);
    lead.frame(AgentFrame::Ack(Ack {
        id,
        seq: Some(Seq(6)),
        at: Timestamp(0),
        receipt: None,
    }));
    assert_eq!((lead.queue(), lead.mine().len()), (vec![], 1));
    let mut other = Page::greeted(vec![mine(LAMP, 5)]);
    let ben = CaseHolder::Other { name: "Ben".into() };
    other.frame(AgentFrame::Case(case(LAMP, ben, 6)));
    assert_eq!((other.queue(), other.mine().len()), (vec![], 0));
}
