//! Reading a log: pages, their bounds, and every kind of entry as it was written.

use desk::{Author, Entry, HumanRequest, Message, Person};
use human_please::store::{Page, Store};
use protocol::{
    AgentId, EARLIER_PAGE_EVENTS, EventKind, HISTORY_PAGE_EVENTS, Receipt, RequestVia,
    ReturnReason, Seq, Source, Timestamp,
};

use super::{append, marks, message, must, new_conversation, new_id, site};

pub async fn comes_in_pages(store: &dyn Store) {
    let site = site(store, "pages").await;
    let long = new_conversation();
    must(
        store
            .commit(&[append(site, long, 0, None, &marks(450))])
            .await,
    );
    let page_of = async |page| {
        let page = store.history(long, page).await.unwrap();
        let seqs: Vec<u64> = page.events.iter().map(|event| event.seq.0).collect();
        assert!(
            seqs.windows(2).all(|pair| pair[0] + 1 == pair[1]),
            "{seqs:?}"
        );
        (seqs.first().copied(), seqs.last().copied(), page.earlier)
    };
    assert_eq!((HISTORY_PAGE_EVENTS, EARLIER_PAGE_EVENTS), (200, 50));
    assert_eq!(
        page_of(Page::After(Seq(0))).await,
        (Some(251), Some(450), true),
        "the newest page"
    );
    assert_eq!(
        page_of(Page::After(Seq(250))).await,
        (Some(251), Some(450), true)
    );
    assert_eq!(
        page_of(Page::After(Seq(449))).await,
        (Some(450), Some(450), true)
    );
    assert_eq!(page_of(Page::After(Seq(450))).await, (None, None, false));
    assert_eq!(
        page_of(Page::After(Seq(u64::MAX))).await,
        (None, None, false)
    );
    assert_eq!(
        page_of(Page::Before(Seq(251))).await,
        (Some(201), Some(250), true)
    );
    assert_eq!(
        page_of(Page::Before(Seq(51))).await,
        (Some(1), Some(50), false)
    );
    assert_eq!(
        page_of(Page::Before(Seq(2))).await,
        (Some(1), Some(1), false)
    );
    assert_eq!(page_of(Page::Before(Seq(1))).await, (None, None, false));
    assert_eq!(page_of(Page::Before(Seq(0))).await, (None, None, false));
    assert_eq!(
        page_of(Page::Before(Seq(u64::MAX))).await,
        (Some(401), Some(450), true)
    );
    let nothing = store
        .history(new_conversation(), Page::After(Seq(0)))
        .await
        .unwrap();
    assert_eq!((nothing.events.len(), nothing.earlier), (0, false));
}

/// A page ends at the message that passes 64 KiB, and is never empty.
pub async fn of_long_messages_comes_in_shorter_pages(store: &dyn Store) {
    let site = site(store, "heavy").await;
    let heavy = new_conversation();
    // 32,000 bytes each.
    for after in 0..10 {
        let id = new_id();
        let entries = [message(id, Author::Visitor, &"💬".repeat(8_000))];
        must(
            store
                .commit(&[append(site, heavy, after, Some(id), &entries)])
                .await,
        );
    }
    let seqs = async |page| {
        let page = store.history(heavy, page).await.unwrap();
        (
            page.events
                .iter()
                .map(|event| event.seq.0)
                .collect::<Vec<_>>(),
            page.earlier,
        )
    };
    assert_eq!(seqs(Page::After(Seq(0))).await, (vec![8, 9, 10], true));
    assert_eq!(seqs(Page::Before(Seq(8))).await, (vec![5, 6, 7], true));
    assert_eq!(seqs(Page::Before(Seq(3))).await, (vec![1, 2], false));
}

pub async fn tells_every_entry_as_it_was(store: &dyn Store) {
    let site = site(store, "kinds").await;
    let ana = || Person {
        id: AgentId(7),
        name: "Ana \"A\" Ü".into(),
    };
    let agent = || ana().name;
    let request = HumanRequest {
        receipt: Receipt(9_000),
        requested_at: Timestamp(5),
        priority: false,
    };
    let (receipt, via) = (request.receipt, RequestVia::Reopen);
    let (vanished, transferred) = (ReturnReason::Vanished, ReturnReason::Transferred);
    let pairs = [
        (
            Entry::HumanRequested { request, via },
            EventKind::HumanRequested { receipt, via },
        ),
        (
            Entry::Taken {
                by: ana(),
                lead: false,
            },
            EventKind::Taken {
                agent: agent(),
                lead: false,
            },
        ),
        (
            Entry::Returned {
                from: ana(),
                reason: vanished,
            },
            EventKind::Returned {
                agent: agent(),
                reason: vanished,
            },
        ),
        (
            Entry::Returned {
                from: ana(),
                reason: transferred,
            },
            EventKind::Returned {
                agent: agent(),
                reason: transferred,
            },
        ),
        (
            Entry::Resolved(ana()),
            EventKind::Resolved { agent: agent() },
        ),
        (
            Entry::Reopened { to: Some(ana()) },
            EventKind::Reopened {
                agent: Some(agent()),
            },
        ),
        (
            Entry::Reopened { to: None },
            EventKind::Reopened { agent: None },
        ),
        (Entry::LeftQueue, EventKind::LeftQueue {}),
        (Entry::AssistantChosen, EventKind::AssistantChosen {}),
        (Entry::Ended, EventKind::Ended {}),
        (Entry::BotFailed, EventKind::BotFailed {}),
        (
            Entry::SupervisorRequested {
                asked_at: Timestamp(1),
            },
            EventKind::SupervisorRequested {},
        ),
        (
            Entry::CallbackPromised {
                by: Timestamp(1_795_370_400_000),
            },
            EventKind::CallbackPromised {
                by: Timestamp(1_795_370_400_000),
            },
        ),
        (
            Entry::Taken {
                by: ana(),
                lead: true,
            },
            EventKind::Taken {
                agent: agent(),
                lead: true,
            },
        ),
    ];
    let (entries, kinds): (Vec<Entry>, Vec<EventKind>) = pairs.into_iter().unzip();
    let plain = new_conversation();
    must(
        store
            .commit(&[append(site, plain, 0, None, &entries)])
            .await,
    );
    let told = store
        .history(plain, Page::After(Seq(0)))
        .await
        .unwrap()
        .events;
    assert!(told.iter().all(|event| event.at == Timestamp(1_000)));
    assert_eq!(
        told.into_iter().map(|event| event.kind).collect::<Vec<_>>(),
        kinds
    );

    for (author, told_author) in [
        (Author::Visitor, protocol::Author::Visitor {}),
        (Author::Bot, protocol::Author::Bot {}),
        (
            Author::Agent(ana()),
            protocol::Author::Agent { name: agent() },
        ),
    ] {
        let (said, id) = (new_conversation(), new_id());
        let text = "<b>'\"; DROP TABLE event; -- 💬\u{202e}";
        let sources = vec![Source {
            title: "Shipping".into(),
            url: "/help/shipping".into(),
        }];
        let message = Message {
            id,
            author,
            text: text.into(),
            sources: sources.clone(),
            replies: vec![],
            offers_human: true,
        };
        must(
            store
                .commit(&[append(site, said, 0, Some(id), &[Entry::Message(message)])])
                .await,
        );
        let mut events = store
            .history(said, Page::After(Seq(0)))
            .await
            .unwrap()
            .events;
        let expected = protocol::Message {
            id,
            author: told_author,
            text: text.into(),
            sources,
            replies: vec![],
            offers_human: true,
        };
        assert_eq!(events.pop().unwrap().kind, EventKind::Message(expected));
    }
}
