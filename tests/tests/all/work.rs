//! `/agent/work`: people see what they worked, the same as their lead sees of them, and can hold it against the log.

use human_please::store::Page;
use human_please_tests::agent::Agent;
use human_please_tests::clock::HandClock;
use human_please_tests::http::Answer;
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::Door;
use human_please_tests::staff::{Staff, who};
use protocol::{AgentCommand, EventKind, Role, Seq, Timestamp};

const WORK: &str = "/agent/work";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Monday, 23 November 2026, 09:00 in UTC.
const NINE: i64 = 1_795_424_400_000;

async fn start() -> (Server, HandClock) {
    let clock = HandClock::at(Timestamp(NINE));
    let setup = Setup {
        clock: clock.clock(),
        ..Setup::default()
    };
    (Server::start(setup).await, clock)
}

/// A figure of the page.
fn figure(page: &Answer, name: &str) -> String {
    let label = format!("<dt>{name}</dt><dd>");
    let (_, rest) = page
        .text()
        .split_once(&label)
        .unwrap_or_else(|| panic!("{name}: {}", page.text()));
    rest.split('<').next().unwrap().to_owned()
}

/// The lines of a statement, without their ends and the mark before the first.
fn lines(statement: &Answer) -> Vec<String> {
    let text = statement.text().strip_prefix('\u{feff}').unwrap();
    let text = text.strip_suffix("\r\n").unwrap();
    text.split("\r\n").map(str::to_owned).collect()
}

/// Ana is on duty from nine to half past twelve, takes a conversation, replies twice and marks it as solved.
async fn a_morning(server: &Server, clock: &HandClock) -> (Agent, protocol::ConversationId) {
    let mut ana = server.agent_on_duty("Ana").await;
    clock.set(Timestamp(NINE + 5 * MINUTE));
    let mut visitor = server.visitor().await;
    visitor.say("Where is my lamp?").await;
    let conversation = visitor.welcome.conversation;
    ana.take(conversation).await;
    clock.set(Timestamp(NINE + 5 * MINUTE + 42_000));
    ana.reply(conversation, "It is on its way.").await;
    clock.set(Timestamp(NINE + 10 * MINUTE));
    ana.reply(conversation, "It comes today.").await;
    ana.resolve(conversation).await;
    clock.set(Timestamp(NINE + 3 * HOUR + 30 * MINUTE));
    ana.must(AgentCommand::Duty { on: false }).await;
    (ana, conversation)
}

#[tokio::test]
async fn people_see_their_shifts_and_what_they_did_and_their_lead_sees_the_same() {
    let (server, clock) = start().await;
    let (mut ana, _) = a_morning(&server, &clock).await;
    clock.set(Timestamp(NINE + 4 * HOUR));
    ana.go_on_duty().await;
    clock.set(Timestamp(NINE + 5 * HOUR));
    let page = Staff::of(&server, "Ana")
        .await
        .get("/agent/work?period=today")
        .await;
    assert_eq!(page.status, 200);
    for (name, value) in [
        ("Time on duty", "4 h 30 min"),
        ("Longest without a break", "3 h 30 min"),
        ("Conversations taken", "1"),
        ("Replies sent", "2"),
        ("Marked as solved", "1"),
        ("Passed on", "0"),
        ("First reply, median", "0:42"),
    ] {
        assert_eq!(figure(&page, name), value, "{name}");
    }
    for part in [
        "Monday 23 November 2026",
        "by the clocks of UTC",
        "09:00–12:30",
        "13:00–now",
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    let (id, _) = who(&server, "Ana").await;
    let ben = Staff::of(&server, "Ben").await;
    let path = format!("/agent/work?agent={id}&period=today");
    let seen = ben.get(&path).await;
    assert!(seen.text().contains("<h1>Work of Ana</h1>"));
    let figures = |page: &Answer| {
        let (_, rest) = page.text().split_once("<dl class=\"tiles\">").unwrap();
        rest.split_once("</table>").unwrap().0.to_owned()
    };
    assert_eq!(figures(&page), figures(&seen));
    let own = Staff::of(&server, "Ana").await;
    let from = "from=2026-11-23&to=2026-11-23";
    let mine = own.get(&format!("{WORK}/statement.csv?{from}")).await;
    let theirs = ben
        .get(&format!("{WORK}/statement.csv?{from}&agent={id}"))
        .await;
    assert_eq!(mine.text(), theirs.text());
}

/// What an agent asks of somebody else is answered as if there were nobody (S3).
#[tokio::test]
async fn an_agent_sees_nobody_elses_work() {
    let (server, clock) = start().await;
    a_morning(&server, &clock).await;
    let cleo = Staff::of(&server, "Cleo").await;
    let rita = Staff::with_role(&server, "Rita", Role::Admin).await;
    let (ana, _) = who(&server, "Ana").await;
    let nobody = "0123456789abcdef0123456789abcdef".to_owned();
    for path in [WORK, "/agent/work/statement.csv"] {
        let ask = |id: &str| format!("{path}?agent={id}&from=2026-11-23&to=2026-11-23");
        for staff in [&cleo, &rita] {
            let missing = staff.get(&ask(&nobody)).await;
            assert_eq!(missing.status, 404);
            for id in [ana.to_string(), String::new(), "ana".into()] {
                let answer = staff.get(&ask(&id)).await;
                assert_eq!(
                    (answer.status, answer.text()),
                    (404, missing.text()),
                    "{path} {id}"
                );
            }
        }
        let signed_out = Staff::nobody(&server).get(&ask(&ana.to_string())).await;
        assert_eq!(signed_out.header("location"), Some("/agent"));
    }
    let (own, _) = who(&server, "Cleo").await;
    let mine = cleo.get(&format!("{WORK}?agent={own}")).await;
    assert_eq!(mine.status, 200);
}

/// S14, B7: each line of the table is an event of the log, with its number and its time.
#[tokio::test]
async fn a_statement_can_be_held_against_the_log() {
    let (server, clock) = start().await;
    let (_ana, conversation) = a_morning(&server, &clock).await;
    let staff = Staff::of(&server, "Ana").await;
    let path = format!("{WORK}/statement.csv?from=2026-11-23&to=2026-11-23");
    let statement = staff.get(&path).await;
    for (name, value) in [
        ("content-type", "text/csv; charset=utf-8; header=present"),
        (
            "content-disposition",
            "attachment; filename=\"work-2026-11-23-2026-11-23.csv\"",
        ),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(statement.header(name), Some(value), "{name}");
    }
    let asked = server.look(move |store| async move {
        let whole = Page::After(Seq(0));
        store.history(conversation, whole).await
    });
    let log = asked.await.unwrap().events;
    let line = |what: &str, at: &str, seq: u64| format!("Ana,{what},{at},,,1,{conversation},{seq}");
    let seq_of = |is: &dyn Fn(&EventKind) -> bool| -> Vec<u64> {
        let found = log.iter().filter(|event| is(&event.kind));
        found.map(|event| event.seq.0).collect()
    };
    let is_reply = |kind: &EventKind| matches!(kind, EventKind::Message(message) if matches!(message.author, protocol::Author::Agent { .. }));
    let taken = seq_of(&|kind| matches!(kind, EventKind::Taken { .. }))[0];
    let replies = seq_of(&is_reply);
    let resolved = seq_of(&|kind| matches!(kind, EventKind::Resolved { .. }))[0];
    assert_eq!(
        lines(&statement),
        [
            "person,what,at,until,seconds,receipt,conversation,event".to_owned(),
            "Ana,shift,2026-11-23T09:00:00Z,2026-11-23T12:30:00Z,12600,,,".into(),
            line("taken", "2026-11-23T09:05:00Z", taken),
            line("reply", "2026-11-23T09:05:42Z", replies[0]),
            line("reply", "2026-11-23T09:10:00Z", replies[1]),
            line("resolved", "2026-11-23T09:10:00Z", resolved),
        ]
    );
    let before = staff
        .get(&format!(
            "{WORK}/statement.csv?from=2026-11-22&to=2026-11-22"
        ))
        .await;
    assert_eq!(
        lines(&before).len(),
        1,
        "nothing but the names of the columns"
    );
    let wrong = staff
        .get(&format!("{WORK}/statement.csv?from=2026-11-23&to==1"))
        .await;
    assert_eq!(wrong.status, 422);
}

/// A conversation that is passed on, and one that is lost with the connection, are told apart.
#[tokio::test]
async fn what_is_passed_on_is_counted() {
    let (server, clock) = start().await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    ana.take(conversation).await;
    let pass_on = AgentCommand::Transfer {
        conversation,
        to: None,
        note: None,
    };
    // Whoever goes off duty keeps what they hold, and what they do with it counts.
    ana.must(AgentCommand::Duty { on: false }).await;
    clock.set(Timestamp(NINE + 30_000));
    ana.must(pass_on).await;
    clock.set(Timestamp(NINE + MINUTE));
    let page = Staff::of(&server, "Ana").await.get(WORK).await;
    assert_eq!(figure(&page, "Passed on"), "1");
    assert_eq!(figure(&page, "First reply, median"), "–");
}

/// A10: whoever is on duty for long without a break is reminded of one, and of nothing once they had it.
#[tokio::test]
async fn a_break_is_reminded_of_after_two_hours_without_one() {
    let (server, clock) = start().await;
    let session = server.session("Ana").await;
    let mut ana = Agent::come(&Door::agent(server.address, &session)).await;
    ana.go_on_duty().await;
    let staff = Staff::of(&server, "Ana").await;
    let reminds = async |after: i64| {
        clock.set(Timestamp(NINE + after));
        let page = staff.get("/agent/work?period=last-week").await;
        page.text().contains("A short break is due.")
    };
    let off = AgentCommand::Duty { on: false };
    assert!(!reminds(2 * HOUR).await);
    assert!(
        reminds(2 * HOUR + MINUTE).await,
        "whatever days are looked at"
    );
    ana.must(off.clone()).await;
    assert!(!reminds(2 * HOUR + 2 * MINUTE).await, "off duty");
    clock.set(Timestamp(NINE + 2 * HOUR + 15 * MINUTE));
    ana.go_on_duty().await;
    assert!(
        reminds(2 * HOUR + 16 * MINUTE).await,
        "fourteen minutes are none"
    );
    ana.must(off).await;
    clock.set(Timestamp(NINE + 3 * HOUR));
    ana.go_on_duty().await;
    assert!(!reminds(3 * HOUR + 30 * MINUTE).await);
}

#[tokio::test]
async fn days_are_those_of_the_shops_clocks_and_wrong_ones_are_told_beside_their_field() {
    let (server, clock) = start().await;
    server.open_on_weekdays().await;
    // Ana works over midnight in Madrid, which is 23:00 in UTC.
    clock.set(Timestamp(NINE + 13 * HOUR));
    let mut ana = server.agent_on_duty("Ana").await;
    clock.set(Timestamp(NINE + 16 * HOUR));
    ana.must(AgentCommand::Duty { on: false }).await;
    let staff = Staff::of(&server, "Ana").await;
    let one = staff.get("/agent/work?from=2026-11-23&to=2026-11-23").await;
    assert_eq!(figure(&one, "Time on duty"), "1 h");
    assert!(one.text().contains("by the clocks of Europe/Madrid"));
    assert!(one.text().contains("23:00–00:00"), "{}", one.text());
    let both = staff.get("/agent/work?from=2026-11-23&to=2026-11-24").await;
    assert_eq!(figure(&both, "Time on duty"), "3 h");
    for (from, to, field) in [
        ("2026-11-24", "2026-11-23", "to"),
        ("", "2026-11-23", "from"),
        ("2026-11-31", "2026-12-01", "from"),
        ("2024-01-01", "2026-01-01", "to"),
    ] {
        let wrong = staff.get(&format!("{WORK}?from={from}&to={to}")).await;
        assert_eq!(wrong.status, 422, "{from} {to}");
        assert!(
            wrong.text().contains(&format!("id=\"{field}-error\"")),
            "{}",
            wrong.text()
        );
        assert!(
            wrong.text().contains(&format!("value=\"{from}\"")),
            "what was typed is kept"
        );
    }
}
