//! The page before and beside the form.

use super::*;

#[tokio::test]
async fn a_page_asks_for_nothing_and_keeps_nothing_before_the_visitor_does() {
    let server = Server::start().await;
    let page = server
        .get(
            "/chat/demo?host=https://shop.example&locale=en-GB&scheme=dark",
            None,
        )
        .await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("<html lang=\"en-GB\" dir=\"ltr\" data-color-scheme=\"dark\"");
    page.shows("<body data-site=\"demo\" data-host-origin=\"https://shop.example\">");
    page.shows(
        "action=\"/chat/demo?host=https%3A%2F%2Fshop.example&amp;locale=en-GB&amp;scheme=dark#m1\"",
    );
    page.shows(">Human please</button>");
    assert_eq!(page.hidden("fresh").unwrap().len(), 64);
    assert_eq!(page.hidden("token"), None);
    assert_eq!(page.header(SET_COOKIE), "");
    assert_eq!(page.header(CACHE_CONTROL), "no-store");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(page.header("permissions-policy").contains("camera=()"));
    let policy = page.header(CONTENT_SECURITY_POLICY);
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"),
        "{policy}"
    );
    assert!(
        policy.contains("frame-ancestors 'self' https://shop.example"),
        "{policy}"
    );
}

#[tokio::test]
async fn a_frame_of_a_page_that_the_site_does_not_allow_is_not_named() {
    let server = Server::start().await;
    let page = server
        .get(
            "/chat/demo?host=https://evil.example&token=x&locale=%FF",
            None,
        )
        .await;
    page.shows("<body data-site=\"demo\">");
    page.shows("<html lang=\"en\"");
    let own = server
        .get("/chat/demo?host=https://chat.example", None)
        .await;
    own.shows("data-host-origin=\"https://chat.example\"");
}

#[tokio::test]
async fn there_is_no_page_for_an_unknown_site() {
    let server = Server::start().await;
    for page in [
        server.get("/chat/nobody", None).await,
        server.get("/chat/%22%3E%3Cb%3E", None).await,
    ] {
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        page.shows("<h1>There is no chat here</h1>");
        page.shows_no("<b>");
    }
}

#[tokio::test]
async fn sites_of_one_server_have_their_own_conversations() {
    let server = Server::start().await;
    let Begun { cookie, .. } = Begun::on(&server).await;
    let other = server.get("/chat/other", Some(&cookie)).await;
    other.shows_no(">hello</p>");
    assert_eq!(other.hidden("token"), None);
    let renamed = cookie.replace("-demo=", "-other=");
    let other = server.get("/chat/other", Some(&renamed)).await;
    other.shows_no(">hello</p>");
}

#[tokio::test]
async fn a_cookie_that_opens_nothing_is_removed() {
    let server = Server::start().await;
    for value in ["5".repeat(64), "\"><b>".into(), String::new()] {
        let cookie = format!("__Host-human-please-visitor-demo={value}");
        let page = server.get("/chat/demo", Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.header(SET_COOKIE).contains("Max-Age=0"), "{value}");
        assert_ne!(page.hidden("fresh"), Some(value.as_str()));
        page.shows_no("<b>");
    }
}

/// R4: by it a page that gets no connection learns that it is to be loaded again.
#[tokio::test]
async fn a_page_and_the_form_in_it_name_the_event_after_the_last_one() {
    let server = Server::start().await;
    let named = |page: &Reply| {
        page.headers["human-please-next"]
            .to_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(named(&server.get("/chat/demo", None).await), "1");
    let Begun { cookie, .. } = Begun::on(&server).await;
    // The greeting and the parrot's answer.
    let page = server.get("/chat/demo", Some(&cookie)).await;
    assert_eq!(named(&page), "3");
    page.shows("#m3\"");
}

#[tokio::test]
async fn a_help_article_is_shown_to_people() {
    let server = Server::start().await;
    let page = server.get("/help/returns", None).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("<p class=\"article-shop\">Lumen &amp; Oak · Help</p><h1>Returns</h1>");
    assert!(
        page.header(CONTENT_SECURITY_POLICY)
            .contains("frame-ancestors 'self'")
    );
    for path in ["/help/nothing", "/help/%22%3E%3Cb%3E", "/help/..%2Fx"] {
        let page = server.get(path, None).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.shows("<h1>There is no such help page</h1>");
    }
}
