//! A12: who says that they need particular care is presumed to, is marked, and goes first.

use super::*;
use crate::vulnerable::is_said;

/// What a visitor writes about themselves.
fn tells(conversation: ConversationId) -> Command {
    writes(conversation, "By the way, I am blind.")
}

fn writes(conversation: ConversationId, text: &str) -> Command {
    Command::Visitor {
        conversation,
        action: VisitorAction::Say {
            id: CommandId(77),
            text: text.into(),
        },
    }
}

#[test]
fn who_says_so_to_the_assistant_goes_first_once_they_ask_for_a_person() {
    let desk = after([asks(MIRA), tells(NOAH)]);
    check(
        &desk,
        asks(NOAH),
        "Noah: request No. 2 of 9 s goes first by button => Mira: queue No. 1 of 1 s; \
         Noah: queue No. 2 of 9 s goes first, vulnerable by message 1; line: Noah Mira",
    );
}

#[test]
fn who_says_so_while_they_wait_goes_first_from_then_on() {
    let desk = after([asks(MIRA), asks(NOAH)]);
    check(
        &desk,
        tells(NOAH),
        "Noah: visitor writes => Mira: queue No. 1 of 1 s; \
         Noah: queue No. 2 of 2 s goes first, 1 unanswered, vulnerable by message 2; line: Noah Mira",
    );
}

#[test]
fn of_two_who_said_so_the_first_request_goes_first_and_one_who_came_back_is_their_equal() {
    let desk = after([asks(MIRA), takes(ANA, MIRA), asks(NOAH), tells(NOAH)]);
    check(
        &desk,
        transfers(ANA, MIRA),
        "Mira: transferred by Ana; Mira: passed by Ana => Mira: queue No. 1 of 1 s goes first; \
         Noah: queue No. 2 of 3 s goes first, 1 unanswered, vulnerable by message 2; line: Mira Noah",
    );
}

#[test]
fn what_they_said_stays_said_whatever_becomes_of_the_request() {
    let desk = after([asks(NOAH), tells(NOAH), tells(NOAH), takes(ANA, NOAH)]);
    check(
        &desk,
        resolves(ANA, NOAH),
        "Noah: resolved by Ana => Noah: nobody, vulnerable by message 2",
    );
    let mut desk = play(desk, [resolves(ANA, NOAH)]);
    desk = play(desk, [goes_off_duty(ANA), asks(MIRA)]);
    check(
        &desk,
        asks(NOAH),
        "Noah: reopened; Noah: request No. 3 of 9 s goes first by button => Mira: queue No. 2 of 2 s; \
         Noah: queue No. 3 of 9 s goes first, vulnerable by message 2, for Ana; line: Noah Mira; Ana off duty",
    );
}

#[test]
fn only_the_visitor_s_own_words_count() {
    let mut desk = after([asks(MIRA), takes(ANA, MIRA)]);
    let action = AgentAction::Say {
        id: CommandId(78),
        text: "I am blind, too.".into(),
        replies: vec![],
    };
    let command = Command::Agent {
        agent: ANA,
        conversation: MIRA,
        action,
    };
    desk = play(desk, [command]);
    assert_eq!(desk.conversation(MIRA).unwrap().vulnerable, None);
}

#[test]
fn it_is_understood_however_it_is_written() {
    for words in [
        "I'm blind.",
        "I’M BLIND",
        "Hello!\n\ni   am -- blind",
        "soy una persona con discapacidad, y no encuentro el botón",
        "Ja, ich bin blind – und nun?",
        "No, soy ciego",
    ] {
        assert!(is_said(words), "{words}");
    }
    for words in [
        "",
        "   ",
        "I am blindly following your instructions",
        "Am I blind? Where is the button?",
        "The lamp is for a blind person",
        "No soy ciego",
        "no  SOY ciego!",
        "yo no soy sordo",
    ] {
        assert!(!is_said(words), "{words}");
    }
}
