//! The log of one conversation: loading it, gaps, older pages, who writes, and the case card.

use protocol::{RequestVia, Source, Typing};

use super::*;
use crate::agent::{CaseCard, FACT_CHARS};

#[test]
fn looking_at_a_conversation_loads_it_once() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    assert_eq!(page.texts(LAMP), ["1", "2", "3"]);
    page.input(Input::View(Some(LAMP)));
    assert_eq!(page.commands(), []);
}

/// A solved one stands in no list. Whose it was, the server knows.
#[test]
fn what_was_found_again_is_loaded_though_it_is_in_no_list() {
    let mut page = Page::greeted(vec![]);
    page.open(LAMP, super::page(1..=3, false));
    assert_eq!(page.texts(LAMP), ["1", "2", "3"]);
    page.input(Input::View(None));
    page.outputs.clear();
    page.input(Input::View(Some(LAMP)));
    let id = page.sent_id(|command| matches!(command, AgentCommand::Open { .. }));
    page.outputs.clear();
    page.refuse(id, RefusalCode::NoSuchConversation);
    assert_eq!(
        page.commands(),
        [],
        "asked again at once, it would be answered alike"
    );
}

#[test]
fn what_happens_next_is_added_and_a_gap_is_asked_for() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.frame(in_lamp(visitor(4, "4")));
    assert_eq!(page.texts(LAMP), ["1", "2", "3", "4"]);
    page.frame(in_lamp(visitor(7, "7")));
    assert_eq!(page.texts(LAMP), ["1", "2", "3", "4"]);
    let id = page.sent_id(|command| {
        *command
            == AgentCommand::Open {
                conversation: LAMP,
                after: Seq(4),
            }
    });
    page.frame(AgentFrame::History {
        id,
        conversation: LAMP,
        page: super::page(5..=7, false),
    });
    assert_eq!(page.texts(LAMP), ["1", "2", "3", "4", "5", "6", "7"]);
}

#[test]
fn an_event_that_overtakes_the_page_it_is_not_on_is_not_lost() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.frame(in_lamp(visitor(5, "5")));
    let id = page.sent_id(|command| matches!(command, AgentCommand::Open { .. }));
    page.frame(in_lamp(visitor(6, "6")));
    page.frame(AgentFrame::History {
        id,
        conversation: LAMP,
        page: super::page(4..=5, false),
    });
    page.pass_ms(2_000);
    assert_eq!(
        page.commands(),
        [AgentCommand::Open {
            conversation: LAMP,
            after: Seq(5)
        }]
    );
}

#[test]
fn an_event_that_its_line_announced_and_that_never_came_is_asked_for() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.frame(AgentFrame::Case(mine(LAMP, 5)));
    page.pass_ms(1_999);
    assert_eq!(page.commands(), []);
    page.pass_ms(1);
    assert_eq!(
        page.commands(),
        [AgentCommand::Open {
            conversation: LAMP,
            after: Seq(3)
        }]
    );
}

/// R11: the visitor has left the line, and the line's end came after an event that never will.
#[test]
fn a_log_that_is_behind_and_is_not_shown_any_more_is_asked_for_once() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.frame(AgentFrame::Case(case(LAMP, CaseHolder::Bot {}, 5)));
    page.pass_ms(2_000);
    let id = page.sent_id(|command| matches!(command, AgentCommand::Open { .. }));
    page.refuse(id, RefusalCode::NoSuchConversation);
    page.pass_ms(10_000);
    assert_eq!(page.commands(), []);
    assert!(page.session.closed(LAMP));
}

#[test]
fn older_events_are_loaded_before_the_first_one_and_asked_for_once() {
    let mut page = Page::greeted(vec![mine(LAMP, 250)]);
    page.open(LAMP, super::page(200..=250, true));
    assert!(page.session.earlier(LAMP));
    page.input(Input::Older(LAMP));
    page.input(Input::Older(LAMP));
    assert!(page.session.loading(LAMP));
    let id = page.sent_id(|command| {
        *command
            == AgentCommand::History {
                conversation: LAMP,
                before: Seq(200),
            }
    });
    assert_eq!(page.commands(), []);
    page.frame(AgentFrame::History {
        id,
        conversation: LAMP,
        page: super::page(1..=199, false),
    });
    assert_eq!(page.texts(LAMP).len(), 250);
    assert!(!page.session.earlier(LAMP) && !page.session.loading(LAMP));
}

#[test]
fn older_events_that_cannot_be_loaded_now_can_be_asked_for_again() {
    let mut page = Page::greeted(vec![mine(LAMP, 250)]);
    page.open(LAMP, super::page(200..=250, true));
    page.input(Input::Older(LAMP));
    let id = page.sent_id(|command| matches!(command, AgentCommand::History { .. }));
    page.refuse(id, RefusalCode::TooFast);
    assert_eq!(page.notices(), [Notice::NotLoaded(LAMP)]);
    page.input(Input::Older(LAMP));
    assert_eq!(page.commands().len(), 1);
}

#[test]
fn after_a_reconnect_the_log_goes_on_where_it_was() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.reconnect(welcome(vec![mine(LAMP, 5)]));
    assert_eq!(page.texts(LAMP), ["1", "2", "3"], "it stays in view");
    let id = page.sent_id(|command| {
        *command
            == AgentCommand::Open {
                conversation: LAMP,
                after: Seq(3),
            }
    });
    page.frame(AgentFrame::History {
        id,
        conversation: LAMP,
        page: super::page(4..=5, false),
    });
    assert_eq!(page.texts(LAMP), ["1", "2", "3", "4", "5"]);
}

#[test]
fn a_server_with_another_history_begins_the_log_anew() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.reconnect(AgentWelcome {
        epoch: EpochId(2),
        ..welcome(vec![mine(LAMP, 2)])
    });
    assert_eq!(page.texts(LAMP), Vec::<&str>::new());
    assert_eq!(
        page.commands(),
        [AgentCommand::Open {
            conversation: LAMP,
            after: Seq(0)
        }]
    );
    assert_eq!(page.session.lines(List::Mine)[0].case.last_seq, Seq(2));
}

#[test]
fn a_conversation_that_the_server_does_not_show_is_asked_for_again_only_when_looked_at_again() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    let id = page.sent_id(|command| matches!(command, AgentCommand::Open { .. }));
    page.refuse(id, RefusalCode::NoSuchConversation);
    assert!(page.session.closed(LAMP));
    page.pass_ms(5_000);
    assert_eq!(page.commands(), []);
    page.input(Input::View(Some(LAMP)));
    assert_eq!(page.commands().len(), 1);
}

#[test]
fn a_log_that_is_refused_for_now_is_asked_for_again_later() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    let id = page.sent_id(|command| matches!(command, AgentCommand::Open { .. }));
    page.refuse(id, RefusalCode::TooFast);
    assert_eq!(page.commands(), [], "not at once");
    page.pass_ms(2_000);
    assert_eq!(page.commands().len(), 1);
}

#[test]
fn what_is_shown_of_a_conversation_stays_when_somebody_else_takes_it() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    let other = CaseHolder::Other { name: "Bo".into() };
    page.frame(AgentFrame::Case(case(LAMP, other.clone(), 4)));
    assert_eq!(page.texts(LAMP), ["1", "2", "3"]);
    assert_eq!(page.session.holder(LAMP), Some(&other));
    page.input(Input::View(None));
    assert_eq!(page.texts(LAMP), Vec::<&str>::new());
    assert_eq!(page.session.holder(LAMP), None);
}

#[test]
fn a_visitor_is_shown_as_writing_only_while_it_is_true() {
    let typing = |on| AgentFrame::Typing {
        conversation: LAMP,
        typing: Typing {
            author: Author::Visitor {},
            on,
        },
    };
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(typing(true));
    assert_eq!(page.session.writing(LAMP), Some(&Author::Visitor {}));
    assert!(page.session.lines(List::Mine)[0].writing);
    page.frame(typing(false));
    assert_eq!(page.session.writing(LAMP), None);

    page.frame(typing(true));
    page.frame(in_lamp(visitor(4, "Here it is.")));
    assert_eq!(page.session.writing(LAMP), None);

    page.frame(typing(true));
    page.pass_ms(12_000);
    assert_eq!(page.session.writing(LAMP), None);

    page.frame(typing(true));
    page.input(Input::Closed(None));
    assert_eq!(page.session.writing(LAMP), None);
}

fn event(seq: u64, kind: EventKind) -> Event {
    Event {
        seq: Seq(seq),
        at: Timestamp(100_000 * i64::try_from(seq).unwrap()),
        kind,
    }
}

fn story() -> Vec<Event> {
    let asked = |receipt| EventKind::HumanRequested {
        receipt: Receipt(receipt),
        via: RequestVia::Button,
    };
    let answer = EventKind::Message(Message {
        id: CommandId(2),
        author: Author::Bot {},
        text: "Orders leave within a day.".into(),
        sources: vec![Source {
            title: "Shipping times".into(),
            url: "/help/shipping-times".into(),
        }],
        replies: vec![],
        offers_human: false,
    });
    vec![
        visitor(1, "Is my order\non its way?"),
        event(2, answer),
        event(3, asked(4_127)),
        event(
            4,
            EventKind::Taken {
                agent: "Bo".into(),
                lead: false,
            },
        ),
    ]
}

#[test]
fn the_card_says_what_was_asked_what_was_answered_and_how_long_it_took() {
    let card = CaseCard::read(None, &story(), false);
    assert_eq!(card.receipt, Some(Receipt(4_127)));
    assert_eq!(
        (card.asked_in, card.via),
        (Some(Seq(3)), Some(RequestVia::Button))
    );
    assert_eq!(
        card.first_words.as_ref().unwrap().text,
        "Is my order on its way?"
    );
    assert_eq!(card.answers[0].said.seq, Seq(2));
    assert_eq!(card.answers[0].sources[0].title, "Shipping times");
    assert_eq!(card.waited_ms(Timestamp(9_000_000)), Some(100_000));
}

#[test]
fn a_case_that_came_back_waits_since_it_was_first_asked() {
    let mut events = story();
    events.push(event(
        5,
        EventKind::Returned {
            reason: protocol::ReturnReason::Vanished,
            agent: "Bo".into(),
        },
    ));
    let card = CaseCard::read(None, &events, false);
    assert_eq!(card.returned, 1);
    assert_eq!(card.waited_ms(Timestamp(700_000)), Some(400_000));
}

#[test]
fn where_the_beginning_is_not_loaded_the_card_does_not_guess_at_it() {
    let open = Case {
        receipt: Some(Receipt(4_127)),
        since: Some(Timestamp(300_000)),
        ..mine(LAMP, 4)
    };
    let card = CaseCard::read(Some(&open), &story()[3..], true);
    assert_eq!(card.first_words, None);
    assert_eq!(card.receipt, Some(Receipt(4_127)));
    assert_eq!(card.asked_in, None);
    assert_eq!(card.asked_at, Some(Timestamp(300_000)));
}

#[test]
fn long_words_are_cut_at_a_space_on_the_card() {
    let text = "word ".repeat(100);
    let card = CaseCard::read(None, &[visitor(1, &text)], false);
    let fact = card.first_words.unwrap().text;
    assert!(fact.ends_with("word…"), "{fact}");
    assert!(fact.chars().count() <= FACT_CHARS + 1);
    let unbroken = "é".repeat(500);
    let card = CaseCard::read(None, &[visitor(1, &unbroken)], false);
    assert_eq!(
        card.first_words.unwrap().text.chars().count(),
        FACT_CHARS + 1
    );
}
