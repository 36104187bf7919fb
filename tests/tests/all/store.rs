//! What every store promises, told as one story against `dyn Store`. A new database joins with one more test here.

mod appends;
mod drafts;
mod history;
mod open;
mod people;
mod search;
mod seen;
mod waits;

use std::sync::Arc;

use desk::{Author, Conversation, Entry, Message};
use human_please::hours::HoursText;
use human_please::secret::random_id;
use human_please::store::{
    Append, CommitError, NewSite, SecretHash, SiteId, SqliteStore, Store, Write,
};
use human_please_tests::server::Place;
use protocol::{CommandId, ConversationId, Seq, Timestamp};

/// Opens the same database again.
trait Reopen {
    async fn open(&self) -> Arc<dyn Store>;
}

struct OnSqlite(Arc<Place>);

impl Reopen for OnSqlite {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(
            SqliteStore::open(&self.0.database())
                .await
                .expect("the database opens"),
        )
    }
}

#[tokio::test]
async fn the_story_of_a_store_on_sqlite() {
    the_story(&OnSqlite(Place::new())).await;
}

async fn the_story(database: &impl Reopen) {
    let store = database.open().await;
    appends::follow_each_other_without_a_gap(&*store).await;
    appends::know_their_command_for_ever(&*store).await;
    appends::of_one_commit_are_written_all_or_not_at_all(&*store).await;
    appends::begin_a_conversation_once(&*store).await;
    appends::number_requests_once(&*store).await;
    history::comes_in_pages(&*store).await;
    history::of_long_messages_comes_in_shorter_pages(&*store).await;
    history::tells_every_entry_as_it_was(&*store).await;
    drafts::stay_beside_the_log(&*store).await;
    drafts::are_their_holders(&*store).await;
    drafts::what_was_lost_is_known_until_they_are_on_duty(&*store).await;
    people::are_found_and_their_sessions_end(&*store).await;
    people::articles_are_replaced_as_a_whole(&*store).await;
    search::finds_what_was_said(&*store).await;
    search::finds_numbers_and_addresses(&*store).await;
    search::lists::is_least_rights(&*store).await;
    search::lists::is_narrowed(&*store).await;
    search::lists::comes_in_pages(&*store).await;
    search::lists::views_are_their_agents(&*store).await;
    search::finds_anything_that_was_said(&*store).await;
    store.close().await;
    open::survives(database).await;
    seen::the_furthest_counts(database).await;
    waits::are_kept_with_what_was_said_of_them(database).await;
}

/// A site, new for each chapter.
async fn site(store: &dyn Store, key: &str) -> SiteId {
    let site = NewSite {
        key: key.into(),
        name: format!("The {key}"),
        origins: vec!["https://a.example".into(), "https://b.example".into()],
        bot: true,
        contact: "help@a.example".into(),
        hours: HoursText {
            time_zone: "Europe/Madrid".into(),
            week: "Mon-Fri 09:00-18:00".into(),
            exceptions: vec!["2026-12-25 closed".into(), "2026-12-24 09:00-13:00".into()],
        }
        .parse()
        .ok(),
    };
    let id = store.put_site(&site).await.expect("a site is kept");
    let again = store.put_site(&site).await.expect("a site is kept");
    assert_eq!(again, id, "the same key is the same site");
    let sites = store.sites().await.expect("sites are told");
    let kept = sites
        .into_iter()
        .find(|kept| kept.id == id)
        .expect("it was kept");
    assert_eq!(kept.settings, site);
    id
}

fn new_conversation() -> ConversationId {
    ConversationId(random_id())
}

fn new_id() -> CommandId {
    CommandId(random_id())
}

/// The token that opens a conversation.
fn token(conversation: ConversationId) -> SecretHash {
    let mut hash = [0; 32];
    hash[..16].copy_from_slice(&conversation.0.to_be_bytes());
    SecretHash(hash)
}

/// A message, which has its command's id.
fn message(id: CommandId, author: Author, text: &str) -> Entry {
    Entry::Message(Message {
        id,
        author,
        text: text.into(),
        sources: vec![],
        replies: vec![],
        offers_human: false,
    })
}

/// Entries that need nothing else.
fn marks(count: usize) -> Vec<Entry> {
    vec![Entry::BotFailed; count]
}

fn with_the_bot(last_seq: u64) -> Conversation {
    Conversation {
        last_seq: Seq(last_seq),
        ..Conversation::blank(true)
    }
}

/// An append, which begins a conversation with the bot if it comes after nothing.
fn append(
    site: SiteId,
    conversation: ConversationId,
    after: u64,
    id: Option<CommandId>,
    entries: &[Entry],
) -> Write<'_> {
    let begins = after == 0;
    Write::Append(Append {
        site,
        conversation,
        opened_by: begins.then(|| token(conversation)),
        after: Seq(after),
        at: Timestamp(1_000 + after.cast_signed()),
        id,
        entries,
        standing: begins.then(|| with_the_bot(entries.len() as u64)),
        outlook: None,
    })
}

#[track_caller]
fn must(outcome: Result<(), CommitError>) {
    if let Err(error) = outcome {
        panic!("the commit failed: {error}");
    }
}

fn is_conflict(outcome: &Result<(), CommitError>) -> bool {
    matches!(outcome, Err(CommitError::Conflict))
}
