//! S8: how people get in: by an invitation that works once, by a password that they choose, and past whoever guesses it.

use human_please::secret;
use human_please::store::{By, INVITATION_MS, StaffChange};
use human_please_tests::http::{self, Answer, session, sign_in};
use human_please_tests::server::{PASSWORD, Server, Setup};
use hyper::Method;
use protocol::{AgentId, CloseCode, Role, Timestamp};
use serde_json::json;

const INVITATION: &str = "/api/v1/agent/invitation";
const ANA: &str = "ana@shop.example";
const ZOE: &str = "zoe@shop.example";
const CHOSEN: &str = "three calm blue lamps";

/// Invites somebody to Ana's shop, and gives the link's token.
async fn invite(server: &Server, email: &str, role: Role, expires_at: Timestamp) -> String {
    let store = server.service.store();
    let ana = store.agent_by_email(ANA).await.unwrap().unwrap();
    let token = secret::new_token();
    let invite = StaffChange::Invite {
        id: AgentId(secret::random_id()),
        email: email.into(),
        name: "Zoe".into(),
        role,
        invitation: secret::hash_token(&token),
        expires_at,
    };
    let by = By {
        name: "a test",
        at: server.service.now(),
    };
    let made = store.staff().change(ana.site, &invite, by).await.unwrap();
    made.unwrap();
    token.0
}

fn in_a_week(server: &Server) -> Timestamp {
    Timestamp(server.service.now().0 + INVITATION_MS)
}

async fn send(server: &Server, method: Method, path: &str, cookie: &str, body: String) -> Answer {
    let headers = [("content-type", "application/json"), ("cookie", cookie)];
    http::request(server.address, method, path, &headers, &body).await
}

async fn accept(server: &Server, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password }).to_string();
    send(server, Method::PUT, INVITATION, "", body).await
}

#[tokio::test]
async fn an_invitation_says_whom_it_is_for_and_works_once() {
    let server = Server::start(Setup::default()).await;
    let token = invite(&server, ZOE, Role::Lead, in_a_week(&server)).await;
    assert_eq!(sign_in(server.address, ZOE, "").await.status, 401);
    let body = json!({ "token": token }).to_string();
    let looked = send(&server, Method::POST, INVITATION, "", body.clone()).await;
    assert_eq!(
        looked.json(),
        json!({ "name": "Zoe", "email": ZOE, "site": "The shop" })
    );
    let short = accept(&server, &token, "short").await;
    assert_eq!(
        (short.status, &short.json()["field"]),
        (422, &json!("password"))
    );
    let chosen = accept(&server, &token, CHOSEN).await;
    assert_eq!(chosen.status, 204);
    assert_eq!(session(&chosen).len(), 64, "they are signed in");
    assert_eq!(sign_in(server.address, ZOE, CHOSEN).await.status, 204);

    assert_eq!(
        accept(&server, &token, "another calm lamp").await.status,
        404
    );
    let looked = send(&server, Method::POST, INVITATION, "", body).await;
    assert_eq!(looked.status, 404);
    assert_eq!(sign_in(server.address, ZOE, CHOSEN).await.status, 204);
}

#[tokio::test]
async fn an_invitation_that_is_over_or_made_up_opens_nothing() {
    let server = Server::start(Setup::default()).await;
    let over = invite(&server, ZOE, Role::Agent, server.service.now()).await;
    for token in [over.as_str(), &"0".repeat(64), "", "a' OR 1=1"] {
        let answer = accept(&server, token, CHOSEN).await;
        assert_eq!(
            answer.json()["code"],
            json!("no_such_invitation"),
            "{token}"
        );
    }
    let newer = invite(&server, ZOE, Role::Agent, in_a_week(&server)).await;
    let newest = invite(&server, ZOE, Role::Agent, in_a_week(&server)).await;
    assert_eq!(
        accept(&server, &newer, CHOSEN).await.status,
        404,
        "the last one counts"
    );
    assert_eq!(accept(&server, &newest, CHOSEN).await.status, 204);
}

#[tokio::test]
async fn a_changed_password_and_a_changed_role_end_sessions_and_sockets() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    let cookie = format!(
        "human-please-agent={}",
        session(&sign_in(server.address, ANA, PASSWORD).await)
    );
    let path = "/api/v1/agent/password";
    let wrong = json!({ "current": "wrong", "password": CHOSEN }).to_string();
    let answer = send(&server, Method::PUT, path, &cookie, wrong).await;
    assert_eq!(
        (answer.status, &answer.json()["field"]),
        (422, &json!("current"))
    );
    let right = json!({ "current": PASSWORD, "password": CHOSEN }).to_string();
    let changed = send(&server, Method::PUT, path, &cookie, right.clone()).await;
    assert_eq!(changed.status, 204);
    assert_eq!(
        ana.until_closed().await,
        Some(CloseCode::SignedOut.number())
    );
    assert_eq!(
        send(&server, Method::PUT, path, &cookie, right)
            .await
            .status,
        401
    );
    assert_eq!(sign_in(server.address, ANA, PASSWORD).await.status, 401);

    let mut ben = server.agent("Ben").await;
    let store = server.service.store();
    let known = store
        .agent_by_email("ben@shop.example")
        .await
        .unwrap()
        .unwrap();
    let by = By {
        name: "a test",
        at: server.service.now(),
    };
    let change = StaffChange::Role(known.id, Role::Agent);
    store
        .staff()
        .change(known.site, &change, by)
        .await
        .unwrap()
        .unwrap();
    let listed = store.staff().audit(known.site, None, 10).await.unwrap();
    let newest = listed.first().unwrap();
    assert_eq!(
        (&*newest.what, &*newest.before, &*newest.after),
        ("role", "lead", "agent")
    );
    assert!(listed.iter().all(|line| !line.after.contains(CHOSEN)));
    assert_eq!(
        ben.until_closed().await,
        Some(CloseCode::SignedOut.number())
    );
}

#[tokio::test]
async fn who_guesses_elsewhere_locks_nobody_out_of_their_own_browser() {
    let server = Server::start(Setup::default()).await;
    let known = sign_in(server.address, ANA, PASSWORD).await;
    let device = known
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .find_map(|cookie| cookie.split(';').next().filter(|it| it.contains("device=")))
        .unwrap()
        .to_owned();
    for _ in 0..10 {
        assert_eq!(sign_in(server.address, ANA, "wrong").await.status, 401);
    }
    assert_eq!(sign_in(server.address, ANA, PASSWORD).await.status, 429);
    let credentials = |password: &str| json!({ "email": ANA, "password": password }).to_string();
    let path = "/api/v1/agent/session";
    let own = send(&server, Method::POST, path, &device, credentials(PASSWORD)).await;
    assert_eq!(own.status, 204, "in the browser that they use");
    for _ in 0..10 {
        let wrong = send(&server, Method::POST, path, &device, credentials("wrong")).await;
        assert_eq!(wrong.status, 401);
    }
    let own = send(&server, Method::POST, path, &device, credentials(PASSWORD)).await;
    assert_eq!(own.status, 429, "which may be a thief's, too");
    let other = json!({ "email": "ben@shop.example", "password": "wrong" }).to_string();
    let other = send(&server, Method::POST, path, &device, other).await;
    assert_eq!(other.status, 429, "it says nothing of other accounts");
}
