//! The page builds: Trunk makes each page into its own folder of `dist/`, then we finish what Trunk leaves: a boot module
//! that the pages' Content-Security-Policy allows, `assets.json` for the server, and compressed copies.

mod assets;
mod compress;
pub mod loader;
mod names;
mod stamp;

use std::{
    fs::{self, File, TryLockError},
    path::PathBuf,
};

use anyhow::{Context, Result};

use self::assets::Modules;
pub use self::{assets::Assets, compress::brotli_size};
use crate::{
    place::{Place, WASM_TARGET},
    program::Program,
    steps::{note, step},
    tools::{self, PageTools},
};

/// A page: one WebAssembly binary and the html that Trunk starts from.
#[derive(Debug)]
pub struct Page {
    /// The binary in `widget/`, and the folder in `dist/` and under `/assets/`.
    pub name: &'static str,
    /// The html file in `public/`.
    html: &'static str,
    /// The module in `public/` for visitors who look elsewhere while they wait.
    alerts: Option<&'static str>,
    /// Its address, if it can be installed as an app: there it has a worker, `…-worker.js` beside it.
    app: Option<&'static str>,
    /// The module in `public/` for what is pressed before the page runs.
    first: Option<&'static str>,
}

/// Both pages.
pub const PAGES: [Page; 2] = [
    Page {
        name: "visitor",
        html: "widget.html",
        alerts: Some("alerts.js"),
        app: None,
        first: None,
    },
    Page {
        name: "agent",
        html: "agent.html",
        alerts: None,
        app: Some("/agent"),
        first: Some("agent-first.js"),
    },
];

impl Page {
    /// Where its built files are.
    pub fn folder(&self, place: &Place) -> PathBuf {
        place.dist().join(self.name)
    }

    /// Under which address they are served.
    fn public_url(&self) -> String {
        format!("/assets/{}/", self.name)
    }
}

/// Provides what [`build`] would need now, without building.
pub fn provide(place: &Place) -> Result<()> {
    let small_std = tools::small_std(place)?;
    if is_up_to_date(place, &stamp::current(place, small_std)?) && loader::is_up_to_date(place)? {
        return Ok(());
    }
    tools::for_pages(place).map(drop)
}

/// Builds both pages and the loader into `dist/`, unless nothing that goes into them has changed.
pub fn build(place: &Place) -> Result<()> {
    build_pages(place)?;
    loader::build(place)
}

fn build_pages(place: &Place) -> Result<()> {
    let small_std = tools::small_std(place)?;
    let stamp = stamp::current(place, small_std)?;
    if is_up_to_date(place, &stamp) {
        note("the pages are up to date");
        return Ok(());
    }
    let _lock = only_build(place)?;
    let tools = tools::for_pages(place)?;
    let stamp_file = stamp_file(place);
    // First, so that a build that fails half-way does not pass for a finished one.
    fs::create_dir_all(place.dist())
        .with_context(|| format!("{} cannot be made", place.dist().display()))?;
    if stamp_file.exists() {
        fs::remove_file(&stamp_file)
            .with_context(|| format!("{} cannot be removed", stamp_file.display()))?;
    }
    step("fetching the pages' packages", || {
        let fetch = place.cargo().args(["fetch", "--target", WASM_TARGET]);
        with_std(place, fetch, small_std)
            .advise("if the network failed, try again")
            .work()
    })?;
    for page in &PAGES {
        step(&format!("building the {} page", page.name), || {
            trunk(place, &tools, page, small_std)
        })?;
        step(&format!("finishing the {} page", page.name), || {
            finish(place, &tools, page)
        })?;
    }
    fs::write(&stamp_file, stamp)
        .with_context(|| format!("{} cannot be written", stamp_file.display()))
}

/// Waits until no other page build works in the same target folder: the tools that Trunk calls write there under fixed
/// names, and another clone may share the folder. The lock goes with the file that is returned.
fn only_build(place: &Place) -> Result<File> {
    let path = place.target.join("pages.lock");
    fs::create_dir_all(&place.target)
        .with_context(|| format!("{} cannot be made", place.target.display()))?;
    let file =
        File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    let locked = match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            note("waiting for another build of the pages");
            file.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
    };
    locked.with_context(|| format!("{} cannot be locked", path.display()))?;
    Ok(file)
}

/// Whether the last build was of the same things, and every file that it made is still there: somebody may have emptied a
/// part of `dist/`.
fn is_up_to_date(place: &Place, stamp: &str) -> bool {
    let complete = |page: &Page| {
        let folder = page.folder(place);
        Assets::read(&folder)
            .is_ok_and(|assets| assets.all().all(|file| folder.join(file).is_file()))
    };
    fs::read_to_string(stamp_file(place)).is_ok_and(|previous| previous == stamp)
        && PAGES.iter().all(complete)
}

/// Where a finished build leaves its stamp.
fn stamp_file(place: &Place) -> PathBuf {
    place.dist().join("pages.stamp")
}

fn trunk(place: &Place, tools: &PageTools, page: &Page, small_std: bool) -> Result<()> {
    let build = Program::new(&tools.trunk)
        .folder(&place.root)
        .args([
            "build",
            "--release",
            "--offline",
            "--skip-version-check",
            "--html-output",
            "index.html",
            "--dist",
        ])
        .args([page.folder(place)])
        .args(["--public-url", &page.public_url()])
        .args([place.root.join("public").join(page.html)])
        .env("PATH", &tools.path)
        .env("CARGO_TARGET_DIR", &place.target)
        .env(
            "TRUNK_TOOLS_WASM_OPT",
            format!("version_{}", tools::wasm_opt_version()),
        )
        // Trunk takes these two for options of its own, and fails over values that others understand.
        .without_env("NO_COLOR")
        .without_env("RUST_LOG")
        // Where in Trunk an error arose is of no use to anybody here.
        .env("RUST_BACKTRACE", "0");
    with_std(place, build, small_std)
        .advise("look above for the first error: it is the compiler's, or of an html or css file in public/ or style/")
        .work()
}

/// Has Cargo compile the standard library too, for size. These are unstable settings, taken by a stable compiler only
/// because RUSTC_BOOTSTRAP asks for it; the plain build, of more kilobytes, needs none of this.
fn with_std(place: &Place, program: Program, small_std: bool) -> Program {
    if !small_std {
        return program;
    }
    program
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort")
        // Apart, or each kind of build would throw out what the other has compiled.
        .env("CARGO_TARGET_DIR", place.target.join("small-std"))
}

fn finish(place: &Place, tools: &PageTools, page: &Page) -> Result<()> {
    let folder = page.folder(place);
    let read = |file| {
        let path = place.root.join("public").join(file);
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let alerts = page.alerts.map(read).transpose()?;
    let first = page.first.map(read).transpose()?;
    let modules = Modules {
        alerts: alerts.as_deref(),
        first: first.as_deref(),
        app: page.app,
    };
    let assets = Assets::from_trunk(&folder, &page.public_url(), modules, |halves| {
        names::shorten(&folder, &tools.wasm_opt, halves)
    })?;
    let scripts_and_styles = assets.all().filter(|file| !file.ends_with(".wasm"));
    Program::new(&tools.esbuild)
        .args(scripts_and_styles.map(|file| folder.join(file)))
        .args(["--minify", "--allow-overwrite", "--log-level=warning"])
        .args([format!("--outdir={}", folder.display())])
        .advise("look above for the first error: it is of a css file in style/")
        .work()?;
    assets.write(&folder)?;
    compress::folder(&folder)
}
