//! What the visitor puts right of the card, by the plain form.

use super::*;

#[tokio::test]
async fn who_waits_without_a_script_puts_right_what_the_person_will_know() {
    let server = Server::start().await;
    let begun = Begun::on(&server).await;
    let say = [
        ("token", &*begun.token),
        ("act", "say"),
        ("text", "My order number is LO-20417."),
    ];
    server.post(Some(&begun.cookie), &say).await;
    let human = [("token", &*begun.token), ("act", "human")];
    server.post(Some(&begun.cookie), &human).await;
    let page = server.get("/chat/demo", Some(&begun.cookie)).await;
    page.shows("name=\"was\" value=\"LO-20417\"");
    page.shows("name=\"fact\" value=\"LO-20417\"");

    let facts = |act, order| {
        [
            ("token", &*begun.token),
            ("act", act),
            ("text", "a draft"),
            ("kind", "order"),
            ("was", "LO-20417"),
            ("fact", order),
            ("kind", "other"),
            ("fact", "Rings the left bell"),
        ]
    };
    let too_long = "9".repeat(201);
    let bad = server
        .post(Some(&begun.cookie), &facts("correct", &too_long))
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.shows(&format!("name=\"fact\" value=\"{too_long}\""));
    bad.shows("Not sent: it is longer than 200 characters.");
    bad.shows(">a draft</textarea>");

    // Enter in a field presses the page's first button.
    server
        .post(Some(&begun.cookie), &facts("contact", "LO-20418"))
        .await;
    let page = server.get("/chat/demo", Some(&begun.cookie)).await;
    page.shows("name=\"fact\" value=\"LO-20418\"");
    page.shows("name=\"was\" value=\"Rings the left bell\"");
    page.shows_no("value=\"LO-20417\"");
}

/// What was typed is never lost, whatever button was pressed, and it brings no conversation about.
#[tokio::test]
async fn what_is_put_right_goes_along_with_every_button() {
    let server = Server::start().await;
    let begun = Begun::on(&server).await;
    let human = [("token", &*begun.token), ("act", "human")];
    server.post(Some(&begun.cookie), &human).await;
    let say = [
        ("token", &*begun.token),
        ("act", "say"),
        ("text", "More"),
        ("kind", "other"),
        ("fact", "Rings the left bell"),
    ];
    server.post(Some(&begun.cookie), &say).await;
    assert_eq!(server.said(&begun.token).await, ["hello", "More"]);
    let page = server.get("/chat/demo", Some(&begun.cookie)).await;
    page.shows("name=\"was\" value=\"Rings the left bell\"");

    let fresh = "f".repeat(64);
    let fields = [
        ("fresh", &*fresh),
        ("act", "correct"),
        ("kind", "other"),
        ("fact", "Rings the left bell"),
    ];
    let page = server.post(None, &fields).await;
    assert!(page.status.is_success() || page.status.is_redirection());
    assert_eq!(server.log(&fresh).await, HistoryPage::default());
}
