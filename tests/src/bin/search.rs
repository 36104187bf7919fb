//! `cargo xtask bench search`: how long it takes to find a word among many messages, as a ratio against a scan of the same
//! messages by `LIKE` in the same run.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Parser;
use desk::{Author, Conversation, Entry, Holder, Message};
use human_please::secret::random_id;
use human_please::store::{
    Append, Query, Reader, SecretHash, SiteId, SqliteStore, Store, Wanted, Write,
};
use human_please_tests::random::Random;
use human_please_tests::server::{Place, furnish_file};
use protocol::{CommandId, ConversationId, Seq, Timestamp};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

/// Measures searches.
#[derive(Debug, Parser)]
struct Arguments {
    /// Messages, twenty in each conversation.
    #[arg(long, default_value_t = 100_000)]
    messages: u64,
    /// Searches of each kind. They alternate, so that what else this machine does comes to all alike.
    #[arg(long, default_value_t = 21)]
    turns: usize,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// Messages of one conversation.
const EACH: u64 = 20;

/// Words that messages are made of, beside numbers.
const WORDS: [&str; 16] = [
    "where", "is", "my", "order", "the", "lamp", "was", "broken", "when", "it", "came", "please",
    "refund", "and", "thank", "you",
];

/// What is looked for: what one message has, what one in a thousand has, and what none has.
const LOOKED_FOR: [(&str, &str); 3] = [
    ("in one message", "LO-77777"),
    ("in one of a thousand", "n333"),
    ("in none", "zebra"),
];

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let place = Place::new();
    furnish_file(&place.database()).await;
    let store = SqliteStore::open(&place.database()).await?;
    let site = store.sites().await?.first().context("a site is there")?.id;
    let written = Instant::now();
    fill(&store, site, arguments.messages).await?;
    let written = written.elapsed();
    let indexed = Instant::now();
    let all = query("order");
    while store.search().find(site, Reader::Lead, &all).await?.behind {}
    let indexed = indexed.elapsed();
    let mut scanner = SqliteConnectOptions::new()
        .filename(place.database())
        .read_only(true)
        .connect()
        .await?;
    let mut lines = vec![];
    for (what, words) in LOOKED_FOR {
        let mut times = [vec![], vec![]];
        for _ in 0..arguments.turns {
            let begun = Instant::now();
            store
                .search()
                .find(site, Reader::Lead, &query(words))
                .await?;
            times[0].push(begun.elapsed());
            let begun = Instant::now();
            scan(&mut scanner, words).await?;
            times[1].push(begun.elapsed());
        }
        let [index, scan] = times.map(median);
        let ratio = scan.as_secs_f64() / index.as_secs_f64();
        lines.push((what, index, scan, ratio));
    }
    scanner.close().await?;
    store.close().await;
    if arguments.json {
        let lines = lines.iter().map(|(what, index, scan, ratio)| {
            json!({ "what": what, "index_us": index.as_micros(), "scan_us": scan.as_micros(), "ratio": ratio })
        });
        let lines: Vec<_> = lines.collect();
        println!(
            "{}",
            json!({ "messages": arguments.messages, "searches": lines })
        );
        return Ok(());
    }
    println!(
        "{} messages, written in {written:.1?} and indexed in {indexed:.1?}; medians of {} turns",
        arguments.messages, arguments.turns
    );
    for (what, index, scan, ratio) in lines {
        println!(
            "  a word {what:<22} by the index {index:>9.1?}, by a scan {scan:>9.1?}: {ratio:.1} times quicker"
        );
    }
    Ok(())
}

fn query(words: &str) -> Query {
    Query {
        wanted: Wanted::parse(words).expect("it can be looked for"),
        count: 50,
        ..Query::default()
    }
}

async fn fill(store: &SqliteStore, site: SiteId, messages: u64) -> Result<()> {
    let mut random = Random::from_seed(1);
    let mut number = 0;
    while number < messages {
        let entries: Vec<Entry> = (0..EACH)
            .map(|_| {
                number += 1;
                let mut text = format!("LO-{number} n{}", number % 1_000);
                for _ in 0..12 {
                    text.push(' ');
                    text.push_str(WORDS[random.below(WORDS.len() as u64) as usize]);
                }
                Entry::Message(Message {
                    id: CommandId(random_id()),
                    author: Author::Visitor,
                    text,
                    sources: vec![],
                    replies: vec![],
                    offers_human: false,
                })
            })
            .collect();
        let conversation = ConversationId(random_id());
        let mut token = [0; 32];
        token[..16].copy_from_slice(&conversation.0.to_be_bytes());
        let append = Append {
            site,
            conversation,
            opened_by: Some(SecretHash(token)),
            after: Seq(0),
            at: Timestamp(number.cast_signed()),
            id: None,
            entries: &entries,
            standing: Some(Conversation {
                holder: Holder::Nobody,
                last_seq: Seq(EACH),
                ..Conversation::blank(false)
            }),
            outlook: None,
        };
        store.commit(&[Write::Append(append)]).await?;
    }
    Ok(())
}

/// The newest fifty that have the words somewhere, as a database finds them that has no index.
async fn scan(scanner: &mut SqliteConnection, words: &str) -> Result<()> {
    sqlx::query("SELECT rowid, text FROM event WHERE text LIKE ? ORDER BY rowid DESC LIMIT 50")
        .bind(format!("%{words}%"))
        .fetch_all(scanner)
        .await?;
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
