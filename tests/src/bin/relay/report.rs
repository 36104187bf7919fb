//! What was found, as ratios with their targets.

use std::time::Duration;

use anyhow::Result;
use hdrhistogram::Histogram;
use serde_json::{Value, json};

use crate::{Arguments, Round};

/// Everything that was measured.
#[derive(Debug, Default)]
pub struct Report {
    /// The server's rounds.
    pub durable: Vec<Round>,
    /// The bare relay's rounds.
    pub bare: Vec<Round>,
}

struct Line {
    name: &'static str,
    value: f64,
    unit: &'static str,
    target: Option<Target>,
}

#[derive(Clone, Copy)]
enum Target {
    AtLeast(f64),
    AtMost(f64),
}

impl Target {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtLeast(bound) => value >= bound,
            Self::AtMost(bound) => value <= bound,
        }
    }
}

impl Report {
    /// Prints the table or the JSON.
    pub fn print(&self, arguments: &Arguments) -> Result<()> {
        let lines = self.lines();
        if arguments.json {
            let lines: Vec<Value> = lines.iter().map(Line::json).collect();
            let settings = json!({
                "conversations": arguments.conversations, "seconds": arguments.seconds, "rate": arguments.rate,
                "rounds": arguments.rounds, "idle": arguments.idle,
            });
            println!(
                "{}",
                serde_json::to_string_pretty(&json!({ "settings": settings, "lines": lines }))?
            );
            return Ok(());
        }
        println!(
            "{} conversations, {} rounds of {} s, medians; fixed rate {} messages/s",
            arguments.conversations, arguments.rounds, arguments.seconds, arguments.rate
        );
        for line in &lines {
            println!("{line}");
        }
        Ok(())
    }

    fn lines(&self) -> Vec<Line> {
        let durable = |figure: &dyn Fn(&Round) -> f64| median(self.durable.iter().map(figure));
        let bare = |figure: &dyn Fn(&Round) -> f64| median(self.bare.iter().map(figure));
        let ratio = |figure: &dyn Fn(&Round) -> f64| {
            median(
                self.durable
                    .iter()
                    .zip(&self.bare)
                    .map(|(durable, bare)| figure(durable) / figure(bare)),
            )
        };
        let most = |round: &Round| round.saturated.delivered_each_second();
        let processor = |round: &Round| round.processor_seconds * 1e6;
        let faults = |of: fn(&crate::Outcome) -> u64| {
            self.durable
                .iter()
                .map(|round| of(&round.paced) + of(&round.saturated))
                .sum::<u64>() as f64
        };
        let added = |durable: &Round, bare: &Round| {
            at(&durable.paced.to_ack, 50.0) - at(&bare.paced.to_ack, 50.0)
        };
        let rounds = || self.durable.iter().zip(&self.bare);
        let mut lines = vec![
            line(
                "fsync p50",
                durable(&|round| millis(round.fsync.p50)),
                "ms",
                None,
            ),
            line(
                "fsync p99",
                durable(&|round| millis(round.fsync.p99)),
                "ms",
                None,
            ),
            line("delivered at saturation", durable(&most), "/s", None),
            line("delivered at saturation, bare", bare(&most), "/s", None),
            line(
                "delivered at saturation, ratio",
                ratio(&most),
                "",
                Some(Target::AtLeast(0.35)),
            ),
            line("server CPU for a message", durable(&processor), "µs", None),
            line(
                "server CPU for a message, bare",
                bare(&processor),
                "µs",
                None,
            ),
            line(
                "server CPU for a message, ratio",
                ratio(&processor),
                "",
                Some(Target::AtMost(3.5)),
            ),
            line(
                "ack p50 added by durability",
                median(rounds().map(|(durable, bare)| added(durable, bare))),
                "ms",
                None,
            ),
            line(
                "ack p50 added, in fsyncs",
                median(
                    rounds()
                        .map(|(durable, bare)| added(durable, bare) / millis(durable.fsync.p50)),
                ),
                "",
                Some(Target::AtMost(3.0)),
            ),
        ];
        for (name, bare_name, quantile) in [
            ("send to ack p50", "send to ack p50, bare", 50.0),
            ("send to ack p99", "send to ack p99, bare", 99.0),
            ("send to ack p99.9", "send to ack p99.9, bare", 99.9),
        ] {
            lines.push(line(
                name,
                durable(&|round| at(&round.paced.to_ack, quantile)),
                "ms",
                None,
            ));
            lines.push(line(
                bare_name,
                bare(&|round| at(&round.paced.to_ack, quantile)),
                "ms",
                None,
            ));
        }
        for (name, bare_name, quantile) in [
            ("send to delivery p50", "send to delivery p50, bare", 50.0),
            ("send to delivery p99", "send to delivery p99, bare", 99.0),
            (
                "send to delivery p99.9",
                "send to delivery p99.9, bare",
                99.9,
            ),
        ] {
            lines.push(line(
                name,
                durable(&|round| at(&round.paced.to_delivery, quantile)),
                "ms",
                None,
            ));
            lines.push(line(
                bare_name,
                bare(&|round| at(&round.paced.to_delivery, quantile)),
                "ms",
                None,
            ));
        }
        lines.extend([
            line(
                "lost",
                faults(|outcome| outcome.lost),
                "",
                Some(Target::AtMost(0.0)),
            ),
            line(
                "doubled",
                faults(|outcome| outcome.doubled),
                "",
                Some(Target::AtMost(0.0)),
            ),
            line(
                "reordered",
                faults(|outcome| outcome.reordered),
                "",
                Some(Target::AtMost(0.0)),
            ),
            line(
                "memory for an idle connection",
                durable(&kibibytes),
                "KiB",
                Some(Target::AtMost(12.0)),
            ),
            line(
                "memory for an idle connection, bare",
                bare(&kibibytes),
                "KiB",
                None,
            ),
            line(
                "resident when idle",
                durable(&|round| round.resting_bytes as f64 / 1e6),
                "MB",
                Some(Target::AtMost(40.0)),
            ),
            line(
                "ready on an empty database",
                durable(&|round| millis(round.ready)),
                "ms",
                Some(Target::AtMost(200.0)),
            ),
        ]);
        lines
    }
}

impl Line {
    fn json(&self) -> Value {
        let (bound, met) = match self.target {
            Some(target @ (Target::AtLeast(bound) | Target::AtMost(bound))) => {
                (json!(bound), json!(target.is_met(self.value)))
            }
            None => (Value::Null, Value::Null),
        };
        json!({ "name": self.name, "value": self.value, "unit": self.unit, "target": bound, "met": met })
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{:38} {:>12.3} {:4}",
            self.name, self.value, self.unit
        )?;
        match self.target {
            None => Ok(()),
            Some(target) => {
                let (word, bound) = match target {
                    Target::AtLeast(bound) => ("at least", bound),
                    Target::AtMost(bound) => ("at most", bound),
                };
                let met = if target.is_met(self.value) {
                    "met"
                } else {
                    "MISSED"
                };
                write!(formatter, "  target {word} {bound}: {met}")
            }
        }
    }
}

fn line(name: &'static str, value: f64, unit: &'static str, target: Option<Target>) -> Line {
    Line {
        name,
        value,
        unit,
        target,
    }
}

fn at(histogram: &Histogram<u64>, quantile: f64) -> f64 {
    histogram.value_at_percentile(quantile) as f64 / 1e3
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn kibibytes(round: &Round) -> f64 {
    round.idle_bytes / 1024.0
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
