//! `cargo xtask bench neighbours`: what hostile peers cost those who share the server, and the address, with them (R11), as a
//! ratio against the same peers at another server on the same machine.
//!
//! Whoever floods takes processor time of this machine, here and on their own side, and on few cores that alone is felt by
//! everybody. That is no doing of the server's, so the reference has the same flood go elsewhere; a third kind of turn,
//! without anybody hostile, tells how much the machine makes of it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
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
    /// Seconds of each turn: nobody hostile, then the hostile elsewhere, then beside the neighbours, and again.
    #[arg(long, default_value_t = 2)]
    seconds: u64,
    /// Turns of each kind. They alternate, so that what else this machine does comes to all alike.
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

/// Where the hostile are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Nowhere,
    Elsewhere,
    Beside,
    Over,
}

/// The turns in which something is measured.
const TURNS: [Turn; 3] = [Turn::Nowhere, Turn::Elsewhere, Turn::Beside];

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let delays = measure(&arguments).await?;
    let [p50, p99] = [0.50, 0.99].map(|quantile| {
        TURNS.map(|turn| {
            let micros = delays[turn as usize].value_at_quantile(quantile);
            Duration::from_micros(micros)
        })
    });
    let [nowhere, elsewhere, beside] = p99.map(|time| time.as_secs_f64());
    let (ratio, ratio_of_machine) = (beside / elsewhere, elsewhere / nowhere);
    if arguments.json {
        let micros = |times: [Duration; 3]| times.map(|time| time.as_micros() as u64);
        println!(
            "{}",
            serde_json::json!({
                "p50_us": micros(p50),
                "p99_us": micros(p99),
                "ratio_p99": ratio,
                "ratio_at_most": RATIO_AT_MOST,
                "ratio_p99_of_machine": ratio_of_machine,
            })
        );
    } else {
        println!("the hostile are   nowhere    elsewhere       beside");
        let [a, b, c] = TURNS.map(|turn| delays[turn as usize].len());
        println!("messages       {a:>10}   {b:>10}   {c:>10}");
        for (name, [a, b, c]) in [("p50 of acks", p50), ("p99 of acks", p99)] {
            println!("{name}    {a:>10.1?}   {b:>10.1?}   {c:>10.1?}");
        }
        println!(
            "p99, beside to elsewhere {ratio:.2} (at most {RATIO_AT_MOST:.2} is wanted); elsewhere to nowhere \
             {ratio_of_machine:.2}"
        );
    }
    Ok(())
}

/// The times from a message to its ack in each kind of turn, in microseconds.
async fn measure(arguments: &Arguments) -> Result<[Histogram<u64>; 3]> {
    let folder = tempfile::tempdir().context("there is no room for a database")?;
    let (server, address) = serve(arguments, &folder.path().join("desk.db")).await;
    let (other_server, elsewhere) = serve(arguments, &folder.path().join("other.db")).await;
    let (turn, turns) = watch::channel(Turn::Nowhere);

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
    for (when, address) in [(Turn::Elsewhere, elsewhere), (Turn::Beside, address)] {
        let door = Door::visitor(address, SHOP).with("x-forwarded-for", SHARED);
        for _ in 0..FLOODERS {
            let door = door.clone();
            let flood = move || flood(door.clone(), pause);
            hostile.spawn(in_turn(when, turns.clone(), flood));
        }
        let be_deaf = move || be_deaf(door.clone());
        hostile.spawn(in_turn(when, turns.clone(), be_deaf));
    }

    for number in 1..=arguments.turns {
        eprint!("\rturn {number} of {}", arguments.turns);
        for now in TURNS {
            turn.send_replace(now);
            tokio::time::sleep(Duration::from_secs(arguments.seconds)).await;
        }
    }
    eprintln!();
    turn.send_replace(Turn::Over);
    let mut delays = [Histogram::new(3)?, Histogram::new(3)?, Histogram::new(3)?];
    while let Some(theirs) = calm.join_next().await {
        for (turn, delay) in theirs? {
            delays[turn as usize].record(u64::try_from(delay.as_micros())?)?;
        }
    }
    hostile.shutdown().await;
    server.kill().await;
    other_server.kill().await;
    Ok(delays)
}

/// Starts the program on a new database.
async fn serve(arguments: &Arguments, database: &Path) -> (Program, SocketAddr) {
    furnish_file(database).await;
    let mut command = Command::new(&arguments.server);
    command.args(["serve", "--listen", "127.0.0.1:0", "--trusted-proxies", "1"]);
    command.arg("--database");
    command.arg(format!("sqlite:{}", database.display()));
    let server = Program::spawn(command);
    let address = server.address().await;
    (server, address)
}

/// Writes once a second, and says how long each ack took, and where the hostile were all the while.
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

/// Does something for as long as it is its turn, each time anew.
async fn in_turn<F: Future<Output = ()>>(
    when: Turn,
    mut turns: watch::Receiver<Turn>,
    hostile: impl Fn() -> F,
) {
    loop {
        let begins = turns.wait_for(|turn| *turn == when);
        if begins.await.is_err() {
            return;
        }
        let mut ends = turns.clone();
        tokio::select! {
            () = hostile() => {}
            _ = ends.wait_for(|turn| *turn != when) => {}
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
