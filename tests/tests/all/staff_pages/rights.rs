//! S3, S4: who may do what on the pages of staff. Every act is tried by everybody, with ids of their own site's, of another's and
//! of nobody's, and with fields that no form has.

use human_please_tests::http::Answer;
use human_please_tests::server::{Server, Setup};
use human_please_tests::staff::{Staff, who};
use protocol::Role;

use super::{REPLIES, TEAM, TEAMS, TOPICS, all, audit, furnish, person};

type Fields = &'static [(&'static str, &'static str)];

/// One act on these pages: its path without the id, what follows the id, and the fields of its form; none for looking.
struct Act {
    path: &'static str,
    end: Option<&'static str>,
    fields: Option<Fields>,
    least: Role,
}

const PEOPLE: &str = "/agent/team/people";
const REPLY: Fields = &[("shortcut", "a"), ("language", ""), ("text", "Hi")];
const NAMED: Fields = &[("name", "New")];
const TOPIC: Fields = &[("name", "New"), ("words", "x"), ("team", "")];
const INVITED: Fields = &[
    ("name", "Zoe"),
    ("email", "zoe@shop.example"),
    ("role", "agent"),
];

const fn look(path: &'static str, end: Option<&'static str>, least: Role) -> Act {
    Act {
        path,
        end,
        fields: None,
        least,
    }
}

const fn act(path: &'static str, end: Option<&'static str>, fields: Fields, least: Role) -> Act {
    Act {
        path,
        end,
        fields: Some(fields),
        least,
    }
}

/// Every act that there is.
const ACTS: [Act; 30] = [
    look("/agent/account", None, Role::Agent),
    look("/agent/work", None, Role::Agent),
    look(TEAM, None, Role::Lead),
    look("/agent/team/changes", None, Role::Lead),
    look(TEAMS, None, Role::Lead),
    look("/agent/team/teams/new", None, Role::Lead),
    act("/agent/team/teams/new", None, NAMED, Role::Lead),
    look(TEAMS, Some(""), Role::Lead),
    look(TEAMS, Some("/remove"), Role::Lead),
    act(TEAMS, Some(""), NAMED, Role::Lead),
    act(TEAMS, Some("/remove"), &[], Role::Lead),
    look(TOPICS, None, Role::Lead),
    act("/agent/team/topics/new", None, TOPIC, Role::Lead),
    look(TOPICS, Some(""), Role::Lead),
    look(TOPICS, Some("/remove"), Role::Lead),
    act(TOPICS, Some(""), TOPIC, Role::Lead),
    act(TOPICS, Some("/remove"), &[], Role::Lead),
    look(REPLIES, None, Role::Lead),
    act("/agent/team/replies/new", None, REPLY, Role::Lead),
    look(REPLIES, Some(""), Role::Lead),
    act(REPLIES, Some(""), REPLY, Role::Lead),
    act(REPLIES, Some("/remove"), &[], Role::Lead),
    look(PEOPLE, Some(""), Role::Lead),
    act(PEOPLE, Some(""), &[("languages", "es")], Role::Lead),
    look("/agent/team/invite", None, Role::Admin),
    act("/agent/team/invite", None, INVITED, Role::Admin),
    look(PEOPLE, Some("/remove"), Role::Admin),
    act(PEOPLE, Some("/role"), &[("role", "admin")], Role::Admin),
    act(PEOPLE, Some("/invitation"), &[], Role::Admin),
    act(PEOPLE, Some("/remove"), &[], Role::Admin),
];

impl Act {
    fn path(&self, id: &str) -> String {
        match self.end {
            Some(end) => format!("{}/{id}{end}", self.path),
            None => self.path.into(),
        }
    }

    async fn by(&self, staff: &Staff, id: &str) -> Answer {
        match self.fields {
            Some(fields) => staff.post(&self.path(id), fields).await,
            None => staff.get(&self.path(id)).await,
        }
    }

    fn what(&self, id: &str) -> String {
        let method = if self.fields.is_some() { "POST" } else { "GET" };
        format!("{method} {}", self.path(id))
    }
}

/// The ids of one site's things by the path that they are under.
async fn ids(server: &Server, of: &str, whom: &str) -> impl Fn(&str) -> String {
    let (team, topic, reply) = furnish(server, of).await;
    let (agent, _) = who(server, whom).await;
    move |path| match path {
        TEAMS => team.0.to_string(),
        TOPICS => topic.0.to_string(),
        REPLIES => reply.to_string(),
        _ => agent.to_string(),
    }
}

/// S3.
#[tokio::test]
async fn every_act_is_for_those_of_its_role_and_changes_nothing_for_others() {
    let server = Server::start(Setup::default()).await;
    let own = ids(&server, "Ben", "Cleo").await;
    let staff = [
        (None, Staff::nobody(&server)),
        (Some(Role::Agent), Staff::of(&server, "Ana").await),
        (Some(Role::Lead), Staff::of(&server, "Ben").await),
    ];
    let before = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    for act in &ACTS {
        for (role, staff) in &staff {
            let id = own(act.path);
            let (status, heading) = match role {
                None => (303, ""),
                Some(role) if *role >= act.least => continue,
                Some(Role::Agent) => (403, "<h1>Your lead can change this</h1>"),
                Some(_) => (403, "<h1>An admin can change this</h1>"),
            };
            let answer = act.by(staff, &id).await;
            let what = format!("{} by {role:?}", act.what(&id));
            assert_eq!(answer.status, status, "{what}");
            assert!(answer.text().contains(heading), "{what}");
            let to = (status == 303).then_some("/agent");
            assert_eq!(answer.header("location"), to, "{what}");
        }
    }
    let after = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    assert_eq!(before, after);
}

/// S3.
#[tokio::test]
async fn what_is_another_sites_is_answered_like_what_does_not_exist() {
    let server = Server::start(Setup::default()).await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let theirs = ids(&server, "Rita", "Rita").await;
    let before = (
        all(&server, "Rita").await,
        audit(&server, "Rita").await.len(),
    );
    for act in ACTS.iter().filter(|act| act.end.is_some()) {
        let nobodys = match act.path {
            PEOPLE => "0123456789abcdef0123456789abcdef",
            _ => "4294967295",
        };
        let theirs = theirs(act.path);
        let missing = act.by(&admin, nobodys).await;
        assert_eq!(missing.status, 404, "{}", act.what(nobodys));
        for id in [
            theirs.as_str(),
            "x",
            "-1",
            "01",
            "99999999999999999999",
            "%00",
            "1%27",
        ] {
            let answer = act.by(&admin, id).await;
            let what = act.what(id);
            assert_eq!(answer.status, 404, "{what}");
            assert_eq!(answer.text(), missing.text(), "{what}");
        }
    }
    let (rita, _) = who(&server, "Rita").await;
    let work = |id: &str| format!("/agent/work?agent={id}");
    let theirs = admin.get(&work(&rita.to_string())).await;
    let nobodys = admin.get(&work("0123456789abcdef0123456789abcdef")).await;
    assert_eq!((theirs.status, theirs.text()), (404, nobodys.text()));
    let after = (
        all(&server, "Rita").await,
        audit(&server, "Rita").await.len(),
    );
    assert_eq!(before, after);
}

/// S3: nor can it be chosen in a form of one's own.
#[tokio::test]
async fn another_sites_people_and_teams_cannot_be_chosen() {
    let server = Server::start(Setup::default()).await;
    let lead = Staff::of(&server, "Ben").await;
    let (team, topic, _) = furnish(&server, "Rita").await;
    let (rita, _) = who(&server, "Rita").await;
    let (cleo, _) = who(&server, "Cleo").await;
    let before = all(&server, "Ben").await;
    let (rita, team, topic) = (rita.to_string(), team.0.to_string(), topic.0.to_string());
    let new_team = "/agent/team/teams/new";
    let new_topic = "/agent/team/topics/new";
    for (path, fields) in [
        (
            new_team.to_owned(),
            vec![("name", "T"), ("members", rita.as_str())],
        ),
        (
            new_topic.to_owned(),
            vec![("name", "T"), ("words", ""), ("team", &team)],
        ),
        (person(cleo), vec![("teams", team.as_str())]),
        (person(cleo), vec![("skills", topic.as_str())]),
    ] {
        let answer = lead.post(&path, &fields).await;
        assert_eq!(answer.status, 422, "{path} {fields:?}");
        assert!(
            answer.text().contains("This was removed meanwhile."),
            "{path}"
        );
    }
    assert_eq!(before, all(&server, "Ben").await);
}

/// S4.
#[tokio::test]
async fn a_form_with_a_field_that_it_does_not_have_changes_nothing() {
    let server = Server::start(Setup::default()).await;
    let own = ids(&server, "Ben", "Cleo").await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let before = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    for act in &ACTS {
        let Some(fields) = act.fields else {
            continue;
        };
        for field in [
            "site", "id", "role", "by", "at", "agent", "password", "on_duty", "name",
        ] {
            let mut fields = fields.to_vec();
            // One that the form has comes a second time then.
            fields.push((field, "admin"));
            let path = act.path(&own(act.path));
            let answer = admin.post(&path, &fields).await;
            assert_eq!(answer.status, 400, "{path} with {field}");
        }
    }
    let after = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    assert_eq!(before, after);
}

/// S6, S9: the cookie alone is not enough: the browser has to say that our own page sends the form.
#[tokio::test]
async fn a_form_of_another_page_changes_nothing() {
    let server = Server::start(Setup::default()).await;
    let own = ids(&server, "Ben", "Cleo").await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let before = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    for act in &ACTS {
        let Some(fields) = act.fields else {
            continue;
        };
        let path = act.path(&own(act.path));
        for says in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "https://shop.example")],
            &[("origin", "null")],
            &[("origin", "null"), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[],
        ] {
            let answer = admin.post_from(&path, fields, says).await;
            assert_eq!(answer.status, 403, "{path} {says:?}");
            assert!(answer.text().contains("This came from another page"));
        }
    }
    let after = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    assert_eq!(before, after);
    // The list above is what would have changed something.
    let says = [("sec-fetch-site", "same-origin")];
    let made = admin.post_from(REPLIES_NEW, REPLY, &says).await;
    assert_eq!(made.status, 303);
    assert_ne!(before.0, all(&server, "Ben").await);
}

const REPLIES_NEW: &str = "/agent/team/replies/new";

#[tokio::test]
async fn what_is_posted_is_a_form_and_no_larger_than_one() {
    let server = Server::start(Setup::default()).await;
    let lead = Staff::of(&server, "Ben").await;
    let origin = format!("http://{}", server.address);
    let long = "x".repeat(128 * 1024);
    let fields = [("shortcut", "a"), ("language", ""), ("text", long.as_str())];
    assert_eq!(lead.post(REPLIES_NEW, &fields).await.status, 413);
    let says = [("origin", origin.as_str()), ("content-type", "text/plain")];
    let twice = lead.post_from(REPLIES_NEW, REPLY, &says[..1]).await;
    assert_eq!(twice.status, 303);
    let session = server.session("Ben").await;
    let cookie = format!("human-please-agent={session}");
    let headers = [("cookie", cookie.as_str()), says[0], says[1]];
    let plain = human_please_tests::http::request(
        server.address,
        hyper::Method::POST,
        REPLIES_NEW,
        &headers,
        "shortcut=b&language=&text=Hi",
    )
    .await;
    assert_eq!(plain.status, 415);
}

/// B1, B2, B6, B7: nothing runs in these pages, nobody frames them, and nobody keeps them.
#[tokio::test]
async fn every_page_is_for_one_reader_and_runs_nothing() {
    let server = Server::start(Setup::default()).await;
    let own = ids(&server, "Ben", "Cleo").await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let cleo = Staff::of(&server, "Cleo").await;
    for act in ACTS.iter().filter(|act| act.fields.is_none()) {
        let id = own(act.path);
        for page in [
            act.by(&admin, &id).await,
            act.by(&cleo, &id).await,
            act.by(&admin, "0").await,
        ] {
            let what = act.what(&id);
            let policy = page.header("content-security-policy").unwrap();
            assert!(!policy.contains("script-src"), "{what}: {policy}");
            for part in [
                "default-src 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            ] {
                assert!(policy.contains(part), "{what}: {policy}");
            }
            assert_eq!(page.header("cache-control"), Some("no-store"), "{what}");
            assert_eq!(
                page.header("x-content-type-options"),
                Some("nosniff"),
                "{what}"
            );
            assert_eq!(
                page.header("cross-origin-opener-policy"),
                Some("same-origin")
            );
            assert!(page.header("permissions-policy").is_some());
            assert!(
                !page.text().contains("<script") && !page.text().contains("style=\""),
                "{what}"
            );
        }
    }
    let page = admin.get(TEAM).await;
    let (_, rest) = page.text().split_once("href=\"/assets/staff/").unwrap();
    let name = rest.split('"').next().unwrap();
    let style = admin.get(&format!("/assets/staff/{name}")).await;
    assert_eq!(style.status, 200);
    assert_eq!(
        style.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    let for_ever = Some("public, max-age=31536000, immutable");
    assert_eq!(style.header("cache-control"), for_ever);
    assert_eq!(
        admin.get("/assets/staff/staff-00000000.css").await.status,
        404
    );
}
