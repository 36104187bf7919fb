//! Where to write to a visitor who has gone, by the plain form.

use super::*;

#[tokio::test]
async fn an_address_is_asked_for_where_nobody_is_there_kept_and_taken_back() {
    let server = Server::start().await;
    let page = server.get("/chat/demo", None).await;
    page.shows("<div class=\"contact-ask\" id=\"contact-ask\" hidden>");
    page.shows("<p class=\"contact-kept\" id=\"contact-kept\" hidden>");
    // Enter in the one text input presses the page's first button.
    let first = page.body.split("<button").nth(1).unwrap();
    assert!(first.contains("value=\"contact\" hidden"), "{first}");

    let begun = Begun::on(&server).await;
    let human = [("token", &*begun.token), ("act", "human")];
    server.post(Some(&begun.cookie), &human).await;
    let page = server.get("/chat/demo", Some(&begun.cookie)).await;
    page.shows("<div class=\"contact-ask\" id=\"contact-ask\">");

    let leave = |email| {
        [
            ("token", &*begun.token),
            ("act", "contact"),
            ("text", "a draft"),
            ("email", email),
        ]
    };
    let bad = server.post(Some(&begun.cookie), &leave("me at mail")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.shows("That is not an email address. Please check it.");
    bad.shows("aria-invalid=\"true\" value=\"me at mail\"");
    bad.shows(">a draft</textarea>");

    let kept = server
        .post(Some(&begun.cookie), &leave("me@mail.example"))
        .await;
    kept.shows(">a draft</textarea>");
    kept.shows("class=\"contact-address\" id=\"contact-email\" dir=\"ltr\">me@mail.example</span>");
    kept.shows("<div class=\"contact-ask\" id=\"contact-ask\" hidden>");
    kept.shows("<p class=\"contact-kept\" id=\"contact-kept\">");

    let remove = [("token", &*begun.token), ("act", "no-contact")];
    server.post(Some(&begun.cookie), &remove).await;
    let page = server.get("/chat/demo", Some(&begun.cookie)).await;
    page.shows_no("me@mail.example");
}

/// What was typed is never lost, whatever button was pressed.
#[tokio::test]
async fn an_address_that_was_typed_and_not_saved_comes_back() {
    let server = Server::start().await;
    let begun = Begun::on(&server).await;
    let fields = [
        ("token", &*begun.token),
        ("act", "say"),
        ("text", "More"),
        ("email", "me@mail.example"),
    ];
    let page = server.post(Some(&begun.cookie), &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("value=\"me@mail.example\"");
    page.shows("<div class=\"contact-ask\" id=\"contact-ask\">");
    assert_eq!(server.said(&begun.token).await, ["hello", "More"]);
}

/// There is nobody to write to before anything was said, and a foreign page leaves nothing.
#[tokio::test]
async fn an_address_begins_no_conversation() {
    let server = Server::start().await;
    let fresh = "f".repeat(64);
    let fields = [
        ("fresh", &*fresh),
        ("act", "contact"),
        ("email", "me@mail.example"),
    ];
    let page = server.post(None, &fields).await;
    assert!(page.status.is_success() || page.status.is_redirection());
    assert_eq!(server.log(&fresh).await, HistoryPage::default());
}
