//! What a proof measured, as one block that is shown whether the story passes or fails.

use std::io::Write;
use std::time::Duration;

/// Prints figures under a title: each is a name and what was found.
///
/// # Panics
///
/// If nobody takes what is printed.
pub fn print(title: &str, figures: &[(&str, String)]) {
    let width = figures.iter().map(|(name, _)| name.len()).max();
    let width = width.unwrap_or_default();
    let mut block = format!("\n{title}\n");
    for (name, found) in figures {
        block.push_str(&format!("  {name:<width$}  {found}\n"));
    }
    // Not by `print!`, which the test runner keeps to itself when a story passes.
    std::io::stdout()
        .write_all(block.as_bytes())
        .expect("somebody reads what is printed");
}

/// The middle one and the longest of some times.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn median_and_worst(times: &[Duration]) -> String {
    let mut times = times.to_vec();
    times.sort_unstable();
    let worst = times.last().expect("something was measured");
    format!(
        "median {} ms, worst {} ms",
        times[times.len() / 2].as_millis(),
        worst.as_millis()
    )
}
