//! The browser of the browser tests: one that is installed, or the distribution's.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    program::{self, Program},
    steps::step,
};

/// The names under which Chromium and its nearest kin are installed, in order of preference.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Where macOS keeps it, off `PATH`.
const APPLICATIONS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const ADVICE: &str = "install Chromium or Chrome (on Debian: `apt-get install chromium`), or set CHROMIUM to the path of one";

/// Provides Chromium: `$CHROMIUM`, or else an installed one, or else Debian's, when we may install it.
pub fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMIUM").filter(|chosen| !chosen.is_empty()) {
        let chosen = PathBuf::from(chosen);
        if !chosen.is_file() {
            bail!(
                "CHROMIUM says {}, where there is no program\nwhat to do: {ADVICE}",
                chosen.display()
            );
        }
        return Ok(chosen);
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    if !(is_debian() && is_root()) {
        bail!("there is no Chromium on this machine\nwhat to do: {ADVICE}");
    }
    step("installing Chromium from the distribution", || {
        let apt = || {
            Program::new("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .advise(ADVICE)
        };
        apt().args(["update", "--quiet"]).work()?;
        // With a font: without any, text has no width, and nothing in a page is where it should be.
        apt()
            .args([
                "install",
                "--quiet",
                "--yes",
                "--no-install-recommends",
                "chromium",
                "fonts-liberation",
            ])
            .work()
    })?;
    installed().context("Chromium was installed, but is not on PATH")
}

fn installed() -> Option<PathBuf> {
    let applications = || {
        APPLICATIONS
            .into_iter()
            .map(PathBuf::from)
            .find(|path| path.is_file())
    };
    NAMES
        .into_iter()
        .find_map(program::find)
        .or_else(applications)
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
