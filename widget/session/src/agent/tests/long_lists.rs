//! Lists of which the server tells the beginning: what the page asks for, and what it shows of what it hears meanwhile.

use super::*;

/// How much of a list a server of these tests tells at once.
const PART: u64 = 200;

/// The conversation whose request has this number, waiting.
fn waiting(number: u64) -> Case {
    Case {
        receipt: Some(Receipt(number)),
        ..waits(ConversationId(u128::from(number)), 2)
    }
}

fn place(number: u64) -> Place {
    CaseList::Queue.place(&waiting(number))
}

/// A greeting of a server where these wait.
fn greeting(from: u64, to: u64) -> AgentWelcome {
    let told = to.min(from + PART - 1);
    let list = CaseList::Queue;
    let rest = (told < to).then(|| Rest {
        list,
        after: place(told),
    });
    AgentWelcome {
        rest: rest.into_iter().collect(),
        counts: count(to + 1 - from),
        newest: Some(Receipt(to)),
        ..welcome((from..=told).map(waiting).collect())
    }
}

fn count(waiting: u64) -> Counts {
    Counts {
        waiting: waiting.try_into().unwrap(),
        held: 0,
    }
}

fn long(to: u64) -> Page {
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    page.connect(greeting(1, to));
    page.outputs.clear();
    page
}

/// The question for more, which must have been asked.
#[track_caller]
fn asked(page: &mut Page) -> (CommandId, Place) {
    let of_queue = |output: &Output| match output {
        Output::Send(ClientFrame {
            id,
            command:
                AgentCommand::List {
                    list: CaseList::Queue,
                    after: Some(after),
                },
        }) => Some((*id, *after)),
        _ => None,
    };
    let asked = page.pick(of_queue);
    assert_eq!(asked.len(), 1, "{:?}", page.outputs);
    asked[0]
}

/// Answers with those from `from` up to `to`, up to which the list is known then if there is more.
fn tell(page: &mut Page, id: CommandId, numbers: std::ops::RangeInclusive<u64>, is_all: bool) {
    page.frame(AgentFrame::Listed {
        id,
        list: CaseList::Queue,
        rest: (!is_all).then(|| place(*numbers.end())),
        cases: numbers.map(waiting).collect(),
    });
}

fn numbers(page: &Page) -> Vec<u64> {
    let queue = page.queue().into_iter();
    queue.map(|id| id.0.try_into().unwrap()).collect()
}

#[test]
fn the_page_asks_for_more_when_it_comes_near_the_end_of_what_is_known() {
    let mut page = long(450);
    assert_eq!(page.session.count(List::Queue), 450);
    assert_eq!(numbers(&page), (1..=200).collect::<Vec<_>>());
    page.input(Input::Shown(List::Queue, 100));
    assert_eq!(page.commands(), []);
    page.input(Input::Shown(List::Queue, 120));
    let (id, after) = asked(&mut page);
    assert_eq!(after, place(200));
    // One question at a time.
    page.input(Input::Shown(List::Queue, 150));
    assert_eq!(page.commands(), []);
    tell(&mut page, id, 201..=400, false);
    assert_eq!(numbers(&page), (1..=400).collect::<Vec<_>>());
    page.input(Input::Shown(List::Queue, 450));
    let (id, after) = asked(&mut page);
    assert_eq!(after, place(400));
    tell(&mut page, id, 401..=450, true);
    assert_eq!(numbers(&page), (1..=450).collect::<Vec<_>>());
    page.input(Input::Shown(List::Queue, 450));
    assert_eq!(page.commands(), []);
}

#[test]
fn somebody_who_goes_far_down_at_once_gets_there_part_by_part() {
    let mut page = long(900);
    page.input(Input::Shown(List::Queue, 900));
    for known in [200, 400, 600] {
        let (id, after) = asked(&mut page);
        assert_eq!(after, place(known));
        tell(&mut page, id, known + 1..=known + 200, false);
    }
    let (id, _) = asked(&mut page);
    tell(&mut page, id, 801..=900, true);
    assert_eq!(numbers(&page).len(), 900);
}

#[test]
fn who_is_taken_from_the_front_makes_room_for_those_behind() {
    let mut page = long(450);
    for number in 1..=101 {
        page.frame(AgentFrame::Case(case(
            ConversationId(number.into()),
            CaseHolder::Other { name: "Bo".into() },
            3,
        )));
        page.frame(AgentFrame::Counts(count(450 - number)));
    }
    assert_eq!(page.session.count(List::Queue), 349);
    let (id, after) = asked(&mut page);
    assert_eq!(after, place(200));
    tell(&mut page, id, 201..=400, false);
    assert_eq!(numbers(&page), (102..=400).collect::<Vec<_>>());
}

#[test]
fn what_is_told_of_somebody_behind_is_shown_when_the_list_is_known_that_far_and_is_no_news() {
    let mut page = long(450);
    let wrote = Case {
        preview: "Hello?".into(),
        ..waiting(300)
    };
    page.frame(AgentFrame::Case(wrote));
    assert_eq!(page.alerts(), [], "they have waited all the time");
    assert_eq!(numbers(&page), (1..=200).collect::<Vec<_>>());
    // Who comes now is news, and so is who is put in front.
    page.frame(AgentFrame::Case(waiting(451)));
    page.frame(AgentFrame::Counts(count(451)));
    assert_eq!(page.alerts(), [Alert::Request]);
    let back = Case {
        priority: true,
        ..waiting(440)
    };
    page.frame(AgentFrame::Case(back));
    assert_eq!(page.alerts(), [Alert::Request]);
    assert_eq!(page.queue()[0], ConversationId(440));
    assert_eq!(page.session.count(List::Queue), 451);
}

#[test]
fn who_went_away_where_nothing_is_known_does_not_come_back_as_a_ghost() {
    let mut page = long(450);
    page.frame(AgentFrame::Case(waiting(300)));
    page.reconnect(greeting(1, 450));
    page.outputs.clear();
    page.input(Input::View(Some(ConversationId(300))));
    page.outputs.clear();
    page.input(Input::Shown(List::Queue, 200));
    let (id, _) = asked(&mut page);
    // Somebody took 300 while the connection was away.
    let told = (201..=400).filter(|number| *number != 300);
    page.frame(AgentFrame::Listed {
        id,
        list: CaseList::Queue,
        rest: Some(place(400)),
        cases: told.clone().map(waiting).collect(),
    });
    assert_eq!(numbers(&page), (1..=200).chain(told).collect::<Vec<_>>());
}

#[test]
fn whoever_moved_up_while_the_connection_was_away_is_no_news_and_who_came_is() {
    let mut page = long(450);
    page.reconnect(greeting(101, 450));
    assert_eq!(page.alerts(), []);
    assert_eq!(numbers(&page), (101..=300).collect::<Vec<_>>());
    page.reconnect(AgentWelcome {
        cases: (201..=450).map(waiting).chain([waiting(451)]).collect(),
        newest: Some(Receipt(451)),
        ..welcome(vec![])
    });
    assert_eq!(page.alerts(), [Alert::Request]);
    assert_eq!(page.session.count(List::Queue), 251);
}

#[test]
fn a_server_that_cannot_tell_more_is_asked_again_a_little_later() {
    let mut page = long(450);
    page.input(Input::Shown(List::Queue, 150));
    let (id, _) = asked(&mut page);
    page.refuse(id, RefusalCode::Unavailable);
    page.wake();
    assert_eq!(page.commands(), []);
    page.pass_ms(2_000);
    asked(&mut page);
}

#[test]
fn an_answer_to_a_question_of_an_earlier_connection_changes_nothing() {
    let mut page = long(450);
    page.input(Input::Shown(List::Queue, 150));
    let (id, _) = asked(&mut page);
    page.reconnect(greeting(1, 450));
    tell(&mut page, id, 201..=400, false);
    assert_eq!(numbers(&page), (1..=200).collect::<Vec<_>>());
}

#[test]
fn a_lead_knows_how_many_others_hold_and_who_wants_a_supervisor_goes_first_wherever_they_stand() {
    let held = |number: u64| Case {
        receipt: Some(Receipt(number)),
        ..case(
            ConversationId(u128::from(number)),
            CaseHolder::Other { name: "Bo".into() },
            2,
        )
    };
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    let mut greeting = welcome((1..=200).map(held).collect());
    greeting.me.lead = true;
    greeting.me.role = Role::Lead;
    greeting.rest = vec![Rest {
        list: CaseList::All,
        after: CaseList::All.place(&held(200)),
    }];
    greeting.counts = Counts {
        waiting: 0,
        held: 300,
    };
    page.connect(greeting);
    page.outputs.clear();
    assert_eq!(page.session.count(List::Others), 300);
    let asks = Case {
        help: Some(Timestamp(950_000)),
        ..held(260)
    };
    page.frame(AgentFrame::Case(asks));
    assert_eq!(page.queue(), [ConversationId(260)]);
    assert_eq!(page.session.lines(List::Others).len(), 200);
    page.input(Input::Shown(List::Others, 200));
    let id = page.sent_id(|command| {
        matches!(
            command,
            AgentCommand::List {
                list: CaseList::All,
                ..
            }
        )
    });
    page.frame(AgentFrame::Listed {
        id,
        list: CaseList::All,
        cases: (201..=300).map(held).collect(),
        rest: None,
    });
    assert_eq!(page.session.lines(List::Others).len(), 300);
    assert_eq!(page.session.count(List::Others), 300);
}
