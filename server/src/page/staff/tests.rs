//! The pages of staff: what is typed stays text, what is wrong is told beside its field, and each page says where it is.

use protocol::{AgentId, Language, Role, TeamId, Timestamp, TopicId};

use super::*;
use crate::store::{Audited, NewCannedReply, SiteId, TopicPlan};

/// What would run, load or close something if it were markup.
const HOSTILE: &str =
    "\"'><img src=x onerror=alert(1)><script>alert(2)</script></textarea></select></title>&amp;";

fn person(name: &str) -> StoredAgent {
    StoredAgent {
        id: AgentId(7),
        site: SiteId(1),
        email: "ana@shop.example".into(),
        name: name.into(),
        password: String::new(),
        on_duty: true,
        role: Role::Agent,
        most: 4,
        languages: [Language::of("es").unwrap()].into(),
        teams: [TeamId(1)].into(),
        skills: [TopicId(1)].into(),
    }
}

fn set_up(text: &str) -> SetUp {
    SetUp {
        people: vec![person(text)],
        teams: vec![Team {
            id: TeamId(1),
            name: text.into(),
        }],
        topics: vec![Topic {
            id: TopicId(1),
            plan: TopicPlan {
                name: text.into(),
                words: vec![text.into()],
                team: Some(TeamId(1)),
            },
        }],
        replies: vec![CannedReply {
            id: 1,
            reply: NewCannedReply {
                shortcut: text.into(),
                language: None,
                text: text.into(),
            },
        }],
    }
}

fn page(viewer: &str, title: &str, here: Here, problems: &Problems, main: &Markup) -> String {
    let viewer = Viewer {
        name: viewer,
        role: Role::Admin,
        site: viewer,
    };
    StaffPage {
        viewer,
        here,
        title,
        done: None,
        problems,
    }
    .around(main)
}

/// S1, S14: no page makes markup of what people have typed, wherever it stands.
#[test]
fn whatever_is_typed_stays_text() {
    let set_up = set_up(HOSTILE);
    let (person, none) = (&set_up.people[0], Problems::default());
    let problems = Problems::one(teams::NAME, HOSTILE);
    let reply = replies::Typed {
        shortcut: HOSTILE.into(),
        language: HOSTILE.into(),
        text: HOSTILE.into(),
    };
    let team = teams::Typed {
        name: HOSTILE.into(),
        members: vec![HOSTILE.into()],
    };
    let topic = topics::Typed {
        name: HOSTILE.into(),
        words: HOSTILE.into(),
        team: HOSTILE.into(),
    };
    let invited = people::Invited {
        email: HOSTILE.into(),
        name: HOSTILE.into(),
        role: HOSTILE.into(),
    };
    let abilities = people::Abilities {
        languages: vec![HOSTILE.into()],
        teams: vec![HOSTILE.into()],
        skills: vec![HOSTILE.into()],
    };
    let asked = work::Chooser {
        agent: Some(HOSTILE.into()),
        from: HOSTILE.into(),
        to: HOSTILE.into(),
        chosen: String::new(),
    };
    let long = HOSTILE.repeat(10);
    let entry = |text: &str| Audited {
        id: 1,
        at: Timestamp(0),
        by: text.into(),
        what: text.into(),
        about: text.into(),
        before: text.into(),
        after: text.into(),
    };
    let entries = [entry(HOSTILE), entry(&long)];
    for main in [
        replies::list(&set_up.replies),
        replies::fields(&reply, &problems),
        teams::list(&set_up),
        teams::fields(&team, &problems, &set_up.people),
        topics::list(&set_up),
        topics::fields(&topic, &problems, &set_up.teams),
        people::list(&set_up, &[], Role::Admin),
        people::person(person, &abilities, HOSTILE, &set_up, Role::Admin, &problems),
        people::invite(&invited, &problems),
        people::link(HOSTILE, HOSTILE),
        changes::list(&entries, Some(1), false),
        account::page(person, &problems),
        work::chooser(&asked, &problems),
        confirm(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    ] {
        let html = page(HOSTILE, HOSTILE, Here::Elsewhere, &problems, &main);
        assert!(!html.contains("<img"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</title>").count(), 1);
        assert_eq!(html.matches("<h1>").count(), 1);
        assert!(html.contains("&lt;img"), "it is there, as text");
        let quiet = page("Ana", "Title", Here::Elsewhere, &none, &main);
        assert!(!quiet.contains("<img"), "{quiet}");
    }
}

/// A9, A4: each problem is told in a list with ways to the fields, and again beside each field, which it describes.
#[test]
fn what_is_wrong_is_told_beside_its_field_and_what_was_typed_is_kept() {
    let mut problems = Problems::one(replies::SHORTCUT, "Not that one.");
    problems.add(replies::TEXT, "Nor that.");
    let typed = replies::Typed {
        shortcut: "a b".into(),
        language: "es".into(),
        text: "\nHello".into(),
    };
    let main = replies::fields(&typed, &problems);
    let html = page("Ana", "A reply", Here::Elsewhere, &problems, &main);
    for part in [
        "<div class=\"problems\" role=\"alert\">",
        "<a href=\"#shortcut\">Not that one.</a>",
        "<p class=\"field-error\" id=\"shortcut-error\">Not that one.</p>",
        "aria-describedby=\"shortcut-hint shortcut-error\" aria-invalid=\"true\"",
        "aria-describedby=\"text-hint text-error\" aria-invalid=\"true\"",
        "value=\"a b\"",
        "<option value=\"es\" selected>Spanish</option>",
        // The first line break is one that browsers drop.
        "\n\nHello</textarea>",
        "<title>To put right · A reply · Ana</title>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert_eq!(html.matches("aria-invalid").count(), 2);
    for id in ["shortcut", "language", "text"] {
        assert!(html.contains(&format!("<label for=\"{id}\">")), "{id}");
    }
}

/// A10: the ways to all pages are the same on each.
#[test]
fn each_page_says_where_it_is() {
    let none = Problems::default();
    let at = |here| page("Ana", "T", here, &none, &html! {});
    for (here, current) in [
        (Here::Work, vec![WORK]),
        (Here::Account, vec![ACCOUNT]),
        (
            Here::Team(Section::Topics),
            vec![TEAM, "/agent/team/topics"],
        ),
        (Here::Elsewhere, vec![]),
    ] {
        let html = at(here);
        for path in &current {
            let link = format!("<a href=\"{path}\" aria-current=\"page\">");
            assert!(html.contains(&link), "{link}");
        }
        assert_eq!(html.matches("aria-current").count(), current.len());
        for path in [DESK, WORK, TEAM, ACCOUNT] {
            assert!(html.contains(&format!("<a href=\"{path}\"")), "{path}");
        }
        assert!(html.contains("<a class=\"skip\" href=\"#main\">"));
        assert!(html.contains("<html lang=\"en\">"), "A11");
    }
}

#[test]
fn what_was_done_is_named_by_one_of_our_own_words() {
    for (done, name, _) in Done::ALL {
        assert_eq!(Done::named(done.name()), Some(done));
        assert_eq!(done.name(), name);
        assert!(!done.words().is_empty());
    }
    assert_eq!(Done::named("<script>"), None);
}

#[test]
fn only_an_admin_is_offered_what_only_an_admin_may() {
    let set_up = set_up("Ana");
    let (agent, none) = (&set_up.people[0], Problems::default());
    let typed = people::Abilities::of(agent);
    for (role, is_offered) in [(Role::Lead, false), (Role::Admin, true)] {
        let list = people::list(&set_up, &[], role).into_string();
        let one = people::person(agent, &typed, "agent", &set_up, role, &none).into_string();
        assert_eq!(list.contains("/invite"), is_offered);
        for path in ["/role\"", "/invitation\"", "/remove\""] {
            assert_eq!(one.contains(path), is_offered, "{path}");
        }
    }
}
