//! Posts that the visitor did not make.

use super::*;

#[tokio::test]
async fn another_page_cannot_write_in_the_visitors_name() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    // The shop's own page may show the chat, and no more.
    for origin in [
        "https://evil.example",
        "https://shop.example",
        "http://chat.example",
    ] {
        for fields in [
            &[("act", "say"), ("text", "forged")][..],
            &[("token", &token), ("act", "human"), ("text", "")],
            &[("act", "forget")],
        ] {
            let reply = server.post_from(Some(origin), Some(&cookie), fields).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{origin}");
            reply.shows("<h1>This came from another page</h1>");
            reply.shows("<a href=\"/chat/demo?locale=en-GB&amp;scheme=dark\">Open the chat</a>");
            assert_eq!(reply.header(SET_COOKIE), "", "{origin}");
        }
    }
    assert_eq!(server.said(&token).await, ["hello"]);
    assert_eq!(server.requests(&token).await, 0);
}

#[tokio::test]
async fn a_page_without_a_name_cannot_use_the_cookie_nor_replace_it() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    for origin in [None, Some("null")] {
        let fields = [("act", "say"), ("text", "from a sandbox")];
        let reply = server.post_from(origin, Some(&cookie), &fields).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_ne!(reply.hidden("token"), Some(token.as_str()), "{origin:?}");
        assert_eq!(reply.header(SET_COOKIE), "", "{origin:?}");
        reply.shows_no(">hello</p>");
        let reply = server
            .post_from(origin, Some(&cookie), &[("act", "forget")])
            .await;
        assert_eq!(reply.header(SET_COOKIE), "", "{origin:?}");
    }
    assert_eq!(server.said(&token).await, ["hello"]);
}

#[tokio::test]
async fn where_the_browser_says_nothing_the_hidden_token_is_enough() {
    let server = Server::start().await;
    let Begun { token, .. } = Begun::on(&server).await;
    for origin in [None, Some("null")] {
        let fields = [("token", token.as_str()), ("act", "human"), ("text", "")];
        let reply = server.post_from(origin, None, &fields).await;
        assert_eq!(reply.status, StatusCode::OK);
        reply.shows(">hello</p>");
        reply.shows("data-desk=\"queue\"");
    }
    assert_eq!(server.requests(&token).await, 1);
}

#[tokio::test]
async fn a_browser_that_names_no_origin_to_its_own_page_is_believed() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    let body = encoded(&[("act", "say"), ("text", "me again")]);
    let mut request = form_post(Some("null"), Some(&cookie), body.into());
    request
        .headers_mut()
        .insert("sec-fetch-site", "same-origin".parse().unwrap());
    assert_eq!(server.send(request).await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.said(&token).await, ["hello", "me again"]);
}

#[tokio::test]
async fn a_wrong_token_opens_nothing() {
    let server = Server::start().await;
    let Begun { token, .. } = Begun::on(&server).await;
    for wrong in [
        "",
        "x",
        &token[..63],
        &token.to_uppercase(),
        &"0".repeat(64),
    ] {
        let page = server
            .post(
                None,
                &[("token", wrong), ("act", "check"), ("text", "draft")],
            )
            .await;
        page.shows_no(">hello</p>");
    }
}
