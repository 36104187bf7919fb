//! S8: the page on which people change their own password.

use human_please_tests::http::sign_in;
use human_please_tests::server::{PASSWORD, Server, Setup};
use human_please_tests::staff::Staff;
use protocol::CloseCode;

const ACCOUNT: &str = "/agent/account";
const CHOSEN: &str = "three calm blue lamps";
const ANA: &str = "ana@shop.example";

#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_it_and_other_browsers_are_signed_out() {
    let server = Server::start(Setup::default()).await;
    let mut elsewhere = server.agent("Ana").await;
    let ana = Staff::of(&server, "Ana").await;
    let page = ana.get(ACCOUNT).await;
    for part in [
        ANA,
        "Agent",
        "autocomplete=\"current-password\"",
        "href=\"/agent\"",
    ] {
        assert!(page.text().contains(part), "{part}");
    }
    for (current, password, field) in [
        ("not this one", CHOSEN, "current"),
        (PASSWORD, "short", "password"),
        (PASSWORD, ANA, "password"),
        ("", "", "current"),
    ] {
        let fields = [("current", current), ("password", password)];
        let refused = ana.post(ACCOUNT, &fields).await;
        assert_eq!(refused.status, 422, "{fields:?}");
        let html = refused.text();
        assert!(html.contains(&format!("id=\"{field}-error\"")), "{html}");
        // Nothing that was typed is in an answer.
        assert!(!html.contains(CHOSEN) && !html.contains(PASSWORD), "{html}");
    }
    let fields = [
        ("current", PASSWORD),
        ("password", CHOSEN),
        ("username", ANA),
    ];
    let changed = ana.post(ACCOUNT, &fields).await;
    assert_eq!(changed.status, 303);
    assert_eq!(
        changed.header("location"),
        Some("/agent/account?done=password")
    );
    let cookies = changed.headers.get_all("set-cookie").iter();
    let cookies: Vec<&str> = cookies.map(|it| it.to_str().unwrap()).collect();
    let session = cookies
        .iter()
        .find_map(|it| it.strip_prefix("human-please-agent="));
    let session = session.unwrap().split(';').next().unwrap();
    assert_eq!(
        ana.get(ACCOUNT).await.status,
        303,
        "the old session has ended"
    );
    let here = Staff::with_session(&server, session);
    let page = here.get("/agent/account?done=password").await;
    assert!(page.text().contains("Your password is changed."));
    let code = elsewhere.until_closed().await;
    assert_eq!(code, Some(CloseCode::SignedOut.number()));
    assert_eq!(sign_in(server.address, ANA, PASSWORD).await.status, 401);
    assert_eq!(sign_in(server.address, ANA, CHOSEN).await.status, 204);
}

#[tokio::test]
async fn whoever_guesses_the_current_password_is_slowed_down() {
    let server = Server::start(Setup::default()).await;
    let ana = Staff::of(&server, "Ana").await;
    let guess = [("current", "a guess of mine"), ("password", CHOSEN)];
    for _ in 0..10 {
        assert_eq!(ana.post(ACCOUNT, &guess).await.status, 422);
    }
    let right = [("current", PASSWORD), ("password", CHOSEN)];
    let slowed = ana.post(ACCOUNT, &right).await;
    assert_eq!(slowed.status, 429);
    assert!(
        slowed.text().contains("Try again in 15 minutes."),
        "{}",
        slowed.text()
    );
}
