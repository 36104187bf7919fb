//! What a bare line means because somebody has asked for it.

use protocol::FactKind::{Asked, Name, Reason};

use super::log::{VALUES, found};

#[test]
fn a_bare_answer_is_understood_by_its_question() {
    found(
        &[
            (
                "agent",
                "May I have your username, email address and order ID please?",
            ),
            ("visitor", "cminh730"),
            ("visitor", "cminh730@email.com"),
            ("visitor", "3348917502"),
        ],
        VALUES,
        &["cminh730@email.com", "cminh730", "3348917502"],
    );
    found(
        &[
            ("bot", "¿Cuál es su nombre y su código postal?"),
            ("visitor", "Lucía Gil, 28013"),
        ],
        VALUES,
        &["Lucía Gil", "28013"],
    );
    found(
        &[
            ("agent", "May I have your name?"),
            ("agent", "And your phone number?"),
            ("visitor", "Will van An\n0171 1234567"),
        ],
        VALUES,
        &["Will van An", "0171 1234567"],
    );
}

#[test]
fn an_answer_that_is_none_is_not_taken_for_one() {
    for answer in [
        "no",
        "why?",
        "one moment please",
        "no worries",
        "I don't know",
        "great",
        "not sure",
        "Tak, chwilę",
        "weiß ich nicht",
        "no lo sé",
    ] {
        found(
            &[
                ("agent", "May I have your name please?"),
                ("visitor", answer),
            ],
            VALUES,
            &[],
        );
    }
}

#[test]
fn a_question_is_open_until_another_one_is_asked() {
    found(
        &[
            ("agent", "May I have your name?"),
            ("visitor", "why?"),
            ("agent", "To find your account."),
            ("visitor", "Crystal Minh"),
        ],
        &[Name],
        &["Crystal Minh"],
    );
    found(
        &[
            ("agent", "May I have your name?"),
            ("visitor", "why?"),
            ("agent", "Never mind. What colour is it?"),
            ("visitor", "Dark Green"),
        ],
        &[Name],
        &[],
    );
}

#[test]
fn what_was_masked_is_no_answer_either() {
    found(
        &[
            ("agent", "What is your account number?"),
            ("visitor", "[account ending 3000 removed]"),
        ],
        VALUES,
        &[],
    );
}

#[test]
fn a_reason_is_what_answers_the_question_for_it() {
    let log = [
        ("agent", "thanks, may I ask the reason for the return?"),
        ("visitor", "I got the wrong size."),
    ];
    found(&log, &[Reason], &["I got the wrong size"]);
    found(&log, &[Asked], &[]);
}
