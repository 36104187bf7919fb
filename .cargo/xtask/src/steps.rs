//! Says what is being done and how long it took. All of it goes to standard error: standard output belongs to what was
//! asked for, a table or a JSON document.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Announces `what`, does it, and says how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {what}");
    let started = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "done" } else { "failed" };
    eprintln!("    {outcome} in {}", spoken(started.elapsed()));
    result
}

/// Says something that needed no work.
pub fn note(what: &str) {
    eprintln!("==> {what}");
}

/// A length of time as people say it: tenths of seconds below a minute, seconds above.
pub fn spoken(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 59.95 {
        format!("{seconds:.1} s")
    } else {
        let seconds = seconds.round() as u64;
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_the_unit_that_fits() {
        let said = |milliseconds| spoken(Duration::from_millis(milliseconds));
        assert_eq!(said(40), "0.0 s");
        assert_eq!(said(12_340), "12.3 s");
        assert_eq!(said(59_940), "59.9 s");
        assert_eq!(said(59_960), "1 min 00 s");
        assert_eq!(said(61_000), "1 min 01 s");
        assert_eq!(said(754_600), "12 min 35 s");
    }
}
