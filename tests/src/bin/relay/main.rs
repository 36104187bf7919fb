//! `cargo xtask bench relay`: what durability and the rules cost, as ratios against a bare relay in the same run.
//!
//! The load generator speaks the real protocol to the real server process, then the same load goes through a bare
//! in-memory axum relay with acks, in a process of its own. Both share the machine with the generator.

mod bare;
mod disk;
mod load;
mod process;
mod protocol_end;
mod report;
mod seed;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use load::{Load, Outcome, Pace};
use report::Report;

/// Measures the relay.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    role: Option<Role>,
    /// The server's binary, built for release.
    #[arg(long)]
    server: Option<PathBuf>,
    /// Conversations, each a visitor and an agent with a connection of their own.
    #[arg(long, default_value_t = 1_000)]
    conversations: usize,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Messages a second of the fixed-rate measurement.
    #[arg(long, default_value_t = 5_000)]
    rate: u32,
    /// How often each measurement is taken; medians are reported.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Idle connections of the memory measurement.
    #[arg(long, default_value_t = 3_000)]
    idle: usize,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Role {
    /// Is the bare relay (the measurement starts it by itself).
    Bare,
}

/// Messages that a connection keeps on their way when the most is to be found.
const WINDOW: usize = 4;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(Role::Bare) = arguments.role {
        return bare::serve().await;
    }
    let server = arguments
        .server
        .clone()
        .context("name the server's binary with --server PATH")?;
    let folder = tempfile::tempdir().context("there is no room for a database")?;
    let mut report = Report::default();
    for round in 1..=arguments.rounds {
        eprintln!("round {round} of {}", arguments.rounds);
        let database = folder.path().join(format!("round-{round}.db"));
        report
            .durable
            .push(durable(&arguments, &server, &database).await?);
        report.bare.push(bare_round(&arguments).await?);
    }
    report.print(&arguments)
}

/// What one round found of one relay.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// The disk, just before.
    pub fsync: disk::Fsync,
    /// From start to the first good answer of `/readyz`, on an empty database.
    pub ready: Duration,
    /// Resident bytes before any connection.
    pub resting_bytes: u64,
    /// Resident bytes for each idle connection.
    pub idle_bytes: f64,
    /// At the fixed rate.
    pub paced: Outcome,
    /// The relay's processor seconds for each message at the fixed rate.
    pub processor_seconds: f64,
    /// With as much on its way as fits.
    pub saturated: Outcome,
}

async fn durable(
    arguments: &Arguments,
    server: &std::path::Path,
    database: &std::path::Path,
) -> Result<Round> {
    let folder = database.parent().context("the database is in no folder")?;
    let mut round = Round {
        fsync: disk::fsync(folder)?,
        ..Round::default()
    };
    let empty = database.with_extension("empty.db");
    let (process, ready) = process::Relay::server(server, &empty).await?;
    round.ready = ready;
    round.resting_bytes = process.resident_bytes()?;
    drop(process);

    let seats = seed::seed(database, arguments.conversations).await?;
    let (process, _) = process::Relay::server(server, database).await?;
    let before = process.resident_bytes()?;
    let idle = protocol_end::idle(process.address, seed::KEY, arguments.idle).await?;
    round.idle_bytes = (process.resident_bytes()? as f64 - before as f64) / arguments.idle as f64;
    drop(idle);

    let pairs = protocol_end::connect(process.address, &seats).await?;
    measure(arguments, process, pairs, &mut round).await?;
    Ok(round)
}

async fn bare_round(arguments: &Arguments) -> Result<Round> {
    let mut round = Round::default();
    let (process, ready) = process::Relay::bare().await?;
    round.ready = ready;
    round.resting_bytes = process.resident_bytes()?;
    let idle = bare::idle(process.address, arguments.idle).await?;
    round.idle_bytes =
        (process.resident_bytes()? as f64 - round.resting_bytes as f64) / arguments.idle as f64;
    drop(idle);
    let pairs = bare::connect(process.address, arguments.conversations).await?;
    measure(arguments, process, pairs, &mut round).await?;
    Ok(round)
}

async fn measure(
    arguments: &Arguments,
    process: process::Relay,
    pairs: Vec<load::Pair>,
    round: &mut Round,
) -> Result<()> {
    let seconds = Duration::from_secs(arguments.seconds);
    let mut load = Load::start(pairs);
    // Caches, connections and the allocator settle first.
    load.run(
        Pace::Fixed {
            each_second: arguments.rate,
        },
        seconds / 4,
    )
    .await?;
    let before = process.processor_seconds()?;
    round.paced = load
        .run(
            Pace::Fixed {
                each_second: arguments.rate,
            },
            seconds,
        )
        .await?;
    round.processor_seconds =
        (process.processor_seconds()? - before) / round.paced.delivered as f64;
    round.saturated = load.run(Pace::Window { messages: WINDOW }, seconds).await?;
    drop(load);
    drop(process);
    Ok(())
}
