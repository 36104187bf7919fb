//! R9: a database that cannot be written to. Nothing is acked, everybody is told plainly, reading goes on, and it works
//! again by itself.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use human_please_tests::answers::new_id;
use human_please_tests::http::{self, sign_in};
use human_please_tests::program::{Program, binary};
use human_please_tests::server::{PASSWORD, Place, SHOP, Server, Setup, furnish_file};
use human_please_tests::socket::Door;
use human_please_tests::store::Hand;
use human_please_tests::visitor::Visitor;
use hyper::Method;
use protocol::{AgentCommand, Answering, CommandId, Receipt, RefusalCode, Refused, VisitorCommand};
use serde_json::json;
use sqlx::{Connection, Executor, SqliteConnection};
use tokio::process::Command;

async fn works(visitor: &mut Visitor) {
    visitor.say("It works").await;
    assert_eq!(
        visitor.log.messages().last(),
        Some(&("visitor", "It works"))
    );
}

/// Sends a message and presses the button while nothing can be stored; then, when `mend` has let it, both again.
async fn nothing_is_acked_until_it_is_mended(
    address: std::net::SocketAddr,
    mend: impl AsyncFnOnce(),
) {
    let door = Door::visitor(address, SHOP);
    let mut visitor = Visitor::come(&door).await;
    let (say, press) = (new_id(), new_id());
    let text = VisitorCommand::Say {
        text: "Is anybody there?".into(),
    };
    for (id, command) in [(say, text.clone()), (press, VisitorCommand::Human {})] {
        assert_eq!(visitor.ask(id, command).await, Err(unavailable(id)));
    }
    assert!(Refused::new(None, RefusalCode::Unavailable).retry);
    assert!(
        !visitor.welcome.site.contact.is_empty(),
        "how to reach the shop is said on arrival"
    );
    visitor.settle().await;
    assert_eq!(
        visitor.log.events(),
        [],
        "nothing was told that is not stored"
    );
    // Reading goes on: pages, and new connections.
    assert_eq!(http::get(address, "/healthz").await.status, 200);
    assert_eq!(http::get(address, "/chat/shop").await.status, 200);
    let _newcomer = Visitor::come(&door).await;

    mend().await;
    let said = visitor.ask(say, text.clone()).await.unwrap();
    let pressed = visitor.ask(press, VisitorCommand::Human {}).await.unwrap();
    assert!(pressed.receipt.is_some());
    assert_eq!(visitor.ask(say, text).await.unwrap(), said);
    visitor.until_seq(said.seq.unwrap()).await;
    assert_eq!(visitor.log.count(say), 1, "once, however often it was sent");
    works(&mut visitor).await;
    visitor.settle().await;
    let fresh = Visitor::load(&door, &visitor.token).await;
    assert_eq!(fresh.log, visitor.log);
}

fn unavailable(id: CommandId) -> Refused {
    Refused::new(Some(id), RefusalCode::Unavailable)
}

#[tokio::test]
async fn a_second_server_on_the_same_database_refuses_to_start_and_the_first_goes_on() {
    let place = Place::furnished().await;
    let first = Program::serve(&place.database(), &[]);
    let address = first.address().await;
    let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
    works(&mut visitor).await;
    let mut second = Program::serve(&place.database(), &[]);
    assert!(!second.ended().await.success());
    let told = second.stderr().join("\n");
    assert!(
        told.contains("desk.db is in use by another server; stop that one first"),
        "{told}"
    );
    works(&mut visitor).await;

    // When the first has gone, however it went, another one may start.
    first.kill().await;
    let third = Program::serve(&place.database(), &[]);
    let mut visitor =
        Visitor::load(&Door::visitor(third.address().await, SHOP), &visitor.token).await;
    works(&mut visitor).await;
}

/// The tasks that set things up do not disturb a server that runs.
#[tokio::test]
async fn sites_and_agents_can_be_set_while_the_server_runs() {
    let place = Place::furnished().await;
    let server = Program::serve(&place.database(), &[]);
    let address = server.address().await;
    let database = format!("sqlite:{}", place.database().display());
    let mut add = Program::start(&[
        "agent",
        "add",
        "zoe@shop.example",
        "--name",
        "Zoe",
        "--site",
        SHOP,
        "--database",
        &database,
    ]);
    assert!(add.ended().await.success(), "{:?}", add.stderr());
    let printed = add.stdout().join("\n");
    let token = printed.split("#invitation=").nth(1);
    let token = token.expect("a link where she chooses a password").trim();
    let password = "three calm blue lamps";
    let body = json!({ "token": token, "password": password }).to_string();
    let json = [("content-type", "application/json")];
    let path = "/api/v1/agent/invitation";
    let chosen = http::request(address, Method::PUT, path, &json, &body).await;
    assert_eq!(chosen.status, 204);
    let answer = sign_in(address, "zoe@shop.example", password).await;
    assert_eq!(answer.status, 204);
    let mut zoe =
        human_please_tests::agent::Agent::come(&Door::agent(address, &http::session(&answer)))
            .await;
    zoe.go_on_duty().await;

    // A new site is served within seconds: its visitors come in, write, and wait for people.
    let mut add = Program::start(&[
        "site",
        "add",
        "second",
        "--name",
        "Second",
        "--contact",
        "hello@second.example",
        "--no-bot",
        "--database",
        &database,
    ]);
    assert!(add.ended().await.success(), "{:?}", add.stderr());
    assert!(
        add.stdout()[0].contains("data-site=\"second\""),
        "{:?}",
        add.stdout()
    );
    let door = Door::visitor(address, "second");
    let mut visitor = human_please_tests::socket::soon("the new site to be served", async {
        while human_please_tests::socket::Socket::open(&door)
            .await
            .is_err()
        {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Visitor::come(&door).await
    })
    .await;
    works(&mut visitor).await;
    assert_eq!(visitor.human().await.receipt, Some(Receipt(1)));
}

/// Several times as long as a statement waits for a lock.
const LOCKED: Duration = Duration::from_secs(10);

#[tokio::test]
async fn while_another_process_locks_the_database_for_ten_seconds_nothing_is_acked() {
    let place = Place::furnished().await;
    let server = Program::serve(&place.database(), &[]);
    let address = server.address().await;
    let url = format!("sqlite:{}", place.database().display());
    let mut intruder = SqliteConnection::connect(&url).await.unwrap();
    intruder.execute("BEGIN IMMEDIATE").await.unwrap();
    let locked_at = Instant::now();
    nothing_is_acked_until_it_is_mended(address, async || {
        // The plain page says so, too, and how to reach the shop otherwise.
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let pressed = http::request(address, Method::POST, "/chat/shop", &form, "act=human").await;
        assert_eq!(pressed.status, 503);
        assert!(pressed.text().contains("hello@shop.example"));
        let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
        while locked_at.elapsed() < LOCKED {
            let id = new_id();
            let refused = visitor.ask(id, VisitorCommand::Human {}).await;
            assert_eq!(refused, Err(unavailable(id)));
        }
        intruder.execute("ROLLBACK").await.unwrap();
    })
    .await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn while_files_cannot_grow_nothing_is_acked() {
    nothing_is_acked_until_files_may_grow().await;
}

/// A limit on files that this process alone has, and that is below what they are already.
#[cfg(target_os = "linux")]
async fn nothing_is_acked_until_files_may_grow() {
    let place = Place::furnished().await;
    // The signal that the kernel sends beside the error is ignored, as it would not come from a full disk.
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(binary());
    shell.args(["serve", "--listen", "127.0.0.1:0", "--database"]);
    shell.arg(format!("sqlite:{}", place.database().display()));
    let server = Program::spawn(shell);
    let address = server.address().await;
    let mut before = Visitor::come(&Door::visitor(address, SHOP)).await;
    works(&mut before).await;
    limit_file_size(server.pid(), "1024:unlimited").await;
    nothing_is_acked_until_it_is_mended(address, async || {
        limit_file_size(server.pid(), "unlimited:unlimited").await;
    })
    .await;
    works(&mut before).await;
    server.kill().await;
    integrity_is_whole(&place.database()).await;
}

#[cfg(target_os = "linux")]
async fn limit_file_size(pid: u32, limit: &str) {
    let mut prlimit = Command::new("prlimit");
    prlimit
        .arg(format!("--pid={pid}"))
        .arg(format!("--fsize={limit}"));
    assert!(
        prlimit
            .status()
            .await
            .expect("prlimit is part of every Linux")
            .success()
    );
}

/// SQLite looks through the whole database.
pub async fn integrity_is_whole(database: &Path) {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", database.display()))
        .await
        .unwrap();
    let found: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(found, "ok");
}

/// A disk of 2 MiB, where this user may mount one; a limit on files, where not.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn while_the_disk_is_full_nothing_is_acked() {
    let place = Place::new();
    let disk = place.folder().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let Some(_mounted) = SmallDisk::mount(&disk).await else {
        return nothing_is_acked_until_files_may_grow().await;
    };
    let database = disk.join("desk.db");
    furnish_file(&database).await;
    let server = Program::serve(&database, &[]);
    let address = server.address().await;
    let filler = disk.join("filler");
    fill(&filler);
    let mend = async || std::fs::remove_file(&filler).unwrap();
    nothing_is_acked_until_it_is_mended(address, mend).await;
    server.kill().await;
    integrity_is_whole(&database).await;
}

/// A small file system in memory. Dropped, it is unmounted.
#[cfg(target_os = "linux")]
struct SmallDisk<'a>(&'a Path);

#[cfg(target_os = "linux")]
impl<'a> SmallDisk<'a> {
    async fn mount(folder: &'a Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(folder);
        let status = mount.stderr(Stdio::null()).status().await.ok()?;
        status.success().then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _busy = std::process::Command::new("umount")
            .arg("--lazy")
            .arg(self.0)
            .status();
    }
}

/// Writes until the disk takes no more.
#[cfg(target_os = "linux")]
fn fill(filler: &Path) {
    use std::io::Write;
    let mut file = std::fs::File::create(filler).unwrap();
    let mut chunk = 64 * 1024;
    while chunk > 0 {
        if file.write_all(&vec![0; chunk]).is_err() {
            chunk /= 2;
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_server_whose_database_is_read_only_says_so_and_does_not_start() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    for (file, folder) in [(0o444, 0o755), (0o644, 0o555)] {
        let place = Place::furnished().await;
        // A lock file that is left over may be taken; one that cannot be made may not.
        set_permissions(place.database(), Permissions::from_mode(file)).unwrap();
        set_permissions(place.folder(), Permissions::from_mode(folder)).unwrap();
        // A superuser may write to everything; this one may not, and for everybody else it changes nothing.
        let mut bounded = Command::new("setpriv");
        bounded
            .args(["--bounding-set=-dac_override", "--inh-caps=-dac_override"])
            .arg(binary());
        bounded.args(["serve", "--listen", "127.0.0.1:0", "--database"]);
        bounded.arg(format!("sqlite:{}", place.database().display()));
        let mut server = Program::spawn(bounded);
        assert!(!server.ended().await.success());
        set_permissions(place.folder(), Permissions::from_mode(0o755)).unwrap();
        let told = server.stderr().join("\n");
        assert!(told.contains("desk.db"), "it names the file: {told}");
        assert!(told.contains("can be written to"), "and what to do: {told}");
    }
}

/// What fails for one fails for all who were decided with it, and nobody is told of what is not so.
#[tokio::test]
async fn a_commit_that_fails_is_as_if_nothing_had_been_asked() {
    let hand = Hand::default();
    let server = Server::start(Setup {
        store: hand.clone(),
        ..Setup::default()
    })
    .await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut ben = server.agent_on_duty("Ben").await;
    let mut waiting = server.visitor().await;
    waiting.say("I wait").await;
    let conversation = waiting.welcome.conversation;
    let mut other = server.visitor().await;
    ana.until_waiting(conversation).await;
    ben.until_waiting(conversation).await;

    // While a commit is held, more is asked: it will be decided and committed together.
    hand.hold(true);
    let (more, press, by_ana, by_ben) = (new_id(), new_id(), new_id(), new_id());
    waiting
        .send(
            more,
            VisitorCommand::Say {
                text: "More".into(),
            },
        )
        .await;
    hand.until_held().await;
    other.send(press, VisitorCommand::Human {}).await;
    other.settle().await;
    ana.send(by_ana, AgentCommand::Take { conversation }).await;
    ana.settle().await;
    ben.send(by_ben, AgentCommand::Take { conversation }).await;
    ben.settle().await;
    hand.fail(true);
    hand.hold(false);
    assert_eq!(waiting.answer(more).await, Err(unavailable(more)));
    assert_eq!(other.answer(press).await, Err(unavailable(press)));
    assert_eq!(ana.answer(by_ana).await, Err(unavailable(by_ana)));
    // Ben did not lose to Ana: nobody has it.
    assert_eq!(ben.answer(by_ben).await, Err(unavailable(by_ben)));

    hand.fail(false);
    assert_eq!(
        other
            .ask(press, VisitorCommand::Human {})
            .await
            .unwrap()
            .receipt,
        Some(Receipt(2))
    );
    let here = Answering::Queue {
        position: 2,
        on_duty: 2,
    };
    other
        .until_answering("the second place", |answering| *answering == here)
        .await;
    ben.ask(by_ben, AgentCommand::Take { conversation })
        .await
        .unwrap();
    waiting
        .until_answering("Ben", |answering| {
            *answering
                == Answering::Agent {
                    name: "Ben".into(),
                    lead: true,
                }
        })
        .await;
    waiting.settle().await;
    assert_eq!(waiting.log.messages(), [("visitor", "I wait")]);
    let states: Vec<&Answering> = waiting
        .states
        .iter()
        .map(|state| &state.answering)
        .collect();
    assert!(
        !states.contains(&&Answering::Agent {
            name: "Ana".into(),
            lead: false
        }),
        "{states:?}"
    );
}

/// A store that fails for agents signing in is no wrong password.
#[tokio::test]
async fn a_store_that_cannot_be_read_is_not_the_clients_fault() {
    let server = Server::start(Setup::default()).await;
    server.service.store().close().await;
    let answer = sign_in(server.address, "ana@shop.example", PASSWORD).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["code"], "unavailable");
}
