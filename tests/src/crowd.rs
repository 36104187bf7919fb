//! Many who wait at the same time, put into a store as if they had asked one after the other.

use desk::{Author, Conversation, Entry, Holder, HumanRequest, Message};
use human_please::secret::random_id;
use human_please::store::{Append, SecretHash, Store, Write};
use protocol::{CommandId, ConversationId, Receipt, RequestVia, Seq, Timestamp};

/// How many are written with one commit.
const AT_ONCE: usize = 1_000;

/// Somebody who waits.
struct Somebody {
    conversation: ConversationId,
    id: CommandId,
    request: HumanRequest,
    entries: Vec<Entry>,
}

/// Has these wait for the people of a site: since when, and what they have written. The first one gets number 1.
///
/// # Panics
///
/// If the site is not there, or the store fails.
pub async fn wait(
    store: &dyn Store,
    site: &str,
    waiting: impl IntoIterator<Item = (Timestamp, String)>,
) {
    let sites = store.sites().await.expect("the store answers");
    let site = sites.iter().find(|it| it.settings.key == site);
    let site = site.expect("the site is there").id;
    let all: Vec<Somebody> = (1..).zip(waiting).map(somebody).collect();
    for some in all.chunks(AT_ONCE) {
        let writes: Vec<Write<'_>> = some
            .iter()
            .map(|it| {
                let mut token = [0; 32];
                token[..16].copy_from_slice(&it.conversation.0.to_be_bytes());
                Write::Append(Append {
                    site,
                    conversation: it.conversation,
                    opened_by: Some(SecretHash(token)),
                    after: Seq(0),
                    at: it.request.requested_at,
                    id: Some(it.id),
                    entries: &it.entries,
                    standing: Some(Conversation {
                        holder: Holder::Queue,
                        request: Some(it.request),
                        last_seq: Seq(2),
                        unanswered: 1,
                        ..Conversation::blank(false)
                    }),
                    outlook: None,
                })
            })
            .collect();
        store.commit(&writes).await.expect("the store takes them");
    }
}

fn somebody((number, (requested_at, text)): (u64, (Timestamp, String))) -> Somebody {
    let id = CommandId(random_id());
    let request = HumanRequest {
        receipt: Receipt(number),
        requested_at,
        priority: false,
    };
    let message = Message {
        id,
        author: Author::Visitor,
        text,
        sources: vec![],
        replies: vec![],
        offers_human: false,
    };
    let via = RequestVia::Message;
    Somebody {
        conversation: ConversationId(random_id()),
        id,
        request,
        entries: vec![
            Entry::Message(message),
            Entry::HumanRequested { request, via },
        ],
    }
}
