//! `cargo xtask bench neighbours`: what hostile peers cost those who share the server, and the address, with them (R11), as a
//! ratio against the same run without them.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Parser;
use hdrhistogram::Histogram;
use human_please_tests::answers::new_id;
use human_please_tests::program::Program;
use human_please_tests::server::{SHOP, furnish_file};
use human_please_tests::socket::{Door, Heard, Socket};
use human_please_tests::visitor::Visitor;
use protocol::VisitorCommand;
use tokio::process::Command;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval_at};

/// Measures what hostile peers cost their neighbours.
#[derive(Debug, Parser)]
struct Arguments {
    /// The server's binary, built for release.
    #[arg(long)]
    server: PathBuf,
    /// Visitors who write once a second.
    #[arg(long, default_value_t = 200)]
    visitors: u64,
    /// Frames a second that the hostile send, all together: as fast as they can would measure this machine's cores.
    #[arg(long, default_value_t = 1_000)]
    rate: u64,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How often each measurement is taken; the median ratio is reported.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// Everybody's address: the hostile are the neighbours' neighbours in every way.
const SHARED: &str = "203.0.113.7";

/// Connections that flood, each until it is closed and then anew; and those that read nothing.
const FLOODERS: u64 = 10;
const DEAF: usize = 50;

/// What the neighbours' p99 may rise to.
const RATIO_AT_MOST: f64 = 1.10;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut rounds = vec![];
    for round in 1..=arguments.rounds {
        eprintln!("round {round} of {}", arguments.rounds);
        // Whichever comes first has the colder caches.
        let (alone, beside) = if round % 2 == 0 {
            let alone = measure(&arguments, false).await?;
            (alone, measure(&arguments, true).await?)
        } else {
            let beside = measure(&arguments, true).await?;
            (measure(&arguments, false).await?, beside)
        };
        rounds.push((alone, beside));
    }
    let ratio =
        |&(alone, beside): &(Duration, Duration)| beside.as_secs_f64() / alone.as_secs_f64();
    let mut ratios: Vec<f64> = rounds.iter().map(ratio).collect();
    ratios.sort_by(f64::total_cmp);
    let median = *ratios
        .get(ratios.len() / 2)
        .context("measure at least one round: --rounds 1")?;
    if arguments.json {
        let rounds: Vec<_> = rounds
            .iter()
            .map(|(alone, beside)| {
                serde_json::json!({
                    "p99_alone_us": alone.as_micros() as u64,
                    "p99_beside_us": beside.as_micros() as u64,
                })
            })
            .collect();
        println!(
            "{}",
            serde_json::json!({ "rounds": rounds, "ratio_median": median, "ratio_at_most": RATIO_AT_MOST })
        );
    } else {
        for (alone, beside) in &rounds {
            println!("p99 alone {alone:>10.1?}   beside the hostile {beside:>10.1?}");
        }
        println!("median ratio {median:.2} (at most {RATIO_AT_MOST:.2} is wanted)");
    }
    Ok(())
}

/// The 99th percentile of the time from a message to its ack, alone or beside the hostile.
async fn measure(arguments: &Arguments, with_hostile: bool) -> Result<Duration> {
    let folder = tempfile::tempdir().context("there is no room for a database")?;
    let database = folder.path().join("desk.db");
    furnish_file(&database).await;
    let mut command = Command::new(&arguments.server);
    command.args(["serve", "--listen", "127.0.0.1:0", "--trusted-proxies", "1"]);
    command.arg("--database");
    command.arg(format!("sqlite:{}", database.display()));
    let server = Program::spawn(command);
    let address = server.address().await;
    let door = Door::visitor(address, SHOP).with("x-forwarded-for", SHARED);

    let mut neighbours = vec![];
    for number in 0..arguments.visitors {
        // A press is never refused; a message that begins a conversation may be, behind an address with so many.
        let elsewhere = format!("203.0.113.{}", 100 + number % 100);
        let from = if number % 2 == 0 { SHARED } else { &elsewhere };
        let door = Door::visitor(address, SHOP).with("x-forwarded-for", from);
        let mut visitor = Visitor::come(&door).await;
        visitor.human().await;
        neighbours.push(visitor);
    }
    let mut hostile = JoinSet::new();
    if with_hostile {
        for _ in 0..FLOODERS {
            let pause =
                Duration::from_secs(1) * u32::try_from(FLOODERS)? / u32::try_from(arguments.rate)?;
            hostile.spawn(flood(door.clone(), pause));
        }
        let mut deaf = vec![];
        for _ in 0..DEAF {
            deaf.extend(Socket::try_open(&door).await);
        }
        hostile.spawn(async move {
            let _held = deaf;
            std::future::pending::<()>().await;
        });
    }
    let until = Instant::now() + Duration::from_secs(arguments.seconds);
    let mut calm = JoinSet::new();
    for (number, visitor) in neighbours.into_iter().enumerate() {
        let late =
            Duration::from_secs(1) * u32::try_from(number)? / u32::try_from(arguments.visitors)?;
        calm.spawn(write(visitor, late, until));
    }
    let mut delays = Histogram::<u64>::new(3)?;
    while let Some(theirs) = calm.join_next().await {
        for delay in theirs? {
            delays.record(u64::try_from(delay.as_micros())?)?;
        }
    }
    hostile.shutdown().await;
    server.kill().await;
    Ok(Duration::from_micros(delays.value_at_quantile(0.99)))
}

/// Writes once a second, and says how long each ack took.
async fn write(mut visitor: Visitor, late: Duration, until: Instant) -> Vec<Duration> {
    let mut delays = vec![];
    let mut ticks = interval_at(tokio::time::Instant::now() + late, Duration::from_secs(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while Instant::now() < until {
        ticks.tick().await;
        let began = Instant::now();
        visitor.say("Is my order on its way?").await;
        delays.push(began.elapsed());
    }
    delays
}

/// Sends at a pace, heeds nothing, and comes back as somebody new whenever it is closed.
async fn flood(door: Door, pause: Duration) {
    let mut ticks = interval_at(tokio::time::Instant::now(), pause);
    loop {
        let Some(mut socket) = Socket::try_open(&door).await else {
            ticks.tick().await;
            continue;
        };
        let hello = VisitorCommand::Hello {
            version: protocol::VERSION,
            token: None,
            after: protocol::Seq(0),
        };
        socket
            .send(human_please_tests::answers::frame(new_id(), hello))
            .await;
        loop {
            tokio::select! {
                _ = ticks.tick() => {
                    let say = VisitorCommand::Say { text: "x".repeat(1_000) };
                    socket.send(human_please_tests::answers::frame(new_id(), say)).await;
                }
                heard = socket.next() => if matches!(heard, Heard::Closed(_)) { break },
            }
        }
    }
}
