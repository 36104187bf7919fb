//! The log's order: gapless, each command once, each commit whole (R1, R2).

use desk::{Author, Entry, HumanRequest};
use human_please::store::{Append, Page, SecretHash, Store, Write};
use protocol::{AgentId, ConversationId, Receipt, RequestVia, Seq, Timestamp};

use super::{
    append, is_conflict, marks, message, must, new_conversation, new_id, site, token, with_the_bot,
};

async fn seqs(store: &dyn Store, conversation: ConversationId) -> Vec<u64> {
    let page = store
        .history(conversation, Page::After(Seq(0)))
        .await
        .expect("history is told");
    page.events.iter().map(|event| event.seq.0).collect()
}

pub async fn follow_each_other_without_a_gap(store: &dyn Store) {
    let site = site(store, "gapless").await;
    let (one, other) = (new_conversation(), new_conversation());
    assert_eq!(store.conversation(site, one).await.unwrap(), None);
    assert_eq!(seqs(store, one).await, [0; 0]);

    // Many appends of many conversations are one commit.
    let (two, mark) = (marks(2), marks(1));
    must(
        store
            .commit(&[
                append(site, one, 0, None, &two),
                append(site, other, 0, None, &mark),
                append(site, one, 2, None, &mark),
            ])
            .await,
    );
    assert_eq!(seqs(store, one).await, [1, 2, 3]);
    assert_eq!(seqs(store, other).await, [1]);

    // A place that is taken, and a place that leaves a gap.
    for after in [0, 1, 2, 4, 5, 100] {
        let wrong = store.commit(&[append(site, one, after, None, &mark)]).await;
        assert!(is_conflict(&wrong), "after {after}: {wrong:?}");
        let wrong = store
            .commit(&[append(site, one, after, Some(new_id()), &two)])
            .await;
        assert!(is_conflict(&wrong), "after {after}: {wrong:?}");
    }
    // Nor within one commit.
    let gap = [
        append(site, other, 1, None, &mark),
        append(site, other, 3, None, &mark),
    ];
    assert!(is_conflict(&store.commit(&gap).await));
    let twice = [
        append(site, other, 1, None, &mark),
        append(site, other, 1, None, &mark),
    ];
    assert!(is_conflict(&store.commit(&twice).await));
    assert_eq!(seqs(store, one).await, [1, 2, 3]);
    assert_eq!(seqs(store, other).await, [1]);

    // After all that, it goes on.
    must(store.commit(&[append(site, one, 3, None, &mark)]).await);
    assert_eq!(seqs(store, one).await, [1, 2, 3, 4]);

    // As much as the server ever commits at once, in one conversation and in many.
    let ids: Vec<_> = (0..512).map(|_| new_id()).collect();
    let writes: Vec<_> = ids
        .iter()
        .zip(1..)
        .map(|(id, after)| append(site, other, after, Some(*id), &mark))
        .collect();
    must(store.commit(&writes).await);
    let standing = store
        .conversation(site, other)
        .await
        .unwrap()
        .unwrap()
        .standing;
    assert_eq!(standing.last_seq, Seq(513));
    for (id, seq) in ids.iter().zip(2..) {
        assert_eq!(
            store
                .committed(site, other, *id)
                .await
                .unwrap()
                .unwrap()
                .seq,
            Seq(seq)
        );
    }
    let many: Vec<_> = (0..100).map(|_| new_conversation()).collect();
    must(
        store
            .commit(
                &many
                    .iter()
                    .map(|id| append(site, *id, 0, None, &two))
                    .collect::<Vec<_>>(),
            )
            .await,
    );
    for id in many {
        assert_eq!(seqs(store, id).await, [1, 2]);
    }
}

pub async fn know_their_command_for_ever(store: &dyn Store) {
    let site = site(store, "commands").await;
    let elsewhere = super::site(store, "commands-elsewhere").await;
    let (one, other) = (new_conversation(), new_conversation());
    let (first, second) = (new_id(), new_id());
    let says = [Entry::BotFailed, message(first, Author::Visitor, "Hello")];
    let person = desk::Person {
        id: AgentId(77),
        name: "Ana".into(),
    };
    let replies = [message(second, Author::Agent(person), "Yes?")];
    must(
        store
            .commit(&[append(site, one, 0, Some(first), &says)])
            .await,
    );
    must(
        store
            .commit(&[append(site, one, 2, Some(second), &replies)])
            .await,
    );

    // By its last event, its time, and whose it was.
    let kept = store.committed(site, one, first).await.unwrap().unwrap();
    assert_eq!(
        (kept.seq, kept.at, kept.receipt, kept.agent),
        (Seq(2), Timestamp(1_000), None, None)
    );
    let kept = store.committed(site, one, second).await.unwrap().unwrap();
    assert_eq!(
        (kept.seq, kept.at, kept.agent),
        (Seq(3), Timestamp(1_002), Some(AgentId(77)))
    );
    assert_eq!(store.committed(site, one, new_id()).await.unwrap(), None);
    assert_eq!(
        store.committed(site, other, first).await.unwrap(),
        None,
        "in its own conversation only"
    );
    assert_eq!(
        store.committed(elsewhere, one, first).await.unwrap(),
        None,
        "on its own site only"
    );

    for id in [first, second] {
        let repeated = store
            .commit(&[append(site, one, 3, Some(id), &marks(1))])
            .await;
        assert!(is_conflict(&repeated), "{repeated:?}");
    }
    assert_eq!(seqs(store, one).await, [1, 2, 3]);
    // Another conversation may use the same id.
    must(
        store
            .commit(&[append(site, other, 0, Some(first), &marks(1))])
            .await,
    );
}

pub async fn of_one_commit_are_written_all_or_not_at_all(store: &dyn Store) {
    let site = site(store, "whole").await;
    let (one, other, third) = (new_conversation(), new_conversation(), new_conversation());
    let used = new_id();
    let mark = marks(1);
    must(
        store
            .commit(&[
                append(site, one, 0, Some(used), &mark),
                append(site, other, 0, None, &mark),
            ])
            .await,
    );
    for wrong in [
        append(site, one, 0, None, &mark),
        append(site, one, 2, None, &mark),
        append(site, one, 1, Some(used), &mark),
    ] {
        let commit = [
            append(site, other, 1, None, &mark),
            append(site, third, 0, None, &mark),
            wrong,
        ];
        assert!(is_conflict(&store.commit(&commit).await), "{commit:?}");
        assert_eq!(seqs(store, one).await, [1], "{commit:?}");
        assert_eq!(seqs(store, other).await, [1], "{commit:?}");
        assert_eq!(seqs(store, third).await, [0; 0], "{commit:?}");
        assert_eq!(
            store.conversation_of(site, &token(third)).await.unwrap(),
            None,
            "{commit:?}"
        );
    }
    must(store.commit(&[]).await);
}

pub async fn begin_a_conversation_once(store: &dyn Store) {
    let site = site(store, "begins").await;
    let elsewhere = super::site(store, "begins-elsewhere").await;
    let one = new_conversation();
    let mark = marks(1);
    must(store.commit(&[append(site, one, 0, None, &mark)]).await);
    assert_eq!(
        store.conversation_of(site, &token(one)).await.unwrap(),
        Some(one)
    );
    assert_eq!(
        store.conversation_of(elsewhere, &token(one)).await.unwrap(),
        None
    );
    assert_eq!(
        store
            .conversation_of(site, &SecretHash([9; 32]))
            .await
            .unwrap(),
        None
    );
    assert_eq!(store.conversation(elsewhere, one).await.unwrap(), None);

    // A token opens one conversation, and a conversation has one token.
    for (conversation, opened_by) in [(new_conversation(), token(one)), (one, SecretHash([8; 32]))]
    {
        let stolen = Write::Append(Append {
            site,
            conversation,
            opened_by: Some(opened_by),
            after: Seq(0),
            at: Timestamp(0),
            id: None,
            entries: &mark,
            standing: Some(with_the_bot(1)),
            outlook: None,
        });
        assert!(is_conflict(&store.commit(&[stolen]).await));
    }
    assert_eq!(
        store.conversation_of(site, &token(one)).await.unwrap(),
        Some(one)
    );
    assert_eq!(
        store
            .conversation_of(site, &SecretHash([8; 32]))
            .await
            .unwrap(),
        None
    );
}

pub async fn number_requests_once(store: &dyn Store) {
    let site = site(store, "requests").await;
    assert_eq!(store.next_receipt(site).await.unwrap(), Receipt(1));
    let asks = |receipt| {
        let request = HumanRequest {
            receipt: Receipt(receipt),
            requested_at: Timestamp(77),
            priority: false,
        };
        [Entry::HumanRequested {
            request,
            via: RequestVia::Button,
        }]
    };
    let (one, other) = (new_conversation(), new_conversation());
    let id = new_id();
    must(
        store
            .commit(&[append(site, one, 0, Some(id), &asks(1))])
            .await,
    );
    assert_eq!(
        store
            .committed(site, one, id)
            .await
            .unwrap()
            .unwrap()
            .receipt,
        Some(Receipt(1))
    );
    let taken = store
        .commit(&[append(site, other, 0, None, &asks(1))])
        .await;
    assert!(is_conflict(&taken), "the number is taken: {taken:?}");
    assert_eq!(seqs(store, other).await, [0; 0]);
    must(
        store
            .commit(&[append(site, other, 0, None, &asks(2))])
            .await,
    );
    assert_eq!(store.next_receipt(site).await.unwrap(), Receipt(3));
    // Each site counts for itself.
    let elsewhere = super::site(store, "requests-elsewhere").await;
    assert_eq!(store.next_receipt(elsewhere).await.unwrap(), Receipt(1));
    must(
        store
            .commit(&[append(elsewhere, new_conversation(), 0, None, &asks(1))])
            .await,
    );
}
