//! What the form's buttons do.

use super::*;

#[tokio::test]
async fn the_first_message_begins_a_conversation_and_the_page_holds_its_answer() {
    let server = Server::start().await;
    let page = server.get("/chat/demo", None).await;
    let fresh = page.hidden("fresh").unwrap();
    let id = page.hidden("id").unwrap();
    let fields = [
        ("id", id),
        ("fresh", fresh),
        ("act", "say"),
        ("text", "Is it <on>\r\nits way?"),
    ];

    let first = server.post(None, &fields).await;
    assert_eq!(
        first.status,
        StatusCode::OK,
        "whether the browser takes cookies is not known yet"
    );
    assert_eq!(first.hidden("token"), Some(fresh));
    assert_eq!(
        first.header(SET_COOKIE).split("; ").next(),
        Some(format!("__Host-human-please-visitor-demo={fresh}").as_str())
    );
    for part in [
        "HttpOnly",
        "Secure",
        "SameSite=None",
        "Partitioned",
        "Path=/",
    ] {
        assert!(first.header(SET_COOKIE).contains(part), "{part}");
    }
    first.shows("dir=\"auto\">Is it &lt;on&gt;\nits way?</p>");
    first.shows("data-author=\"bot\"");
    first.shows("You said: Is it &lt;on&gt;");
    first.shows("enterkeyhint=\"send\"></textarea>");
    assert_ne!(first.hidden("id"), Some(id));

    let second = server
        .post(
            Some(first.cookie()),
            &[("token", fresh), ("act", "say"), ("text", "Thanks")],
        )
        .await;
    assert_eq!(second.status, StatusCode::SEE_OTHER);
    assert_eq!(
        second.header(LOCATION),
        "/chat/demo?locale=en-GB&scheme=dark"
    );
    assert_eq!(second.cookie(), first.cookie(), "its time begins anew");
    let page = server.get("/chat/demo", Some(first.cookie())).await;
    page.shows("data-seq=\"4\"");
    page.shows("You said: Thanks");
    assert_eq!(page.hidden("token"), Some(fresh));
    assert_eq!(server.said(fresh).await, ["Is it <on>\nits way?", "Thanks"]);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_counts_once() {
    let server = Server::start().await;
    let page = server.get("/chat/demo", None).await;
    let (id, fresh) = (page.hidden("id").unwrap(), page.hidden("fresh").unwrap());
    let say = [
        ("id", id),
        ("fresh", fresh),
        ("act", "say"),
        ("text", "once"),
    ];
    let (one, two) = tokio::join!(server.post(None, &say), server.post(None, &say));
    assert_eq!((one.status, two.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(one.hidden("token"), two.hidden("token"));
    server.post(Some(one.cookie()), &say).await;
    assert_eq!(server.said(fresh).await, ["once"]);

    let human = [("id", id), ("fresh", fresh), ("act", "human"), ("text", "")];
    let (one, two) = tokio::join!(server.post(None, &human), server.post(None, &human));
    one.shows("You are next");
    two.shows("You are next");
    assert_eq!(server.requests(fresh).await, 1);
}

#[tokio::test]
async fn other_words_in_a_form_that_was_gone_back_to_are_not_lost() {
    let server = Server::start().await;
    let page = server.get("/chat/demo", None).await;
    let (id, fresh) = (page.hidden("id").unwrap(), page.hidden("fresh").unwrap());
    for text in ["first", "second"] {
        server
            .post(
                None,
                &[("id", id), ("fresh", fresh), ("act", "say"), ("text", text)],
            )
            .await;
    }
    assert_eq!(server.said(fresh).await, ["first", "second"]);
}

#[tokio::test]
async fn a_browser_without_cookies_goes_on_by_the_hidden_token() {
    let server = Server::start().await;
    let Begun { token, .. } = Begun::on(&server).await;
    let page = server
        .post(None, &[("token", &token), ("act", "human"), ("text", "")])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("dir=\"auto\">hello</p>");
    page.shows("data-notice=\"storage\"");
    page.shows("Keep this page open: your browser keeps no data for this chat.");
    page.shows_no("You keep your place");
    assert_eq!(page.hidden("token"), Some(token.as_str()));

    let checked = server
        .post(None, &[("token", &token), ("act", "check"), ("text", "")])
        .await;
    assert_eq!(checked.status, StatusCode::OK);
    checked.shows("data-desk=\"queue\"");
    assert_eq!(server.said(&token).await, ["hello"]);
}

#[tokio::test]
async fn a_person_is_asked_for_in_every_state_and_what_is_typed_stays_a_draft() {
    let server = Server::start().await;
    // Nothing said yet.
    let page = server
        .post(None, &[("act", "human"), ("text", "half a sen")])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let token = page.hidden("token").unwrap();
    page.shows("data-event=\"human_requested\"><p>You asked for a person · No. 1");
    page.shows("Nobody is on duty right now. Your request No. 1 is kept");
    page.shows("enterkeyhint=\"send\">half a sen</textarea>");
    // In line already: the first request keeps its place.
    let page = server
        .post(
            Some(page.cookie()),
            &[("token", token), ("act", "human"), ("text", "half a sen")],
        )
        .await;
    assert_eq!(
        page.status,
        StatusCode::OK,
        "a redirect would lose the draft"
    );
    page.shows(">half a sen</textarea>");
    assert_eq!(server.requests(token).await, 1);
    assert_eq!(server.said(token).await, Vec::<String>::new());
    // The assistant has it, and is broken.
    let Begun { token, cookie } = Begun::on(&server).await;
    server
        .post(
            Some(&cookie),
            &[("token", &token), ("act", "say"), ("text", "err")],
        )
        .await;
    let page = server.get("/chat/demo", Some(&cookie)).await;
    page.shows("data-event=\"bot_failed\"");
    page.shows("data-desk=\"offered\"");
    let page = server
        .post(Some(&cookie), &[("act", "human"), ("text", "")])
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(server.requests(&token).await, 1);
}

#[tokio::test]
async fn a_visitor_leaves_the_line_and_goes_on_with_the_assistant() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    server.post(Some(&cookie), &[("act", "human")]).await;
    let left = server
        .post(Some(&cookie), &[("act", "leave"), ("text", "a draft")])
        .await;
    assert_eq!(left.status, StatusCode::OK);
    left.shows("You left the line. The AI assistant answers again.");
    left.shows("data-desk=\"idle\"");
    left.shows(">a draft</textarea>");
    // From an old page, out of line already.
    let again = server.post(Some(&cookie), &[("act", "leave")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(server.requests(&token).await, 1);
}

#[tokio::test]
async fn looking_and_leaving_begin_nothing() {
    let server = Server::start().await;
    let fresh = "5".repeat(64);
    for act in ["check", "leave"] {
        let reply = server
            .post(None, &[("fresh", &fresh), ("act", act), ("text", "")])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{act}");
        assert_eq!(reply.header(SET_COOKIE), "", "{act}");
        let reply = server
            .post(None, &[("fresh", &fresh), ("act", act), ("text", "draft")])
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{act}");
        reply.shows(">draft</textarea>");
        assert_eq!(reply.hidden("fresh"), Some(fresh.as_str()), "{act}");
    }
    assert_eq!(server.log(&fresh).await, HistoryPage::default());
}

#[tokio::test]
async fn two_windows_opened_before_the_first_word_share_one_conversation() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    let other_window = "7".repeat(64);
    let reply = server
        .post(
            Some(&cookie),
            &[
                ("fresh", &other_window),
                ("act", "say"),
                ("text", "from the other one"),
            ],
        )
        .await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(server.said(&token).await, ["hello", "from the other one"]);
    assert_eq!(server.said(&other_window).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_visitor_can_be_forgotten() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    let reply = server
        .post(Some(&cookie), &[("token", &token), ("act", "forget")])
        .await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert!(
        reply
            .header(SET_COOKIE)
            .starts_with("__Host-human-please-visitor-demo=;")
    );
    assert!(reply.header(SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(
        server.said(&token).await,
        ["hello"],
        "the shop's record is another matter"
    );
}

#[tokio::test]
async fn what_must_not_be_kept_is_masked_before_it_is() {
    let server = Server::start().await;
    let fields = [("act", "say"), ("text", "my card is 4111 1111 1111 1111")];
    let page = server.post(None, &fields).await;
    page.shows("my card is [card ending 1111 removed]</p>");
    page.shows_no("4111 1111");
}

/// L5: without a script, and without a cookie. It is asked for once, and what is typed stays a draft.
#[tokio::test]
async fn a_supervisor_is_asked_for_by_a_plain_form() {
    let server = Server::start().await;
    let Begun { token, .. } = Begun::on(&server).await;
    let human = [("token", &*token), ("act", "human"), ("text", "")];
    let page = server.post(None, &human).await;
    page.shows("id=\"supervisor-ask\"><button");
    let id = page.hidden("id").unwrap().to_owned();
    let wish = [
        ("id", &*id),
        ("token", &*token),
        ("act", "supervisor"),
        ("text", "half a sen"),
    ];
    for _ in 0..2 {
        let page = server.post(None, &wish).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows("data-event=\"supervisor_requested\"><p>You asked for a supervisor<");
        page.shows("role=\"status\">You asked for a supervisor at ");
        page.shows("You are next");
        page.shows("enterkeyhint=\"send\">half a sen</textarea>");
        page.shows("id=\"supervisor-ask\" hidden>");
    }
    let events = server.log(&token).await.events;
    let is_wish = |event: &&protocol::Event| event.kind == EventKind::SupervisorRequested {};
    assert_eq!(events.iter().filter(is_wish).count(), 1);
}

/// G5, L12: without a script, and without a cookie: the end, and back to the assistant after it. What is typed stays a draft.
#[tokio::test]
async fn a_conversation_is_ended_and_given_back_to_the_assistant_by_a_plain_form() {
    let server = Server::start().await;
    let post = async |token: &str, act: &str| {
        let fields = [("token", token), ("act", act), ("text", "half a sen")];
        let page = server.post(None, &fields).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows("enterkeyhint=\"send\">half a sen</textarea>");
        page
    };
    let Begun { token, .. } = Begun::on(&server).await;
    post(&token, "human")
        .await
        .shows("<details id=\"end\"><summary");
    let page = post(&token, "end").await;
    page.shows("data-event=\"ended\"><p>You ended the conversation. Write again at any time.<");
    page.shows("class=\"human-please\"");
    page.shows("<details id=\"end\" hidden>");
    let kinds = || async {
        let events = server.log(&token).await.events;
        events
            .into_iter()
            .map(|event| event.kind)
            .collect::<Vec<_>>()
    };
    let before = kinds().await.len();
    // Over is over.
    post(&token, "end")
        .await
        .shows("You ended the conversation.");
    assert_eq!(kinds().await.len(), before);
    assert!(kinds().await.contains(&EventKind::Ended {}));
    // Who has not begun has nothing to end, and nothing is kept of the press.
    let page = server.post(None, &[("act", "end"), ("text", "")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

/// A suggested answer is sent as the visitor's own words, once, and what is typed stays a draft.
#[tokio::test]
async fn a_suggested_answer_is_sent_by_a_plain_form() {
    let server = Server::start().await;
    let Begun { token, .. } = Begun::on(&server).await;
    let fields = [
        ("id", "0123456789abcdef0123456789abcdef"),
        ("token", &*token),
        ("text", "half a sen"),
        ("reply", "human"),
    ];
    for _ in 0..2 {
        let page = server.post(None, &fields).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows("enterkeyhint=\"send\">half a sen</textarea>");
    }
    assert_eq!(server.said(&token).await, ["hello", "human"]);
}
