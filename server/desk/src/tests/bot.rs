//! The assistant is a guest (G7): what it may do, and that it is silent as soon as a person is wanted.

use super::*;

#[test]
fn the_bot_hands_over_at_once_and_only_once() {
    let desk = after([says(MIRA), bot_hands_over(MIRA)]);
    check(&desk, bot_hands_over(MIRA), "refused: NotTheBotsTurn");
    check(
        &desk,
        takes(ANA, MIRA),
        "Mira: taken by Ana => Mira: Ana No. 1 of 2 s",
    );
}

#[test]
fn an_answer_that_comes_after_the_press_is_not_said() {
    let desk = after([says(MIRA), asks(MIRA)]);
    check(&desk, bot_says(MIRA), "refused: NotTheBotsTurn");
}

#[test]
fn a_failure_leaves_the_button_working() {
    let desk = after([says(MIRA), bot_fails(MIRA), bot_fails(MIRA)]);
    check(
        &desk,
        asks(MIRA),
        "Mira: request No. 1 of 9 s by button => Mira: queue No. 1 of 9 s",
    );
}

#[test]
fn the_bot_never_gets_a_conversation_back_by_the_end() {
    let desk = after([asks(MIRA), takes(ANA, MIRA), resolves(ANA, MIRA)]);
    check(&desk, bot_says(MIRA), "refused: NotTheBotsTurn");
    let reopened = play(desk, [says(MIRA)]);
    check(&reopened, bot_says(MIRA), "refused: NotTheBotsTurn");
}
