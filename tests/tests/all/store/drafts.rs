//! What agents have begun, and what they lost: beside the logs.

use desk::{DraftStep, Entry, Holder, Person};
use human_please::store::StoredWords;
use protocol::{AgentId, ReturnReason};

use super::*;

fn ana() -> Person {
    Person {
        id: AgentId(0xa),
        name: "Ana".into(),
    }
}

fn kept(reply: Option<&str>, note: Option<&str>) -> DraftStep {
    DraftStep::Kept {
        by: ana(),
        reply: reply.map(str::to_owned),
        note: note.map(str::to_owned),
    }
}

fn draft(conversation: ConversationId, at: i64, step: &DraftStep) -> Write<'_> {
    Write::Draft {
        conversation,
        at: Timestamp(at),
        step,
    }
}

/// Begins a conversation that Ana holds.
async fn held(store: &dyn Store, site: SiteId) -> ConversationId {
    let conversation = new_conversation();
    let entries = [Entry::Taken {
        by: ana(),
        lead: false,
    }];
    let Write::Append(mut begins) = append(site, conversation, 0, None, &entries) else {
        unreachable!("an append is one");
    };
    begins.standing = Some(Conversation {
        holder: Holder::Agent(ana().id),
        ..with_the_bot(1)
    });
    must(store.commit(&[Write::Append(begins)]).await);
    conversation
}

async fn texts(
    store: &dyn Store,
    site: SiteId,
    conversation: ConversationId,
) -> [Option<(String, i64)>; 2] {
    let stored = store.draft(site, conversation).await.unwrap();
    let text = |words: Option<StoredWords>| {
        words.map(|words| {
            assert_eq!(words.by, ana());
            (words.text, words.at.0)
        })
    };
    [text(stored.reply), text(stored.note)]
}

fn words(text: &str, at: i64) -> Option<(String, i64)> {
    Some((text.to_owned(), at))
}

pub async fn stay_beside_the_log(store: &dyn Store) {
    let site = site(store, "drafts").await;
    let conversation = held(store, site).await;
    let has_draft = async || {
        let stored = store.conversation(site, conversation).await.unwrap();
        stored.unwrap().standing.has_draft
    };
    assert_eq!(texts(store, site, conversation).await, [None, None]);
    assert!(!has_draft().await);
    let step = kept(Some("Half a"), None);
    must(store.commit(&[draft(conversation, 1, &step)]).await);
    let step = kept(None, Some("A note"));
    must(store.commit(&[draft(conversation, 2, &step)]).await);
    let expected = [words("Half a", 1), words("A note", 2)];
    assert_eq!(texts(store, site, conversation).await, expected);
    assert!(has_draft().await);
    let step = kept(Some("Half a reply"), None);
    must(store.commit(&[draft(conversation, 3, &step)]).await);
    let expected = [words("Half a reply", 3), words("A note", 2)];
    assert_eq!(texts(store, site, conversation).await, expected);

    // With the reply, or not at all.
    let id = new_id();
    let says = [message(id, Author::Agent(ana()), "Half a reply, whole")];
    let id = Some(id);
    let done = || draft(conversation, 4, &DraftStep::ReplyDone);
    let gap = store
        .commit(&[append(site, conversation, 7, id, &says), done()])
        .await;
    assert!(is_conflict(&gap));
    assert!(has_draft().await);
    must(
        store
            .commit(&[append(site, conversation, 1, id, &says), done()])
            .await,
    );
    assert_eq!(
        texts(store, site, conversation).await,
        [None, words("A note", 2)]
    );
    assert!(!has_draft().await);
    let step = kept(Some("More"), Some(""));
    must(store.commit(&[draft(conversation, 5, &step)]).await);
    assert_eq!(
        texts(store, site, conversation).await,
        [words("More", 5), None]
    );
    must(store.commit(&[done()]).await);
    assert_eq!(texts(store, site, conversation).await, [None, None]);

    let elsewhere = super::site(store, "drafts-elsewhere").await;
    assert_eq!(texts(store, elsewhere, conversation).await, [None, None]);
    assert_eq!(
        store
            .history(conversation, human_please::store::Page::After(Seq(0)))
            .await
            .unwrap()
            .events
            .len(),
        2,
        "none of it is in the log"
    );
}

/// R13: another server may have given the conversation to somebody else.
pub async fn are_their_holders(store: &dyn Store) {
    let site = site(store, "draft-holders").await;
    let conversation = held(store, site).await;
    let returned = [Entry::Returned {
        from: ana(),
        reason: ReturnReason::Transferred,
    }];
    let Write::Append(mut returns) = append(site, conversation, 1, Some(new_id()), &returned)
    else {
        unreachable!("an append is one");
    };
    returns.standing = Some(Conversation {
        holder: Holder::Queue,
        ..with_the_bot(2)
    });
    // Before it went back, in the same commit, it was still hers.
    let step = kept(Some("In time"), None);
    must(
        store
            .commit(&[draft(conversation, 1, &step), Write::Append(returns)])
            .await,
    );
    let late = kept(Some("Too late"), None);
    assert!(is_conflict(
        &store.commit(&[draft(conversation, 2, &late)]).await
    ));
    let unknown = store.commit(&[draft(new_conversation(), 2, &late)]).await;
    assert!(is_conflict(&unknown));
    assert_eq!(
        texts(store, site, conversation).await,
        [words("In time", 1), None]
    );
    assert_eq!(store.lapses(site, ana().id).await.unwrap(), []);
}

pub async fn what_was_lost_is_known_until_they_are_on_duty(store: &dyn Store) {
    let site = site(store, "lapses").await;
    let ben = Person {
        id: AgentId(0xb),
        name: "Ben".into(),
    };
    let mut lost = vec![];
    for _ in 0..2 {
        let conversation = held(store, site).await;
        let vanished = [Entry::Returned {
            from: ben.clone(),
            reason: ReturnReason::Vanished,
        }];
        must(
            store
                .commit(&[append(site, conversation, 1, None, &vanished)])
                .await,
        );
        lost.push((conversation, Timestamp(1_001)));
    }
    assert_eq!(store.lapses(site, ben.id).await.unwrap(), lost);
    assert_eq!(store.lapses(site, ana().id).await.unwrap(), []);
    let at = Timestamp(2_000);
    let duty = |on| {
        let agent = ben.id;
        [Write::Duty { agent, on, at }]
    };
    must(store.commit(&duty(false)).await);
    assert_eq!(store.lapses(site, ben.id).await.unwrap(), lost);
    must(store.commit(&duty(true)).await);
    assert_eq!(store.lapses(site, ben.id).await.unwrap(), []);
}
