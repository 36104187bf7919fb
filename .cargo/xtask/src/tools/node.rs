//! What comes from npm: `wasm-opt` and esbuild for the pages, Playwright for the browser tests.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    place::Place,
    program::{self, Program},
    steps::step,
    tools::{BINARYEN_VERSION, ESBUILD_VERSION},
};

/// The first Node on which all of them run.
const OLDEST_NODE: u32 = 20;

const ADVICE: &str = "install Node 20 or newer, with npm (on Debian: `apt-get install nodejs npm`; \
                      elsewhere: nodejs.org), and try again";

/// Installs `wasm-opt` and esbuild into our own folder.
pub fn install_page_tools(place: &Place) -> Result<()> {
    check_node()?;
    let folder = place.tools.join("npm");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    step(
        &format!(
            "installing wasm-opt (binaryen {BINARYEN_VERSION}) and esbuild {ESBUILD_VERSION} from npm"
        ),
        || {
            npm()
                .args([
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--save-exact",
                    "--ignore-scripts",
                    "--prefix",
                ])
                .args([&folder])
                .args([format!("binaryen@{BINARYEN_VERSION}")])
                .args([format!("esbuild@{ESBUILD_VERSION}")])
                .advise("if the network failed, try again")
                .work()
        },
    )
}

/// Installs the packages that a folder's lock file names, unless they are there already.
pub fn install_packages(folder: &Path) -> Result<()> {
    check_node()?;
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    // A copy of the lock file that was installed, inside what was installed: both go together.
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|previous| previous == lock) {
        return Ok(());
    }
    step("installing the npm packages of the browser tests", || {
        npm()
            .folder(folder)
            .args(["ci", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .advise("if the network failed, try again. If the lock file disagrees, run `npm install` in tests/pages")
            .work()?;
        fs::write(&installed, &lock)
            .with_context(|| format!("{} cannot be written", installed.display()))
    })
}

fn npm() -> Program {
    // On Windows npm is a script, and only its full name starts one.
    Program::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).advise(ADVICE)
}

/// Fails, saying what to do, unless there is a Node that is new enough, and npm.
fn check_node() -> Result<()> {
    let printed = Program::new("node")
        .args(["--version"])
        .advise(ADVICE)
        .read()?;
    if !is_new_enough(&printed) {
        bail!(
            "Node is {}, which is too old\nwhat to do: {ADVICE}",
            printed.trim()
        );
    }
    npm().args(["--version"]).read().map(drop)
}

fn is_new_enough(printed: &str) -> bool {
    let major = program::version_in(printed)
        .and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    major.is_some_and(|major| major >= OLDEST_NODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_must_be_new_enough() {
        assert!(is_new_enough("v20.20.2\n"));
        assert!(is_new_enough("v24.0.0"));
        assert!(!is_new_enough("v18.20.4"));
        assert!(!is_new_enough("v9.11.2"));
        assert!(!is_new_enough(""));
    }
}
