//! How far each end has seen a conversation.

use human_please::store::Seen;

use super::*;

fn seen(visitor: u64, person: u64) -> Seen {
    Seen {
        visitor: Seq(visitor),
        person: Seq(person),
    }
}

/// R4: a late word about less takes nothing back, and what is not in the log was seen by nobody.
pub async fn the_furthest_counts(database: &impl Reopen) {
    let store = database.open().await;
    let site = site(&*store, "seen").await;
    let (one, other, none) = (new_conversation(), new_conversation(), new_conversation());
    for conversation in [one, other] {
        let entries = marks(3);
        must(
            store
                .commit(&[append(site, conversation, 0, None, &entries)])
                .await,
        );
    }
    store
        .put_seen(&[(one, seen(2, 0)), (none, seen(1, 1))])
        .await
        .unwrap();
    store.put_seen(&[(one, seen(1, 3))]).await.unwrap();
    store.put_seen(&[(other, seen(0, 9))]).await.unwrap();
    store.put_seen(&[]).await.unwrap();
    store.close().await;
    drop(store);

    let store = database.open().await;
    for (conversation, kept) in [(one, seen(2, 3)), (other, seen(0, 3))] {
        let stored = store.conversation(site, conversation).await.unwrap();
        assert_eq!(stored.expect("it has begun").particulars.seen, kept);
    }
    assert_eq!(store.conversation(site, none).await.unwrap(), None);
    store.close().await;
}
