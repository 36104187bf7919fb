//! How the beginning of the agents' page looks to whom.

use protocol::{CaseHolder, ConversationId, Counts, Receipt, Role, Seq, SupervisorWish};

use super::*;
use crate::service::AgentGreeting;
use crate::service::Beginning;

fn waiting(number: u64) -> Case {
    Case {
        receipt: Some(Receipt(number)),
        since: Some(Timestamp(number as i64 * 1_000)),
        ..Case::bare(ConversationId(number.into()), CaseHolder::Queue {}, Seq(1))
    }
}

fn greeting(cases: Vec<Case>, role: Role) -> AgentGreeting {
    let waiting = u32::try_from(cases.len()).unwrap();
    AgentGreeting {
        name: "Ana".into(),
        on_duty: true,
        load: 0,
        role,
        most: 3,
        lists: Beginning {
            cases,
            rest: vec![],
            counts: Counts { waiting, held: 0 },
            newest: None,
        },
        lapsed: vec![],
    }
}

fn look(greeting: &AgentGreeting) -> String {
    let look = FirstLook {
        site: "Shop",
        greeting,
        staff: &StaffList::default(),
        now: Timestamp(100_000),
        refused: "",
    };
    look.markup().into_string()
}

/// The numbers of the lines, from above.
fn lines(html: &str) -> Vec<u64> {
    let numbers = html.split("Visitor · No. ").skip(1);
    let number = |rest: &str| rest.split('<').next()?.trim().parse().ok();
    numbers.filter_map(number).collect()
}

#[test]
fn the_longest_wait_comes_first_and_whoever_goes_before_it() {
    let mut cases: Vec<Case> = [3, 1, 4, 2].into_iter().map(waiting).collect();
    cases[2].priority = true;
    let html = look(&greeting(cases, Role::Agent));
    assert_eq!(lines(&html), [4, 1, 2, 3]);
    assert!(html.contains("came back to the line"), "{html}");
    // The first of them is drawn as that.
    let first = html.split("data-first").nth(1).unwrap();
    assert_eq!(lines(first)[0], 4);
}

/// L5: whoever wants a supervisor stands before all others, for those who are one.
#[test]
fn a_lead_sees_first_who_wants_a_supervisor_and_an_agent_does_not() {
    let wanted = Case {
        holder: CaseHolder::Other { name: "Ben".into() },
        supervisor: Some(SupervisorWish {
            since: Timestamp(90_000),
            due: None,
        }),
        ..waiting(9)
    };
    let cases = vec![waiting(1), wanted];
    let html = look(&greeting(cases.clone(), Role::Lead));
    assert_eq!(lines(&html), [9, 1]);
    // What they wait for is the supervisor.
    assert!(html.contains(">0:10<"), "{html}");
    let html = look(&greeting(cases, Role::Agent));
    assert_eq!(lines(&html), [1]);
}

#[test]
fn there_are_as_many_lines_as_a_screen_has_room_for_and_the_count_of_all() {
    let mut greeting = greeting((1..=150).map(waiting).collect(), Role::Agent);
    greeting.lists.counts.waiting = 10_000;
    let html = look(&greeting);
    assert_eq!(lines(&html).len(), LINES);
    assert!(html.contains(">10000</span>"), "{html}");
    assert!(html.contains("entries-window long"), "{html}");
}

/// S1.
#[test]
fn names_and_what_visitors_write_are_text() {
    let case = Case {
        preview: "<img src=x onerror=alert(1)>".into(),
        ..waiting(1)
    };
    let mut greeting = greeting(vec![case], Role::Agent);
    greeting.name = "<b>Ana</b>".into();
    let html = look(&greeting);
    assert!(!html.contains("<img") && !html.contains("<b>"), "{html}");
    assert!(html.contains("&lt;img src=x"), "{html}");
}

#[test]
fn it_takes_the_place_of_what_the_built_page_begins_with() {
    let built = "<head>x</head>\n<body>\n<div id=\"opening\">…</div>\n</body>\n</html>";
    let begun = begin(built, &html! { p { "here" } });
    assert_eq!(begun, "<head>x</head>\n<body><p>here</p></body>\n</html>");
}
