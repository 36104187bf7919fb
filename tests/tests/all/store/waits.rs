//! What was said of a wait, what came of it, and where to write to a visitor who has gone.

use desk::{Arranged, Conversation, Entry, Estimate, Holder, HumanRequest, Person};
use human_please::secret::random_id;
use human_please::store::{Append, Outlook, Store, Write};
use protocol::{
    AgentId, ConversationId, Receipt, RequestVia, ReturnReason, Seq, Timestamp, WaitEstimate,
};

use super::{Reopen, must, new_conversation, new_id, site, token};

const REQUEST: HumanRequest = HumanRequest {
    receipt: Receipt(1),
    requested_at: Timestamp(5_000),
    priority: false,
};

const OUTLOOK: Outlook = Outlook {
    receipt: Receipt(1),
    place: 3,
    on_duty: 2,
    estimate: Some(Estimate {
        range: WaitEstimate {
            from_ms: 60_000,
            to_ms: 240_000,
        },
        waits: 20,
        since: Timestamp(-7),
    }),
};

pub async fn are_kept_with_what_was_said_of_them(database: &impl Reopen) {
    let store = database.open().await;
    let site = site(&*store, "waits").await;
    let (asked, silent) = (new_conversation(), new_conversation());
    let ana = Person {
        id: AgentId(random_id()),
        name: "Ana".into(),
    };
    let requested = Entry::HumanRequested {
        request: REQUEST,
        via: RequestVia::Button,
    };
    let returned = Entry::Returned {
        from: ana.clone(),
        reason: ReturnReason::Vanished,
    };
    let entries = [
        requested,
        Entry::Taken {
            by: ana.clone(),
            lead: false,
        },
        returned,
        Entry::Taken {
            by: ana.clone(),
            lead: false,
        },
    ];
    assert!(
        !store.put_contact(asked, Some("a@b.example")).await.unwrap(),
        "it has not begun"
    );
    for (after, entry) in entries.iter().enumerate() {
        let holder = match entry {
            Entry::Taken { by: person, .. } => Holder::Agent(person.id),
            _ => Holder::Queue,
        };
        let standing = Conversation {
            holder,
            request: Some(REQUEST),
            last_human: None,
            last_seq: Seq(after as u64 + 1),
            unanswered: 0,
            has_draft: false,
            supervisor: None,
            vulnerable: None,
            arranged: Arranged::default(),
        };
        let append = Write::Append(Append {
            site,
            conversation: asked,
            opened_by: (after == 0).then(|| token(asked)),
            after: Seq(after as u64),
            at: Timestamp(65_000 + 1_000 * after as i64),
            id: Some(new_id()),
            entries: std::slice::from_ref(entry),
            standing: Some(standing),
            outlook: (after == 0).then_some(OUTLOOK),
        });
        must(store.commit(&[append]).await);
        let stored = particulars(&*store, site, asked).await;
        assert_eq!(stored.outlook, Some(OUTLOOK));
        assert_eq!(stored.was_taken, after > 0);
    }
    // One that goes to its person at once stands in no line.
    let reopened = Entry::HumanRequested {
        request: HumanRequest {
            receipt: Receipt(2),
            ..REQUEST
        },
        via: RequestVia::Reopen,
    };
    let append = Write::Append(Append {
        site,
        conversation: silent,
        opened_by: Some(token(silent)),
        after: Seq(0),
        at: Timestamp(9_000),
        id: Some(new_id()),
        entries: &[reopened],
        standing: Some(Conversation {
            holder: Holder::Agent(ana.id),
            request: Some(REQUEST),
            last_human: Some(ana.id),
            last_seq: Seq(1),
            unanswered: 0,
            has_draft: false,
            supervisor: None,
            vulnerable: None,
            arranged: Arranged::default(),
        }),
        outlook: None,
    });
    must(store.commit(&[append]).await);

    assert!(
        store
            .put_contact(asked, Some("old@mail.example"))
            .await
            .unwrap()
    );
    assert!(
        store
            .put_contact(asked, Some("new@mail.example"))
            .await
            .unwrap()
    );
    store.close().await;
    drop(store);

    let store = database.open().await;
    let kept = store.requests(site, 10).await.unwrap();
    let [request] = kept[..] else {
        panic!("one request stood in line: {kept:?}")
    };
    assert_eq!(request.outlook, OUTLOOK);
    assert_eq!(request.requested_at, REQUEST.requested_at);
    assert_eq!(
        request.taken_at,
        Some(Timestamp(66_000)),
        "the first time counts"
    );
    assert_eq!(store.requests(site, 0).await.unwrap(), []);
    let contact = particulars(&*store, site, asked).await.contact;
    assert_eq!(contact.as_deref(), Some("new@mail.example"));
    assert_eq!(particulars(&*store, site, silent).await.contact, None);
    assert!(store.put_contact(asked, None).await.unwrap());
    assert_eq!(particulars(&*store, site, asked).await.contact, None);
    store.close().await;
}

async fn particulars(
    store: &dyn Store,
    site: human_please::store::SiteId,
    id: ConversationId,
) -> human_please::store::Particulars {
    let stored = store.conversation(site, id).await.unwrap();
    stored.expect("it has begun").particulars
}
