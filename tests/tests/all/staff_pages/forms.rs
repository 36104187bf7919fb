//! Teams, topics and prepared replies: what is added, changed and removed, what is refused and how.

use human_please_tests::server::{Server, Setup};
use human_please_tests::staff::{Staff, who};
use protocol::{MAX_PREPARED_BYTES, MAX_PREPARED_CHARS};

use super::{HOSTILE, REPLIES, TEAMS, TOPICS, all, audit, furnish, set_up};

const NEW_REPLY: &str = "/agent/team/replies/new";
const NEW_TEAM: &str = "/agent/team/teams/new";
const NEW_TOPIC: &str = "/agent/team/topics/new";

/// Whoever is connected is told at once.
#[tokio::test]
async fn a_prepared_reply_is_added_changed_and_removed_and_agents_are_told() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    let lead = Staff::of(&server, "Ben").await;
    let text = "Hello {name},\r\nI am {agent}.";
    let reply = [("shortcut", "/Hello"), ("language", "es"), ("text", text)];
    let added = lead.post(NEW_REPLY, &reply).await;
    assert_eq!(added.status, 303);
    assert_eq!(
        added.header("location"),
        Some("/agent/team/replies?done=saved")
    );
    let page = lead.get("/agent/team/replies?done=saved").await;
    assert!(
        page.text()
            .contains("<p class=\"done\" role=\"status\">Saved.</p>")
    );
    assert!(
        page.text().contains("<title>Saved · Prepared replies"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("/hello") && page.text().contains("Spanish"));
    let known = ana
        .until("the reply", |it| it.staff.replies.first().cloned())
        .await;
    assert_eq!(known.shortcut, "hello");
    assert_eq!(known.text, "Hello {name},\nI am {agent}.");
    assert_eq!(known.language.unwrap().as_str(), "es");

    let id = set_up(&server, "Ben").await.replies[0].id;
    let path = format!("{REPLIES}/{id}");
    let sheet = lead.get(&path).await;
    assert!(sheet.text().contains("<h1>/hello</h1>"), "{}", sheet.text());
    let other = [("shortcut", "hi"), ("language", ""), ("text", "Hi {name}")];
    assert_eq!(lead.post(&path, &other).await.status, 303);
    ana.until("the other words", |it| {
        let reply = it.staff.replies.first()?;
        (reply.text == "Hi {name}" && reply.language.is_none()).then_some(())
    })
    .await;
    let question = lead.get(&format!("{path}/remove")).await;
    assert!(question.text().contains("Do you want to remove"));
    assert_eq!(set_up(&server, "Ben").await.replies.len(), 1);
    let removed = lead.post(&format!("{path}/remove"), &[]).await;
    assert_eq!(
        removed.header("location"),
        Some("/agent/team/replies?done=removed")
    );
    ana.until("no reply", |it| it.staff.replies.is_empty().then_some(()))
        .await;
    assert_eq!(lead.post(&format!("{path}/remove"), &[]).await.status, 404);

    let listed = audit(&server, "Ben").await;
    let lines: Vec<_> = listed
        .iter()
        .map(|it| (&*it.by, &*it.what, &*it.before, &*it.after))
        .collect();
    let first = "/hello (es): Hello {name},\nI am {agent}.";
    let second = "/hi (any language): Hi {name}";
    assert_eq!(
        lines,
        [
            ("Ben", "prepared reply removed", second, ""),
            ("Ben", "prepared reply", first, second),
            ("Ben", "prepared reply added", "", first),
        ]
    );
}

#[tokio::test]
async fn a_team_and_a_topic_are_added_changed_and_removed() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    let lead = Staff::of(&server, "Ben").await;
    let (ana_id, _) = who(&server, "Ana").await;
    let (cleo_id, _) = who(&server, "Cleo").await;
    let (first, second) = (ana_id.to_string(), cleo_id.to_string());
    let team = [
        ("name", "Billing"),
        ("members", &first),
        ("members", &second),
    ];
    assert_eq!(lead.post(NEW_TEAM, &team).await.status, 303);
    ana.until("her team", |it| {
        let me = it.staff.people.iter().find(|it| it.id == ana_id)?;
        (me.teams.len() == 1).then_some(())
    })
    .await;
    let id = set_up(&server, "Ben").await.teams[0].id;
    let path = format!("{TEAMS}/{}", id.0);
    let sheet = lead.get(&path).await;
    assert_eq!(sheet.text().matches(" checked").count(), 2);
    let team = [("name", "Invoices"), ("members", second.as_str())];
    assert_eq!(lead.post(&path, &team).await.status, 303);
    ana.until("no team of hers", |it| {
        let me = it.staff.people.iter().find(|it| it.id == ana_id)?;
        (me.teams.is_empty() && it.staff.teams[0].name == "Invoices").then_some(())
    })
    .await;

    let number = id.0.to_string();
    let topic = [
        ("name", "Refunds"),
        ("words", "Refund\r\nmoney back"),
        ("team", &number),
    ];
    assert_eq!(lead.post(NEW_TOPIC, &topic).await.status, 303);
    let topics = set_up(&server, "Ben").await.topics;
    assert_eq!(topics[0].plan.words, ["refund", "money back"]);
    assert_eq!(topics[0].plan.team, Some(id));
    // The team goes, the topic stays.
    assert_eq!(lead.post(&format!("{path}/remove"), &[]).await.status, 303);
    assert_eq!(set_up(&server, "Ben").await.topics[0].plan.team, None);
    let topic = format!("{TOPICS}/{}/remove", topics[0].id.0);
    assert_eq!(lead.post(&topic, &[]).await.status, 303);
    let listed = audit(&server, "Ben").await;
    let lines: Vec<_> = listed
        .iter()
        .map(|it| (&*it.what, &*it.about, &*it.before, &*it.after))
        .collect();
    let refunds = "Refunds: refund, money back; Invoices";
    assert_eq!(
        lines,
        [
            (
                "topic removed",
                "Refunds",
                "Refunds: refund, money back; no team",
                ""
            ),
            (
                "team removed",
                "Invoices",
                "Invoices: cleo@shop.example",
                ""
            ),
            ("topic added", "Refunds", "", refunds),
            (
                "team",
                "Billing",
                "Billing: ana@shop.example, cleo@shop.example",
                "Invoices: cleo@shop.example"
            ),
            (
                "team added",
                "Billing",
                "",
                "Billing: ana@shop.example, cleo@shop.example"
            ),
        ]
    );
}

/// A9: it is told beside the field, and everything that was typed is still there.
#[tokio::test]
async fn what_cannot_be_kept_comes_back_with_the_reason_beside_its_field() {
    let server = Server::start(Setup::default()).await;
    let lead = Staff::of(&server, "Ben").await;
    furnish(&server, "Ben").await;
    let before = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    let long = "x".repeat(MAX_PREPARED_CHARS + 1);
    let typed = "Typed, & kept";
    for (path, fields, field, why) in [
        (
            NEW_REPLY,
            [
                ("shortcut", "two words"),
                ("language", "eu"),
                ("text", typed),
            ],
            "shortcut",
            "Use letters",
        ),
        (
            NEW_REPLY,
            [("shortcut", ""), ("language", "eu"), ("text", typed)],
            "shortcut",
            "Write something",
        ),
        (
            NEW_REPLY,
            [("shortcut", "HELLO"), ("language", ""), ("text", typed)],
            "shortcut",
            "There is a reply with this shortcut",
        ),
        (
            NEW_REPLY,
            [("shortcut", "hey"), ("language", "xx"), ("text", typed)],
            "language",
            "This was removed",
        ),
        (
            NEW_REPLY,
            [
                ("shortcut", "hey"),
                ("language", "eu"),
                ("text", "Hi {nmae}, Typed, & kept"),
            ],
            "text",
            "{nmae} is no placeholder",
        ),
        (
            NEW_REPLY,
            [("shortcut", "hey"), ("language", "eu"), ("text", &long)],
            "text",
            "Write at most 4000 characters.",
        ),
        (
            NEW_TOPIC,
            [("name", "REFUNDS"), ("words", typed), ("team", "")],
            "name",
            "There is one of this name",
        ),
        (
            NEW_TOPIC,
            [("name", "\u{202e}x"), ("words", typed), ("team", "")],
            "name",
            "turn around",
        ),
    ] {
        let answer = lead.post(path, &fields).await;
        let html = answer.text();
        assert_eq!(answer.status, 422, "{fields:?}");
        let error = format!("<p class=\"field-error\" id=\"{field}-error\">{why}");
        assert!(
            html.contains(&error) || html.contains(&format!("id=\"{field}-error\">")),
            "{html}"
        );
        assert!(html.contains(why), "{why}: {html}");
        assert!(html.contains(&format!("<a href=\"#{field}\">")), "{html}");
        assert!(html.contains("role=\"alert\""));
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{html}");
        assert!(
            html.contains("Typed, &amp; kept") || html.contains(&long),
            "{html}"
        );
        for (_, value) in fields
            .iter()
            .filter(|(_, value)| !value.is_empty() && *value != "xx")
        {
            assert!(
                html.contains(&value.replace('&', "&amp;")),
                "{value} is lost"
            );
        }
    }
    let after = (all(&server, "Ben").await, audit(&server, "Ben").await.len());
    assert_eq!(before, after);
}

#[tokio::test]
async fn what_was_removed_meanwhile_says_so_and_keeps_what_was_typed_to_be_added_anew() {
    let server = Server::start(Setup::default()).await;
    let lead = Staff::of(&server, "Ben").await;
    let (_, _, id) = furnish(&server, "Ben").await;
    let path = format!("{REPLIES}/{id}");
    assert_eq!(lead.get(&path).await.status, 200);
    // Somebody else's press.
    assert_eq!(lead.post(&format!("{path}/remove"), &[]).await.status, 303);
    let typed = [
        ("shortcut", "mine"),
        ("language", "ca"),
        ("text", "My words"),
    ];
    let gone = lead.post(&path, &typed).await;
    assert_eq!(gone.status, 404);
    for part in [
        "This is not there any more",
        "value=\"mine\"",
        "My words</textarea>",
        "<option value=\"ca\" selected>",
        "action=\"/agent/team/replies/new\"",
    ] {
        assert!(gone.text().contains(part), "{part}: {}", gone.text());
    }
    assert_eq!(lead.post(NEW_REPLY, &typed).await.status, 303);
    assert!(all(&server, "Ben").await.contains("My words"));
}

/// The list of replies is told to every agent's page in one frame, whose size is bounded (S7).
#[tokio::test]
async fn all_prepared_replies_together_are_no_more_than_a_frame_has_room_for() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    let lead = Staff::of(&server, "Ben").await;
    // As large in JSON as a text of so many bytes can be.
    let text = "\"".repeat(MAX_PREPARED_CHARS);
    let most = MAX_PREPARED_BYTES / MAX_PREPARED_CHARS;
    for number in 0..most {
        let shortcut = format!("r{number}");
        let reply = [
            ("shortcut", shortcut.as_str()),
            ("language", ""),
            ("text", &text),
        ];
        assert_eq!(lead.post(NEW_REPLY, &reply).await.status, 303, "{number}");
    }
    let reply = [
        ("shortcut", "last"),
        ("language", ""),
        ("text", text.as_str()),
    ];
    let refused = lead.post(NEW_REPLY, &reply).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("There can be no more of these"));
    ana.until("all of them", |it| {
        (it.staff.replies.len() == most).then_some(())
    })
    .await;
}

/// S1.
#[tokio::test]
async fn markup_in_names_words_and_texts_is_text_on_every_page() {
    let server = Server::start(Setup::default()).await;
    let lead = Staff::of(&server, "Ben").await;
    let (ana, _) = who(&server, "Ana").await;
    let ana = ana.to_string();
    let team = [("name", HOSTILE), ("members", ana.as_str())];
    assert_eq!(lead.post(NEW_TEAM, &team).await.status, 303);
    let topic = [("name", HOSTILE), ("words", HOSTILE), ("team", "")];
    assert_eq!(lead.post(NEW_TOPIC, &topic).await.status, 303);
    let reply = [("shortcut", "a"), ("language", ""), ("text", HOSTILE)];
    assert_eq!(lead.post(NEW_REPLY, &reply).await.status, 303);
    let refused = [("shortcut", HOSTILE), ("language", HOSTILE), ("text", "")];
    let refused = lead.post(NEW_REPLY, &refused).await;
    assert_eq!(refused.status, 422);
    let mut pages = vec![refused];
    for path in [
        "/agent/team",
        TEAMS,
        TOPICS,
        REPLIES,
        "/agent/team/teams/1",
        "/agent/team/teams/1/remove",
        "/agent/team/topics/1",
        "/agent/team/replies/1",
        "/agent/team/changes",
        &format!("/agent/team/people/{ana}"),
        &format!("/agent/team?done={HOSTILE}").replace(['<', '>', ' ', '"', '\''], "%3C"),
    ] {
        let page = lead.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        pages.push(page);
    }
    for page in &pages {
        assert!(!page.text().contains("<img"), "{}", page.text());
    }
    let shown = pages
        .iter()
        .filter(|it| it.text().contains("&lt;img src=x"));
    assert_eq!(shown.count(), pages.len(), "each shows it");
}
