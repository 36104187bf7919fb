//! The checker checked: a sound story passes, and each promise that is broken in it is found.

use protocol::{
    AgentFrame, Answering, Author, CaseHolder, CommandId, ConversationId, Event, EventKind,
    Refused, ReturnReason, Seq, State, SupervisorWish, Timestamp, VisitorFrame, WaitEstimate,
};

use crate::checker::check;
use crate::history::{Entry, Holder, Wish};
use crate::story::{
    CHAIR, LAMP, PRESSED, SAID, SAID_AGAIN, Story, ack, asked, case, event, in_line, message,
    requested, sound, state, told, told_ana,
};
use crate::verdict::Kind;

fn faults(story: &Story) -> Vec<Kind> {
    let verdict = check(&story.history, &story.stored, Some(&story.unsent), true);
    let faults = verdict.faults.iter();
    faults.map(|fault| fault.kind).collect()
}

/// The kinds of faults that a change of the sound story is found to have.
#[track_caller]
fn finds(kind: Kind, change: impl FnOnce(&mut Story)) {
    let mut story = sound();
    change(&mut story);
    let found = faults(&story);
    assert!(found.contains(&kind), "{kind:?} is not among {found:?}");
}

/// Changes each frame that a visitor is told.
fn each_frame(story: &mut Story, change: impl Fn(&mut VisitorFrame)) {
    for entry in &mut story.history {
        if let Entry::VisitorTold { frame, .. } = entry {
            change(frame);
        }
    }
}

/// Adds to the end of a log, and tells nobody.
fn add(story: &mut Story, conversation: ConversationId, kind: EventKind) {
    let theirs = |(id, _): &&(ConversationId, Event)| *id == conversation;
    let last = story.stored.events.iter().filter(theirs).count();
    let event = event(last as u64 + 1, kind);
    story.stored.events.push((conversation, event));
}

#[test]
fn a_sound_story_passes_and_is_looked_at() {
    let story = sound();
    let verdict = check(&story.history, &story.stored, Some(&story.unsent), true);
    assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);
    assert_eq!((verdict.acks, verdict.waits), (5, 4));
    assert_eq!(verdict.misreported_ms, 0);
}

#[test]
fn what_was_acked_and_is_not_stored_is_found() {
    finds(Kind::LostAck, |story| {
        story.stored.events.pop();
    });
    finds(Kind::LostAck, |story| {
        each_frame(story, |frame| {
            if let VisitorFrame::Ack(ack) = frame {
                ack.seq = ack.seq.map(Seq::next);
            }
        });
    });
}

#[test]
fn what_was_written_and_is_nowhere_is_found() {
    let id = CommandId(99);
    let wish = || Wish::Say("Hello again".into());
    finds(Kind::Lost, |story| {
        story.history.push(asked(0, id, wish()));
    });
    finds(Kind::Lost, |story| {
        let wish = Wish::Reply(LAMP, "One moment".into());
        story.history.push(asked(7, id, wish));
    });
    let mut shown = sound();
    shown.history.push(asked(0, id, wish()));
    shown.unsent.commands.insert(id);
    assert_eq!(faults(&shown), [], "it is shown as not sent");
}

#[test]
fn what_is_stored_twice_is_found() {
    finds(Kind::Doubled, |story| {
        let again = message(0, SAID, Author::Visitor {}, "Hello").kind;
        add(story, LAMP, again);
    });
    finds(Kind::Doubled, |story| {
        let again = message(0, CommandId(99), Author::Visitor {}, "Hello").kind;
        add(story, LAMP, again);
    });
    finds(Kind::AckChanged, |story| {
        let again = told(VisitorFrame::Ack(ack(SAID, 3, None)));
        story.history.push(again);
    });
}

#[test]
fn another_order_and_a_gap_are_found() {
    finds(Kind::Reordered, |story| {
        let asked = |id: CommandId| move |entry: &Entry| matches!(entry, Entry::Asked { id: other, .. } if *other == id);
        let first = story.history.iter().position(asked(SAID)).unwrap();
        let second = story.history.iter().position(asked(SAID_AGAIN)).unwrap();
        story.history.swap(first, second);
    });
    finds(Kind::Gap, |story| {
        story.stored.events.remove(3);
    });
    finds(Kind::ToldOtherwise, |story| {
        story.history.remove(9);
    });
    finds(Kind::ToldOtherwise, |story| {
        story.history.swap(2, 5);
    });
    finds(Kind::ToldOtherwise, |story| {
        each_frame(story, |frame| {
            if let VisitorFrame::Event(event) = frame {
                event.at.0 += 1;
            }
        });
    });
}

#[test]
fn a_press_that_is_refused_or_unanswered_or_has_no_receipt_is_found() {
    finds(Kind::PressLost, |story| {
        let refused = Refused::new(Some(PRESSED), protocol::RefusalCode::NotWaiting);
        story.history[7] = told(VisitorFrame::Refused(refused));
    });
    finds(Kind::PressLost, |story| {
        story.history.remove(7);
    });
    finds(Kind::PressLost, |story| {
        story.history[7] = told(VisitorFrame::Ack(ack(PRESSED, 2, Some(7))));
    });
}

#[test]
fn two_holders_and_two_winners_are_found() {
    finds(Kind::TwoHolders, |story| {
        let agent = "Ben".into();
        add(story, LAMP, EventKind::Taken { agent, lead: false });
    });
    finds(Kind::TwoHolders, |story| {
        let ben = Author::Agent { name: "Ben".into() };
        let words = message(0, CommandId(99), ben, "And I").kind;
        add(story, LAMP, words);
    });
    finds(Kind::TwoHolders, |story| {
        let other = CommandId(99);
        story.history.push(asked(8, other, Wish::Take(LAMP)));
        let won = told_ana(AgentFrame::Ack(ack(other, 4, None)));
        story.history.push(won);
    });
}

#[test]
fn another_first_time_is_found_wherever_it_is_told_or_kept() {
    finds(Kind::WaitMisreported, |story| {
        each_frame(story, |frame| {
            if let VisitorFrame::State(State {
                waiting: Some(waiting),
                ..
            }) = frame
            {
                waiting.since.0 += 1;
            }
        });
    });
    finds(Kind::RequestChanged, |story| {
        let standing = story.stored.standings.get_mut(&LAMP).unwrap();
        standing.request.as_mut().unwrap().since.0 += 1;
    });
    finds(Kind::RequestChanged, |story| {
        let mut again = state(
            Answering::Agent {
                name: "Ana".into(),
                lead: false,
            },
            Some(2_000),
        );
        again.waiting.as_mut().unwrap().estimate = Some(WaitEstimate {
            from_ms: 60_000,
            to_ms: 120_000,
        });
        story.history.push(told(VisitorFrame::State(again)));
    });
    finds(Kind::RequestChanged, |story| {
        add(story, LAMP, requested(0, 3).kind);
    });
    finds(Kind::RequestChanged, |story| {
        story.stored.requests[0].2.0 += 1;
    });
}

#[test]
fn a_worse_place_is_found_and_one_behind_who_came_back_is_none() {
    // Somebody with a smaller number who was not there before.
    finds(Kind::PlaceLost, |story| {
        let newcomer = ConversationId(3);
        add(story, newcomer, requested(0, 0).kind);
    });
    let mut returned = sound();
    let kind = EventKind::Returned {
        reason: ReturnReason::Vanished,
        agent: "Ana".into(),
    };
    add(&mut returned, LAMP, kind);
    let standing = returned.stored.standings.get_mut(&LAMP).unwrap();
    standing.holder = Holder::Queue;
    standing.request.as_mut().unwrap().priority = true;
    assert_eq!(faults(&returned), []);
}

#[test]
fn a_state_that_was_never_true_is_found() {
    finds(Kind::StateUntrue, |story| {
        let second = state(in_line(2), Some(2_000));
        story.history[6] = told(VisitorFrame::State(second));
    });
    finds(Kind::StateUntrue, |story| {
        // True once, and not any more.
        let again = state(Answering::Bot {}, None);
        story.history.push(told(VisitorFrame::State(again)));
    });
    finds(Kind::StateUntrue, |story| {
        let name = "Ben".into();
        let ours = case(CaseHolder::Other { name }, 4);
        story.history.push(told_ana(AgentFrame::Case(ours)));
    });
}

#[test]
fn an_end_that_no_person_made_is_found() {
    finds(Kind::Ended, |story| {
        let agent = "Ana".into();
        add(story, CHAIR, EventKind::Resolved { agent });
    });
    finds(Kind::Ended, |story| {
        story.stored.standings.get_mut(&CHAIR).unwrap().holder = Holder::Nobody;
    });
}

#[test]
fn an_assistant_that_talks_over_a_person_is_found() {
    finds(Kind::BotAfterHuman, |story| {
        let words = message(0, CommandId(99), Author::Bot {}, "An article says").kind;
        add(story, LAMP, words);
    });
    finds(Kind::BotAfterHuman, |story| {
        add(story, CHAIR, EventKind::BotFailed {});
    });
    // Out of the line it is called leaving it.
    finds(Kind::BotAfterHuman, |story| {
        add(story, CHAIR, EventKind::AssistantChosen {});
    });
}

/// L5: what the log says of a wish for a supervisor, what is kept of it, and what is told.
#[test]
fn a_wish_for_a_supervisor_that_is_lost_or_doubled_is_found() {
    let wanted = || EventKind::SupervisorRequested {};
    finds(Kind::WishLost, |story| {
        // Kept of none of it.
        add(story, LAMP, wanted());
    });
    finds(Kind::WishLost, |story| {
        add(story, LAMP, wanted());
        add(story, LAMP, wanted());
    });
    finds(Kind::WishLost, |story| {
        let by = Timestamp(1_000_000);
        add(story, LAMP, EventKind::CallbackPromised { by });
    });
    finds(Kind::WishLost, |story| {
        add(story, LAMP, wanted());
        let by = Timestamp(0);
        add(story, LAMP, EventKind::CallbackPromised { by });
    });
    // Ana is no supervisor, and nobody asked for Ben.
    for name in ["Ana", "Ben"] {
        finds(Kind::WishLost, |story| {
            let (agent, lead) = (name.into(), true);
            add(story, CHAIR, EventKind::Taken { agent, lead });
        });
    }
    finds(Kind::StateUntrue, |story| {
        each_frame(story, |frame| {
            if let VisitorFrame::State(state) = frame {
                let (since, due) = (Timestamp(2_000), None);
                state.supervisor = Some(SupervisorWish { since, due });
            }
        });
    });
}
