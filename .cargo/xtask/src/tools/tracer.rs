//! `strace`, with which the tests make a disk fail.

use anyhow::{Result, bail};

use super::debian;
use crate::{program, steps::step};

const ADVICE: &str = "install strace (on Debian: `apt-get install strace`)";

/// Provides strace, on Linux: nothing else has it, and the tests that need it are not built there.
pub fn strace() -> Result<()> {
    if !cfg!(target_os = "linux") || program::find("strace").is_some() {
        return Ok(());
    }
    if !debian::may_install() {
        bail!("there is no strace on this machine\nwhat to do: {ADVICE}");
    }
    step("installing strace from the distribution", || {
        debian::install(&["strace"], ADVICE)
    })
}
