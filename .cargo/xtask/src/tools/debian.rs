//! Packages of Debian and of what descends from it, where we may install them.

use std::fs;

use anyhow::Result;

use crate::program::{self, Program};

/// Whether packages can be installed: as the superuser of such a system.
pub fn may_install() -> bool {
    is_debian() && is_root()
}

/// Installs packages. `advice` says what to do when it fails.
pub fn install(packages: &[&str], advice: &'static str) -> Result<()> {
    let apt = || {
        Program::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .advise(advice)
    };
    apt().args(["update", "--quiet"]).work()?;
    apt()
        .args(["install", "--quiet", "--yes", "--no-install-recommends"])
        .args(packages.iter().copied())
        .work()
}

fn is_debian() -> bool {
    fs::exists("/etc/debian_version").unwrap_or(false) && program::find("apt-get").is_some()
}

fn is_root() -> bool {
    Program::new("id")
        .args(["-u"])
        .read()
        .is_ok_and(|id| id.trim() == "0")
}
