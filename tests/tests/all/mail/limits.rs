//! S17: how many letters there are, whoever asks for them and however often the server is started.

use std::time::Duration;

use human_please::mail::Patience;
use human_please::secret::{hash_token, new_token, random_id};
use human_please::store::{Append, Claim, NotDue, SqliteStore, Store, Write};
use human_please_tests::clock::HandClock;
use human_please_tests::mail_server::MailServer;
use human_please_tests::server::{Place, Server, Setup, furnish};
use protocol::{AgentId, ConversationId, Seq, Timestamp};

use super::{EMAIL, all_but_the_last, answer, answered, go, leave_address, patience, setup};

/// 2026-11-23 10:42 in Madrid.
const MONDAY: Timestamp = Timestamp(1_795_426_920_000);

const HOUR: i64 = 60 * 60 * 1_000;

#[tokio::test]
async fn a_mailbox_gets_one_letter_a_day_however_it_is_written_and_whatever_it_is_about() {
    let mail_server = MailServer::start();
    let clock = HandClock::at(MONDAY);
    let setup = Setup {
        clock: clock.clock(),
        ..setup(&mail_server)
    };
    let server = Server::start(setup).await;
    let mut ana = server.agent_on_duty("Ana").await;
    for email in [
        "victim@mail.example",
        "Victim@Mail.Example",
        "victim+1@mail.example",
        "VICTIM+2@mail.example",
    ] {
        answered(&server, &mut ana, email).await;
    }
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);

    // A day later there may be one more, about whatever is said then.
    clock.set(Timestamp(MONDAY.0 + 24 * HOUR));
    answered(&server, &mut ana, "victim+3@mail.example").await;
    let count = mail_server.arrived().len();
    let letters = mail_server.letters(count.max(4)).await;
    assert_eq!(letters.len(), 4);
}

#[tokio::test]
async fn a_conversation_gets_one_letter_a_day_whatever_addresses_are_left_in_it() {
    let mail_server = MailServer::start();
    let clock = HandClock::at(MONDAY);
    let setup = Setup {
        clock: clock.clock(),
        ..setup(&mail_server)
    };
    let server = Server::start(setup).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, token) = answered(&server, &mut ana, EMAIL).await;
    mail_server.letters(1).await;
    for hour in [1, 12, 23] {
        clock.set(Timestamp(MONDAY.0 + hour * HOUR));
        let mut visitor = human_please_tests::visitor::Visitor::load(&server.door(), &token).await;
        leave_address(&mut visitor, &format!("other{hour}@mail.example")).await;
        go(&server, visitor).await;
        ana.reply(conversation, &answer()).await;
    }
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);
}

/// What a store is to hold for a letter: conversations with an address and an answer that was not seen.
async fn furnished(store: &dyn Store, emails: impl Iterator<Item = String>) -> Vec<Claim> {
    let site = furnish(store, false, vec![]).await;
    let mut claims = vec![];
    for email in emails {
        let conversation = ConversationId(random_id());
        let person = desk::Person {
            id: AgentId(1),
            name: "Ana".into(),
        };
        let entries = [desk::Entry::Message(desk::Message {
            id: protocol::CommandId(random_id()),
            author: desk::Author::Agent(person),
            text: answer(),
            sources: vec![],
            offers_human: false,
            replies: vec![],
        })];
        let append = Append {
            site,
            conversation,
            opened_by: Some(hash_token(&new_token())),
            after: Seq(0),
            at: MONDAY,
            id: None,
            entries: &entries,
            standing: None,
            outlook: None,
        };
        store.commit(&[Write::Append(append)]).await.unwrap();
        store.put_contact(conversation, Some(&email)).await.unwrap();
        claims.push(claim(site, conversation));
    }
    claims
}

fn claim(site: human_please::store::SiteId, conversation: ConversationId) -> Claim {
    Claim {
        site,
        conversation,
        at: MONDAY,
        link: hash_token(&new_token()),
        stop: hash_token(&new_token()),
    }
}

#[tokio::test]
async fn a_thousand_tries_to_write_to_somebody_give_one_letter_though_two_servers_try_at_once() {
    let place = Place::new();
    let one = SqliteStore::open(&place.database()).await.unwrap();
    let other = SqliteStore::open(&place.database()).await.unwrap();
    let emails = (0..1_000).map(|number| format!("Victim+{number}@mail.example"));
    let claims = furnished(&one, emails).await;
    let unread = one.post().unread(MONDAY).await.unwrap();
    assert_eq!(unread.len(), 1_000);
    let mut claimed = 0;
    for claim in &claims {
        let (one, other) = tokio::join!(one.post().claim(claim), async {
            let claim = Claim {
                link: hash_token(&new_token()),
                stop: hash_token(&new_token()),
                ..claim.clone()
            };
            other.post().claim(&claim).await
        });
        for outcome in [one.unwrap(), other.unwrap()] {
            match outcome {
                Ok(_) => claimed += 1,
                Err(why) => assert!(matches!(why, NotDue::TooSoon | NotDue::Nothing)),
            }
        }
    }
    assert_eq!(claimed, 1);
}

#[tokio::test]
async fn a_claim_that_is_given_back_leaves_no_trace() {
    let place = Place::new();
    let store = SqliteStore::open(&place.database()).await.unwrap();
    let claims = furnished(&store, [EMAIL.to_owned()].into_iter()).await;
    let [first] = &claims[..] else { panic!("one") };
    let post = store.post();
    assert!(post.claim(first).await.unwrap().is_ok());
    assert!(post.is_wanted(first).await.unwrap());
    assert_eq!(post.unread(MONDAY).await.unwrap(), []);
    post.give_back(first).await.unwrap();
    assert_eq!(post.unread(MONDAY).await.unwrap().len(), 1);
    let now = MONDAY;
    assert_eq!(
        post.linked(first.site, &first.link, now).await.unwrap(),
        None
    );
    assert!(!post.stop(&first.stop, now).await.unwrap());
    let second = claim(first.site, first.conversation);
    assert!(post.claim(&second).await.unwrap().is_ok());
    // Somebody who gives it back once more takes nothing away.
    post.give_back(first).await.unwrap();
    assert_eq!(
        post.linked(second.site, &second.link, now).await.unwrap(),
        Some(second.conversation)
    );
}

#[tokio::test]
async fn whoever_was_waited_for_when_the_server_stopped_is_written_to_by_the_next_one_once() {
    let mail_server = MailServer::start();
    let endless = Patience {
        gone: Duration::from_secs(60 * 60),
        ..patience()
    };
    let server = Server::start(Setup::with_mail(mail_server.address, endless)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let place = server.stop().await;
    let server = Server::start_at(place, setup(&mail_server)).await;
    let letters = mail_server.letters(1).await;
    assert_eq!(letters[0].to, [EMAIL]);
    let place = server.stop().await;
    // And by none after that.
    let server = Server::start_at(place, setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);
}

#[tokio::test]
async fn whoever_begins_to_send_letters_does_not_write_to_everybody_of_the_last_years() {
    let mail_server = MailServer::start();
    let clock = HandClock::at(MONDAY);
    let without = Setup {
        clock: clock.clock(),
        ..Setup::default()
    };
    let server = Server::start(without).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let place = server.stop().await;
    clock.set(Timestamp(MONDAY.0 + 25 * HOUR));
    let with = Setup {
        clock: clock.clock(),
        ..setup(&mail_server)
    };
    let server = Server::start_at(place, with).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
}
