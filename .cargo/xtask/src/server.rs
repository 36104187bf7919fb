//! Building the server.

use std::path::PathBuf;

use anyhow::Result;

use crate::{pages, place::Place, steps::step};

/// The server's binary.
pub const NAME: &str = "human-please";

/// Builds the server as it is shipped, with the pages inside, and says where it is.
pub fn build_release(place: &Place) -> Result<PathBuf> {
    build(
        place,
        "building the server, optimised",
        "release",
        "release",
    )
}

/// Builds the server to be tried, unoptimised, with the pages beside it, and says where it is: it takes a third of the
/// time.
pub fn build_to_try(place: &Place) -> Result<PathBuf> {
    // Cargo's own profile for this builds into a folder of another name.
    build(place, "building the server", "dev", "debug")
}

fn build(place: &Place, name: &str, profile: &str, folder: &str) -> Result<PathBuf> {
    pages::build(place)?;
    step(name, || {
        place
            .cargo()
            .args([
                "build",
                "--profile",
                profile,
                "--package",
                NAME,
                "--bin",
                NAME,
            ])
            .advise("look above for the compiler's first error")
            .work()
    })?;
    Ok(place.built(folder, NAME))
}

/// Builds the server and every test, unoptimised, and says where the server is. All in one go, because Cargo chooses the
/// features of shared packages by what it is asked for: a server built alone would be compiled again for the tests.
pub fn build_debug(place: &Place) -> Result<PathBuf> {
    step("building the server and the tests", || {
        place
            .cargo()
            .args(["build", "--workspace", "--all-targets"])
            .advise("look above for the compiler's first error")
            .work()
    })?;
    Ok(place.built("debug", NAME))
}
