//! S8, S9: how agents sign in and out.

use std::net::SocketAddr;

use human_please::origin::PublicUrl;
use human_please_tests::agent::Agent;
use human_please_tests::http::{self, session, sign_in};
use human_please_tests::server::{PASSWORD, Server, Setup};
use human_please_tests::socket::{Door, Socket};
use hyper::Method;
use protocol::CloseCode;
use serde_json::json;

const SESSION: &str = "/api/v1/agent/session";
const ANA: &str = "ana@shop.example";

/// Whom the server takes somebody with a cookie for.
async fn who_is(server: SocketAddr, cookie: &str) -> http::Answer {
    http::request(server, Method::GET, SESSION, &[("cookie", cookie)], "").await
}

#[tokio::test]
async fn the_right_password_opens_a_session_and_a_wrong_one_tells_nothing() {
    let server = Server::start(Setup::default()).await;
    let answer = sign_in(server.address, ANA, PASSWORD).await;
    assert_eq!(answer.status, 204);
    let cookie = answer.header("set-cookie").unwrap();
    let token = session(&answer);
    assert_eq!(token.len(), 64);
    assert_eq!(
        cookie,
        format!("human-please-agent={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800")
    );
    assert_eq!(answer.body, b"");

    let cookie = format!("human-please-agent={token}");
    let who = who_is(server.address, &cookie).await;
    assert_eq!(who.status, 200);
    assert_eq!(
        who.json(),
        json!({ "name": "Ana", "email": ANA, "role": "agent" })
    );
    assert_eq!(who.header("cache-control"), Some("no-store"));
    let agent = Agent::come(&Door::agent(server.address, &token)).await;
    assert_eq!(agent.welcome.me.name, "Ana");

    // Letter case and spaces around an address are no secret.
    assert_eq!(
        sign_in(server.address, " Ana@Shop.example ", PASSWORD)
            .await
            .status,
        204
    );

    let wrong = sign_in(server.address, ANA, "wrong").await;
    let nobody = sign_in(server.address, "nobody@shop.example", "wrong").await;
    for answer in [&wrong, &nobody] {
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("set-cookie"), None);
    }
    assert_eq!(
        wrong.text(),
        nobody.text(),
        "whether there is such an account is not told"
    );
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let public_url = Some("https://chat.example".to_owned());
    assert!(PublicUrl::parse(public_url.as_deref()).unwrap().is_secure());
    let server = Server::start(Setup {
        public_url,
        ..Setup::default()
    })
    .await;
    let answer = sign_in(server.address, ANA, PASSWORD).await;
    let token = session(&answer);
    assert_eq!(
        answer.header("set-cookie").unwrap(),
        format!(
            "__Host-human-please-agent={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800; Secure"
        )
    );
    let host = format!("__Host-human-please-agent={token}");
    let who = who_is(server.address, &host).await;
    assert_eq!(who.status, 200);
    // The name without the prefix could have been set by another host of the same domain.
    let plain = format!("human-please-agent={token}");
    let who = who_is(server.address, &plain).await;
    assert_eq!(who.status, 401);
    assert_eq!(
        Socket::open(&Door::agent(server.address, &token))
            .await
            .err(),
        Some(401)
    );
}

#[tokio::test]
async fn the_eleventh_wrong_password_has_to_wait_and_so_does_the_right_one() {
    let server = Server::start(Setup::default()).await;
    for _ in 0..10 {
        assert_eq!(sign_in(server.address, ANA, "wrong").await.status, 401);
    }
    for password in ["wrong", PASSWORD] {
        let answer = sign_in(server.address, ANA, password).await;
        assert_eq!(answer.status, 429);
        let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=15 * 60).contains(&seconds), "{seconds}");
        assert_eq!(answer.json()["retry_after_s"], json!(seconds));
        assert_eq!(answer.json()["code"], json!("too_fast"));
        assert_eq!(answer.header("set-cookie"), None);
    }
}

/// Guessing all at once is no way around it.
#[tokio::test]
async fn wrong_passwords_that_are_sent_at_the_same_time_count_as_well() {
    let server = Server::start(Setup::default()).await;
    let address = server.address;
    let guesses: Vec<_> = (0..40)
        .map(|_| tokio::spawn(async move { sign_in(address, ANA, "wrong").await.status }))
        .collect();
    let mut tried = 0;
    for guess in guesses {
        match guess.await.unwrap() {
            401 => tried += 1,
            status => assert_eq!(status, 429),
        }
    }
    // Two passwords are checked at the same time, so one more than ten may have begun.
    assert!((10..=11).contains(&tried), "{tried} passwords were tried");
}

/// S8: within five seconds. The end itself is waited for; that it comes in time is the server's own test's matter.
#[tokio::test]
async fn signing_out_ends_the_session_and_its_sockets_and_no_other() {
    let server = Server::start(Setup::default()).await;
    let (one, other) = (server.session("Ana").await, server.session("Ana").await);
    let mut signed_out = Agent::come(&Door::agent(server.address, &one)).await;
    let mut stays = Agent::come(&Door::agent(server.address, &other)).await;
    let cookie = format!("human-please-agent={one}");
    let began = std::time::Instant::now();
    let answer = http::request(
        server.address,
        Method::DELETE,
        SESSION,
        &[("cookie", &cookie)],
        "",
    )
    .await;
    assert_eq!(answer.status, 204);
    assert_eq!(
        answer.header("set-cookie").unwrap(),
        "human-please-agent=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
    );
    assert_eq!(
        signed_out.until_closed().await,
        Some(CloseCode::SignedOut.number())
    );
    assert!(began.elapsed().as_secs_f32() < 5.0, "{:?}", began.elapsed());
    stays.settle().await;
    let who = who_is(server.address, &cookie).await;
    assert_eq!(who.status, 401);
    assert_eq!(
        Socket::open(&Door::agent(server.address, &one)).await.err(),
        Some(401)
    );
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_socket() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    let store = server.service.store();
    let known = store.agent_by_email(ANA).await.unwrap().unwrap();
    store
        .put_agent(&human_please::store::NewAgent {
            id: known.id,
            site: known.site,
            email: known.email,
            name: known.name,
            password: human_please::secret::hash_password("another one"),
            role: known.role,
            most: known.most,
        })
        .await
        .unwrap();
    assert_eq!(
        ana.until_closed().await,
        Some(CloseCode::SignedOut.number())
    );
    assert_eq!(sign_in(server.address, ANA, PASSWORD).await.status, 401);
    assert_eq!(
        sign_in(server.address, ANA, "another one").await.status,
        204
    );
}

#[tokio::test]
async fn a_foreign_page_signs_nobody_in_or_out() {
    let server = Server::start(Setup::default()).await;
    let session = server.session("Ana").await;
    let cookie = format!("human-please-agent={session}");
    let credentials = json!({ "email": ANA, "password": PASSWORD }).to_string();
    for origin in ["https://shop.example", "https://evil.example", "null"] {
        let headers = [
            ("origin", origin),
            ("content-type", "application/json"),
            ("cookie", &cookie),
        ];
        for (method, body) in [(Method::POST, credentials.as_str()), (Method::DELETE, "")] {
            let answer = http::request(server.address, method, SESSION, &headers, body).await;
            assert_eq!(answer.status, 403, "{origin}");
            assert_eq!(answer.header("set-cookie"), None);
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
    let who = who_is(server.address, &cookie).await;
    assert_eq!(who.status, 200, "the session is as it was");
}

#[tokio::test]
async fn what_is_no_sign_in_is_told_what_one_is() {
    let server = Server::start(Setup::default()).await;
    let json = ("content-type", "application/json");
    for (headers, body) in [
        (vec![json], "{"),
        (vec![json], r#"{"email":"a@b.example"}"#),
        (
            vec![json],
            r#"{"email":"a@b.example","password":"x","admin":true}"#,
        ),
        (vec![], r#"{"email":"a@b.example","password":"x"}"#),
        (vec![json], "\u{feff}"),
    ] {
        let answer = http::request(server.address, Method::POST, SESSION, &headers, body).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.json()["code"], json!("malformed"));
    }
    for bad in ["", "human-please-agent=", "human-please-agent=x", "other=1"] {
        let who = who_is(server.address, bad).await;
        assert_eq!(who.status, 401, "{bad:?}");
    }
}
