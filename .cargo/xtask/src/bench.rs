//! `cargo xtask bench`: measurements of the release build. Each bench is a program in `tests/src/bin/` that is given the
//! server's binary and starts what it needs; what a browser measures is in `tests/pages/bench`.

mod pages;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    place::Place,
    program::Program,
    server,
    steps::{note, step},
};

/// What can be measured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Bench {
    /// Messages through the server: rate, delays, losses, memory; beside a bare relay, as ratios.
    Relay,
    /// What hostile peers cost their neighbours: the delay of acks, as a ratio against a run without them.
    Neighbours,
    /// How long a word among many messages takes to be found, as a ratio against a scan of them all.
    Search,
    /// What the chat costs a merchant's page and a visitor: requests, bytes, times, memory; on this machine and on a phone's.
    Widget,
    /// What opening the agent page costs, with nothing and with all of it in the cache, and opening a conversation of 1,000
    /// messages in it; beside a bare page and a short conversation, as ratios.
    Agent,
}

/// Builds the server and the bench, and runs the bench.
pub fn run(place: &Place, bench: Bench, json: bool, more: &[String]) -> Result<()> {
    let program = match bench {
        Bench::Relay => "relay",
        Bench::Neighbours => "neighbours",
        Bench::Search => "search",
        Bench::Widget => return pages::run(place, pages::Measured::Widget, json, more),
        Bench::Agent => return pages::run(place, pages::Measured::Agent, json, more),
    };
    // What is measured of a search is the store's alone.
    let server = match bench {
        Bench::Search => None,
        _ => Some(server::build_release(place)?),
    };
    // Apart from the server's build, so that what the bench wants of shared packages does not get into what is measured.
    step(&format!("building the bench {program}"), || {
        place
            .cargo()
            .args([
                "build",
                "--release",
                "--package",
                "human-please-tests",
                "--bin",
                program,
            ])
            .advise("look above for the compiler's first error")
            .work()
    })?;
    note(&format!("running the bench {program}"));
    Program::new(place.built("release", program))
        .folder(&place.root)
        .args(server.is_some().then_some("--server"))
        .args(server)
        .args(json.then_some("--json"))
        .args(more)
        .advise("its own words above say what went wrong")
        .show()
}
