//! What comes from the Rust world: the target of the pages, the tools that Cargo builds, the standard library's source.

use std::{env, fs};

use anyhow::{Context, Result};

use crate::{
    place::{Place, WASM_TARGET},
    program::Program,
    steps::{note, step},
    tools::TRUNK_VERSION,
};

/// Provides the standard library for the pages' target.
pub fn wasm_target(place: &Place) -> Result<()> {
    let folder = rustc(place)
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .read()?;
    if fs::read_dir(folder.trim()).is_ok_and(|mut files| files.next().is_some()) {
        return Ok(());
    }
    step(&format!("adding Rust's {WASM_TARGET} target"), || {
        Program::new("rustup")
            .args(["target", "add", WASM_TARGET])
            .advise(format!(
                "this Rust has no standard library for {WASM_TARGET}. Install Rust by rustup, or your distribution's \
                 package of that target's standard library, and try again"
            ))
            .work()
    })
}

/// Whether the standard library's own source is there, or rustup adds it: then the pages get one that is compiled for size.
pub fn small_std(place: &Place) -> Result<bool> {
    let sysroot = rustc(place).args(["--print", "sysroot"]).read()?;
    if fs::exists(format!(
        "{}/lib/rustlib/src/rust/library/std/Cargo.toml",
        sysroot.trim()
    ))? {
        return Ok(true);
    }
    let added = step("adding the standard library's source", || {
        Program::new("rustup")
            .args(["component", "add", "rust-src"])
            .advise("the pages can be built without it")
            .work()
    });
    if let Err(error) = &added {
        note(&format!(
            "the pages will be some kilobytes larger than they need to be: {error:#}"
        ));
    }
    Ok(added.is_ok())
}

/// Builds Trunk, with the packages that it was released with.
pub fn install_trunk(place: &Place) -> Result<()> {
    step(
        &format!("building trunk {TRUNK_VERSION} (once on this machine; minutes)"),
        // It only starts the others.
        || install(place, "trunk", TRUNK_VERSION, &["--locked"], "0"),
    )
}

/// Builds wasm-bindgen's command line tool, whose version must be the library's to the last digit. Without its lock file:
/// that names a package version which has been withdrawn.
pub fn install_wasm_bindgen(place: &Place, version: &str) -> Result<()> {
    step(
        &format!("building wasm-bindgen-cli {version} (once for each version; minutes)"),
        || install(place, "wasm-bindgen-cli", version, &[], "1"),
    )
}

/// Removes what building the tools has left over, about a gigabyte.
pub fn sweep(place: &Place) {
    let leftovers = place.tools.join("build");
    // Nothing depends on its being gone, so a failure only needs to be known.
    if leftovers.exists()
        && let Err(error) = fs::remove_dir_all(&leftovers)
    {
        note(&format!(
            "{} could be removed, but: {error}",
            leftovers.display()
        ));
    }
}

fn install(
    place: &Place,
    package: &str,
    version: &str,
    options: &[&str],
    opt_level: &str,
) -> Result<()> {
    fs::create_dir_all(&place.tools)
        .with_context(|| format!("{} cannot be made", place.tools.display()))?;
    // With a target folder of its own, so that a build that was interrupted goes on where it was. The profile is for a
    // quick build: these tools run for seconds and build for minutes.
    Program::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .folder(&place.tools)
        .args(["install", package, "--version", version, "--force", "--root"])
        .args([&place.tools])
        .args(options)
        .env("CARGO_TARGET_DIR", place.tools.join("build"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
        .advise(format!(
            "if the network failed, try again: it goes on where it stopped. If the compiler failed, look above for a \
             missing C compiler or linker. Or install {package} {version} in any way you like and put it on PATH"
        ))
        .work()
}

/// The compiler that Cargo itself would use in the clone.
fn rustc(place: &Place) -> Program {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Program::new(rustc)
        .folder(&place.root)
        .advise("install Rust by rustup, and try again")
}

/// Which compiler that is, to the commit.
pub fn compiler(place: &Place) -> Result<String> {
    rustc(place).args(["-vV"]).read()
}
