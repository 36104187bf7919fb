//! Every command in every state that a conversation can be in: each answer is written down here.

use super::*;

/// Everything that anybody may want of Mira's conversation. Ana has it, or had it, wherever an agent does.
pub fn every_command() -> Vec<Command> {
    vec![
        says(MIRA),
        asks(MIRA),
        asks_for_supervisor(MIRA),
        leaves(MIRA),
        chooses_bot(MIRA),
        ends(MIRA),
        bot_says(MIRA),
        bot_hands_over(MIRA),
        bot_fails(MIRA),
        takes(ANA, MIRA),
        replies(ANA, MIRA),
        resolves(ANA, MIRA),
        transfers(ANA, MIRA),
        begins(ANA, MIRA, "Your lamp"),
        takes(BEN, MIRA),
        replies(BEN, MIRA),
        resolves(BEN, MIRA),
        transfers(BEN, MIRA),
        begins(BEN, MIRA, "Your lamp"),
        goes_on_duty(ANA),
        goes_off_duty(ANA),
        vanishes(ANA),
        vanishes(BEN),
        has_no_supervisor(MIRA),
    ]
}

/// Checks one line of the table, `command | expected`, for each of [`every_command`], in that order.
#[track_caller]
pub fn check_every_command(desk: &Desk, table: &str) {
    let commands = every_command();
    let lines: Vec<_> = table.trim().lines().collect();
    assert_eq!(lines.len(), commands.len(), "one line for each command");
    for (command, line) in commands.into_iter().zip(lines) {
        let (name, expected) = line.split_once('|').unwrap();
        assert_eq!(name.trim(), text::command(&command));
        check(desk, command, expected.trim());
    }
}

#[test]
fn when_nothing_was_said_yet() {
    check_every_command(
        &after([]),
        "
        Mira writes                | Mira: visitor writes => Mira: bot
        Mira asks for a person     | Mira: request No. 1 of 9 s by button => Mira: queue No. 1 of 9 s
        Mira asks for a supervisor | Mira: request No. 1 of 9 s by button; Mira: a supervisor is wanted => Mira: queue No. 1 of 9 s, supervisor wanted at 9 s
        Mira leaves the line       | nothing
        Mira chooses the bot       | nothing
        Mira ends it               | nothing
        the bot writes to Mira     | Mira: bot writes => Mira: bot
        the bot hands over Mira    | Mira: request No. 1 of 9 s by bot => Mira: queue No. 1 of 9 s
        the bot fails Mira         | Mira: bot failed => Mira: bot
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
        Ana goes off duty          | Ana off duty => Ana off duty
        Ana vanishes               | Ana off duty => Ana off duty
        Ben vanishes               | Ben off duty => Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_the_bot_answers() {
    check_every_command(
        &after([says(MIRA), bot_says(MIRA)]),
        "
        Mira writes                | Mira: visitor writes => Mira: bot
        Mira asks for a person     | Mira: request No. 1 of 9 s by button => Mira: queue No. 1 of 9 s
        Mira asks for a supervisor | Mira: request No. 1 of 9 s by button; Mira: a supervisor is wanted => Mira: queue No. 1 of 9 s, supervisor wanted at 9 s
        Mira leaves the line       | nothing
        Mira chooses the bot       | nothing
        Mira ends it               | Mira: ended => Mira: nobody
        the bot writes to Mira     | Mira: bot writes => Mira: bot
        the bot hands over Mira    | Mira: request No. 1 of 9 s by bot => Mira: queue No. 1 of 9 s
        the bot fails Mira         | Mira: bot failed => Mira: bot
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
        Ana goes off duty          | Ana off duty => Mira: bot; Ana off duty
        Ana vanishes               | Ana off duty => Mira: bot; Ana off duty
        Ben vanishes               | Ben off duty => Mira: bot; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_the_shop_has_no_bot_and_nothing_was_said_yet() {
    check_every_command(
        &after_without_bot([]),
        "
        Mira writes                | Mira: request No. 1 of 9 s by message; Mira: visitor writes => Mira: queue No. 1 of 9 s, 1 unanswered
        Mira asks for a person     | Mira: request No. 1 of 9 s by button => Mira: queue No. 1 of 9 s
        Mira asks for a supervisor | Mira: request No. 1 of 9 s by button; Mira: a supervisor is wanted => Mira: queue No. 1 of 9 s, supervisor wanted at 9 s
        Mira leaves the line       | nothing
        Mira chooses the bot       | refused: NoAssistant
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
        Ana goes off duty          | Ana off duty => Ana off duty
        Ana vanishes               | Ana off duty => Ana off duty
        Ben vanishes               | Ben off duty => Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_it_waits() {
    check_every_command(
        &after([asks(MIRA)]),
        "
        Mira writes                | Mira: visitor writes => Mira: queue No. 1 of 1 s, 1 unanswered
        Mira asks for a person     | nothing
        Mira asks for a supervisor | Mira: a supervisor is wanted => Mira: queue No. 1 of 1 s, supervisor wanted at 9 s
        Mira leaves the line       | Mira: left the line => Mira: bot
        Mira chooses the bot       | Mira: left the line => Mira: bot
        Mira ends it               | Mira: ended => Mira: nobody
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | Mira: taken by Ana => Mira: Ana No. 1 of 1 s
        Ana writes to Mira         | refused: NotYours
        Ana resolves Mira          | refused: NotYours
        Ana transfers Mira         | refused: NotYours
        Ana drafts for Mira        | refused: NotYours
        Ben takes Mira             | Mira: taken by Ben => Mira: Ben No. 1 of 1 s
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | nothing
        Ana goes off duty          | Ana off duty => Mira: queue No. 1 of 1 s; Ana off duty
        Ana vanishes               | Ana off duty => Mira: queue No. 1 of 1 s; Ana off duty
        Ben vanishes               | Ben off duty => Mira: queue No. 1 of 1 s; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_it_waits_again_because_its_person_vanished() {
    check_every_command(
        &after([asks(MIRA), takes(ANA, MIRA), vanishes(ANA)]),
        "
        Mira writes                | Mira: visitor writes => Mira: queue No. 1 of 1 s goes first, 1 unanswered; Ana off duty
        Mira asks for a person     | nothing
        Mira asks for a supervisor | Mira: a supervisor is wanted => Mira: queue No. 1 of 1 s goes first, supervisor wanted at 9 s; Ana off duty
        Mira leaves the line       | Mira: left the line => Mira: bot; Ana off duty
        Mira chooses the bot       | Mira: left the line => Mira: bot; Ana off duty
        Mira ends it               | Mira: ended => Mira: nobody; Ana off duty
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | refused: OffDuty
        Ana writes to Mira         | refused: NotYours
        Ana resolves Mira          | refused: NotYours
        Ana transfers Mira         | refused: NotYours
        Ana drafts for Mira        | refused: NotYours
        Ben takes Mira             | Mira: taken by Ben => Mira: Ben No. 1 of 1 s; Ana off duty
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | Ana on duty => Mira: queue No. 1 of 1 s goes first
        Ana goes off duty          | nothing
        Ana vanishes               | nothing
        Ben vanishes               | Ben off duty => Mira: queue No. 1 of 1 s goes first; Ana off duty; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_an_agent_has_it() {
    check_every_command(
        &after([asks(MIRA), takes(ANA, MIRA)]),
        "
        Mira writes                | Mira: visitor writes => Mira: Ana No. 1 of 1 s, 1 unanswered
        Mira asks for a person     | nothing
        Mira asks for a supervisor | Mira: a supervisor is wanted => Mira: Ana No. 1 of 1 s, supervisor wanted at 9 s
        Mira leaves the line       | refused: NotWaiting
        Mira chooses the bot       | Mira: back to the bot => Mira: bot
        Mira ends it               | Mira: ended => Mira: nobody
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | nothing
        Ana writes to Mira         | Mira: Ana writes => Mira: Ana No. 1 of 1 s
        Ana resolves Mira          | Mira: resolved by Ana => Mira: nobody
        Ana transfers Mira         | Mira: transferred by Ana; Mira: passed by Ana => Mira: queue No. 1 of 1 s goes first
        Ana drafts for Mira        | Mira: Ana keeps a reply => Mira: Ana No. 1 of 1 s, a draft
        Ben takes Mira             | refused: HeldByAnother
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | nothing
        Ana goes off duty          | Ana off duty => Mira: Ana No. 1 of 1 s; Ana off duty
        Ana vanishes               | Mira: Ana vanished; Ana off duty => Mira: queue No. 1 of 1 s goes first; Ana off duty
        Ben vanishes               | Ben off duty => Mira: Ana No. 1 of 1 s; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_an_agent_has_it_who_went_off_duty() {
    check_every_command(
        &after([asks(MIRA), takes(ANA, MIRA), goes_off_duty(ANA)]),
        "
        Mira writes                | Mira: visitor writes => Mira: Ana No. 1 of 1 s, 1 unanswered; Ana off duty
        Mira asks for a person     | nothing
        Mira asks for a supervisor | Mira: a supervisor is wanted => Mira: Ana No. 1 of 1 s, supervisor wanted at 9 s; Ana off duty
        Mira leaves the line       | refused: NotWaiting
        Mira chooses the bot       | Mira: back to the bot => Mira: bot; Ana off duty
        Mira ends it               | Mira: ended => Mira: nobody; Ana off duty
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | nothing
        Ana writes to Mira         | Mira: Ana writes => Mira: Ana No. 1 of 1 s; Ana off duty
        Ana resolves Mira          | Mira: resolved by Ana => Mira: nobody; Ana off duty
        Ana transfers Mira         | Mira: transferred by Ana; Mira: passed by Ana => Mira: queue No. 1 of 1 s goes first; Ana off duty
        Ana drafts for Mira        | Mira: Ana keeps a reply => Mira: Ana No. 1 of 1 s, a draft; Ana off duty
        Ben takes Mira             | refused: HeldByAnother
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | Ana on duty => Mira: Ana No. 1 of 1 s
        Ana goes off duty          | nothing
        Ana vanishes               | Mira: Ana vanished => Mira: queue No. 1 of 1 s goes first; Ana off duty
        Ben vanishes               | Ben off duty => Mira: Ana No. 1 of 1 s; Ana off duty; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn when_it_is_solved_and_its_person_is_on_duty() {
    check_every_command(
        &after([asks(MIRA), takes(ANA, MIRA), resolves(ANA, MIRA)]),
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
fn when_it_is_solved_and_its_person_is_off_duty() {
    check_every_command(
        &after([
            asks(MIRA),
            takes(ANA, MIRA),
            resolves(ANA, MIRA),
            goes_off_duty(ANA),
        ]),
        "
        Mira writes                | Mira: reopened; Mira: request No. 2 of 9 s by reopening; Mira: visitor writes => Mira: queue No. 2 of 9 s, 1 unanswered, for Ana; Ana off duty
        Mira asks for a person     | Mira: reopened; Mira: request No. 2 of 9 s by button => Mira: queue No. 2 of 9 s, for Ana; Ana off duty
        Mira asks for a supervisor | Mira: reopened; Mira: request No. 2 of 9 s by button; Mira: a supervisor is wanted => Mira: queue No. 2 of 9 s, supervisor wanted at 9 s, for Ana; Ana off duty
        Mira leaves the line       | refused: NotWaiting
        Mira chooses the bot       | Mira: back to the bot => Mira: bot; Ana off duty
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
        Ana goes on duty           | Ana on duty => Mira: nobody
        Ana goes off duty          | nothing
        Ana vanishes               | nothing
        Ben vanishes               | Ben off duty => Mira: nobody; Ana off duty; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}
