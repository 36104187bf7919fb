//! Runs plans: many at once, with their figures, and a shorter one for each that fails.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

use crate::operation::Plan;
use crate::store::Lie;
use crate::trace::Trace;
use crate::verdict::{Kind, Verdict};
use crate::world::{Counts, World};

/// How many more runs it may cost to find a shorter plan.
const SHORTENINGS: usize = 300;

/// What became of a plan.
pub struct Outcome {
    pub verdict: Verdict,
    pub counts: Counts,
    pub trace: Trace,
}

/// The runtime of the databases' own tasks.
pub fn elsewhere() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

/// Runs one plan to its end.
pub fn run(plan: &Plan, elsewhere: &Runtime, lie: Option<Lie>) -> Outcome {
    let mut world = World::new(plan, elsewhere.handle(), lie);
    for &step in &plan.steps {
        world.take(step);
    }
    world.come_to_rest();
    let (verdict, counts, trace) = world.end();
    Outcome {
        verdict,
        counts,
        trace,
    }
}

/// The figures of many plans.
#[derive(Debug, Default)]
pub struct Figures {
    pub plans: usize,
    pub kills: usize,
    pub restarts: usize,
    pub restores: usize,
    pub acks: usize,
    pub waits: usize,
    pub lost: usize,
    pub doubled: usize,
    pub reordered: usize,
    pub misreported_ms: u64,
    /// What the plans have come to, together.
    pub reached: BTreeSet<&'static str>,
    /// The plans that failed, with what was wrong first.
    pub failures: Vec<(u64, String)>,
    pub took: Duration,
}

impl Figures {
    fn add(&mut self, seed: u64, outcome: &Outcome) {
        let Outcome {
            verdict, counts, ..
        } = outcome;
        let count = |kinds: &[Kind]| {
            let faults = verdict.faults.iter();
            faults.filter(|fault| kinds.contains(&fault.kind)).count()
        };
        self.plans += 1;
        self.reached.extend(&counts.reached);
        self.kills += counts.kills;
        self.restarts += counts.restarts;
        self.restores += counts.restores;
        self.acks += verdict.acks;
        self.waits += verdict.waits;
        self.lost += count(&[Kind::LostAck, Kind::Lost, Kind::PressLost]);
        self.doubled += count(&[Kind::Doubled]);
        self.reordered += count(&[Kind::Reordered, Kind::Gap]);
        self.misreported_ms = self.misreported_ms.max(verdict.misreported_ms);
        if let Some(fault) = verdict.faults.first() {
            self.failures.push((seed, fault.to_string()));
        }
    }

    /// Prints the figures, one a line, whether or not what tests print is shown.
    pub fn print(&self, first: u64) {
        let figures = [
            ("plans run", self.plans.to_string()),
            ("from seed", first.to_string()),
            ("kills survived", self.kills.to_string()),
            ("restarts survived", self.restarts.to_string()),
            ("copies put back", self.restores.to_string()),
            ("acked messages checked", self.acks.to_string()),
            ("lost", self.lost.to_string()),
            ("doubled", self.doubled.to_string()),
            ("reordered", self.reordered.to_string()),
            ("told waits checked", self.waits.to_string()),
            (
                "longest wait misreported",
                format!("{} ms", self.misreported_ms),
            ),
            ("plans that failed", self.failures.len().to_string()),
            ("took", format!("{:.1} s", self.took.as_secs_f64())),
        ];
        let mut out = std::io::stdout().lock();
        for (name, figure) in figures {
            let _nobody_reads_it = writeln!(out, "{name:<24} {figure:>20}");
        }
    }
}

/// Runs the plans of `count` seeds from `first` on, on two threads, until one fails.
pub fn run_many(first: u64, count: u64) -> Figures {
    let began = Instant::now();
    let figures = Mutex::new(Figures::default());
    let next = AtomicU64::new(0);
    let failed = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let elsewhere = elsewhere();
                while !failed.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let seed = first.wrapping_add(number);
                    let outcome = run(&Plan::of(seed), &elsewhere, None);
                    failed.fetch_or(!outcome.verdict.faults.is_empty(), Ordering::Relaxed);
                    let mut figures = figures.lock().unwrap_or_else(PoisonError::into_inner);
                    figures.add(seed, &outcome);
                }
            });
        }
    });
    let mut figures = figures.into_inner().unwrap_or_else(PoisonError::into_inner);
    figures.took = began.elapsed();
    figures
}

/// The steps of a failed plan without which it does not fail the same way.
pub fn shorten(plan: &Plan, kind: Kind, elsewhere: &Runtime) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..plan.steps.len()).collect();
    let mut left = SHORTENINGS;
    let mut size = kept.len() / 2;
    while size > 0 {
        let mut start = 0;
        while start < kept.len() && left > 0 {
            let end = (start + size).min(kept.len());
            let fewer = [&kept[..start], &kept[end..]].concat();
            left -= 1;
            let faults = run(&plan.keep(&fewer), elsewhere, None).verdict.faults;
            if faults.iter().any(|fault| fault.kind == kind) {
                kept = fewer;
            } else {
                start = end;
            }
        }
        size /= 2;
    }
    kept
}
