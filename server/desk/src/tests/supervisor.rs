//! L5: a visitor who is not content asks for a supervisor in the same conversation. Nobody loses a place by it, the wish
//! outlives whatever happens but an answer, and at every moment one person has the conversation (G3).

use super::holders::check_every_command;
use super::*;

fn wanted_from_ana() -> [Command; 3] {
    [asks(MIRA), takes(ANA, MIRA), asks_for_supervisor(MIRA)]
}

#[test]
fn when_an_agent_has_it_and_a_supervisor_is_wanted() {
    check_every_command(
        &after(wanted_from_ana()),
        "
        Mira writes                | Mira: visitor writes => Mira: Ana No. 1 of 1 s, 1 unanswered, supervisor wanted at 3 s
        Mira asks for a person     | nothing
        Mira asks for a supervisor | nothing
        Mira leaves the line       | refused: NotWaiting
        Mira chooses the bot       | Mira: back to the bot => Mira: bot
        Mira ends it               | Mira: ended => Mira: nobody, supervisor wanted at 3 s
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | nothing
        Ana writes to Mira         | Mira: Ana writes => Mira: Ana No. 1 of 1 s, supervisor wanted at 3 s
        Ana resolves Mira          | Mira: resolved by Ana => Mira: nobody, supervisor wanted at 3 s
        Ana transfers Mira         | Mira: transferred by Ana; Mira: passed by Ana => Mira: queue No. 1 of 1 s goes first, supervisor wanted at 3 s
        Ana drafts for Mira        | Mira: Ana keeps a reply => Mira: Ana No. 1 of 1 s, a draft, supervisor wanted at 3 s
        Ben takes Mira             | Mira: taken by Ben, a supervisor => Mira: Ben No. 1 of 1 s
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | nothing
        Ana goes off duty          | Ana off duty => Mira: Ana No. 1 of 1 s, supervisor wanted at 3 s; Ana off duty
        Ana vanishes               | Mira: Ana vanished; Ana off duty => Mira: queue No. 1 of 1 s goes first, supervisor wanted at 3 s; Ana off duty
        Ben vanishes               | Ben off duty => Mira: Ana No. 1 of 1 s, supervisor wanted at 3 s; Ben off duty
        Mira has no supervisor     | Mira: a call-back by 60 s => Mira: Ana No. 1 of 1 s, supervisor wanted at 3 s, due at 60 s
        ",
    );
}

#[test]
fn when_it_waits_and_a_supervisor_is_wanted() {
    check_every_command(
        &after([asks(MIRA), asks_for_supervisor(MIRA)]),
        "
        Mira writes                | Mira: visitor writes => Mira: queue No. 1 of 1 s, 1 unanswered, supervisor wanted at 2 s
        Mira asks for a person     | nothing
        Mira asks for a supervisor | nothing
        Mira leaves the line       | Mira: left the line => Mira: bot
        Mira chooses the bot       | Mira: left the line => Mira: bot
        Mira ends it               | Mira: ended => Mira: nobody, supervisor wanted at 2 s
        the bot writes to Mira     | refused: NotTheBotsTurn
        the bot hands over Mira    | refused: NotTheBotsTurn
        the bot fails Mira         | refused: NotTheBotsTurn
        Ana takes Mira             | Mira: taken by Ana => Mira: Ana No. 1 of 1 s, supervisor wanted at 2 s
        Ana writes to Mira         | refused: NotYours
        Ana resolves Mira          | refused: NotYours
        Ana transfers Mira         | refused: NotYours
        Ana drafts for Mira        | refused: NotYours
        Ben takes Mira             | Mira: taken by Ben, a supervisor => Mira: Ben No. 1 of 1 s
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | nothing
        Ana goes off duty          | Ana off duty => Mira: queue No. 1 of 1 s, supervisor wanted at 2 s; Ana off duty
        Ana vanishes               | Ana off duty => Mira: queue No. 1 of 1 s, supervisor wanted at 2 s; Ana off duty
        Ben vanishes               | Ben off duty => Mira: queue No. 1 of 1 s, supervisor wanted at 2 s; Ben off duty
        Mira has no supervisor     | Mira: a call-back by 60 s => Mira: queue No. 1 of 1 s, supervisor wanted at 2 s, due at 60 s
        ",
    );
}

#[test]
fn when_it_was_marked_as_solved_and_a_supervisor_is_wanted_all_the_same() {
    let mut story = wanted_from_ana().to_vec();
    story.extend([has_no_supervisor(MIRA), resolves(ANA, MIRA)]);
    check_every_command(
        &after(story),
        "
        Mira writes                | Mira: reopened to Ana; Mira: request No. 2 of 9 s by reopening; Mira: visitor writes => Mira: Ana No. 2 of 9 s, 1 unanswered, supervisor wanted at 3 s, due at 60 s
        Mira asks for a person     | Mira: reopened; Mira: request No. 2 of 9 s by button => Mira: queue No. 2 of 9 s, supervisor wanted at 3 s, due at 60 s, for Ana
        Mira asks for a supervisor | nothing
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
        Ben takes Mira             | Mira: reopened to Ben; Mira: request No. 2 of 9 s by reopening; Mira: taken by Ben, a supervisor => Mira: Ben No. 2 of 9 s
        Ben writes to Mira         | refused: NotYours
        Ben resolves Mira          | refused: NotYours
        Ben transfers Mira         | refused: NotYours
        Ben drafts for Mira        | refused: NotYours
        Ana goes on duty           | nothing
        Ana goes off duty          | Ana off duty => Mira: nobody, supervisor wanted at 3 s, due at 60 s; Ana off duty
        Ana vanishes               | Ana off duty => Mira: nobody, supervisor wanted at 3 s, due at 60 s; Ana off duty
        Ben vanishes               | Ben off duty => Mira: nobody, supervisor wanted at 3 s, due at 60 s; Ben off duty
        Mira has no supervisor     | nothing
        ",
    );
}

#[test]
fn a_supervisor_who_has_it_is_there_already() {
    let desk = after([asks(MIRA), takes(BEN, MIRA)]);
    check(&desk, asks_for_supervisor(MIRA), "nothing");
    check(&desk, has_no_supervisor(MIRA), "nothing");
    // Whoever is not one cannot take it back either.
    check(&desk, takes(ANA, MIRA), "refused: HeldByAnother");
}

#[test]
fn a_supervisor_who_is_not_asked_for_takes_nothing_out_of_anybodys_hands() {
    let desk = after([asks(MIRA), takes(ANA, MIRA)]);
    check(&desk, takes(BEN, MIRA), "refused: HeldByAnother");
    let answered = play(desk, [asks_for_supervisor(MIRA), takes(BEN, MIRA)]);
    let back = play(answered, [transfers(BEN, MIRA), takes(ANA, MIRA)]);
    check(&back, takes(BEN, MIRA), "refused: HeldByAnother");
    // The next wish is a new one.
    check(
        &back,
        asks_for_supervisor(MIRA),
        "Mira: a supervisor is wanted => Mira: Ana No. 1 of 1 s, supervisor wanted at 9 s",
    );
}

#[test]
fn a_supervisor_off_duty_takes_nothing() {
    let mut desk = after(wanted_from_ana());
    desk = play(desk, [goes_off_duty(BEN)]);
    check(&desk, takes(BEN, MIRA), "refused: OffDuty");
    let solved = play(desk, [resolves(ANA, MIRA)]);
    check(&solved, takes(BEN, MIRA), "refused: OffDuty");
}

#[test]
fn an_agent_who_became_a_supervisor_meanwhile_ends_the_wish_by_taking_it() {
    let mut desk = after(wanted_from_ana());
    desk.employ(ANA, on_duty("Ana", Role::Lead));
    check(
        &desk,
        takes(ANA, MIRA),
        "Mira: taken by Ana, a supervisor => Mira: Ana No. 1 of 1 s",
    );
}

/// What was begun for the visitor is theirs who answers next, as after a transfer.
#[test]
fn a_supervisor_finds_what_the_one_before_had_begun() {
    let mut story = wanted_from_ana().to_vec();
    story.push(begins(ANA, MIRA, "Your lamp"));
    check(
        &after(story),
        takes(BEN, MIRA),
        "Mira: taken by Ben, a supervisor => Mira: Ben No. 1 of 1 s, a draft",
    );
}

#[test]
fn the_wish_outlives_everything_but_an_answer_and_the_visitors_own_word() {
    let mut desk = after(wanted_from_ana());
    for happens in [
        resolves(ANA, MIRA),
        says(MIRA),
        transfers(ANA, MIRA),
        takes(ANA, MIRA),
        vanishes(ANA),
        has_no_supervisor(MIRA),
    ] {
        desk = play(desk, [happens]);
        assert!(desk.conversation(MIRA).unwrap().supervisor.is_some());
    }
    check(
        &desk,
        leaves(MIRA),
        "Mira: left the line => Mira: bot; Ana off duty",
    );
    // There it is asked for anew, and a person with it.
    check(
        &play(desk, [leaves(MIRA)]),
        asks_for_supervisor(MIRA),
        "Mira: request No. 3 of 9 s by button; Mira: a supervisor is wanted \
         => Mira: queue No. 3 of 9 s, supervisor wanted at 9 s; Ana off duty",
    );
}

#[test]
fn what_wants_a_supervisor_stands_in_their_lists_even_when_it_is_solved() {
    let reads = |desk: &Desk, agent| desk.listed_for(agent, MIRA).is_some();
    let mut desk = after([asks(MIRA), takes(ANA, MIRA)]);
    assert!(reads(&desk, BEN), "what a person has");
    desk = play(desk, [asks_for_supervisor(MIRA)]);
    assert!(reads(&desk, BEN) && reads(&desk, ANA));
    desk = play(desk, [resolves(ANA, MIRA)]);
    assert!(reads(&desk, BEN) && !reads(&desk, ANA));
    desk = play(desk, [takes(BEN, MIRA), resolves(BEN, MIRA)]);
    assert!(!reads(&desk, BEN) && !reads(&desk, ANA));
}
