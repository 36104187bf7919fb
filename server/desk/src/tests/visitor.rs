//! What a visitor writes, asks and leaves, beyond the tables in `holders`.

use protocol::Source;

use super::*;
use crate::{Author, Message};

#[test]
fn a_second_press_keeps_the_number_and_the_time() {
    let desk = after([asks(MIRA), says(MIRA), asks(MIRA), asks(MIRA)]);
    check(&desk, asks(MIRA), "nothing");
    check(
        &desk,
        takes(ANA, MIRA),
        "Mira: taken by Ana => Mira: Ana No. 1 of 1 s, 1 unanswered",
    );
}

#[test]
fn each_request_gets_the_next_number() {
    let desk = after([asks(MIRA), leaves(MIRA), asks(MIRA)]);
    check(
        &desk,
        asks(NOAH),
        "Noah: request No. 3 of 9 s by button \
         => Mira: queue No. 2 of 3 s; Noah: queue No. 3 of 9 s; line: Mira Noah",
    );
}

#[test]
fn a_request_is_taken_when_nobody_is_on_duty() {
    let desk = after([goes_off_duty(ANA), goes_off_duty(BEN)]);
    check(
        &desk,
        asks(MIRA),
        "Mira: request No. 1 of 9 s by button \
         => Mira: queue No. 1 of 9 s; Ana off duty; Ben off duty",
    );
}

#[test]
fn a_request_is_taken_when_the_site_has_no_agents() {
    let mut desk = Desk::new(true, Receipt(41));
    desk.remember(MIRA, desk.blank());
    check(
        &desk,
        asks(MIRA),
        "Mira: request No. 41 of 9 s by button => Mira: queue No. 41 of 9 s",
    );
}

#[test]
fn who_left_the_line_and_asks_again_goes_to_its_end() {
    let desk = after([asks(MIRA), asks(NOAH), leaves(MIRA)]);
    check(
        &desk,
        asks(MIRA),
        "Mira: request No. 3 of 9 s by button \
         => Mira: queue No. 3 of 9 s; Noah: queue No. 2 of 2 s; line: Noah Mira",
    );
}

#[test]
fn leaving_the_line_gives_the_conversation_back_to_the_bot_even_after_a_person() {
    let desk = after([asks(MIRA), takes(ANA, MIRA), transfers(ANA, MIRA)]);
    check(&desk, leaves(MIRA), "Mira: left the line => Mira: bot");
    let desk = play(desk, [leaves(MIRA)]);
    check(&desk, says(MIRA), "Mira: visitor writes => Mira: bot");
}

#[test]
fn leaving_the_line_of_a_shop_without_bot_leaves_it_to_nobody_until_the_next_message() {
    let desk = after_without_bot([says(MIRA)]);
    check(&desk, leaves(MIRA), "Mira: left the line => Mira: nobody");
    let desk = play(desk, [leaves(MIRA)]);
    check(&desk, leaves(MIRA), "nothing");
    check(
        &desk,
        says(MIRA),
        "Mira: request No. 2 of 9 s by message; Mira: visitor writes \
         => Mira: queue No. 2 of 9 s, 1 unanswered",
    );
}

#[test]
fn who_left_the_line_after_a_person_is_not_sent_back_to_that_person() {
    let desk = after_without_bot([
        asks(MIRA),
        takes(ANA, MIRA),
        transfers(ANA, MIRA),
        leaves(MIRA),
    ]);
    check(
        &desk,
        says(MIRA),
        "Mira: request No. 2 of 9 s by message; Mira: visitor writes \
         => Mira: queue No. 2 of 9 s, 1 unanswered",
    );
}

#[test]
fn after_a_person_the_shop_s_missing_bot_makes_no_difference() {
    let solved = [asks(MIRA), takes(ANA, MIRA), resolves(ANA, MIRA)];
    let expected = "Mira: reopened to Ana; Mira: request No. 2 of 9 s by reopening; \
                    Mira: visitor writes => Mira: Ana No. 2 of 9 s, 1 unanswered";
    check(&after(solved.clone()), says(MIRA), expected);
    check(&after_without_bot(solved), says(MIRA), expected);
}

#[test]
fn a_reopened_conversation_goes_back_to_the_last_of_several_people() {
    let desk = after([
        asks(MIRA),
        takes(ANA, MIRA),
        transfers(ANA, MIRA),
        takes(BEN, MIRA),
        resolves(BEN, MIRA),
    ]);
    check(
        &desk,
        says(MIRA),
        "Mira: reopened to Ben; Mira: request No. 2 of 9 s by reopening; Mira: visitor writes \
         => Mira: Ben No. 2 of 9 s, 1 unanswered",
    );
}

#[test]
fn a_press_in_a_reopened_conversation_keeps_its_request_and_its_person() {
    let desk = after([
        asks(MIRA),
        takes(ANA, MIRA),
        resolves(ANA, MIRA),
        says(MIRA),
    ]);
    check(&desk, asks(MIRA), "nothing");
    check(
        &desk,
        transfers(ANA, MIRA),
        "Mira: transferred by Ana; Mira: passed by Ana => Mira: queue No. 2 of 4 s goes first, 1 unanswered",
    );
}

#[test]
fn a_message_to_a_bot_that_the_site_has_removed_goes_to_the_queue() {
    let mut desk = after([says(MIRA), bot_says(MIRA)]);
    desk.has_bot = false;
    check(
        &desk,
        says(MIRA),
        "Mira: request No. 1 of 9 s by message; Mira: visitor writes \
         => Mira: queue No. 1 of 9 s, 1 unanswered",
    );
}

#[test]
fn messages_are_counted_until_a_person_writes() {
    let desk = after([asks(MIRA), says(MIRA), takes(ANA, MIRA), says(MIRA)]);
    check(
        &desk,
        says(MIRA),
        "Mira: visitor writes => Mira: Ana No. 1 of 1 s, 3 unanswered",
    );
    check(
        &desk,
        replies(ANA, MIRA),
        "Mira: Ana writes => Mira: Ana No. 1 of 1 s",
    );
}

#[test]
fn a_conversation_that_is_not_here_is_asked_from_the_store() {
    let mut desk = after([]);
    desk.forget(MIRA);
    for command in [
        says(MIRA),
        asks(MIRA),
        leaves(MIRA),
        bot_says(MIRA),
        bot_hands_over(MIRA),
        bot_fails(MIRA),
        takes(ANA, MIRA),
        replies(ANA, MIRA),
        resolves(ANA, MIRA),
        transfers(ANA, MIRA),
    ] {
        check(&desk, command, "refused: NoSuchConversation");
    }
}

#[test]
fn what_was_written_is_logged_as_it_is() {
    let desk = after([asks(NOAH), takes(ANA, NOAH)]);
    let source = Source {
        title: "Shipping times".into(),
        url: "/help/shipping-times".into(),
    };
    let bot_answers = Command::Bot {
        conversation: MIRA,
        action: BotAction::Say {
            id: CommandId(3),
            text: "It is on its way.".into(),
            sources: vec![source.clone()],
            replies: vec![],
            offers_human: true,
        },
    };
    let ana = crate::Person {
        id: ANA,
        name: "Ana".into(),
    };
    let message = |id, author, text: &str| Message {
        id: CommandId(id),
        author,
        text: text.into(),
        sources: vec![],
        replies: vec![],
        offers_human: false,
    };
    let cases = [
        (
            says(MIRA),
            message(7, Author::Visitor, "Is my order on its way?"),
        ),
        (
            replies(ANA, NOAH),
            message(9, Author::Agent(ana), "Hello, I can see your order."),
        ),
        (
            bot_answers,
            Message {
                sources: vec![source],
                replies: vec![],
                offers_human: true,
                ..message(3, Author::Bot, "It is on its way.")
            },
        ),
    ];
    for (command, message) in cases {
        let changes = decide(&desk, command, Timestamp(9_000)).unwrap();
        let [Change::Logged { entry, .. }] = &changes[..] else {
            panic!("{changes:?}");
        };
        assert_eq!(*entry, Entry::Message(message));
    }
}
