//! How long this machine's disk takes to make four kilobytes durable.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Writes that are timed.
const WRITES: usize = 400;

/// Medians and tails of an fsync.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fsync {
    /// Half took no longer.
    pub p50: Duration,
    /// One in a hundred took longer.
    pub p99: Duration,
}

/// Times appends of 4 KiB, each made durable, in a folder.
pub fn fsync(folder: &Path) -> Result<Fsync> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("fsync"))?;
    let mut times = Vec::with_capacity(WRITES);
    for _ in 0..WRITES {
        file.write_all(&[7; 4096])?;
        let began = Instant::now();
        file.sync_data()?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Ok(Fsync {
        p50: times[WRITES / 2],
        p99: times[WRITES * 99 / 100],
    })
}
