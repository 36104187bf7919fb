//! `cargo xtask bench widget` and `cargo xtask bench agent`: what Chromium measures, in a table with what is promised.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Parser;
use serde_json::Value;

use crate::{
    place::Place,
    server,
    steps::note,
    test::{npx, stories},
    tools,
};

/// Which page is measured: a file of `tests/pages/bench` has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// The visitor's, in a merchant's page.
    Widget,
    /// The agents'.
    Agent,
}

impl Measured {
    fn name(self) -> &'static str {
        match self {
            Self::Widget => "widget",
            Self::Agent => "agent",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Widget => "widget.bench",
            Self::Agent => "agent.bench",
        }
    }

    fn note(self) -> &'static str {
        match self {
            Self::Widget => "opening the chat",
            Self::Agent => "opening the agent page",
        }
    }
}

/// What such a bench takes beside `--json`.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", no_binary_name = true)]
struct Arguments {
    /// How many visits are measured on each machine; the figures are their medians.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// A server that was built already. Without it, the release is built.
    #[arg(long, value_name = "FILE")]
    server: Option<PathBuf>,
}

/// Measures, and prints a table or one JSON document.
pub fn run(place: &Place, page: Measured, json: bool, more: &[String]) -> Result<()> {
    let Arguments { runs, server } = match Arguments::try_parse_from(more) {
        Ok(arguments) => arguments,
        Err(error) => bail!("{}", error.render()),
    };
    let server = match server {
        Some(server) => std::path::absolute(server)?,
        None => server::build_release(place)?,
    };
    let chromium = tools::chromium()?;
    tools::install_packages(&stories(place))?;
    let measured = place.target.join(format!("bench-{}.json", page.name()));
    note(&format!("{} {} times", page.note(), 2 * (runs + 1)));
    npx(place, "playwright")
        .args(["test", "--config", "bench", page.file()])
        .env("HUMAN_PLEASE_BIN", server)
        .env("CHROMIUM", chromium)
        .env("BENCH_RUNS", runs.to_string())
        .env("BENCH_OUT", &measured)
        .advise("its own words above say what went wrong")
        .work()?;
    let text = fs::read_to_string(&measured)
        .with_context(|| format!("{} cannot be read", measured.display()))?;
    if json {
        println!("{}", text.trim_end());
        return Ok(());
    }
    print!("{}", table(&serde_json::from_str(&text)?));
    Ok(())
}

/// One line for each figure: on this machine and on a phone, beside what is promised there.
fn table(measured: &Value) -> String {
    let figures = measured["figures"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let name = |figure: &Value| figure["name"].as_str().unwrap_or_default().to_owned();
    let width = figures.iter().map(|figure| name(figure).len()).max();
    let width = width.unwrap_or_default() + 2;
    let mut table = format!(
        "{:width$}{:>12}{:>9}  {:7}{:>12}{:>9}\n",
        format!("medians of {}", measured["runs"]),
        "this machine",
        "at most",
        "",
        "a phone",
        "at most"
    );
    for figure in figures {
        table.push_str(&format!("{:width$}", name(figure)));
        let unit = figure["unit"].as_str().unwrap_or_default();
        for machine in ["fast", "phone"] {
            let Value::Object(summary) = &figure[machine] else {
                continue;
            };
            let verdict = match summary["held"].as_bool() {
                Some(true) => "  ok     ",
                Some(false) => "  OVER   ",
                None => "         ",
            };
            let budget = summary["budget"].as_f64();
            table.push_str(&format!(
                "{:>12}{:>9}{verdict}",
                amount(summary["median"].as_f64().unwrap_or(f64::NAN), unit),
                budget.map_or_else(String::new, |most| amount(most, "")),
            ));
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    table.push_str(
        "a phone: 4 times slower than this machine; 1.6 Mbit/s to it and 0.75 from it, 150 ms there and back\n",
    );
    table
}

/// A number and its unit, where the name does not say it: whole, but for ratios.
fn amount(number: f64, unit: &str) -> String {
    match unit {
        "ms" => format!("{number:.0} ms"),
        "bytes" => format!("{number:.0} B"),
        "ratio" => format!("{number:.2}"),
        _ => format!("{number:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_figure_has_its_verdict_on_both_machines() {
        let measured = json!({ "runs": 7, "figures": [
            { "name": "until it takes text", "unit": "ms",
              "fast": { "median": 41.6, "budget": 150, "held": true },
              "phone": { "median": 612.0, "budget": 600, "held": false } },
            { "name": "as a ratio", "unit": "ratio",
              "fast": { "median": 1.256, "budget": null, "held": null },
              "phone": { "median": 2.0, "budget": null, "held": null } },
            { "name": "until it is live: long tasks", "unit": "tasks",
              "fast": { "median": 0, "budget": null, "held": null },
              "phone": { "median": 2, "budget": null, "held": null } },
        ] });
        let table = table(&measured);
        let lines: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(
            lines[1],
            [
                "until", "it", "takes", "text", "42", "ms", "150", "ok", "612", "ms", "600", "OVER"
            ]
        );
        assert_eq!(lines[2], ["as", "a", "ratio", "1.26", "2.00"]);
        assert_eq!(
            lines[3],
            ["until", "it", "is", "live:", "long", "tasks", "0", "2"]
        );
    }

    #[test]
    fn the_bench_takes_runs_and_a_server() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let arguments = Arguments::try_parse_from(words("--runs 3 --server a/b")).unwrap();
        assert_eq!((arguments.runs, arguments.server), (3, Some("a/b".into())));
        assert!(Arguments::try_parse_from(words("--runs 0")).is_err());
    }
}
