//! The browser of the browser tests: one that is installed, or the distribution's.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use super::debian;
use crate::{program, steps::step};

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
    if !debian::may_install() {
        bail!("there is no Chromium on this machine\nwhat to do: {ADVICE}");
    }
    step("installing Chromium from the distribution", || {
        // With a font: without any, text has no width, and nothing in a page is where it should be.
        debian::install(&["chromium", "fonts-liberation"], ADVICE)
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
