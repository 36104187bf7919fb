//! `cargo xtask soak`: more random plans than the tests run, for a night or for a change that touches what must not break.

use anyhow::Result;

use crate::place::Place;

/// Runs the plans of `seeds` seeds, from `from` on if it is given and from a random one otherwise.
pub fn run(place: &Place, seeds: u64, from: Option<u64>) -> Result<()> {
    let mut plans = place
        .cargo()
        .args(["test", "--package", "human-please-tests", "--test", "plan"])
        .args(["--", "whatever_happens", "--nocapture"])
        .env("HUMAN_PLEASE_PLANS", seeds.to_string());
    if let Some(from) = from {
        plans = plans.env("HUMAN_PLEASE_FROM", from.to_string());
    }
    plans
        .without_env("HUMAN_PLEASE_SEED")
        .advise("the shortest plan that fails is above, with the command that replays it")
        .show()
}
