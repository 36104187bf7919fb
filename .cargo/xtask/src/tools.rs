//! The tools that building and testing need: used where they are when the version is right, installed into our own folder
//! when not. Nothing that the machine already has is changed.

mod browser;
mod debian;
mod node;
mod rust;
mod tracer;

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

pub use self::{
    browser::chromium,
    node::install_packages,
    rust::{compiler, small_std, wasm_target},
    tracer::strace,
};
use crate::{
    place::Place,
    program::{self, Program},
};

/// Trunk, which drives the page builds. Newer ones want a newer rustc than ours.
pub const TRUNK_VERSION: &str = "0.21.14";

/// The npm package that carries `wasm-opt`; Linux distributions' is often years old. The program calls itself by the first
/// number alone.
pub const BINARYEN_VERSION: &str = "132.0.0";

/// The npm package that makes JavaScript and CSS small. Trunk's own minifiers do not know all of today's syntax.
pub const ESBUILD_VERSION: &str = "0.28.2";

/// What a page build needs.
#[derive(Debug)]
pub struct PageTools {
    /// Trunk itself.
    pub trunk: PathBuf,
    /// The optimiser of WebAssembly, which Trunk calls too.
    pub wasm_opt: PathBuf,
    /// The minifier.
    pub esbuild: PathBuf,
    /// A `PATH` on which Trunk finds the other tools, in the right versions, before any other.
    pub path: OsString,
}

/// Provides what a page build needs. What is quick to get comes first, so that a missing npm is known before minutes of
/// building.
pub fn for_pages(place: &Place) -> Result<PageTools> {
    wasm_target(place)?;
    let from_npm = |name, version: &str| Tool {
        name,
        version: version.to_owned(),
        folder: place.tools.join("npm/node_modules/.bin"),
    };
    let optimiser = from_npm("wasm-opt", wasm_opt_version());
    let optimiser = optimiser.provide(|| node::install_page_tools(place))?;
    let esbuild = from_npm("esbuild", ESBUILD_VERSION);
    let esbuild = esbuild.provide(|| node::install_page_tools(place))?;

    let from_cargo = |name, version: &str| Tool {
        name,
        version: version.to_owned(),
        folder: place.tools.join("bin"),
    };
    let version = locked_version(place, "wasm-bindgen")?;
    let bindgen = from_cargo("wasm-bindgen", &version);
    let bindgen = bindgen.provide(|| rust::install_wasm_bindgen(place, &version))?;
    let trunk = from_cargo("trunk", TRUNK_VERSION);
    let trunk = trunk.provide(|| rust::install_trunk(place))?;
    rust::sweep(place);

    let folders = [&bindgen, &optimiser]
        .into_iter()
        .filter_map(|tool| tool.parent())
        .map(Path::to_path_buf);
    Ok(PageTools {
        path: program::path_with(folders)?,
        trunk,
        wasm_opt: optimiser,
        esbuild,
    })
}

/// What `wasm-opt --version` says of [`BINARYEN_VERSION`].
pub fn wasm_opt_version() -> &'static str {
    BINARYEN_VERSION
        .split('.')
        .next()
        .unwrap_or(BINARYEN_VERSION)
}

/// A program that must have exactly this version.
struct Tool {
    name: &'static str,
    version: String,
    /// Our own folder for it, looked at before `PATH` and installed into.
    folder: PathBuf,
}

impl Tool {
    fn provide(&self, install: impl FnOnce() -> Result<()>) -> Result<PathBuf> {
        if let Some(found) = self.find() {
            return Ok(found);
        }
        install()?;
        self.find().with_context(|| {
            format!(
                "{} {} was installed, but is not in {}",
                self.name,
                self.version,
                self.folder.display()
            )
        })
    }

    fn find(&self) -> Option<PathBuf> {
        let mut folders = vec![self.folder.clone()];
        folders.extend(program::path_folders());
        program::find_all(self.name, &folders)
            .into_iter()
            .find(|path| {
                // One that does not start is as good as missing: a half-finished install, or another machine's.
                let printed = Program::new(path)
                    .args(["--version"])
                    .read()
                    .unwrap_or_default();
                program::version_in(&printed) == Some(self.version.as_str())
            })
    }
}

/// The version of a package that `Cargo.lock` names.
fn locked_version(place: &Place, package: &str) -> Result<String> {
    let path = place.root.join("Cargo.lock");
    let lock =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    match version_in_lock(&lock, package).as_slice() {
        [version] => Ok((*version).to_owned()),
        [] => bail!("{package} is not in Cargo.lock; the widget needs it: see widget/Cargo.toml"),
        versions => bail!(
            "Cargo.lock names {package} in several versions ({}); the pages can use only one: see `cargo tree -d`",
            versions.join(", ")
        ),
    }
}

/// All versions of a package in the text of a lock file.
fn version_in_lock<'a>(lock: &'a str, package: &str) -> Vec<&'a str> {
    let name = format!("name = \"{package}\"");
    lock.split("[[package]]")
        .filter(|entry| entry.lines().any(|line| line == name))
        .filter_map(|entry| {
            entry
                .lines()
                .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"version = 4

[[package]]
name = "syn"
version = "2.0.119"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "syn"
version = "3.0.9"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
checksum = "0"

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.131"
"#;

    #[test]
    fn a_lock_file_names_each_version_of_exactly_that_package() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen"), ["0.2.130"]);
        assert_eq!(version_in_lock(LOCK, "syn"), ["2.0.119", "3.0.9"]);
        assert!(version_in_lock(LOCK, "leptos").is_empty());
    }

    #[test]
    fn wasm_opt_calls_itself_by_the_first_number() {
        assert_eq!(wasm_opt_version(), "132");
    }
}
