//! L5: asking for a supervisor, and what has come of it.

use protocol::SupervisorWish;

use super::*;
use crate::hours::HoursText;

const ASK: &str = "<p id=\"supervisor-ask\"><button class=\"button button-quiet\" form=\"composer\" name=\"act\" value=\"supervisor\">Ask for a supervisor</button></p>";

const HIDDEN: &str = "<p id=\"supervisor-ask\" hidden>";

fn with_wish(mut sample: Sample, since_ms: i64, due: Option<Timestamp>) -> Sample {
    let state = &mut sample.standing.as_mut().unwrap().state;
    state.supervisor = Some(SupervisorWish {
        since: Timestamp(BEGAN.0 + since_ms),
        due,
    });
    sample
}

/// L5, G1: beside the person, the place in line and the way back to a person, and never in place of them.
#[test]
fn a_supervisor_can_be_asked_for_wherever_a_person_was() {
    let resolved = EventKind::Resolved {
        agent: "Ana".into(),
    };
    let ended = Answering::Nobody {
        last: Some("Ana".into()),
    };
    let is_lead = Answering::Agent {
        name: "Ben".into(),
        lead: true,
    };
    check(
        &Sample::of(standing(ana(), vec![asked()])),
        &["<p class=\"card-title\">Ana · human</p>", ASK],
    );
    check(&Sample::waiting(1, 1, BEGAN), &["You are next", ASK]);
    check(
        &Sample::of(standing(ended, vec![asked(), resolved])),
        &["class=\"human-please\"", ASK],
    );
    for (page, shows) in [
        (
            Sample::of(standing(Answering::Bot {}, vec![asked()])),
            "class=\"human-please\"",
        ),
        (
            Sample::of(standing(is_lead, vec![asked()])),
            "is a supervisor and has your conversation.",
        ),
    ] {
        check(&page, &[shows, HIDDEN]);
    }
}

/// L5, G6: what has come of it, as it is.
#[test]
fn a_wish_for_a_supervisor_is_told_as_it_stands() {
    let with_ana = || Sample::of(standing(ana(), vec![asked()]));
    check(
        &with_wish(with_ana(), -600_000, None),
        &[
            HIDDEN,
            "<p id=\"supervisor-asked\" role=\"status\">You asked for a supervisor at 10:21 UTC. Ana goes on helping you meanwhile.</p>",
        ],
    );
    check(
        &with_wish(Sample::waiting(1, 1, BEGAN), 0, None),
        &["You asked for a supervisor at 10:31 UTC.</p>"],
    );
    // 2026-11-21 17:00 UTC.
    let due = Timestamp(1_795_280_400_000);
    let promised = || with_wish(with_ana(), -200_000, Some(due));
    check(
        &promised(),
        &[
            "No supervisor was free within three minutes. One will contact you by Saturday 21 November, 17:00 UTC: here, or by email if we have your address.",
            "<div class=\"contact-ask\" id=\"contact-ask\"><label",
        ],
    );
    let mut by_email = promised();
    let state = &mut by_email.standing.as_mut().unwrap().state;
    state.contact = Some("sam@example.org".into());
    let hours = HoursText {
        time_zone: "Europe/Madrid".into(),
        week: "daily 09:00-18:00".into(),
        exceptions: vec![],
    };
    by_email.hours = Some(hours.parse().unwrap());
    check(
        &by_email,
        &[
            "by Saturday 21 November, 18:00 (Europe/Madrid): here, or by email if we have your address.</p>",
            "<div class=\"contact-ask\" id=\"contact-ask\" hidden>",
        ],
    );
    check(
        &with_wish(with_ana(), -200_000, Some(Timestamp(BEGAN.0 - 1))),
        &[
            "No supervisor was free within three minutes. One was to contact you by Saturday 21 November, 10:31 UTC. We are late.",
        ],
    );
}

/// L5, R15: its lines of the log, and one of a newer version.
#[test]
fn what_happens_about_a_supervisor_is_in_the_log() {
    let by = Timestamp(1_795_280_400_000);
    let taken = EventKind::Taken {
        agent: "Ben".into(),
        lead: true,
    };
    let kinds = vec![
        asked(),
        EventKind::SupervisorRequested {},
        EventKind::CallbackPromised { by },
        taken,
        EventKind::Unknown {},
    ];
    check(
        &Sample::of(standing(Answering::Bot {}, kinds)),
        &[
            "data-event=\"supervisor_requested\"><p>You asked for a supervisor</p>",
            "data-event=\"callback_promised\"><p>No supervisor was free within three minutes. One will contact you by Saturday 21 November, 17:00 UTC.</p>",
            "data-event=\"taken\"><p>Ben · human is here, a supervisor</p>",
            "data-event=\"unknown\"><p>Something happened that this page cannot show<",
        ],
    );
}
