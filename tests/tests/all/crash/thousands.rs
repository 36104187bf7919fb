//! R8: with years of conversations on its disk the program is as soon ready again as with none.

use std::path::Path;
use std::time::Instant;

use human_please_tests::agent::Agent;
use human_please_tests::figures;
use human_please_tests::server::{Place, SHOP};
use human_please_tests::socket::Door;
use human_please_tests::visitor::Visitor;
use protocol::{CaseHolder, CaseList, Receipt};
use sqlx::{Connection, Executor, SqliteConnection};

use super::{READY_WITHIN, furnish_with_session, ready};

/// As many as the requirement names.
const CONVERSATIONS: u32 = 100_000;

/// Of so many, one waits, and one is with an agent.
const ONE_IN: u32 = 250;

/// What the program may take up in memory, in MiB, with all of them on its disk: it reads what is open, and no more.
const MEMORY_MIB: u64 = 128;

#[tokio::test(flavor = "multi_thread")]
async fn with_a_hundred_thousand_conversations_it_is_ready_in_time() {
    let place = Place::new();
    let session = furnish_with_session(&place).await;
    let began = Instant::now();
    let mut connection = open(&place.database()).await;
    fill(&mut connection, CONVERSATIONS).await;
    connection.close().await.unwrap();
    let filling = began.elapsed();
    let file_mib = place.database().metadata().unwrap().len() / 1024 / 1024;

    // Killed once, so that it is started as after a crash, with a log that is to be read back.
    let (server, address, _) = ready(&place).await;
    Visitor::come(&Door::visitor(address, SHOP))
        .await
        .human()
        .await;
    server.kill().await;
    let (server, address, time) = ready(&place).await;
    let memory_mib = memory_kib(server.pid(), "VmHWM:").map(|kib| kib / 1024);
    let found = [
        ("conversations", CONVERSATIONS.to_string()),
        ("database", format!("{file_mib} MiB")),
        ("filled within", format!("{} ms", filling.as_millis())),
        ("time to ready", format!("{} ms", time.as_millis())),
        ("memory at most", format!("{} MiB", memory_mib.unwrap_or(0))),
    ];
    figures::print("ready with everything that was ever said", &found);
    assert!(time < READY_WITHIN, "it was ready after {time:?}");
    assert!(memory_mib.is_none_or(|mib| mib < MEMORY_MIB));

    // The line and the claims are those that are stored, and it works.
    let mut agent = Agent::come(&Door::agent(address, &session)).await;
    agent.list_all(CaseList::Queue).await;
    let each = (CONVERSATIONS / ONE_IN) as usize;
    assert_eq!(agent.queue().len(), each + 1);
    let hers = agent
        .cases
        .values()
        .filter(|case| case.holder == CaseHolder::Me {});
    assert_eq!(hers.count(), each);
    let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
    let next = Receipt(u64::from(CONVERSATIONS) + 2);
    assert_eq!(visitor.human().await.receipt, Some(next));
}

/// Opens a database as a stranger does.
pub async fn open(database: &Path) -> SqliteConnection {
    let url = format!("sqlite:{}", database.display());
    SqliteConnection::connect(&url).await.unwrap()
}

/// Fills a furnished database of any version with conversations of six events each: most are over, one in
/// [`ONE_IN`] waits, one in [`ONE_IN`] is with Ana. Names every column: later versions may have more.
pub async fn fill(connection: &mut SqliteConnection, conversations: u32) {
    let shop = "(SELECT id FROM site WHERE key = 'shop')";
    let ana = "(SELECT id FROM agent WHERE email = 'ana@shop.example')";
    // An hour apart: the oldest is eleven years old.
    let at = "1400000000000 + number * 3600000";
    let fill = format!(
        "BEGIN;
         INSERT INTO conversation
             (number, id, site, token, holder, agent, last_human, receipt, requested_at)
         WITH RECURSIVE n(number) AS
             (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < {conversations})
         SELECT number, randomblob(16), {shop}, randomblob(32),
             CASE number % {ONE_IN} WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 3 END,
             CASE number % {ONE_IN} WHEN 1 THEN {ana} END, {ana}, number, {at} FROM n;
         INSERT INTO human_request (site, receipt, conversation, requested_at)
         SELECT site, receipt, number, requested_at FROM conversation;
         INSERT INTO event (conversation, seq, at, kind, command, agent, name, text, detail)
         WITH script(seq, kind, text) AS (VALUES
             (1, 4, NULL),
             (2, 1, 'Good morning, my order has not arrived and the tracking page shows nothing.'),
             (3, 5, NULL),
             (4, 3, 'I am sorry about that. I have asked the carrier, and they answer within the day.'),
             (5, 1, 'Thank you, that is kind. Please write to me when you know more.'),
             (6, 7, NULL))
         SELECT number, seq, {at} + seq * 20000, kind, CASE WHEN kind <> 7 THEN randomblob(16) END,
             CASE WHEN kind IN (3, 5, 7) THEN {ana} END, CASE WHEN kind IN (3, 5, 7) THEN 'Ana' END, text,
             CASE kind WHEN 4 THEN json_object('receipt', number, 'via', 'button') END
         FROM conversation CROSS JOIN script
         WHERE seq <= CASE holder WHEN 1 THEN 2 WHEN 2 THEN 5 ELSE 6 END;
         UPDATE conversation SET receipt = NULL, requested_at = NULL WHERE holder = 3;
         COMMIT;"
    );
    connection
        .execute(sqlx::AssertSqlSafe(fill))
        .await
        .expect("the tables take the rows");
}

/// What the kernel counts for a process in kibibytes; none where it does not say.
pub fn memory_kib(pid: u32, what: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(what))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
