//! The fuzz targets of `tests/fuzz`, each run for a while with libFuzzer.
//!
//! `cargo fuzz` would do the same, but it instruments every package there is, so that all of them are compiled again, which
//! takes longer than the rest of the tests. Here only our own crates are instrumented, by a wrapper around the compiler
//! that is this very program; everything below them is what the tests have compiled already. Stable compilers can do
//! it: LLVM's passes and arguments are no unstable options.

use std::{
    env,
    ffi::OsString,
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{
    place::Place,
    steps::{note, step},
};

/// The targets, and beside their own corpus what else they start from.
const TARGETS: [(&str, &[&str]); 4] = [
    ("frames", &["server/protocol/samples"]),
    ("session", &["tests/fuzz/corpus/session"]),
    ("rows", &["tests/fuzz/corpus/rows"]),
    ("text", &["tests/fuzz/corpus/text"]),
];

/// How long each of them runs, in seconds.
const SECONDS: u32 = 15;

/// Set for the compiler's wrapper.
const INSTRUMENT: &str = "HUMAN_PLEASE_INSTRUMENT";

/// What libFuzzer is to be told of: which edges a run took, and what was compared with what.
const FLAGS: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
];

/// The crates that are instrumented. What they make of generic code of others is theirs, too.
const OURS: [&str; 6] = [
    "desk",
    "human_please",
    "human_please_fuzz",
    "protocol",
    "session",
    "widget",
];

/// The small ones among them, in which the fuzzer spends its time: they are optimised, and still check for overflows.
const OPTIMISED: [&str; 4] = ["human-please-fuzz", "protocol", "session", "widget"];

/// Builds the targets and runs each for a while.
pub fn run(place: &Place) -> Result<()> {
    // As tests, and with all other packages in view: Cargo chooses the features of shared packages by what it is asked for,
    // and so nothing below our own crates is compiled again.
    let cargo = |targets: &[&str]| {
        let cargo = place.cargo().args(["test", "--workspace"]);
        let names = targets.iter().map(|target| format!("--test=fuzz-{target}"));
        cargo
            .args(names)
            .args(["--features", "human-please-fuzz/engine"])
            .args(
                OPTIMISED
                    .map(|package| format!("--config=profile.dev.package.{package}.opt-level=2")),
            )
            .env("RUSTC_WORKSPACE_WRAPPER", &place.program)
            .env(INSTRUMENT, "1")
    };
    step("building the fuzz targets", || {
        cargo(&TARGETS.map(|(target, _)| target))
            .args(["--no-run"])
            .advise("libFuzzer is C++: it needs a C++ compiler beside the C compiler")
            .work()
    })?;
    for (target, seeds) in TARGETS {
        note(&format!("fuzzing {target} for {SECONDS} s"));
        let found = place.target.join("fuzz").join(target);
        let corpus = found.join("corpus");
        fs::create_dir_all(&corpus)
            .with_context(|| format!("{} cannot be made", corpus.display()))?;
        let seeds = seeds.iter().map(|seeds| place.root.join(seeds));
        // What it finds on the way is kept in the first folder, so that the next run goes on from there.
        cargo(&[target])
            .args(["--quiet", "--"])
            .args([corpus])
            .args(seeds)
            .args([format!("-artifact_prefix={}/", found.display())])
            .args([format!("-max_total_time={SECONDS}")])
            .args(["-max_len=4096", "-timeout=10", "-rss_limit_mb=2048"])
            .args(["-print_final_stats=1", "-verbosity=0"])
            .advise(format!(
                "the input is in {}; put it into tests/fuzz/corpus/{target}, where `cargo test --package \
                 human-please-fuzz` repeats it, and mend what it breaks",
                found.display()
            ))
            .show()?;
    }
    Ok(())
}

/// Stands in for the compiler, if this program was called as its wrapper: then it is the whole work.
pub fn compile_instead() -> Option<ExitCode> {
    env::var_os(INSTRUMENT)?;
    let mut arguments = env::args_os().skip(1);
    let compiler = arguments.next()?;
    let is_compiler = Path::new(&compiler)
        .file_stem()
        .is_some_and(|stem| stem == "rustc");
    if !is_compiler {
        return None;
    }
    let arguments: Vec<OsString> = arguments.collect();
    let mut command = Command::new(compiler);
    command.args(&arguments);
    if is_ours(&arguments) {
        command.args(FLAGS);
    }
    Some(match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// Whether it is one of our libraries that is compiled: a build script runs here and now, and has no fuzzer in it.
fn is_ours(arguments: &[OsString]) -> bool {
    let after = |option: &str| {
        let mut pairs = arguments.windows(2);
        pairs
            .find(|pair| pair[0] == option)
            .and_then(|pair| pair[1].to_str())
    };
    after("--crate-type") == Some("lib")
        && after("--crate-name").is_some_and(|name| OURS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_libraries_are_instrumented_and_nothing_else() {
        for (line, ours) in [
            (
                "--crate-name desk --edition=2024 lib.rs --crate-type lib",
                true,
            ),
            (
                "--crate-name serde --edition=2021 lib.rs --crate-type lib",
                false,
            ),
            (
                "--crate-name desk --edition=2024 build.rs --crate-type bin",
                false,
            ),
            ("-vV", false),
        ] {
            let arguments: Vec<OsString> = line.split(' ').map(Into::into).collect();
            assert_eq!(is_ours(&arguments), ours, "{line}");
        }
    }
}
