//! Copies of the database: made while the server runs, put back when it is gone, and damage that is found at the start.

use std::path::Path;

use human_please::store::{SqliteStore, Store};
use human_please_tests::answers::new_id;
use human_please_tests::program::Program;
use human_please_tests::server::{Place, SHOP};
use human_please_tests::socket::Door;
use human_please_tests::visitor::Visitor;
use protocol::{EpochId, VisitorCommand};

/// Runs a task on a database. What it printed, and whether it went well.
async fn task(name: &str, file: &Path, database: &Path) -> (bool, String) {
    let database = format!("sqlite:{}", database.display());
    let file = file.to_str().unwrap();
    let mut program = Program::start(&[name, file, "--database", &database]);
    let went_well = program.ended().await.success();
    (went_well, program.stderr().join("\n"))
}

/// G2, R4: what was acked before the copy is in it once; what was not acked is sent again, once; and whoever was told
/// more than the copy holds is told that this is another history.
#[tokio::test]
async fn a_copy_that_was_made_while_the_server_ran_can_be_put_back_and_clients_notice() {
    let place = Place::furnished().await;
    let server = Program::serve(&place.database(), &[]);
    let door = Door::visitor(server.address().await, SHOP);
    let mut visitor = Visitor::come(&door).await;
    visitor.say("Before").await;
    let receipt = visitor.human().await.receipt.unwrap();
    let copy = place.folder().join("copy.db");
    let (went_well, told) = task("backup", &copy, &place.database()).await;
    assert!(went_well, "{told}");
    visitor.say("After").await;
    let (token, epoch) = (visitor.token.clone(), visitor.welcome.epoch);
    server.kill().await;

    let (went_well, told) = task("restore", &copy, &place.database()).await;
    assert!(went_well, "{told}");
    let server = Program::serve(&place.database(), &[]);
    let door = Door::visitor(server.address().await, SHOP);
    let mut visitor = Visitor::load(&door, &token).await;
    assert_ne!(visitor.welcome.epoch, epoch, "this is another history");
    assert_eq!(visitor.log.messages(), [("visitor", "Before")]);
    // What had not been acked before comes again, and again.
    let id = new_id();
    let text = VisitorCommand::Say {
        text: "Unsent".into(),
    };
    let first = visitor.ask(id, text.clone()).await.unwrap();
    assert_eq!(visitor.ask(id, text).await.unwrap(), first);
    visitor.settle().await;
    assert_eq!(
        visitor.log.messages(),
        [("visitor", "Before"), ("visitor", "Unsent")]
    );
    assert_eq!(visitor.human().await.receipt, Some(receipt));
    drop(visitor);
    server.kill().await;

    // Put back a second time, it is yet another history. What it replaces is kept.
    let old = place.folder().join("desk.db.old");
    assert!(old.is_file());
    let (went_well, told) = task("restore", &copy, &place.database()).await;
    assert!(
        !went_well && told.contains("desk.db.old: it is in the way"),
        "{told}"
    );
    std::fs::remove_file(&old).unwrap();
    // The log of a killed server stays behind. It belongs to the file that was moved, and to no other.
    let (went_well, told) = task("restore", &copy, &place.database()).await;
    assert!(
        !went_well && told.contains("desk.db.old-wal: it is in the way"),
        "{told}"
    );
    for ending in ["-wal", "-shm"] {
        let log = place.folder().join(["desk.db.old", ending].concat());
        std::fs::remove_file(log).unwrap();
    }
    let first_epoch = epoch_of(&place.database()).await;
    let (went_well, told) = task("restore", &copy, &place.database()).await;
    assert!(went_well, "{told}");
    let second_epoch = epoch_of(&place.database()).await;
    assert_ne!(first_epoch, second_epoch);
    assert_eq!(epoch_of(&old).await, first_epoch);
}

/// The history that a database file holds. It is closed again: a copy may be put in its place only where nobody has it open.
async fn epoch_of(database: &Path) -> EpochId {
    let store = SqliteStore::open(database).await.unwrap();
    let epoch = store.epoch();
    store.close().await;
    epoch
}

#[tokio::test]
async fn a_copy_replaces_nothing_by_mistake() {
    let place = Place::furnished().await;
    let file = |name| place.folder().join(name);
    std::fs::write(file("precious"), "words").unwrap();
    let (went_well, told) = task("backup", &file("precious"), &place.database()).await;
    assert!(!went_well && told.contains("exists already"), "{told}");
    assert_eq!(std::fs::read(file("precious")).unwrap(), b"words");

    let (went_well, told) = task("backup", &file("copy.db"), &file("typo.db")).await;
    assert!(
        !went_well && told.contains("typo.db: No such file"),
        "{told}"
    );
    assert!(!file("typo.db").exists() && !file("copy.db").exists());

    // What is no copy is not put back, and a database that is served is left alone.
    let (went_well, told) = task("restore", &file("precious"), &place.database()).await;
    assert!(!went_well && told.contains("precious is damaged"), "{told}");
    let (went_well, told) = task("backup", &file("copy.db"), &place.database()).await;
    assert!(went_well, "{told}");
    let server = Program::serve(&place.database(), &[]);
    let door = Door::visitor(server.address().await, SHOP);
    let (went_well, told) = task("restore", &file("copy.db"), &place.database()).await;
    assert!(!went_well && told.contains("in use"), "{told}");
    let mut visitor = Visitor::come(&door).await;
    visitor.say("It works").await;
}

#[tokio::test]
async fn a_damaged_database_is_not_served_and_the_way_back_is_told() {
    let place = Place::furnished().await;
    let sound = std::fs::read(place.database()).unwrap();
    let page = 4_096;
    for (what, range) in [("header", 0..page), ("middle", 2 * page..sound.len())] {
        let mut damaged = sound.clone();
        damaged[range].fill(0x5a);
        std::fs::write(place.database(), &damaged).unwrap();
        let mut server = Program::serve(&place.database(), &[]);
        assert!(!server.ended().await.success(), "{what}");
        let told = server.stderr().join("\n");
        assert!(
            told.contains("desk.db is damaged") && told.contains("human-please restore BACKUP"),
            "{what}: {told}"
        );
        let kept = std::fs::read(place.database()).unwrap();
        assert!(kept == damaged, "{what}: nothing was changed");
    }
}
