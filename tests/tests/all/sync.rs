//! R9, G2: what a disk says after it has failed once proves nothing.

use human_please_tests::answers::new_id;
use human_please_tests::http;
use human_please_tests::program::Program;
use human_please_tests::server::{Place, SHOP};
use human_please_tests::socket::Door;
use human_please_tests::visitor::Visitor;
use protocol::{CommandId, RefusalCode, Refused, VisitorCommand};
use tokio::process::Command;

use crate::disk::integrity_is_whole;

fn unavailable(id: CommandId) -> Refused {
    Refused::new(Some(id), RefusalCode::Unavailable)
}

/// Has every sync of a server fail. Nothing else on the machine is touched: the kernel lets this one process fail.
async fn fail_syncs(server: &Program) -> Program {
    let mut strace = Command::new("strace");
    strace.args(["--follow-forks", "--trace=fdatasync,fsync"]);
    strace.arg("--inject=fdatasync,fsync:error=EIO");
    strace.arg(format!("--attach={}", server.pid()));
    let strace = Program::spawn(strace);
    strace.until_stderr("attached").await;
    strace
}

/// When one has failed, the disk says that all is well again.
async fn let_syncs_be(strace: &Program) {
    strace.until_stderr("EIO").await;
    strace.signal("INT").await;
    strace.until_stderr("detached").await;
}

#[tokio::test]
async fn after_a_failed_sync_nothing_is_acked_until_the_server_is_started_again() {
    let place = Place::furnished().await;
    let server = Program::serve(&place.database(), &[]);
    let address = server.address().await;
    let door = Door::visitor(address, SHOP);
    let mut visitor = Visitor::come(&door).await;
    visitor.say("Before").await;

    let strace = fail_syncs(&server).await;
    let (say, press) = (new_id(), new_id());
    let text = VisitorCommand::Say {
        text: "Is anybody there?".into(),
    };
    assert_eq!(visitor.ask(say, text.clone()).await, Err(unavailable(say)));
    let_syncs_be(&strace).await;
    assert_eq!(visitor.ask(say, text.clone()).await, Err(unavailable(say)));
    let mut newcomer = Visitor::come(&door).await;
    let pressed = newcomer.ask(press, VisitorCommand::Human {}).await;
    assert_eq!(pressed, Err(unavailable(press)));
    server.until_stderr("the disk failed to keep").await;
    assert_eq!(http::get(address, "/readyz").await.status, 503);
    assert_eq!(http::get(address, "/chat/shop").await.status, 200);
    let (token, log) = (visitor.token.clone(), visitor.log.clone());
    assert_eq!(
        visitor.log.count(say),
        0,
        "nothing was told that is not stored"
    );
    let fresh = Visitor::load(&door, &token).await;
    assert_eq!(fresh.log, log, "reading goes on");
    server.kill().await;

    let server = Program::serve(&place.database(), &[]);
    let mut visitor = Visitor::load(&Door::visitor(server.address().await, SHOP), &token).await;
    // What was not acked may have been kept all the same: once, as the repeat shows.
    assert!(visitor.log.events().starts_with(log.events()));
    let said = visitor.ask(say, text).await.unwrap();
    visitor.until_seq(said.seq.unwrap()).await;
    assert_eq!(visitor.log.count(say), 1);
    visitor.settle().await;
    let at_most_once = log.events().len() + 1;
    assert_eq!(visitor.log.events().len(), at_most_once);
    assert!(
        visitor
            .ask(press, VisitorCommand::Human {})
            .await
            .unwrap()
            .receipt
            .is_some()
    );
    integrity_is_whole(&place.database()).await;
}

#[tokio::test]
async fn a_failed_sync_of_what_is_no_message_counts_as_much() {
    let place = Place::furnished().await;
    let server = Program::serve(&place.database(), &[]);
    let mut visitor = Visitor::come(&Door::visitor(server.address().await, SHOP)).await;
    visitor.say("Before").await;
    let strace = fail_syncs(&server).await;
    let (left, said) = (new_id(), new_id());
    let contact = VisitorCommand::Contact {
        email: "me@mail.example".into(),
    };
    assert_eq!(visitor.ask(left, contact).await, Err(unavailable(left)));
    let_syncs_be(&strace).await;
    let say = VisitorCommand::Say {
        text: "Is it kept?".into(),
    };
    assert_eq!(visitor.ask(said, say).await, Err(unavailable(said)));
    server.until_stderr("the disk failed to keep").await;
}
