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
use tokio::sync::watch;
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
    /// Seconds of each turn: the neighbours alone, then beside the hostile, and again.
    #[arg(long, default_value_t = 2)]
    seconds: u64,
    /// Turns of each kind. They alternate, so that what else this machine does comes to both alike.
    #[arg(long, default_value_t = 25)]
    turns: u32,
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

/// Who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Alone,
    Beside,
    Over,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let [alone, beside] = measure(&arguments).await?;
    let [p50, p99] = [0.50, 0.99].map(|quantile| {
        [&alone, &beside].map(|delays| {
            let micros = delays.value_at_quantile(quantile);
            Duration::from_micros(micros)
        })
    });
    let ratio = p99[1].as_secs_f64() / p99[0].as_secs_f64();
    if arguments.json {
        let micros = |times: [Duration; 2]| times.map(|time| time.as_micros() as u64);
        println!(
            "{}",
            serde_json::json!({
                "p50_us": micros(p50),
                "p99_us": micros(p99),
                "ratio_p99": ratio,
                "ratio_at_most": RATIO_AT_MOST,
            })
        );
    } else {
        println!("                    alone   beside the hostile");
        println!("messages       {:>10}   {:>10}", alone.len(), beside.len());
        println!("p50 of acks    {:>10.1?}   {:>10.1?}", p50[0], p50[1]);
        println!("p99 of acks    {:>10.1?}   {:>10.1?}", p99[0], p99[1]);
        println!("ratio of the p99s {ratio:.2} (at most {RATIO_AT_MOST:.2} is wanted)");
    }
    Ok(())
}

/// The times from a message to its ack, alone and beside the hostile, in microseconds.
async fn measure(arguments: &Arguments) -> Result<[Histogram<u64>; 2]> {
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
    let (turn, turns) = watch::channel(Turn::Alone);

    let mut calm = JoinSet::new();
    for number in 0..arguments.visitors {
        // A press is never refused; a message that begins a conversation may be, behind an address with so many.
        let elsewhere = format!("203.0.113.{}", 100 + number % 100);
        let from = if number % 2 == 0 { SHARED } else { &elsewhere };
        let door = Door::visitor(address, SHOP).with("x-forwarded-for", from);
        let mut visitor = Visitor::come(&door).await;
        visitor.human().await;
        let late =
            Duration::from_secs(1) * u32::try_from(number)? / u32::try_from(arguments.visitors)?;
        calm.spawn(write(visitor, late, turns.clone()));
    }
    let mut hostile = JoinSet::new();
    let pause = Duration::from_secs(1) * u32::try_from(FLOODERS)? / u32::try_from(arguments.rate)?;
    for _ in 0..FLOODERS {
        let (door, turns) = (door.clone(), turns.clone());
        hostile.spawn(while_beside(turns, move || flood(door.clone(), pause)));
    }
    hostile.spawn(while_beside(turns, move || be_deaf(door.clone())));

    for number in 1..=arguments.turns {
        eprint!("\rturn {number} of {}", arguments.turns);
        for now in [Turn::Alone, Turn::Beside] {
            turn.send_replace(now);
            tokio::time::sleep(Duration::from_secs(arguments.seconds)).await;
        }
    }
    eprintln!();
    turn.send_replace(Turn::Over);
    let mut delays = [Histogram::new(3)?, Histogram::new(3)?];
    while let Some(theirs) = calm.join_next().await {
        for (turn, delay) in theirs? {
            delays[usize::from(turn == Turn::Beside)].record(u64::try_from(delay.as_micros())?)?;
        }
    }
    hostile.shutdown().await;
    server.kill().await;
    Ok(delays)
}

/// Writes once a second, and says how long each ack took, and who was there all the while.
async fn write(
    mut visitor: Visitor,
    late: Duration,
    turns: watch::Receiver<Turn>,
) -> Vec<(Turn, Duration)> {
    let mut delays = vec![];
    let mut ticks = interval_at(tokio::time::Instant::now() + late, Duration::from_secs(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let before = *turns.borrow();
        if before == Turn::Over {
            return delays;
        }
        let began = Instant::now();
        visitor.say("Is my order on its way?").await;
        if *turns.borrow() == before {
            delays.push((before, began.elapsed()));
        }
    }
}

/// Does something for as long as it is the turn of the hostile, each time anew.
async fn while_beside<F: Future<Output = ()>>(
    mut turns: watch::Receiver<Turn>,
    hostile: impl Fn() -> F,
) {
    loop {
        let begins = turns.wait_for(|turn| *turn == Turn::Beside);
        if begins.await.is_err() {
            return;
        }
        let mut ends = turns.clone();
        tokio::select! {
            () = hostile() => {}
            _ = ends.wait_for(|turn| *turn != Turn::Beside) => {}
        }
    }
}

/// Opens connections and takes in nothing.
async fn be_deaf(door: Door) {
    let mut held = vec![];
    for _ in 0..DEAF {
        held.extend(Socket::try_open(&door).await);
    }
    std::future::pending::<()>().await;
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
