//! R8, R9: a server that is killed while it makes or changes its tables leaves a database that the next one takes over.

#![cfg(target_os = "linux")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use human_please::secret;
use human_please_tests::figures;
use human_please_tests::http;
use human_please_tests::program::{Program, binary};
use human_please_tests::random::Random;
use human_please_tests::server::{Place, SHOP, furnish_file};
use human_please_tests::socket::Door;
use human_please_tests::visitor::Visitor;
use protocol::Token;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr, SqliteConnection};
use tokio::process::Command;

use super::thousands::{fill, open};
use crate::disk::integrity_is_whole;

/// The calls by which SQLite changes files, and how often the program is killed at one of each.
const CALLS: [(&str, u64); 3] = [("pwrite64", 8), ("fdatasync", 3), ("unlink", 1)];

/// Conversations in the database of the first version.
const CONVERSATIONS: u32 = 500;

#[tokio::test]
async fn killed_while_it_makes_its_tables_it_makes_them_at_the_next_start() {
    let mut random = Random::of_story();
    let nothing = Place::new();
    let kills = kill_at_many_moments(&nothing.database(), &mut random, async |place| {
        furnish_file(&place.database()).await;
        let (server, address, _) = super::ready(place).await;
        let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
        visitor.human().await;
        server.kill().await;
    })
    .await;
    figures::print(
        "killed while it made its tables",
        &[("kills survived", kills.to_string())],
    );
}

#[tokio::test]
async fn killed_while_it_changes_the_tables_of_the_first_version_it_has_kept_everything() {
    let mut random = Random::of_story();
    let old = Place::new();
    let token = of_the_first_version(&old.database()).await;
    let kills = kill_at_many_moments(&old.database(), &mut random, async |place| {
        let (server, address, _) = super::ready(place).await;
        let door = Door::visitor(address, SHOP);
        let mut visitor = Visitor::load(&door, &token).await;
        assert_eq!(visitor.log.events().len(), 6, "the old log is there");
        visitor.say("I am back").await;
        let mut connection = open(&place.database()).await;
        for (what, count) in [
            ("conversation", CONVERSATIONS),
            ("human_request", CONVERSATIONS),
        ] {
            let counted = format!("SELECT count(*) FROM {what} WHERE {what}.site = 1");
            let counted = sqlx::query_scalar(AssertSqlSafe(counted));
            let counted: u32 = counted.fetch_one(&mut connection).await.unwrap();
            // Whoever was resolved and writes again makes one more request.
            assert!(
                (count..=count + 1).contains(&counted),
                "{counted} of {what}"
            );
        }
        server.kill().await;
    })
    .await;
    figures::print(
        "killed while it changed the first version's tables",
        &[("kills survived", kills.to_string())],
    );
}

/// Starts the program on copies of a database, each time killed at another call that changes a file; then starts it
/// again, and has the outcome checked. Gives the number of kills.
async fn kill_at_many_moments(
    database: &Path,
    random: &mut Random,
    check: impl AsyncFn(&Place),
) -> u64 {
    let calls = calls_of_a_start(database).await;
    let mut kills = 0;
    for (call, times) in CALLS {
        let most = calls.get(call).copied().unwrap_or_default();
        let times = times.min(most);
        for number in 0..times {
            // One out of each of as many equal parts of the whole start.
            let (from, to) = (most * number / times, most * (number + 1) / times);
            let when = 1 + from + random.below(to - from);
            let place = copy(database);
            let inject = format!("--inject={call}:signal=KILL:when={when}");
            let traced = traced(&place, "/dev/null", &inject);
            assert_eq!(traced.listens().await, None, "killed at {call} {when}");
            // Waits until it has let go of the files.
            drop(traced);
            kills += 1;

            let (server, address, _) = super::ready(&place).await;
            assert_eq!(http::get(address, "/healthz").await.status, 200);
            server.kill().await;
            integrity_is_whole(&place.database()).await;
            let mut connection = open(&place.database()).await;
            let made: Vec<i64> =
                sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version")
                    .fetch_all(&mut connection)
                    .await
                    .unwrap();
            let all: Vec<i64> = (1..).take(migrations().len()).collect();
            assert_eq!(made, all, "killed at {call} {when}");
            drop(connection);
            check(&place).await;
        }
    }
    assert!(kills > 0, "nothing was written: {calls:?}");
    kills
}

/// How often a start that nobody interrupts makes each call, in the thread that makes it most often: strace counts for
/// each thread.
async fn calls_of_a_start(database: &Path) -> HashMap<String, u64> {
    let place = copy(database);
    let log = place.folder().join("calls");
    let traced = traced(&place, log.to_str().unwrap(), "--quiet=all");
    assert!(traced.listens().await.is_some());
    traced.kill().await;
    let mut counts: HashMap<(String, String), u64> = HashMap::new();
    for line in std::fs::read_to_string(log).unwrap().lines() {
        let mut words = line.split_whitespace();
        let thread = words.next().unwrap_or_default();
        let call = words.next().and_then(|call| call.split_once('('));
        if let Some((call, _)) = call {
            *counts.entry((thread.into(), call.into())).or_default() += 1;
        }
    }
    let mut most: HashMap<String, u64> = HashMap::new();
    for ((_, call), count) in counts {
        let most = most.entry(call).or_default();
        *most = count.max(*most);
    }
    most
}

/// The program under strace, which is no parent of it: a kill reaches the program itself.
fn traced(place: &Place, log: &str, inject: &str) -> Program {
    let mut strace = Command::new("strace");
    strace.args(["--daemonize", "--follow-forks", "--output", log]);
    strace.args(["--trace=pwrite64,fdatasync,fsync,unlink", inject]);
    strace.arg(binary());
    strace.args(["serve", "--listen", "127.0.0.1:0", "--database"]);
    strace.arg(format!("sqlite:{}", place.database().display()));
    Program::spawn(strace)
}

fn copy(database: &Path) -> std::sync::Arc<Place> {
    let place = Place::new();
    if database.exists() {
        std::fs::copy(database, place.database()).unwrap();
    }
    place
}

/// The numbered files, the first one first.
fn migrations() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/migrations/sqlite");
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// Makes a database as the first version of the program left it. Gives the token of its first visitor.
async fn of_the_first_version(database: &Path) -> Token {
    std::fs::File::create_new(database).unwrap();
    let mut connection = open(database).await;
    let sql = std::fs::read_to_string(&migrations()[0]).unwrap();
    let first = Migration::new(
        1,
        "the desk".into(),
        MigrationType::Simple,
        AssertSqlSafe(sql).into_sql_str(),
        false,
    );
    let migrator = Migrator::with_migrations(vec![first]);
    migrator.run(&mut connection).await.unwrap();
    for people in [
        "INSERT INTO history (epoch) VALUES (randomblob(16))",
        "INSERT INTO site (id, key, name, origins, bot, contact)
         VALUES (1, 'shop', 'The shop', '', 0, 'hello@shop.example')",
        "INSERT INTO agent (id, site, email, name, password)
         VALUES (randomblob(16), 1, 'ana@shop.example', 'Ana', 'none')",
    ] {
        sqlx::query(people).execute(&mut connection).await.unwrap();
    }
    fill(&mut connection, CONVERSATIONS).await;
    let token = secret::new_token();
    set_token(&mut connection, &token).await;
    token
}

/// Makes a token that of a conversation that is over.
async fn set_token(connection: &mut SqliteConnection, token: &Token) {
    sqlx::query("UPDATE conversation SET token = ? WHERE number = 2")
        .bind(&secret::hash_token(token).0[..])
        .execute(connection)
        .await
        .unwrap();
}
