//! Puts many who wait into the database of a server that does not run, for a story about long lists.

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use human_please::store::{SqliteStore, Store};
use human_please_tests::crowd;
use protocol::Timestamp;

/// Has many visitors wait.
#[derive(Debug, Parser)]
struct Arguments {
    /// The file of a database in which the site is.
    #[arg(long)]
    database: PathBuf,
    /// The site's key.
    #[arg(long)]
    site: String,
    /// How many wait.
    #[arg(long)]
    waiting: u64,
    /// Since when the last one does, in milliseconds since 1970. The others came before, one each second.
    #[arg(long)]
    until: i64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let store = SqliteStore::open(&arguments.database).await?;
    let waiting = (1..=arguments.waiting).map(|number| {
        let before = (arguments.waiting - number).cast_signed() * 1_000;
        let order = 5_000 + number;
        let text = format!("Good day, where is my order LO-{order}? It was to come last week.");
        (Timestamp(arguments.until - before), text)
    });
    crowd::wait(&store, &arguments.site, waiting).await;
    store.close().await;
    Ok(())
}
