//! What is known of a conversation, what of it is asked again, and what it fills in prepared replies.

use protocol::{CardFact, Correction, FactKind, PreparedReply, StaffList};

use super::*;

fn fact(kind: FactKind, text: &str) -> CardFact {
    CardFact {
        kind,
        text: text.into(),
        seq: Some(Seq(1)),
        by: None,
    }
}

fn known(page: &mut Page) {
    page.frame(AgentFrame::Card {
        conversation: LAMP,
        facts: vec![
            fact(FactKind::Name, "Mira"),
            fact(FactKind::Order, "LO-20417"),
        ],
    });
}

fn prepared(shortcut: &str, language: Option<&str>, text: &str) -> PreparedReply {
    PreparedReply {
        shortcut: shortcut.into(),
        language: language.and_then(protocol::Language::of),
        text: text.into(),
    }
}

#[test]
fn what_is_known_is_shown_and_put_right() {
    let mut page = Page::greeted(vec![mine(LAMP, 3), waits(CHAIR, 4)]);
    known(&mut page);
    let facts = page.session.facts(LAMP).iter();
    let texts: Vec<&str> = facts.map(|fact| &*fact.text).collect();
    assert_eq!(texts, ["Mira", "LO-20417"]);
    assert_eq!(page.session.facts(CHAIR), []);
    assert!(page.session.may_correct(LAMP) && !page.session.may_correct(CHAIR));
    let correction = Correction {
        kind: FactKind::Order,
        was: Some("LO-20417".into()),
        text: Some("LO-20418".into()),
    };
    page.input(Input::Correct(LAMP, correction.clone()));
    let sent = AgentCommand::Correct {
        conversation: LAMP,
        correction: correction.clone(),
    };
    let id = page.sent_id(|command| *command == sent);
    page.refuse(id, RefusalCode::NotYours);
    let why = Why::Refused(RefusalCode::NotYours);
    assert_eq!(page.notices(), [Notice::NotCorrected(LAMP, why)]);
    page.input(Input::Closed(None));
    page.input(Input::Correct(LAMP, correction));
    let offline = Notice::NotCorrected(LAMP, Why::NoConnection);
    assert_eq!(page.notices(), [offline]);
}

#[test]
fn what_is_asked_again_is_told_until_the_reply_has_gone() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.input(Input::Draft(LAMP, "Your order number?".into()));
    page.frame(AgentFrame::Known {
        conversation: LAMP,
        facts: vec![fact(FactKind::Order, "LO-20417")],
    });
    assert_eq!(page.session.known(LAMP).len(), 1);
    let id = page.id();
    page.input(Input::Hold(LAMP, id));
    assert_eq!(page.session.known(LAMP).len(), 1, "it can be taken back");
    page.input(Input::SendHeld(LAMP));
    assert_eq!(page.session.known(LAMP), []);
}

#[test]
fn prepared_replies_are_found_by_their_shortcuts_first_and_in_the_visitors_language() {
    let mut case = mine(LAMP, 3);
    case.language = protocol::Language::of("de");
    let mut page = Page::greeted(vec![case]);
    page.frame(AgentFrame::Staff(StaffList {
        replies: vec![
            prepared("hello", Some("en"), "Hello {name}."),
            prepared("hello", Some("de"), "Guten Tag, {name}."),
            prepared("bye", None, "Bye! Say hello to {shop}."),
            prepared("late", None, "Order {order} is late, {nobody}."),
        ],
        ..StaffList::default()
    }));
    let found = |page: &Page, word: &str| -> Vec<String> {
        let replies = page.session.prepared(LAMP, word).into_iter();
        replies.map(|reply| reply.text.clone()).collect()
    };
    assert_eq!(
        found(&page, "HELLO"),
        [
            "Guten Tag, {name}.",
            "Bye! Say hello to {shop}.",
            "Hello {name}."
        ]
    );
    assert_eq!(found(&page, "").len(), 4);
    assert_eq!(found(&page, "nothing"), [""; 0]);
    let fill = |page: &Page, text| page.session.prepared_text(LAMP, text);
    assert_eq!(fill(&page, "Hello {name}."), "Hello {name}.", "not known");
    known(&mut page);
    assert_eq!(fill(&page, "Hello {name}."), "Hello Mira.");
    assert_eq!(
        fill(&page, "Order {order} is late, {nobody}."),
        "Order LO-20417 is late, {nobody}."
    );
}
