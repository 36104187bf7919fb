//! Posts that cannot be taken: each is answered in words, and nothing that was typed is lost.

use protocol::MAX_TEXT_CHARS;

use super::super::form::MAX_BODY_BYTES;
use super::*;

#[tokio::test]
async fn nothing_and_too_much_are_refused_with_the_draft_kept() {
    let server = Server::start().await;
    for empty in ["", " \r\n\t "] {
        let page = server.post(None, &[("act", "say"), ("text", empty)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.shows("role=\"alert\">There is nothing to send yet. Write a message first.</p>");
        page.shows("aria-invalid=\"true\"");
        page.shows("enterkeyhint=\"send\"></textarea>");
        page.shows(">Human please</button>");
        assert_eq!(page.header(SET_COOKIE), "", "nothing has begun");
    }
    let long = format!("<{}", "é".repeat(8_411));
    let page = server.post(None, &[("act", "say"), ("text", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows(
        "This message is 8,412 characters long. Please keep it to 8,000; your text is still here.",
    );
    page.shows(&format!(">&lt;{}</textarea>", "é".repeat(8_411)));
}

#[tokio::test]
async fn the_longest_message_fits_in_whatever_script_it_is_written() {
    let server = Server::start().await;
    let text = "🙂".repeat(MAX_TEXT_CHARS);
    let page = server.post(None, &[("act", "say"), ("text", &text)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(server.said(page.hidden("token").unwrap()).await, [text]);
}

#[tokio::test]
async fn what_cannot_be_read_gets_a_page_that_says_so() {
    let server = Server::start().await;
    let huge = format!("text={}", "a".repeat(MAX_BODY_BYTES));
    for (body, status, words) in [
        (
            "text=%FF".to_owned(),
            StatusCode::BAD_REQUEST,
            "We could not read that",
        ),
        (
            "act=resolve&text=x".to_owned(),
            StatusCode::BAD_REQUEST,
            "We could not read that",
        ),
        (
            huge,
            StatusCode::PAYLOAD_TOO_LARGE,
            "That is too long for one message",
        ),
    ] {
        let reply = server.send(form_post(Some(OURS), None, body.into())).await;
        assert_eq!(reply.status, status);
        reply.shows(words);
        reply.shows("Open the chat</a>");
    }
    let mut json = form_post(Some(OURS), None, "{}".into());
    json.headers_mut()
        .insert("content-type", "application/json".parse().unwrap());
    assert_eq!(
        server.send(json).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn a_store_that_fails_is_said_and_nothing_is_claimed() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    server.app.service.store().close().await;

    let page = server.get("/chat/demo", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.header(RETRY_AFTER), "5");
    page.shows("We cannot show your conversation just now. What is in it is kept.");
    page.shows("<a href=\"mailto:help@shop.example\"");
    page.shows(">Human please</button>");
    assert_eq!(
        page.hidden("token"),
        Some(token.as_str()),
        "the way back in is kept"
    );
    assert_eq!(page.header(SET_COOKIE), "", "and so is the cookie");

    for (act, words) in [
        ("say", "We could not keep your message just now."),
        (
            "human",
            "That did not reach us. Press again, or contact us: ",
        ),
        ("leave", "We could not take you out of the line just now."),
    ] {
        let fields = [
            ("token", token.as_str()),
            ("act", act),
            ("text", "do not lose me"),
        ];
        let page = server.post(Some(&cookie), &fields).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{act}");
        page.shows(words);
        page.shows(">do not lose me</textarea>");
        page.shows(">Human please</button>");
        page.shows("help@shop.example");
        page.shows_no("data-delivery=\"sent\"");
        assert_eq!(page.hidden("token"), Some(token.as_str()), "{act}");
    }
    // Without a cookie, a redirect would lose the token.
    let fields = [("token", token.as_str()), ("act", "check"), ("text", "")];
    let page = server.post(None, &fields).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.hidden("token"), Some(token.as_str()));
    // Somebody new.
    let page = server.get("/chat/demo", None).await;
    assert_eq!(page.status, StatusCode::OK, "there is nothing to read yet");
    let fresh = page.hidden("fresh").unwrap();
    let page = server
        .post(None, &[("fresh", fresh), ("act", "human"), ("text", "")])
        .await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    page.shows("That did not reach us.");
    assert_eq!(page.header(SET_COOKIE), "");
    assert_eq!(page.hidden("fresh"), Some(fresh), "nothing has begun");
    assert_eq!(page.hidden("token"), None, "nothing has begun");

    let page = server.get("/help/returns", None).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    page.shows("The help pages cannot be read right now");
}
