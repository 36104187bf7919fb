//! What is open when a server starts again: holders, requests, unanswered messages, previews, wishes for a supervisor (L5).

use desk::{
    Arranged, Author, Conversation, Entry, Holder, HumanRequest, Person, SupervisorRequest,
};
use human_please::secret::random_id;
use human_please::store::{Append, PREVIEW_CHARS, Write};
use protocol::{AgentId, ConversationId, Receipt, RequestVia, ReturnReason, Seq, Timestamp};

use super::{Reopen, message, must, new_conversation, new_id, site, token};

/// A conversation's commits, how it stands after them, and the visitor's newest words.
struct Story {
    conversation: ConversationId,
    commits: Vec<Vec<Entry>>,
    standing: Conversation,
    preview: String,
}

pub async fn survives(database: &impl Reopen) {
    let store = database.open().await;
    let epoch = store.epoch();
    let site = site(&*store, "open").await;
    let stories = stories();
    for Story {
        conversation,
        commits,
        standing,
        ..
    } in &stories
    {
        let mut after = 0;
        for entries in commits {
            let write = Write::Append(Append {
                site,
                conversation: *conversation,
                opened_by: (after == 0).then(|| token(*conversation)),
                after: Seq(after),
                at: Timestamp(1),
                id: Some(new_id()),
                entries,
                standing: Some(standing.clone()),
                outlook: None,
            });
            must(store.commit(&[write]).await);
            after += entries.len() as u64;
        }
    }
    store.close().await;
    drop(store);

    let store = database.open().await;
    assert_eq!(store.epoch(), epoch, "it is the same history");
    let mut open = store.open_conversations(site).await.unwrap();
    for Story {
        conversation,
        standing,
        preview,
        ..
    } in stories
    {
        let stored = store
            .conversation(site, conversation)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (&stored.standing, &stored.particulars.preview),
            (&standing, &preview)
        );
        let listed = open.iter().position(|(id, _)| *id == conversation);
        assert_eq!(listed.is_some(), standing.is_open(), "{standing:?}");
        if let Some(index) = listed {
            assert_eq!(open.swap_remove(index).1, stored);
        }
    }
    assert_eq!(open, [], "nothing else is open");
    assert_eq!(store.next_receipt(site).await.unwrap(), Receipt(8));
    store.close().await;
}

fn stories() -> [Story; 8] {
    let ana = AgentId(random_id());
    let request = |receipt, priority| HumanRequest {
        receipt: Receipt(receipt),
        requested_at: Timestamp(4_200),
        priority,
    };
    let asks = |receipt| Entry::HumanRequested {
        request: request(receipt, false),
        via: RequestVia::Message,
    };
    let person = || Person {
        id: ana,
        name: "Ana".into(),
    };
    let says = |text: &str| message(new_id(), Author::Visitor, text);
    let answers = |text: &str| message(new_id(), Author::Agent(person()), text);
    let standing = |holder, request, last_seq, unanswered, last_human| Conversation {
        holder,
        request,
        last_human,
        last_seq: Seq(last_seq),
        unanswered,
        has_draft: false,
        supervisor: None,
        vulnerable: None,
        arranged: Arranged::default(),
    };
    let wants_supervisor = || Entry::SupervisorRequested {
        asked_at: Timestamp(7_000),
    };
    let wanting = |due, standing| Conversation {
        supervisor: Some(SupervisorRequest {
            asked_at: Timestamp(7_000),
            due,
        }),
        ..standing
    };
    let long = "word\n".repeat(100);
    let story = |commits, standing, preview: &str| Story {
        conversation: new_conversation(),
        commits,
        standing,
        preview: preview.into(),
    };
    [
        story(
            vec![
                vec![says("Hello")],
                vec![asks(7)],
                vec![says("I am blind, please be quick")],
            ],
            Conversation {
                vulnerable: Some(Seq(3)),
                ..standing(Holder::Queue, Some(request(7, true)), 3, 1, None)
            },
            "I am blind, please be quick",
        ),
        story(
            vec![
                vec![says("before")],
                vec![asks(1)],
                vec![says("one")],
                vec![says("two\nlines")],
            ],
            standing(Holder::Queue, Some(request(1, false)), 4, 2, None),
            "two lines",
        ),
        story(
            vec![
                vec![asks(2), says("help")],
                vec![Entry::Taken {
                    by: person(),
                    lead: false,
                }],
                vec![answers("yes?")],
                vec![says("this")],
            ],
            standing(Holder::Agent(ana), Some(request(2, false)), 5, 1, Some(ana)),
            "this",
        ),
        story(
            vec![
                vec![asks(3), says(&long)],
                vec![Entry::Taken {
                    by: person(),
                    lead: false,
                }],
                vec![Entry::Returned {
                    from: person(),
                    reason: ReturnReason::Vanished,
                }],
            ],
            standing(Holder::Queue, Some(request(3, true)), 4, 1, Some(ana)),
            &"word ".repeat(100)[..PREVIEW_CHARS],
        ),
        story(
            vec![
                vec![asks(4), says("done soon")],
                vec![Entry::Taken {
                    by: person(),
                    lead: false,
                }],
                vec![Entry::Resolved(person())],
            ],
            standing(Holder::Nobody, None, 4, 0, Some(ana)),
            "done soon",
        ),
        story(
            vec![
                vec![asks(5), says("this is no good")],
                vec![Entry::Taken {
                    by: person(),
                    lead: false,
                }],
                vec![wants_supervisor()],
            ],
            wanting(
                None,
                standing(Holder::Agent(ana), Some(request(5, false)), 4, 1, Some(ana)),
            ),
            "this is no good",
        ),
        // Somebody still has to answer it, though nobody has it.
        story(
            vec![
                vec![asks(6), says("this neither")],
                vec![wants_supervisor()],
                vec![Entry::CallbackPromised {
                    by: Timestamp(9_000),
                }],
                vec![Entry::Taken {
                    by: person(),
                    lead: false,
                }],
                vec![Entry::Resolved(person())],
            ],
            wanting(
                Some(Timestamp(9_000)),
                standing(Holder::Nobody, None, 6, 0, Some(ana)),
            ),
            "this neither",
        ),
        story(
            vec![vec![says("hello")]],
            standing(Holder::Bot, None, 1, 0, None),
            "hello",
        ),
    ]
}
