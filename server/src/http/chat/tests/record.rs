//! L7, P7: the record of a conversation.

use serde_json::Value;

use super::*;

/// A post to the record's own URL.
async fn record(
    server: &Server,
    origin: Option<&str>,
    cookie: Option<&str>,
    fields: &[(&str, &str)],
) -> Reply {
    let mut request = form_post(origin, cookie, encoded(fields).into());
    *request.uri_mut() = "/chat/demo/record".parse().unwrap();
    server.send(request).await
}

/// A conversation of more than one page. Its token.
async fn conversation(server: &Server, messages: usize) -> String {
    let page = server.get("/chat/demo", None).await;
    let token = page.hidden("fresh").unwrap().to_owned();
    for number in 0..messages {
        let text = format!("Message {number}");
        let fields = [("fresh", &*token), ("act", "say"), ("text", &text)];
        server.post(None, &fields).await;
    }
    server
        .post(None, &[("token", &token), ("act", "human")])
        .await;
    token
}

#[tokio::test]
async fn it_holds_every_event_in_order_however_long_the_log_is() {
    let server = Server::start().await;
    let token = conversation(&server, 120).await;
    let fields = [("token", &*token), ("as", "json")];
    let json = record(&server, Some(OURS), None, &fields).await;
    assert_eq!(json.status, StatusCode::OK);
    assert_eq!(json.header("content-type"), "application/json");
    assert_eq!(
        json.header("content-disposition"),
        "attachment; filename=\"conversation.json\""
    );
    assert_eq!(json.header(CACHE_CONTROL), "no-store");
    let record_of_all: Value = serde_json::from_str(&json.body).unwrap();
    let events = record_of_all["events"].as_array().unwrap();
    // Each message, its answer, and the request.
    assert_eq!(events.len(), 241);
    for (index, event) in events.iter().enumerate() {
        assert_eq!(event["seq"], index as u64 + 1);
    }
    assert_eq!(
        events[0]["kind"]["message"]["author"],
        serde_json::json!({ "visitor": {} })
    );
    assert_eq!(
        events[1]["kind"]["message"]["author"],
        serde_json::json!({ "bot": {} })
    );
    let receipt = &events[240]["kind"]["human_requested"]["receipt"];
    assert_eq!(record_of_all["receipt"], *receipt);

    let html = record(&server, Some(OURS), None, &[("token", &token)]).await;
    assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(html.body.matches("data-event=").count(), 241);
    html.shows("Message 0</p>");
    html.shows("Message 119</p>");
    html.shows("You asked for a person · No. 1");
    html.shows_no("<script");
}

#[tokio::test]
async fn only_its_visitor_gets_it() {
    let server = Server::start().await;
    let token = conversation(&server, 1).await;
    let cookie = format!("__Host-human-please-visitor-demo={token}");
    let as_json = [("as", "json")];
    let own = record(&server, Some(OURS), Some(&cookie), &as_json).await;
    own.shows("Message 0");
    // Another page cannot fetch it with the visitor's cookie, nor can a guess.
    let foreign = record(
        &server,
        Some("https://evil.example"),
        Some(&cookie),
        &as_json,
    )
    .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let unnamed = record(&server, None, Some(&cookie), &as_json).await;
    unnamed.shows_no("Message 0");
    let guess = "0".repeat(64);
    let guessed = record(
        &server,
        Some(OURS),
        None,
        &[("token", &guess), ("as", "json")],
    )
    .await;
    guessed.shows_no("Message 0");
    assert_eq!(guessed.header("content-disposition"), "");
}
