//! Taking what is next, offers, notes, passing on, putting off, and asking for a lead.

use protocol::{Note, Recipient, Role, TeamId};

use super::*;

fn note(id: CommandId, name: &str, text: &str) -> Note {
    Note {
        id,
        after: Seq(3),
        at: Timestamp(0),
        name: name.into(),
        text: text.into(),
    }
}

fn notes(page: &Page) -> Vec<(&str, &str)> {
    let notes = page.session.notes(LAMP).iter();
    notes.map(|note| (&*note.name, &*note.text)).collect()
}

fn offered(mut case: Case) -> Case {
    case.offer = Some(Timestamp(1_020_000));
    case
}

#[test]
fn what_was_next_is_told_by_its_line() {
    let mut page = Page::greeted(vec![waits(LAMP, 3), waits(CHAIR, 4)]);
    page.input(Input::TakeNext);
    page.input(Input::TakeNext);
    assert_eq!(page.commands(), [AgentCommand::TakeNext {}], "once");
    assert!(page.session.takes_next());
    page.frame(AgentFrame::Case(mine(LAMP, 4)));
    assert_eq!(page.notices(), [Notice::Done(Deed::Take, LAMP)]);
    assert!(!page.session.takes_next());
}

#[test]
fn that_nothing_was_next_is_told_too() {
    let mut page = Page::greeted(vec![]);
    page.input(Input::TakeNext);
    let id = page.sent_id(|command| *command == AgentCommand::TakeNext {});
    page.refuse(id, RefusalCode::Full);
    let why = Why::Refused(RefusalCode::Full);
    assert_eq!(page.notices(), [Notice::NextNotTaken(why)]);
}

#[test]
fn an_offer_is_heard_once_and_can_be_let_go() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.frame(AgentFrame::Case(offered(waits(LAMP, 3))));
    page.frame(AgentFrame::Case(offered(waits(LAMP, 4))));
    assert_eq!(page.alerts(), [Alert::Offer]);
    page.input(Input::Pass(LAMP));
    let pass = AgentCommand::Pass { conversation: LAMP };
    assert_eq!(page.commands(), [pass]);
    assert_eq!(page.session.case(LAMP).unwrap().offer, None);
}

#[test]
fn a_note_is_kept_until_the_server_has_it_and_shown_once() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.input(Input::Note(LAMP, " Calls at four. ".into()));
    let id = page.id();
    page.input(Input::AddNote(LAMP, id));
    assert_eq!(page.session.note_of(LAMP), "");
    let sent = AgentCommand::Note {
        conversation: LAMP,
        text: "Calls at four.".into(),
    };
    assert_eq!(page.commands(), [sent]);
    assert_eq!(page.session.kept().replies.len(), 1, "it outlives the page");
    page.frame(AgentFrame::Note {
        conversation: LAMP,
        note: note(id, "Ana", "Calls at four."),
    });
    page.frame(AgentFrame::Ack(Ack {
        id,
        seq: None,
        at: Timestamp(0),
        receipt: None,
    }));
    assert_eq!(notes(&page), [("Ana", "Calls at four.")]);
    assert_eq!(page.session.kept().replies, []);
}

#[test]
fn a_note_that_is_refused_is_in_its_box_again() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::Note(LAMP, "Calls at four.".into()));
    let id = page.id();
    page.input(Input::AddNote(LAMP, id));
    page.refuse(id, RefusalCode::NotYours);
    assert_eq!(page.session.note_of(LAMP), "Calls at four.");
    let told = Notice::NoteHandedBack(LAMP, RefusalCode::NotYours);
    assert_eq!(page.notices(), [told]);
}

#[test]
fn colleagues_notes_are_shown_where_the_conversation_is_open() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.frame(AgentFrame::Notes {
        conversation: LAMP,
        notes: vec![note(CommandId(70), "Ben", "Be kind.")],
    });
    page.frame(AgentFrame::Note {
        conversation: LAMP,
        note: note(CommandId(71), "Ben", "And quick."),
    });
    assert_eq!(notes(&page), [("Ben", "Be kind."), ("Ben", "And quick.")]);
}

#[test]
fn it_is_passed_on_to_whom_it_is_for_with_a_note() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.id();
    page.input(Input::PassOn {
        conversation: LAMP,
        to: Some(Recipient::Team(TeamId(2))),
        note: " About a bill. ".into(),
        id,
    });
    let expected = AgentCommand::Transfer {
        conversation: LAMP,
        to: Some(Recipient::Team(TeamId(2))),
        note: Some("About a bill.".into()),
    };
    assert_eq!(page.commands(), [expected]);
    page.ack(id, 4);
    assert_eq!(page.notices(), [Notice::Done(Deed::Transfer, LAMP)]);
}

#[test]
fn what_is_put_off_stays_the_agents_and_keeps_them_busy_no_more() {
    let mut page = Page::greeted(vec![mine(LAMP, 3), mine(CHAIR, 4)]);
    assert_eq!(page.session.load(), 2);
    let id = page.id();
    page.input(Input::Snooze {
        conversation: LAMP,
        until: Timestamp(9_000_000),
        text: "I come back to you.".into(),
        id,
    });
    assert_eq!(page.commands().len(), 1);
    page.ack(id, 4);
    let mut asleep = mine(LAMP, 4);
    asleep.snoozed = Some(Timestamp(9_000_000));
    page.frame(AgentFrame::Case(asleep));
    assert_eq!(page.session.load(), 1);
    assert_eq!(page.mine().len(), 2);
    assert_eq!(page.mine()[1].0, LAMP, "after what keeps them busy");
}

#[test]
fn what_is_done_is_told_although_its_words_are_heard_before_the_answer() {
    let mut page = Page::greeted(vec![mine(LAMP, 3), mine(CHAIR, 4)]);
    for (conversation, deed) in [(LAMP, Deed::Snooze), (CHAIR, Deed::Resolve)] {
        page.open(conversation, super::page(1..=3, false));
        let id = page.id();
        page.input(match deed {
            Deed::Snooze => Input::Snooze {
                conversation,
                until: Timestamp(9_000_000),
                text: "I come back to you.".into(),
                id,
            },
            _ => Input::Act(deed, conversation, id),
        });
        let event = ana(4, id, "I come back to you.");
        page.frame(AgentFrame::Event {
            conversation,
            event,
        });
        page.ack(id, 4);
        assert_eq!(page.notices(), [Notice::Done(deed, conversation)]);
    }
}

#[test]
fn a_lead_sees_what_colleagues_hold_and_what_they_ask_about() {
    let other =
        |conversation, name: &str| case(conversation, CaseHolder::Other { name: name.into() }, 3);
    let mut asked = other(CHAIR, "Cleo");
    asked.help = Some(Timestamp(950_000));
    let mut lead = welcome(vec![other(LAMP, "Cleo"), asked]);
    lead.me.role = Role::Lead;
    lead.me.lead = true;
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    page.connect(lead);
    let others = page.session.lines(List::Others);
    assert_eq!(others.len(), 2);
    assert_eq!(page.queue(), [CHAIR], "it waits for a lead");
    assert!(page.session.may_take(CHAIR) && !page.session.may_take(LAMP));
}

#[test]
fn who_else_looks_is_known_where_the_agent_looks() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.open(LAMP, super::page(1..=3, false));
    page.frame(AgentFrame::Viewers {
        conversation: LAMP,
        names: vec!["Ben".into()],
    });
    assert_eq!(page.session.viewers(LAMP), ["Ben"]);
    page.input(Input::View(None));
    page.input(Input::View(Some(LAMP)));
    assert_eq!(page.session.viewers(LAMP), [] as [String; 0], "told anew");
}
