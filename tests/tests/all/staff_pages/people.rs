//! S8, S10: inviting people, giving them roles and removing them: what it does to their sessions, and where the link is.

use std::time::{Duration, Instant};

use human_please::store::StoredAgent;
use human_please_tests::agent::Agent;
use human_please_tests::http::{self, Answer};
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::Door;
use human_please_tests::staff::{Staff, who};
use hyper::Method;
use protocol::{AgentId, CloseCode, Role};
use serde_json::json;

use super::{TEAM, all, audit, person, set_up};

const INVITE: &str = "/agent/team/invite";
const ZOE: [(&str, &str); 3] = [
    ("name", "Zoe"),
    ("email", "zoe@shop.example"),
    ("role", "lead"),
];

/// The token of the link that a page shows.
fn token(page: &Answer) -> String {
    let (_, rest) = page.text().split_once("/agent#invitation=").unwrap();
    rest[..64].to_owned()
}

/// Chooses a password by a link.
async fn choose(server: &Server, token: &str) -> u16 {
    let body = json!({ "token": token, "password": "three calm blue lamps" }).to_string();
    let headers = [("content-type", "application/json")];
    let path = "/api/v1/agent/invitation";
    http::request(server.address, Method::PUT, path, &headers, &body)
        .await
        .status
}

#[tokio::test]
async fn an_invitation_is_shown_once_and_a_new_one_ends_it() {
    let server = Server::start(Setup::default()).await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let shown = admin.post(INVITE, &ZOE).await;
    assert_eq!(shown.status, 200);
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    let first = token(&shown);
    let link = format!("http://{}/agent#invitation={first}", server.address);
    assert!(shown.text().contains(&link), "{}", shown.text());
    let people = set_up(&server, "Ana").await.people;
    let zoe = people.iter().find(|it| it.name == "Zoe").unwrap();
    assert_eq!((zoe.role, zoe.password.as_str()), (Role::Lead, ""));
    let list = admin.get(TEAM).await;
    assert!(list.text().contains("has not chosen a password yet"));

    let renewed = admin
        .post(&format!("{}/invitation", person(zoe.id)), &[])
        .await;
    let second = token(&renewed);
    assert_eq!(choose(&server, &first).await, 404, "the old one has ended");
    assert_eq!(choose(&server, &second).await, 204);
    for path in [
        TEAM.to_owned(),
        person(zoe.id),
        "/agent/team/changes".into(),
    ] {
        let page = admin.get(&path).await;
        for secret in [&first, &second] {
            assert!(!page.text().contains(secret.as_str()), "{path}");
        }
    }
    let listed = audit(&server, "Ana").await;
    let lines: Vec<_> = listed
        .iter()
        .map(|it| (&*it.by, &*it.what, &*it.after))
        .take(3)
        .collect();
    assert_eq!(
        lines,
        [
            ("Zoe", "password", "chosen by invitation"),
            ("Ana", "invited again", "Zoe, lead"),
            ("Ana", "invited", "Zoe, lead"),
        ]
    );
}

#[tokio::test]
async fn whoever_has_an_address_already_is_not_changed_by_an_invitation() {
    let server = Server::start(Setup::default()).await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let before = (all(&server, "Ana").await, all(&server, "Rita").await);
    let mut told = vec![];
    for email in ["ben@shop.example", "RITA@rival.example"] {
        let fields = [("name", "Zoe"), ("email", email), ("role", "agent")];
        let answer = admin.post(INVITE, &fields).await;
        assert_eq!(answer.status, 422);
        assert!(!answer.text().contains("invitation="));
        told.push(answer.text().replace(email, "EMAIL"));
    }
    assert_eq!(told[0], told[1], "whose it is, is not told");
    for (email, name, role) in [
        ("zoe", "Zoe", "agent"),
        ("z@b.example", " ", "agent"),
        ("z@b.example", "Z", "owner"),
    ] {
        let fields = [("name", name), ("email", email), ("role", role)];
        assert_eq!(admin.post(INVITE, &fields).await.status, 422, "{fields:?}");
    }
    assert_eq!(
        before,
        (all(&server, "Ana").await, all(&server, "Rita").await)
    );
}

/// Somebody of Ana's shop, as they are kept.
async fn one(server: &Server, id: AgentId) -> StoredAgent {
    let people = set_up(server, "Ana").await.people;
    people.into_iter().find(|it| it.id == id).unwrap()
}

/// S8: within five seconds.
async fn expect_closed_soon(agent: &mut Agent) {
    let begun = Instant::now();
    let code = agent.until_closed().await;
    assert_eq!(code, Some(CloseCode::SignedOut.number()));
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn another_role_ends_sessions_and_sockets_within_five_seconds() {
    let server = Server::start(Setup::default()).await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let session = server.session("Cleo").await;
    let mut cleo = Agent::come(&Door::agent(server.address, &session)).await;
    let page = Staff::with_session(&server, &session);
    assert_eq!(page.get("/agent/work").await.status, 200);
    let (id, _) = who(&server, "Cleo").await;
    let role = [("role", "lead")];
    let changed = admin.post(&format!("{}/role", person(id)), &role).await;
    assert_eq!(changed.header("location"), Some("/agent/team?done=saved"));
    assert_eq!(page.get("/agent/work").await.status, 303, "at once");
    expect_closed_soon(&mut cleo).await;
    let again = Staff::of(&server, "Cleo").await;
    assert_eq!(again.get(TEAM).await.status, 200, "she is a lead now");
    assert_eq!(audit(&server, "Ana").await[0].after, "lead");
}

#[tokio::test]
async fn whoever_is_removed_is_gone_within_five_seconds_and_what_they_held_waits() {
    let setup = Setup {
        lease: Duration::from_secs(1),
        ..Setup::default()
    };
    let server = Server::start(setup).await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    let mut visitor = server.visitor().await;
    visitor.say("Where is my lamp?").await;
    let conversation = visitor.welcome.conversation;
    cleo.take(conversation).await;
    let (id, _) = who(&server, "Cleo").await;
    let question = admin.get(&format!("{}/remove", person(id))).await;
    assert!(
        question
            .text()
            .contains("goes back to the front of the queue")
    );
    let removed = admin.post(&format!("{}/remove", person(id)), &[]).await;
    assert_eq!(removed.header("location"), Some("/agent/team?done=removed"));
    expect_closed_soon(&mut cleo).await;
    let mut ben = server.agent_on_duty("Ben").await;
    ben.until_waiting(conversation).await;
    assert_eq!(admin.get(&person(id)).await.status, 404);
    assert!(!admin.get(TEAM).await.text().contains("cleo@"));
}

#[tokio::test]
async fn somebody_can_always_decide_who_works_here() {
    let server = Server::start(Setup::default()).await;
    let admin = Staff::with_role(&server, "Ana", Role::Admin).await;
    let (ana, _) = who(&server, "Ana").await;
    let (cleo, _) = who(&server, "Cleo").await;
    for role in ["agent", "lead"] {
        let answer = admin
            .post(&format!("{}/role", person(ana)), &[("role", role)])
            .await;
        assert_eq!(answer.status, 422);
        let beside = "id=\"role-error\">Nobody could decide who works here then.";
        assert!(answer.text().contains(beside), "{}", answer.text());
        assert!(
            answer
                .text()
                .contains(&format!("<option value=\"{role}\" selected>"))
        );
    }
    let answer = admin.post(&format!("{}/remove", person(ana)), &[]).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer
            .text()
            .contains("Nobody could decide who works here then.")
    );
    // With another one it can be done.
    let made = admin
        .post(&format!("{}/role", person(cleo)), &[("role", "admin")])
        .await;
    assert_eq!(made.status, 303);
    let made = admin
        .post(&format!("{}/role", person(ana)), &[("role", "agent")])
        .await;
    assert_eq!(made.status, 303);
    assert_eq!(admin.get(TEAM).await.status, 303, "she signs in again");
    let ana = Staff::of(&server, "Ana").await;
    assert_eq!(ana.get(TEAM).await.status, 403);
}

#[tokio::test]
async fn a_lead_sees_everybody_and_says_what_they_answer() {
    let server = Server::start(Setup::default()).await;
    let lead = Staff::of(&server, "Ben").await;
    let _ana = server.agent_on_duty("Ana").await;
    super::furnish(&server, "Ben").await;
    let (ana, _) = who(&server, "Ana").await;
    let fields = [
        ("languages", "es"),
        ("languages", "eu"),
        ("teams", "1"),
        ("skills", "1"),
    ];
    let saved = lead.post(&person(ana), &fields).await;
    assert_eq!(saved.status, 303);
    let known = one(&server, ana).await;
    assert_eq!(known.languages.len(), 2);
    assert_eq!((known.teams.len(), known.skills.len()), (1, 1));
    let list = lead.get(TEAM).await;
    for part in [
        "Ana",
        "Cleo",
        "Basque, Spanish",
        "Billing",
        "Refunds",
        "On duty",
        "Off duty",
    ] {
        assert!(list.text().contains(part), "{part}: {}", list.text());
    }
    let sheet = lead.get(&person(ana)).await;
    assert_eq!(sheet.text().matches(" checked").count(), 4);
    // None of them is left.
    assert_eq!(lead.post(&person(ana), &[]).await.status, 303);
    let known = one(&server, ana).await;
    assert_eq!(
        (known.languages.len(), known.teams.len(), known.skills.len()),
        (0, 0, 0)
    );
    let refused = lead.post(&person(ana), &[("languages", "xx")]).await;
    assert_eq!(refused.status, 422);
    let refused = lead.post(&person(ana), &[("languages", "ES")]).await;
    assert_eq!(refused.status, 422);
}
