//! G5: back to the assistant only when the visitor says so; and the visitor's own end, after which everything can go on as
//! after a person's.

use super::holders::check_every_command;
use super::*;

#[test]
fn when_its_visitor_has_ended_it_with_a_person() {
    check_every_command(
        &after([asks(MIRA), takes(ANA, MIRA), ends(MIRA)]),
        "
        Mira writes                | Mira: reopened to Ana; Mira: request No. 2 of 9 s by reopening; Mira: visitor writes => Mira: Ana No. 2 of 9 s, 1 unanswered
        Mira asks for a person     | Mira: reopened; Mira: request No. 2 of 9 s by button => Mira: queue No. 2 of 9 s, for Ana
        Mira asks for a supervisor | Mira: reopened; Mira: request No. 2 of 9 s by button; Mira: a supervisor is wanted => Mira: queue No. 2 of 9 s, supervisor wanted at 9 s, for Ana
        Mira leaves the line       | refused: NotWaiting
        Mira chooses the bot       | Mira: back to the bot => Mira: bot
        Mira ends it               | nothing
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | refused: NotWaiting
        Ana writes to Mira         | refused: NotYours
        Ana resolves Mira          | refused: NotYours
        Ana transfers Mira         | refused: NotYours
        Ana drafts for Mira        | refused: NotYours
        Ben takes Mira             | refused: NotWaiting
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | nothing
        Ana goes off duty          | Ana off duty => Mira: nobody; Ana off duty
        Ana vanishes               | Ana off duty => Mira: nobody; Ana off duty
        Ben vanishes               | Ben off duty => Mira: nobody; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_its_visitor_has_ended_it_with_the_bot() {
    check_every_command(
        &after([says(MIRA), bot_says(MIRA), ends(MIRA)]),
        "
        Mira writes                | Mira: reopened; Mira: visitor writes => Mira: bot
        Mira asks for a person     | Mira: request No. 1 of 9 s by button => Mira: queue No. 1 of 9 s
        Mira asks for a supervisor | Mira: request No. 1 of 9 s by button; Mira: a supervisor is wanted => Mira: queue No. 1 of 9 s, supervisor wanted at 9 s
        Mira leaves the line       | nothing
        Mira chooses the bot       | Mira: back to the bot => Mira: bot
        Mira ends it               | nothing
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | refused: NotWaiting
        Ana writes to Mira         | refused: NotYours
        Ana resolves Mira          | refused: NotYours
        Ana transfers Mira         | refused: NotYours
        Ana drafts for Mira        | refused: NotYours
        Ben takes Mira             | refused: NotWaiting
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | nothing
        Ana goes off duty          | Ana off duty => Mira: nobody; Ana off duty
        Ana vanishes               | Ana off duty => Mira: nobody; Ana off duty
        Ben vanishes               | Ben off duty => Mira: nobody; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn an_end_in_line_gives_up_the_place_and_no_one_elses() {
    let desk = after([asks(MIRA), asks(NOAH)]);
    check(
        &desk,
        ends(MIRA),
        "Mira: ended => Mira: nobody; Noah: queue No. 2 of 2 s",
    );
    let desk = play(desk, [ends(MIRA)]);
    // No person had it yet.
    check(
        &desk,
        says(MIRA),
        "Mira: reopened; Mira: visitor writes => Mira: bot; Noah: queue No. 2 of 2 s",
    );
    check(
        &desk,
        asks(MIRA),
        "Mira: request No. 3 of 9 s by button \
         => Mira: queue No. 3 of 9 s; Noah: queue No. 2 of 2 s; line: Noah Mira",
    );
}

#[test]
fn after_an_end_without_an_assistant_the_next_message_waits_for_a_person() {
    let desk = after_without_bot([says(MIRA), ends(MIRA)]);
    check(
        &desk,
        says(MIRA),
        "Mira: request No. 2 of 9 s by message; Mira: visitor writes \
         => Mira: queue No. 2 of 9 s, 1 unanswered",
    );
    check(&desk, chooses_bot(MIRA), "refused: NoAssistant");
}

/// L5: what was promised for the day is owed, also to somebody who has ended the conversation meanwhile.
#[test]
fn an_end_takes_back_no_wish_for_a_supervisor() {
    let story = [
        asks(MIRA),
        asks_for_supervisor(MIRA),
        has_no_supervisor(MIRA),
    ];
    let desk = after(story);
    check(
        &desk,
        ends(MIRA),
        "Mira: ended => Mira: nobody, supervisor wanted at 2 s, due at 60 s",
    );
    let desk = play(desk, [ends(MIRA)]);
    check(
        &desk,
        takes(BEN, MIRA),
        "Mira: reopened to Ben; Mira: request No. 2 of 9 s by reopening; Mira: taken by Ben, a supervisor \
         => Mira: Ben No. 2 of 9 s",
    );
    // The bot gets nothing that a person is owed for.
    check(
        &desk,
        says(MIRA),
        "Mira: request No. 2 of 9 s by message; Mira: visitor writes \
         => Mira: queue No. 2 of 9 s, 1 unanswered, supervisor wanted at 2 s, due at 60 s",
    );
    // The visitor's own word for the assistant takes it back.
    check(
        &desk,
        chooses_bot(MIRA),
        "Mira: back to the bot => Mira: bot",
    );
}

#[test]
fn who_went_back_to_the_bot_is_answered_by_it_until_they_ask_for_a_person_anew() {
    let desk = after([asks(MIRA), takes(ANA, MIRA), says(MIRA), chooses_bot(MIRA)]);
    check(&desk, says(MIRA), "Mira: visitor writes => Mira: bot");
    check(&desk, bot_says(MIRA), "Mira: bot writes => Mira: bot");
    check(&desk, replies(ANA, MIRA), "refused: NotYours");
    check(
        &desk,
        asks(MIRA),
        "Mira: request No. 2 of 9 s by button => Mira: queue No. 2 of 9 s",
    );
}

#[test]
fn a_site_whose_bot_was_removed_gives_nothing_back_to_it() {
    let mut desk = after([asks(MIRA), takes(ANA, MIRA)]);
    desk.has_bot = false;
    check(&desk, chooses_bot(MIRA), "refused: NoAssistant");
    let solved = play(desk, [resolves(ANA, MIRA)]);
    check(&solved, chooses_bot(MIRA), "refused: NoAssistant");
}

/// What was begun for the visitor is there if they come back.
#[test]
fn a_begun_reply_outlives_an_end_and_a_choice_that_are_the_visitors() {
    let drafted = [asks(MIRA), takes(ANA, MIRA), begins(ANA, MIRA, "Your lamp")];
    let desk = after(drafted);
    check(&desk, ends(MIRA), "Mira: ended => Mira: nobody, a draft");
    check(
        &desk,
        chooses_bot(MIRA),
        "Mira: back to the bot => Mira: bot, a draft",
    );
}
