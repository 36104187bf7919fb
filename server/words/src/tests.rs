//! The sentences, told in English: the catalogue that every other one is translated from.

use protocol::{
    Answering, Author, Event, EventKind, Receipt, RequestVia, ReturnReason, Seq, SupervisorWish,
    WaitEstimate,
};
use serde_json::Value;

use super::queue::Wait;
use super::*;

/// English grammar, and times as tests can read them.
struct English;

impl Locale for English {
    fn ordinal(&self, number: u32) -> Category {
        match (number % 10, number % 100) {
            (1, tens) if tens != 11 => Category::One,
            (2, tens) if tens != 12 => Category::Two,
            (3, tens) if tens != 13 => Category::Few,
            _ => Category::Other,
        }
    }

    fn number(&self, number: usize) -> String {
        number.to_string()
    }

    fn time(&self, _: Timestamp) -> String {
        "10:42".into()
    }

    fn day_and_time(&self, _: Timestamp) -> String {
        "Monday 23 November, 18:00".into()
    }
}

fn english() -> Words {
    let catalogue = include_str!("../../../public/locales/en.json");
    let catalogue: Value = serde_json::from_str(catalogue).unwrap();
    let text = |name: &&str| {
        let (message, category) = name.split_once(':').unwrap_or((name, ""));
        let message = &catalogue["page"][message];
        let form = message.get(category).or_else(|| message.get("other"));
        form.unwrap_or(message).as_str().unwrap().to_owned()
    };
    Words::new(Key::NAMES.iter().map(text)).unwrap()
}

fn told(kind: &EventKind, has_bot: bool) -> String {
    let words = english();
    let speech = Speech {
        words: &words,
        locale: English,
    };
    speech.told(kind, has_bot).1.into_owned()
}

#[test]
fn a_catalogue_of_another_version_is_none() {
    let texts = || Key::NAMES.iter().map(|name| (*name).to_owned());
    assert!(Words::new(texts()).is_some());
    assert!(Words::new(texts().skip(1)).is_none());
    assert!(Words::new(texts().chain(["more".into()])).is_none());
}

#[test]
fn a_placeholder_is_filled_wherever_it_stands_and_a_value_is_never_read_as_one() {
    assert_eq!(
        fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]),
        "{b} and 2"
    );
    assert_eq!(fill("{a}{a}", &[("a", "x")]), "xx");
    assert_eq!(fill("no {c}.", &[("a", "x")]), "no .");
    assert_eq!(fill("{open", &[("open", "x")]), "{open");
    assert_eq!(fill("é{a}ß{", &[("a", "x")]), "éxß{");
    let pieces: Vec<Part<'_>> = parts("{place} · {wait}").collect();
    assert_eq!(
        pieces,
        [Part::Slot("place"), Part::Text(" · "), Part::Slot("wait")]
    );
}

#[test]
fn nobody_is_called_nothing_and_every_person_is_called_human() {
    let words = english();
    assert_eq!(words.person("Ana"), "Ana · human");
    assert_eq!(words.person(""), "A person · human");
    assert_eq!(words.author(&Author::Bot {}), "AI assistant");
    assert_eq!(words.author(&Author::Visitor {}), "You");
    assert_eq!(words.is_writing(&Author::Bot {}), "AI assistant is writing");
    let nameless = Author::Agent { name: "".into() };
    assert_eq!(words.is_writing(&nameless), "The person is writing");
    assert_eq!(
        words.has_conversation(true, Some("7")),
        "is a supervisor and has your conversation. No. 7."
    );
    assert_eq!(
        words.has_conversation(false, None),
        "has your conversation."
    );
}

#[test]
fn the_header_says_who_answers() {
    let words = english();
    let ana = Answering::Agent {
        name: "Ana".into(),
        lead: false,
    };
    assert_eq!(words.status(&ana, &[]).1, "Ana · human answers now");
    let nobody = Answering::Nobody { last: None };
    assert_eq!(words.status(&nobody, &[]).1, "A person answers here");
    let solved = Event {
        seq: Seq(1),
        at: Timestamp(0),
        kind: EventKind::Resolved {
            agent: "Ana".into(),
        },
    };
    assert_eq!(
        words.status(&nobody, &[solved]).1,
        "Solved. You can write again at any time"
    );
}

#[test]
fn the_log_tells_what_happened() {
    let receipt = Receipt(12);
    for (kind, has_bot, sentence) in [
        (
            EventKind::HumanRequested {
                receipt,
                via: RequestVia::Button,
            },
            true,
            "You asked for a person · No. 12",
        ),
        (
            EventKind::HumanRequested {
                receipt,
                via: RequestVia::Bot,
            },
            true,
            "The AI assistant asked for a person · No. 12",
        ),
        (
            EventKind::Taken {
                agent: "Ana".into(),
                lead: true,
            },
            true,
            "Ana · human is here, a supervisor",
        ),
        (
            EventKind::Returned {
                reason: ReturnReason::Vanished,
                agent: String::new(),
            },
            true,
            "The person had to go. You are back at the front of the line, with your time kept.",
        ),
        (EventKind::LeftQueue {}, false, "You left the line."),
        (
            EventKind::LeftQueue {},
            true,
            "You left the line. The AI assistant answers again.",
        ),
        (
            EventKind::CallbackPromised { by: Timestamp(0) },
            true,
            "No supervisor was free within three minutes. One will contact you by Monday 23 November, 18:00.",
        ),
    ] {
        assert_eq!(told(&kind, has_bot), sentence);
    }
}

#[test]
fn places_are_counted_as_the_language_counts() {
    let words = english();
    let speech = Speech {
        words: &words,
        locale: English,
    };
    for (position, sentence) in [
        (0, "You are next"),
        (1, "You are next"),
        (2, "2nd in line"),
        (3, "3rd in line"),
        (11, "11th in line"),
        (21, "21st in line"),
        (112, "112th in line"),
    ] {
        assert_eq!(speech.place(position), sentence);
    }
}

const WAIT: Wait<'_> = Wait {
    receipt: Some("7"),
    wait_ms: 0,
    estimate: None,
    on_duty: 1,
    next: None,
    is_kept: Some(true),
};

fn note(wait: &Wait<'_>) -> String {
    let words = english();
    let speech = Speech {
        words: &words,
        locale: English,
    };
    speech.queue_note(wait)
}

#[test]
fn the_note_promises_only_what_is_sure() {
    const KEPT: &str = "You keep your place if you close this page.";
    const LOST: &str = "Keep this page open: your browser keeps no data for this chat.";
    const HERE: &str = "Your request No. 7 is kept and does not run out; the answer comes here.";
    for (wait, sentences) in [
        (WAIT, ["", "No. 7.", KEPT]),
        (
            Wait {
                wait_ms: 180_000,
                ..WAIT
            },
            ["Still here.", "No. 7.", KEPT],
        ),
        (
            Wait {
                is_kept: None,
                receipt: None,
                ..WAIT
            },
            ["", "", "Your request is kept and does not run out."],
        ),
        (
            Wait {
                is_kept: Some(false),
                ..WAIT
            },
            ["", "No. 7.", LOST],
        ),
        (
            Wait { on_duty: 0, ..WAIT },
            ["Nobody is on duty right now.", HERE, ""],
        ),
        (
            Wait {
                on_duty: 0,
                next: Some(Timestamp(0)),
                is_kept: Some(false),
                ..WAIT
            },
            [
                "We are closed now. People are next here on Monday 23 November, 18:00.",
                HERE,
                LOST,
            ],
        ),
    ] {
        assert_eq!(note(&wait), joined(&sentences));
    }
}

/// The usual wait is what is told, until it has passed: then that is told.
#[test]
fn what_is_usual_is_told_in_minutes_and_never_too_narrow() {
    for (from_ms, to_ms, wait_ms, sentence) in [
        (119_000, 181_000, 0, "Usually 1 to 4 min."),
        (1_000, 59_000, 0, "Usually less than a minute."),
        (1_000, 240_000, 240_000, "Usually up to 4 min."),
        (120_000, 120_000, 0, "Usually about 2 min."),
        (1_000, 240_000, 240_001, "Longer than usual."),
    ] {
        let estimate = Some(WaitEstimate { from_ms, to_ms });
        let told = note(&Wait {
            estimate,
            wait_ms,
            ..WAIT
        });
        assert!(told.starts_with(&[sentence, " No. 7."].concat()), "{told}");
    }
}

/// L5: what is said of a supervisor is what is sure.
#[test]
fn a_wish_for_a_supervisor_is_told_as_it_stands() {
    let words = english();
    let speech = Speech {
        words: &words,
        locale: English,
    };
    let ana = Answering::Agent {
        name: "Ana".into(),
        lead: false,
    };
    let asked = |due: Option<i64>, answering, now| {
        let wish = SupervisorWish {
            since: Timestamp(0),
            due: due.map(Timestamp),
        };
        speech.supervisor_asked(wish, answering, Some(Timestamp(now)))
    };
    assert_eq!(
        asked(None, &ana, 1),
        "You asked for a supervisor at 10:42. Ana goes on helping you meanwhile."
    );
    let nobody = Answering::Nobody { last: None };
    assert_eq!(
        asked(None, &nobody, 1),
        "You asked for a supervisor at 10:42."
    );
    let start = "No supervisor was free within three minutes. One";
    for (now, end) in [
        (
            1,
            "will contact you by Monday 23 November, 18:00: here, or by email if we have your address.",
        ),
        (
            2,
            "was to contact you by Monday 23 November, 18:00. We are late.",
        ),
    ] {
        assert_eq!(asked(Some(1), &ana, now), joined(&[start, end]));
    }
}
