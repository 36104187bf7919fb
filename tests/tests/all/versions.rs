//! R15: a page and a server of neighbouring versions understand each other, and a database of the version before opens.

use human_please::store::SqliteStore;
use human_please_tests::server::{Place, SHOP, Server, Setup};
use human_please_tests::socket::{Heard, Socket};
use human_please_tests::visitor::Visitor;
use serde_json::{Value, json};
use sqlx::{Connection, Executor, SqliteConnection};

const ID: &str = "4be2a6d1c05f4e7f8a9b30c1d2e3f401";

/// What a page of the first version sends, to the letter.
#[tokio::test]
async fn a_page_of_the_first_version_is_served_as_ever() {
    let server = Server::start(Setup::default()).await;
    let mut socket = Socket::open(&server.door()).await.expect("it may come in");
    let mut say = async |command: Value| {
        socket
            .send(json!({"id": ID, "command": command}).to_string())
            .await;
        loop {
            let Heard::Text(text) = socket.hear("the answer").await else {
                panic!("the connection was closed");
            };
            let frame: Value = serde_json::from_str(&text).unwrap();
            let (kind, content) = frame.as_object().unwrap().iter().next().unwrap();
            if matches!(kind.as_str(), "welcome" | "ack" | "refused" | "pong") {
                return (kind.clone(), content.clone());
            }
        }
    };
    let (kind, welcome) = say(json!({"hello": {"version": 1, "after": 0}})).await;
    assert_eq!(kind, "welcome");
    // Every field that the first version knew is there, and of its kind.
    for (pointer, is_its_kind) in [
        ("/version", Value::is_u64 as fn(&Value) -> bool),
        ("/conversation", Value::is_string),
        ("/token", Value::is_string),
        ("/epoch", Value::is_string),
        ("/now", Value::is_i64),
        ("/heartbeat_ms", Value::is_u64),
        ("/site/name", Value::is_string),
        ("/site/bot", Value::is_boolean),
        ("/site/contact", Value::is_string),
        ("/state/answering", Value::is_object),
        ("/history/events", Value::is_array),
        ("/history/earlier", Value::is_boolean),
    ] {
        assert!(
            welcome.pointer(pointer).is_some_and(is_its_kind),
            "{pointer}"
        );
    }
    for command in [json!({"say": {"text": "Hello"}}), json!({"ping": {}})] {
        let (kind, _) = say(command).await;
        assert!(kind == "ack" || kind == "pong", "{kind}");
    }
}

/// The tables of the first version, with a conversation in them, as a server of that version left them.
#[tokio::test]
async fn a_database_of_the_first_version_is_brought_up_to_date_and_loses_nothing() {
    let place = Place::furnished().await;
    let server = Server::start_at(std::sync::Arc::clone(&place), Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    visitor.settle().await;
    let (token, log, state) = (
        visitor.token.clone(),
        visitor.log.clone(),
        visitor.state.clone(),
    );
    drop(visitor);
    server.stop().await;
    back_to_the_first_version(&place).await;

    let server = Server::start_at(place, Setup::default()).await;
    let visitor = Visitor::load(&server.door(), &token).await;
    assert_eq!((visitor.log.clone(), visitor.state.clone()), (log, state));
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(visitor.welcome.conversation).await;
    let store = server.service.store();
    let site = server.service.site(SHOP).unwrap();
    assert_eq!(site.settings.hours, None);
    assert_eq!(
        store.requests(site.id, 10).await.unwrap(),
        [],
        "nobody knows how the line looked then"
    );
    // The store's connections come back by way of this story's own runtime, which must not be blocked meanwhile.
    drop((visitor, ana));
    server.stop().await;
}

/// A database that a newer server has changed is not touched by an older one, which says so.
#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let place = Place::furnished().await;
    let mut database = connect(&place).await;
    database
        .execute(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'of tomorrow', 1, x'00', 0)",
        )
        .await
        .unwrap();
    database.close().await.unwrap();
    let before = place.files();
    let error = SqliteStore::open(&place.database())
        .await
        .err()
        .expect("it is refused");
    let told = error.to_string();
    assert!(
        told.contains("cannot bring the database up to date") && told.contains("9999"),
        "{told}"
    );
    let names =
        |files: Vec<(String, Vec<u8>)>| files.into_iter().find(|(name, _)| name == "desk.db");
    assert_eq!(names(place.files()), names(before));
}

async fn connect(place: &Place) -> SqliteConnection {
    let url = format!("sqlite:{}", place.database().display());
    SqliteConnection::connect(&url).await.unwrap()
}

async fn back_to_the_first_version(place: &Place) {
    let mut database = connect(place).await;
    let newer: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .fetch_all(&mut database)
            .await
            .unwrap();
    let first = include_str!("../../../server/migrations/sqlite/0001_the_desk.sql");
    for (table,) in newer {
        let is_of_first = first.contains(&format!("CREATE TABLE {table} ("));
        if !is_of_first && !table.starts_with("_sqlx") && !table.starts_with("sqlite_") {
            database
                // Those of an index go with it.
                .execute(sqlx::AssertSqlSafe(format!("DROP TABLE IF EXISTS {table}")))
                .await
                .unwrap();
        }
    }
    // A column that an index is about cannot be dropped.
    database
        .execute("DROP INDEX conversation_supervisor")
        .await
        .unwrap();
    for (table, columns) in [
        ("agent", &["role", "most", "languages"][..]),
        (
            "conversation",
            &[
                "supervisor_at",
                "supervisor_due",
                "vulnerable",
                "team",
                "wanted",
                "topic",
                "language",
                "snoozed_until",
                "help_at",
                "solved_answer",
            ],
        ),
        ("site", &["time_zone", "hours", "exceptions"]),
        (
            "human_request",
            &[
                "place",
                "on_duty",
                "from_ms",
                "to_ms",
                "waits",
                "waits_since",
                "taken_at",
            ],
        ),
    ] {
        for column in columns {
            let drop = format!("ALTER TABLE {table} DROP COLUMN {column}");
            database.execute(sqlx::AssertSqlSafe(drop)).await.unwrap();
        }
    }
    database
        .execute("DELETE FROM _sqlx_migrations WHERE version > 1")
        .await
        .unwrap();
    database.close().await.unwrap();
}
