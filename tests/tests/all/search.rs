//! Agents find conversations again, and open them: resolved ones too, and nobody else's (S3, S4, S8).

mod views;

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::http::{self, Answer};
use human_please_tests::server::{AGENTS, Server, Setup};
use human_please_tests::visitor::Visitor;
use hyper::Method;
use protocol::{
    AgentCommand, AgentId, CaseHolder, ConversationId, EventKind, Found, RefusalCode, Seq,
};
use serde_json::{Value, json};

const SEARCH: &str = "/api/v1/agent/search";

/// What a session's browser is answered.
async fn ask(server: &Server, session: &str, method: Method, path: &str, body: &Value) -> Answer {
    let cookie = format!("human-please-agent={session}");
    let headers = [("content-type", "application/json"), ("cookie", &cookie)];
    let body = body.to_string();
    http::request(server.address, method, path, &headers, &body).await
}

/// What somebody finds.
async fn find(server: &Server, name: &str, search: Value) -> Found {
    let session = server.session(name).await;
    let answer = ask(server, &session, Method::POST, SEARCH, &search).await;
    assert_eq!(answer.status, 200, "{search}: {}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    serde_json::from_slice(&answer.body).unwrap()
}

fn ids(found: &Found) -> Vec<ConversationId> {
    let cases = found.conversations.iter();
    cases.map(|case| case.conversation).collect()
}

async fn id_of(server: &Server, name: &str) -> AgentId {
    let (email, ..) = AGENTS.iter().find(|(_, known, _)| *known == name).unwrap();
    let store = server.service.store();
    store.agent_by_email(email).await.unwrap().unwrap().id
}

/// A conversation that Ana had and has marked as solved. Its visitor has gone.
async fn solved_by_ana(server: &Server, words: &str) -> (Visitor, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.say(words).await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.until_waiting(conversation).await;
    ana.take(conversation).await;
    ana.reply(conversation, "It is on its way.").await;
    ana.resolve(conversation).await;
    ana.must(AgentCommand::Duty { on: false }).await;
    (visitor, conversation)
}

#[tokio::test]
async fn what_was_solved_is_found_by_its_words_and_opened_with_its_log() {
    let server = Server::start(Setup::default()).await;
    let (visitor, conversation) = solved_by_ana(&server, "Where is my <b>Lámpara</b>?").await;
    drop(visitor);
    let found = find(
        &server,
        "Ana",
        json!({ "filter": { "q": "lampara", "state": "resolved" } }),
    )
    .await;
    assert_eq!(ids(&found), [conversation]);
    let case = &found.conversations[0];
    assert_eq!(case.holder, CaseHolder::Nobody {});
    assert_eq!(
        (case.last.as_deref(), case.preview.as_str()),
        (Some("Ana"), "Where is my <b>Lámpara</b>?")
    );
    assert!(
        case.receipt.is_some(),
        "the number of the request that was solved"
    );
    let snippet = case.snippet.as_ref().unwrap();
    assert_eq!(
        snippet.text, "Where is my <b>Lámpara</b>?",
        "text, and no markup"
    );
    assert_eq!(snippet.matches, [(15, 22)]);
    let number = case.receipt.unwrap();
    let by_number = json!({ "filter": { "q": format!("No. {number}") } });
    assert_eq!(ids(&find(&server, "Ana", by_number).await), [conversation]);

    let mut ana = server.agent("Ana").await;
    assert!(
        !ana.cases.contains_key(&conversation),
        "it is in none of her lists"
    );
    let page = ana.open(conversation).await;
    assert!(
        page.events
            .iter()
            .any(|event| matches!(event.kind, EventKind::Resolved { .. }))
    );
    let case = ana
        .until_case(conversation, "how it stands", |_| true)
        .await;
    assert_eq!(
        (case.holder, case.preview.as_str()),
        (CaseHolder::Nobody {}, "Where is my <b>Lámpara</b>?")
    );
    let earlier = AgentCommand::History {
        conversation,
        before: Seq(2),
    };
    assert_eq!(ana.read(earlier).await.unwrap().events.len(), 1);
}

/// Whoever has had it may look back until somebody has it again; a lead looks at everything.
#[tokio::test]
async fn what_is_over_is_opened_by_those_who_had_it_and_by_leads() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, conversation) = solved_by_ana(&server, "Hello").await;
    let open = AgentCommand::Open {
        conversation,
        after: Seq(0),
    };
    let mut ana = server.agent("Ana").await;
    let mut ben = server.agent("Ben").await;
    for agent in [&mut ana, &mut ben] {
        agent.open(conversation).await;
    }
    for name in ["Cleo", "Rita"] {
        assert_eq!(ids(&find(&server, name, json!({})).await), [], "{name}");
        let mut agent = server.agent(name).await;
        for command in [
            open.clone(),
            AgentCommand::History {
                conversation,
                before: Seq(9),
            },
        ] {
            let refused = agent.read(command).await.unwrap_err();
            assert_eq!(refused.code, RefusalCode::NoSuchConversation, "{name}");
        }
    }
    // It comes back, and Cleo takes it: what is said to her is hers, and a lead's who looks.
    let mut cleo = server.agent_on_duty("Cleo").await;
    visitor.human().await;
    cleo.until_waiting(conversation).await;
    cleo.take(conversation).await;
    visitor.say("For Cleo").await;
    let is_for_cleo =
        |kind: &EventKind| matches!(kind, EventKind::Message(it) if it.text == "For Cleo");
    ben.until_event(conversation, "what is said to Cleo", is_for_cleo)
        .await;
    ana.settle().await;
    assert!(
        !ana.logs[&conversation]
            .events()
            .iter()
            .any(|it| is_for_cleo(&it.kind))
    );
    assert!(ana.read(open.clone()).await.is_err());
    assert_eq!(ids(&find(&server, "Ana", json!({})).await), []);
    assert_eq!(ids(&find(&server, "Ben", json!({})).await), [conversation]);
}

#[tokio::test]
async fn a_lead_opens_what_is_with_the_assistant_and_on_no_desk() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    visitor.say("Only for the assistant").await;
    let conversation = visitor.welcome.conversation;
    visitor
        .until_event(
            "an answer",
            |kind| matches!(kind, EventKind::Message(it) if it.author == protocol::Author::Bot {}),
        )
        .await;
    drop(visitor);
    server.until_connections_are(0).await;
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::with_bot(bot::echoing())).await;
    let found = find(&server, "Ben", json!({ "filter": { "q": "assistant" } })).await;
    assert_eq!(ids(&found), [conversation]);
    assert_eq!(found.conversations[0].holder, CaseHolder::Bot {});
    let mut ben = server.agent("Ben").await;
    assert!(ben.open(conversation).await.events.len() >= 2);
    for name in ["Ana", "Rita"] {
        let mut agent = server.agent(name).await;
        let open = AgentCommand::Open {
            conversation,
            after: Seq(0),
        };
        let refused = agent.read(open).await.unwrap_err();
        assert_eq!(refused.code, RefusalCode::NoSuchConversation, "{name}");
        assert_eq!(ids(&find(&server, name, json!({})).await), [], "{name}");
    }
    // What comes later is heard by whoever has it open, as anywhere.
    let mut visitor = Visitor::come(&server.door()).await;
    visitor.say("Another one").await;
    ben.settle().await;
    assert!(!ben.logs.contains_key(&visitor.welcome.conversation));
}

#[tokio::test]
async fn a_search_is_for_who_is_signed_in_on_our_own_page_and_says_what_is_wrong() {
    let server = Server::start(Setup::default()).await;
    for session in ["", "x", &"0".repeat(64)] {
        for body in [json!({}), json!({ "nonsense": 1 })] {
            let answer = ask(&server, session, Method::POST, SEARCH, &body).await;
            assert_eq!(
                (answer.status, &answer.json()["code"]),
                (401, &json!("signed_out"))
            );
        }
    }
    let session = server.session("Ana").await;
    let cookie = format!("human-please-agent={session}");
    for origin in ["https://shop.example", "null"] {
        let headers = [
            ("origin", origin),
            ("content-type", "application/json"),
            ("cookie", &cookie),
        ];
        let answer = http::request(server.address, Method::POST, SEARCH, &headers, "{}").await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (403, &json!("foreign_origin"))
        );
    }
    let ben = id_of(&server, "Ben").await;
    let filter = |filter: Value| json!({ "filter": filter });
    for (body, status, code, field) in [
        (json!({ "site": 1 }), 400, "malformed", None),
        (filter(json!({ "site": 1 })), 400, "malformed", None),
        (filter(json!({ "state": "closed" })), 400, "malformed", None),
        (json!("lamp"), 400, "malformed", None),
        (
            filter(json!({ "q": "é".repeat(201) })),
            422,
            "too_long",
            Some("q"),
        ),
        (
            filter(json!({ "q": "a ".repeat(21) })),
            422,
            "too_many_words",
            Some("q"),
        ),
        (
            filter(json!({ "q": "\"*\" ()" })),
            422,
            "no_words",
            Some("q"),
        ),
        (
            filter(json!({ "agent": ben })),
            422,
            "not_allowed",
            Some("agent"),
        ),
        (
            filter(json!({ "from": 5, "to": 5 })),
            422,
            "out_of_range",
            Some("to"),
        ),
        (json!({ "count": 0 }), 422, "out_of_range", Some("count")),
        (json!({ "count": 101 }), 422, "out_of_range", Some("count")),
        (json!({ "after": "1" }), 422, "no_such_place", Some("after")),
        (
            json!({ "after": "1-2'; --" }),
            422,
            "no_such_place",
            Some("after"),
        ),
    ] {
        let answer = ask(&server, &session, Method::POST, SEARCH, &body).await;
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
        assert!(!told["detail"].as_str().unwrap().is_empty());
    }
    let answer = ask(&server, &session, Method::GET, SEARCH, &json!({})).await;
    assert_eq!(answer.status, 405, "what is looked for is in no URL");
    // A lead may name anybody, and an agent themselves.
    for (name, agent) in [
        ("Ben", id_of(&server, "Ana").await),
        ("Ben", ben),
        ("Ana", id_of(&server, "Ana").await),
    ] {
        assert_eq!(
            ids(&find(&server, name, filter(json!({ "agent": agent }))).await),
            []
        );
    }
}

#[tokio::test]
async fn pages_follow_each_other_to_the_end() {
    let server = Server::start(Setup::default()).await;
    let mut all = vec![];
    for number in 0..5 {
        let mut visitor = server.visitor().await;
        visitor.say(&format!("Lamp number {number}")).await;
        all.insert(0, visitor.welcome.conversation);
    }
    for q in ["", "lamp"] {
        let mut search = json!({ "filter": { "q": q }, "count": 2 });
        let mut told = vec![];
        for more in [true, true, false] {
            let found = find(&server, "Cleo", search.clone()).await;
            assert!(!found.behind);
            assert_eq!(found.after.is_some(), more, "{q}");
            told.extend(ids(&found));
            search["after"] = json!(found.after);
        }
        assert_eq!(told, all, "{q}");
    }
}

/// Whoever looks at what is over and goes leaves nothing behind in the server's memory.
#[tokio::test]
async fn what_nobody_looks_at_any_more_is_in_the_store_alone() {
    let server = Server::start(Setup::default()).await;
    let (visitor, conversation) = solved_by_ana(&server, "Hello").await;
    drop(visitor);
    let mut ben = server.agent("Ben").await;
    ben.open(conversation).await;
    assert!(server.service.hub().has_audience(conversation));
    drop(ben);
    server.until_connections_are(0).await;
    assert!(!server.service.hub().has_audience(conversation));
    // And it is there again whenever somebody asks.
    let mut ana: Agent = server.agent("Ana").await;
    assert!(ana.open(conversation).await.events.len() > 3);
    let reply = AgentCommand::Reply {
        conversation,
        text: "Late".into(),
        replies: vec![],
    };
    assert!(
        ana.ask(new_id(), reply).await.is_err(),
        "to look is not to have"
    );
}
