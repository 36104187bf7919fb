//! `cargo xtask test`: every check and every test, the quick ones first. It stops at the first step that fails, and closes
//! with a table of what ran and how long it took.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{
    fuzz, pages,
    place::{Place, WASM_TARGET},
    program::Program,
    server, size,
    steps::{spoken, step},
    tools,
};

/// A step of the tests, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Is everything formatted as rustfmt would?
    Fmt,
    /// No warning from the compiler or from Clippy, anywhere.
    Clippy,
    /// The same for what must build for the browser.
    Wasm,
    /// No warning from rustdoc: every public item is documented, every link leads somewhere.
    Doc,
    /// The pages build, and are small enough.
    Pages,
    /// Every Rust test: rules, session, store, sockets, whole stories.
    Unit,
    /// A fuzzer looks for input that breaks a promise, for a while.
    Fuzz,
    /// The stories in a real browser.
    Browser,
}

/// What must build for the browser: the page itself, and the pure crates, which are kept free of clocks and threads by it.
const FOR_THE_BROWSER: [&str; 5] = ["protocol", "desk", "card", "session", "widget"];

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

/// Runs the chosen steps, or all of them when none is chosen.
pub fn run(place: &Place, chosen: &[Step]) -> Result<()> {
    let steps = chosen_in_order(chosen);
    provide(place, &steps)?;
    let mut outcomes = Vec::new();
    let mut failure = None;
    for step in steps {
        if failure.is_some() {
            outcomes.push((step, Outcome::NotRun));
            continue;
        }
        eprintln!("\n=== {} ===", name(step));
        let started = Instant::now();
        let result = perform(place, step);
        let time = started.elapsed();
        outcomes.push((
            step,
            if result.is_ok() {
                Outcome::Passed(time)
            } else {
                Outcome::Failed(time)
            },
        ));
        failure = result.err();
    }
    // On standard output, like what the test runners say: it is what was asked for.
    print!("\n{}", summary(&outcomes));
    match failure {
        Some(failure) => bail!(failure),
        None => Ok(()),
    }
}

/// Provides every tool that the steps will want: whoever lacks one should not hear of it after half an hour of tests.
fn provide(place: &Place, steps: &[Step]) -> Result<()> {
    if steps.contains(&Step::Wasm) {
        tools::wasm_target(place)?;
    }
    if steps.contains(&Step::Unit) {
        tools::strace()?;
    }
    if steps.contains(&Step::Browser) {
        tools::chromium()?;
        tools::install_packages(&stories(place))?;
    }
    if steps.contains(&Step::Pages) || steps.contains(&Step::Browser) {
        pages::provide(place)?;
    }
    Ok(())
}

fn perform(place: &Place, step: Step) -> Result<()> {
    match step {
        Step::Fmt => place
            .cargo()
            .args(["fmt", "--all", "--check"])
            .advise("run `cargo fmt --all`")
            .show(),
        Step::Clippy => place
            .cargo()
            .args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ])
            .advise("every warning is an error here; the first one above says what it wants")
            .show(),
        Step::Wasm => place
            .cargo()
            .args(["clippy", "--target", WASM_TARGET])
            .args(
                FOR_THE_BROWSER
                    .iter()
                    .flat_map(|package| ["--package", package]),
            )
            .args(["--", "-D", "warnings"])
            .advise(format!(
                "this code runs in browsers: whatever it uses must be there for {WASM_TARGET}"
            ))
            .show(),
        Step::Doc => place
            .cargo()
            .args(["doc", "--workspace", "--no-deps"])
            .env("RUSTDOCFLAGS", "-D warnings")
            .advise("document the item, or mend the link, that the first error above names")
            .show(),
        Step::Pages => {
            // First: a server that is compiled before there are any pages never finds them.
            pages::build(place)?;
            size::report(place, &server::build_debug(place)?, false)
        }
        Step::Unit => {
            let binary = server::build_debug(place)?;
            place
                .cargo()
                .args(["test", "--workspace"])
                .env("HUMAN_PLEASE_BIN", binary)
                .advise("the names of the failed tests are above; run one with `cargo test NAME`")
                .show()
        }
        Step::Fuzz => fuzz::run(place),
        Step::Browser => browser(place),
    }
}

/// Playwright's stories, against a server that each of them starts for itself.
fn browser(place: &Place) -> Result<()> {
    let chromium = tools::chromium()?;
    pages::build(place)?;
    let binary = server::build_debug(place)?;
    step("checking the types of the stories", || {
        npx(place, "tsc")
            .args(["--noEmit"])
            .advise("mend what the compiler names above")
            .show()
    })?;
    npx(place, "playwright")
        .args(["test"])
        .env("HUMAN_PLEASE_BIN", binary)
        .env("CHROMIUM", chromium)
        .advise("what each failed story saw is in tests/pages/results")
        .show()
}

/// One of the programs that the stories need. Never from the network: the versions are the lock file's.
pub fn npx(place: &Place, program: &str) -> Program {
    Program::new(if cfg!(windows) { "npx.cmd" } else { "npx" })
        .folder(&stories(place))
        .args(["--no-install", program])
}

/// Where the browser's stories are.
pub fn stories(place: &Place) -> PathBuf {
    place.root.join("tests/pages")
}

/// The chosen steps, each once and in their proper order, whatever order they were named in.
fn chosen_in_order(chosen: &[Step]) -> Vec<Step> {
    let is_chosen = |step: &Step| chosen.is_empty() || chosen.contains(step);
    Step::value_variants()
        .iter()
        .copied()
        .filter(is_chosen)
        .collect()
}

fn name(step: Step) -> String {
    step.to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}

/// The table, and one line that people and scripts can read: so many passed, so many failed.
fn summary(outcomes: &[(Step, Outcome)]) -> String {
    let mut summary = String::new();
    let (mut passed, mut failed, mut total) = (0, 0, Duration::ZERO);
    for (step, outcome) in outcomes {
        let (word, time) = match outcome {
            Outcome::Passed(time) => ("passed", Some(*time)),
            Outcome::Failed(time) => ("FAILED", Some(*time)),
            Outcome::NotRun => ("not run", None),
        };
        passed += u32::from(matches!(outcome, Outcome::Passed(_)));
        failed += u32::from(matches!(outcome, Outcome::Failed(_)));
        total += time.unwrap_or_default();
        summary.push_str(&row(&name(*step), word, time));
    }
    summary.push_str(&row("total", "", Some(total)));
    summary.push_str(&format!("steps: {passed} passed, {failed} failed\n"));
    summary
}

fn row(name: &str, word: &str, time: Option<Duration>) -> String {
    let row = format!(
        "  {name:<9}{word:<9}{:>12}",
        time.map(spoken).unwrap_or_default()
    );
    format!("{}\n", row.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_once_each_and_in_their_own_order() {
        assert_eq!(
            chosen_in_order(&[Step::Unit, Step::Fmt, Step::Unit]),
            [Step::Fmt, Step::Unit]
        );
        assert_eq!(chosen_in_order(&[]), Step::value_variants());
    }

    #[test]
    fn the_summary_counts_what_ran_and_names_what_did_not() {
        let outcomes = [
            (Step::Fmt, Outcome::Passed(Duration::from_millis(900))),
            (Step::Clippy, Outcome::Failed(Duration::from_secs(83))),
            (Step::Unit, Outcome::NotRun),
        ];
        let expected = [
            "  fmt      passed          0.9 s",
            "  clippy   FAILED     1 min 23 s",
            "  unit     not run",
            "  total               1 min 24 s",
            "steps: 1 passed, 1 failed",
        ];
        assert_eq!(summary(&outcomes).lines().collect::<Vec<_>>(), expected);
    }
}
