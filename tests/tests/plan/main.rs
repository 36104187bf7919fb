//! Random plans: visitors, agents, the assistant, the network, the server, the disk and the clock do whatever a seed says,
//! to the real routes, sockets, rules, store and sessions, in one process and by a clock that only the plan turns. A
//! checker that reads nothing but what clients were told and what is in the store holds it against G1 to G5.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod agent;
mod bot;
mod broken;
mod checker;
mod gate;
mod history;
mod idle;
mod life;
mod likeness;
mod link;
mod operation;
mod place;
mod reached;
mod renamed;
mod replay;
mod rest;
mod run;
mod socket;
mod staff;
mod store;
mod story;
mod trace;
mod verdict;
mod visitor;
mod world;

use human_please_tests::random::Random;

use operation::Plan;
use run::{elsewhere, run, run_many, shorten};
use store::Lie;
use verdict::Kind;

/// Plans of one run of the tests, unless `HUMAN_PLEASE_PLANS` says otherwise.
const PLANS: u64 = 2_000;

fn number_in(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is no number")),
    )
}

/// G1, G2, G3, G4, G5; R1, R2, R4, R5, R6, R10, R12, R14, R16; L3, L5, L6.
///
/// `HUMAN_PLEASE_SEED` replays one plan, of which `HUMAN_PLEASE_KEEP` names the steps to keep; `HUMAN_PLEASE_PLANS` runs so
/// many, from `HUMAN_PLEASE_FROM` on.
#[test]
fn whatever_happens_nothing_acked_is_lost_and_nobody_loses_their_place() {
    if let Some(seed) = number_in("HUMAN_PLEASE_SEED") {
        return replay(seed);
    }
    let first = number_in("HUMAN_PLEASE_FROM").unwrap_or_else(|| {
        let fresh = human_please::secret::random_id() >> 96;
        u64::try_from(fresh).unwrap()
    });
    let figures = run_many(first, number_in("HUMAN_PLEASE_PLANS").unwrap_or(PLANS));
    figures.print(first);
    if let Some((seed, _)) = figures.failures.first() {
        fail(*seed);
    }
    let reached = |what: &&str| figures.reached.contains(*what);
    let missing: Vec<_> = reached::ALL.iter().filter(|it| !reached(it)).collect();
    assert!(
        missing.is_empty() || figures.plans < 500,
        "no plan came to {missing:?}"
    );
}

fn replay(seed: u64) {
    let mut plan = Plan::of(seed);
    if let Ok(kept) = std::env::var("HUMAN_PLEASE_KEEP") {
        let kept: Vec<usize> = kept
            .split(',')
            .map(|index| index.parse().expect("HUMAN_PLEASE_KEEP is 0,3,7"))
            .collect();
        plan = plan.keep(&kept);
    }
    let outcome = run(&plan, &elsewhere(), None);
    for line in &outcome.trace.lines {
        println!("{line}");
    }
    println!("trace {:016x}", outcome.trace.hash());
    for fault in &outcome.verdict.faults {
        println!("{fault}");
    }
    assert!(outcome.verdict.faults.is_empty(), "the plan {seed} fails");
}

/// Finds a shorter plan that fails the same way, and says how to see it again.
fn fail(seed: u64) {
    let elsewhere = elsewhere();
    let plan = Plan::of(seed);
    let outcome = run(&plan, &elsewhere, None);
    let faults = &outcome.verdict.faults;
    let Some(first) = faults.first() else {
        panic!("the plan {seed} failed once, and not when it was run again");
    };
    let kept = shorten(&plan, first.kind, &elsewhere);
    for &index in &kept {
        println!("{index}: {:?}", plan.steps[index]);
    }
    let list: Vec<String> = kept.iter().map(ToString::to_string).collect();
    panic!(
        "{first}\ntrace {:016x}\nreplay with: HUMAN_PLEASE_SEED={seed} HUMAN_PLEASE_KEEP={} \
         cargo test -p human-please-tests --test plan whatever -- --nocapture",
        outcome.trace.hash(),
        list.join(",")
    );
}

/// R16: a seed stands for one course of events.
#[test]
fn the_same_seed_gives_the_same_trace() {
    let mut random = Random::of_story();
    let (one, other) = (elsewhere(), elsewhere());
    for _ in 0..40 {
        let seed = random.below(u64::MAX);
        let plan = Plan::of(seed);
        let (first, second) = (run(&plan, &one, None), run(&plan, &other, None));
        let mut pairs = first.trace.lines.iter().zip(&second.trace.lines);
        let differs = pairs.find(|(first, second)| first != second);
        assert_eq!(differs, None, "the plan {seed} went two ways");
        assert_eq!(first.trace.hash(), second.trace.hash(), "the plan {seed}");
    }
}

/// The way from a fault of the server to the checker's word is whole: a store that lies is found out.
#[test]
fn a_store_that_lies_is_found_out() {
    let elsewhere = elsewhere();
    for (lie, kinds) in [
        (Lie::Unwritten, &[Kind::LostAck, Kind::ToldOtherwise][..]),
        (Lie::Forgotten, &[Kind::Doubled]),
        (Lie::Younger, &[Kind::WaitMisreported]),
        (Lie::Ended, &[Kind::StateUntrue, Kind::Ended]),
    ] {
        let found = (0..200).any(|seed| {
            let outcome = run(&Plan::of(seed), &elsewhere, Some(lie));
            let mut faults = outcome.verdict.faults.iter();
            faults.any(|fault| kinds.contains(&fault.kind))
        });
        assert!(found, "no plan finds {lie:?}");
    }
}
