//! What the desk keeps, forgets and is told again by the store.

use protocol::RequestVia;

use super::*;
use crate::HumanRequest;

#[test]
fn a_forgotten_and_remembered_conversation_has_its_place_again() {
    for story in [
        vec![asks(MIRA), asks(NOAH)],
        vec![asks(MIRA), asks(NOAH), takes(ANA, MIRA)],
        vec![asks(MIRA), asks(NOAH), takes(ANA, MIRA), vanishes(ANA)],
        vec![asks(MIRA), takes(ANA, MIRA), resolves(ANA, MIRA)],
        vec![says(MIRA)],
    ] {
        let before = after(story);
        let mut desk = before.clone();
        let conversation = desk.conversation(MIRA).unwrap().clone();
        desk.forget(MIRA);
        assert_whole(&desk);
        assert_eq!(desk.conversation(MIRA), None);
        desk.remember(MIRA, conversation);
        assert_eq!(desk, before);
    }
}

#[test]
fn remembering_replaces_what_was_here() {
    let mut desk = after([asks(MIRA)]);
    let held = after([asks(MIRA), takes(ANA, MIRA)]);
    desk.remember(MIRA, held.conversation(MIRA).unwrap().clone());
    assert_whole(&desk);
    assert_eq!(desk, held);
}

#[test]
fn forgetting_what_is_not_here_changes_nothing() {
    let before = after([asks(MIRA)]);
    let mut desk = before.clone();
    desk.forget(ConversationId(99));
    assert_eq!(desk, before);
}

#[test]
fn a_desk_put_together_again_in_any_order_is_the_same() {
    let before = after([asks(MIRA), asks(NOAH), takes(ANA, MIRA), goes_off_duty(BEN)]);
    let mut agents_first = Desk::new(true, before.next_receipt());
    let mut agents_last = agents_first.clone();
    let employ = |desk: &mut Desk| {
        for (id, agent) in before.roster().agents() {
            desk.employ(id, agent.clone());
        }
    };
    employ(&mut agents_first);
    for (id, conversation) in before.conversations() {
        agents_first.remember(id, conversation.clone());
        agents_last.remember(id, conversation.clone());
    }
    employ(&mut agents_last);
    // Who has been idle for how long is learned anew; everything else is the store's.
    let stored = |desk: &Desk| {
        let conversations = desk.conversations().map(|(id, it)| (id, it.clone()));
        let agents = desk.roster().agents().map(|(id, it)| (id, it.clone()));
        let agents: Vec<_> = agents.collect();
        (
            conversations.collect::<Vec<_>>(),
            desk.queue().clone(),
            agents,
            desk.next_receipt(),
        )
    };
    assert_eq!(stored(&agents_first), stored(&before));
    assert_eq!(stored(&agents_last), stored(&before));
}

#[test]
fn employing_an_agent_again_changes_their_name_and_not_their_load() {
    let mut desk = after([asks(MIRA), takes(ANA, MIRA)]);
    desk.employ(ANA, Agent::new("Ana María", Role::Agent));
    assert_whole(&desk);
    let agent = desk.roster().agent(ANA).unwrap();
    assert_eq!(
        (&*agent.name, agent.on_duty, agent.load),
        ("Ana María", false, 1)
    );
}

#[test]
fn a_change_of_a_conversation_that_is_not_here_is_passed_over_but_its_number_is_used_up() {
    let mut elsewhere = after([]);
    let mut desk = elsewhere.clone();
    desk.forget(MIRA);
    for change in decide(&elsewhere, asks(MIRA), Timestamp(1_000)).unwrap() {
        apply(&mut elsewhere, &change);
        apply(&mut desk, &change);
    }
    assert_eq!(desk.conversation(MIRA), None);
    assert_eq!(desk.next_receipt(), Receipt(2));
    check(
        &desk,
        asks(NOAH),
        "Noah: request No. 2 of 9 s by button => Noah: queue No. 2 of 9 s",
    );
}

#[test]
fn a_change_that_the_store_tells_moves_the_place_even_where_the_holder_stays() {
    let mut desk = after([asks(MIRA), asks(NOAH)]);
    let request = HumanRequest {
        receipt: Receipt(3),
        requested_at: Timestamp(9_000),
        priority: false,
    };
    let via = RequestVia::Button;
    let entry = Entry::HumanRequested { request, via };
    let conversation = MIRA;
    apply(
        &mut desk,
        &Change::Logged {
            conversation,
            entry,
        },
    );
    assert_eq!(desk.queue().iter().collect::<Vec<_>>(), [NOAH, MIRA]);
    assert_whole(&desk);
}

#[test]
fn a_request_that_could_not_be_stored_is_taken_back_with_its_number() {
    let before = after([asks(NOAH)]);
    let mut desk = before.clone();
    for change in decide(&desk.clone(), asks(MIRA), Timestamp(9_000)).unwrap() {
        apply(&mut desk, &change);
    }
    assert_eq!(desk.next_receipt(), Receipt(3));
    desk.remember(MIRA, before.conversation(MIRA).unwrap().clone());
    desk.set_next_receipt(before.next_receipt());
    assert_eq!(desk, before);
}

#[test]
fn an_old_change_that_is_told_again_takes_no_number_back() {
    let mut desk = after([]);
    let changes = decide(&desk, asks(MIRA), Timestamp(1_000)).unwrap();
    desk.set_next_receipt(Receipt(40));
    for change in &changes {
        apply(&mut desk, change);
    }
    assert_eq!(desk.next_receipt(), Receipt(40));
}

#[test]
fn every_entry_moves_the_log_on_by_one() {
    let desk = after([
        asks(MIRA),
        takes(ANA, MIRA),
        resolves(ANA, MIRA),
        says(MIRA),
    ]);
    // request, taken, resolved, reopened, request, message
    assert_eq!(desk.conversation(MIRA).unwrap().last_seq.0, 6);
}

#[test]
fn only_what_waits_or_is_held_or_wants_a_supervisor_is_open() {
    let is_open = |desk: Desk| desk.conversation(MIRA).unwrap().is_open();
    assert!(!is_open(after([says(MIRA)])));
    assert!(is_open(after([asks(MIRA)])));
    assert!(is_open(after([asks(MIRA), takes(ANA, MIRA)])));
    assert!(!is_open(after([
        asks(MIRA),
        takes(ANA, MIRA),
        resolves(ANA, MIRA)
    ])));
    // Somebody still has to see it who may answer it.
    assert!(is_open(after([
        asks(MIRA),
        takes(ANA, MIRA),
        asks_for_supervisor(MIRA),
        resolves(ANA, MIRA)
    ])));
}
