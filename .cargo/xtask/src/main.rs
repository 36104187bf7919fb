//! The project's chores, run as `cargo xtask CHORE`: what a fresh machine needs to build, start, test and measure the
//! product, in one place and in the language that everyone here has installed already.

mod bench;
mod fuzz;
mod pages;
mod place;
mod program;
mod run;
mod server;
mod size;
mod soak;
mod steps;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{bench::Bench, place::Place, test::Step};

/// The project's chores. Each one first provides whatever is missing on this machine.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Build the pages and the server, then serve the demo shop on 127.0.0.1:8080.
    Run {
        /// More arguments for `human-please serve`, after `--`.
        #[arg(last = true, value_name = "ARGS")]
        more: Vec<String>,
    },
    /// Build the program as it is shipped, optimised and with the pages inside, and say where it is.
    Release,
    /// Build the visitor page and the agent page into `dist/`, unless nothing has changed.
    Pages,
    /// Run every check and every test, or only the steps that are named.
    Test {
        /// The steps to run, always in this order: fmt clippy wasm doc pages unit fuzz browser.
        #[arg(value_name = "STEP")]
        steps: Vec<Step>,
    },
    /// Run random plans of visitors, agents, faults and restarts, and print how many held.
    Soak {
        /// How many plans: each seed is one.
        #[arg(long, value_name = "N", default_value_t = 10_000)]
        seeds: u64,
        /// The first seed; a random one if it is left out.
        #[arg(long, value_name = "SEED")]
        from: Option<u64>,
    },
    /// Show what each page makes a visitor or an agent download, and fail when a budget is passed.
    Size {
        /// Print one JSON document instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Measure the release build.
    Bench {
        /// What to measure.
        #[arg(value_name = "BENCH")]
        bench: Bench,
        /// Print one JSON document instead of a table.
        #[arg(long)]
        json: bool,
        /// More arguments for the bench itself.
        #[arg(
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "ARGS"
        )]
        more: Vec<String>,
    },
}

fn main() -> ExitCode {
    if let Some(done) = fuzz::compile_instead() {
        return done;
    }
    match perform(Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(chore: Chore) -> Result<()> {
    let place = Place::find()?;
    match chore {
        Chore::Run { more } => run::run(&place, &more),
        Chore::Release => {
            println!("{}", server::build_release(&place)?.display());
            Ok(())
        }
        Chore::Pages => pages::build(&place),
        Chore::Test { steps } => test::run(&place, &steps),
        Chore::Soak { seeds, from } => soak::run(&place, seeds, from),
        Chore::Size { json } => size::report(&place, &server::build_to_try(&place)?, json),
        Chore::Bench { bench, json, more } => bench::run(&place, bench, json, &more),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Chore, clap::Error> {
        let words = ["cargo xtask"].into_iter().chain(line.split_whitespace());
        Arguments::try_parse_from(words).map(|arguments| arguments.chore)
    }

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_follows_two_dashes_goes_to_the_server() {
        let Ok(Chore::Run { more }) = parse("run -- --listen 127.0.0.1:9000") else {
            panic!("`run` takes arguments for the server");
        };
        assert_eq!(more, ["--listen", "127.0.0.1:9000"]);
    }

    #[test]
    fn a_soak_takes_a_number_of_seeds_and_the_first_one() {
        let Ok(Chore::Soak { seeds, from }) = parse("soak --seeds 500 --from 7") else {
            panic!("`soak` takes seeds");
        };
        assert_eq!((seeds, from), (500, Some(7)));
    }

    #[test]
    fn a_bench_gets_the_arguments_that_are_not_ours() {
        let Ok(Chore::Bench { json, more, .. }) = parse("bench relay --json --conversations 50")
        else {
            panic!("`bench relay` takes arguments for the bench");
        };
        assert!(json);
        assert_eq!(more, ["--conversations", "50"]);
    }

    #[test]
    fn an_unknown_bench_is_answered_with_those_there_are() {
        let message = parse("bench relai")
            .expect_err("there is no such bench")
            .to_string();
        assert!(message.contains("relai"), "{message}");
        assert!(
            message.contains("[possible values: relay, neighbours, search, widget, agent]"),
            "{message}"
        );
    }

    #[test]
    fn an_unknown_test_step_is_answered_with_those_there_are() {
        let message = parse("test fmt units")
            .expect_err("there is no such step")
            .to_string();
        for step in [
            "fmt", "clippy", "wasm", "doc", "pages", "unit", "fuzz", "browser",
        ] {
            assert!(message.contains(step), "{step} is missing from: {message}");
        }
    }
}
