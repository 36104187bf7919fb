//! The filters that each agent keeps for themselves.

use super::*;

const VIEWS: &str = "/api/v1/agent/views";

async fn views(server: &Server, session: &str) -> Value {
    let answer = ask(server, session, Method::GET, VIEWS, &json!(null)).await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, Some("no-store"))
    );
    answer.json()["views"].clone()
}

#[tokio::test]
async fn a_view_is_kept_replaced_and_forgotten_by_its_name() {
    let server = Server::start(Setup::default()).await;
    let (ana, cleo) = (server.session("Ana").await, server.session("Cleo").await);
    assert_eq!(views(&server, &ana).await, json!([]));
    let lamps = json!({ "name": " Lamps ", "filter": { "q": " lamp ", "state": "resolved" } });
    let kept = ask(&server, &ana, Method::PUT, VIEWS, &lamps).await;
    assert_eq!(kept.status, 204, "{}", kept.text());
    let kept = json!([{ "name": "Lamps", "filter": { "q": "lamp", "state": "resolved" } }]);
    assert_eq!(views(&server, &ana).await, kept);
    assert_eq!(views(&server, &cleo).await, json!([]));
    let again = json!({ "name": "LAMPS", "filter": {} });
    assert_eq!(
        ask(&server, &ana, Method::PUT, VIEWS, &again).await.status,
        204
    );
    assert_eq!(views(&server, &ana).await, json!([again]));
    // Hers are hers alone to forget, and so said twice.
    let name = json!({ "name": "lamps" });
    assert_eq!(
        ask(&server, &cleo, Method::DELETE, VIEWS, &name)
            .await
            .status,
        204
    );
    assert_eq!(views(&server, &ana).await, json!([again]));
    for _ in 0..2 {
        assert_eq!(
            ask(&server, &ana, Method::DELETE, VIEWS, &name)
                .await
                .status,
            204
        );
        assert_eq!(views(&server, &ana).await, json!([]));
    }
}

#[tokio::test]
async fn a_view_that_is_none_is_told_what_is_wrong_and_twenty_are_enough() {
    let server = Server::start(Setup::default()).await;
    let session = server.session("Ana").await;
    let ben = id_of(&server, "Ben").await;
    let view = |name: &str, filter: Value| json!({ "name": name, "filter": filter });
    for (body, status, code, field) in [
        (json!({}), 400, "malformed", None),
        (view("x", json!({ "site": 1 })), 400, "malformed", None),
        (json!({ "name": "x", "agent": ben }), 400, "malformed", None),
        (view(" ", json!({})), 422, "empty", Some("name")),
        (
            view(&"é".repeat(61), json!({})),
            422,
            "too_long",
            Some("name"),
        ),
        (view("a\nb", json!({})), 422, "bad_name", Some("name")),
        (view("x", json!({ "q": "…" })), 422, "no_words", Some("q")),
        (
            view("x", json!({ "agent": ben })),
            422,
            "not_allowed",
            Some("agent"),
        ),
    ] {
        let answer = ask(&server, &session, Method::PUT, VIEWS, &body).await;
        let told = answer.json();
        assert_eq!(
            (answer.status, &told["code"]),
            (status, &json!(code)),
            "{body}"
        );
        assert_eq!(
            told.get("field"),
            field.map(|it| json!(it)).as_ref(),
            "{body}"
        );
    }
    for number in 0..20 {
        let body = view(&format!("{number} {}", "é".repeat(55)), json!({}));
        assert_eq!(
            ask(&server, &session, Method::PUT, VIEWS, &body)
                .await
                .status,
            204
        );
    }
    let answer = ask(
        &server,
        &session,
        Method::PUT,
        VIEWS,
        &view("one more", json!({})),
    )
    .await;
    assert_eq!(
        (answer.status, answer.json()),
        (
            422,
            json!({
                "code": "too_many",
                "detail": "You keep 20 views already. Remove one first, or use its name.",
                "field": "name",
            })
        )
    );
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let answer = ask(&server, "x", method, VIEWS, &view("x", json!({}))).await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (401, &json!("signed_out"))
        );
    }
}
