//! `cargo xtask run`: the whole product with its demo shop, from nothing.

use std::{env, ffi::OsStr};

use anyhow::Result;

use crate::{place::Place, program::Program, server, steps::note};

/// Where the demo is served unless somebody says otherwise.
const LISTEN: &str = "127.0.0.1:8080";

/// Builds what has changed, then becomes the server.
pub fn run(place: &Place, more: &[String]) -> Result<()> {
    let binary = server::build_to_try(place)?;
    let listen: &[&str] = match chosen_listen(more, env::var_os("HUMAN_PLEASE_LISTEN").as_deref()) {
        true => &[],
        false => &["--listen", LISTEN],
    };
    note("starting the server with the demo shop; stop it with Ctrl-C");
    become_program(
        Program::new(binary)
            .folder(&place.root)
            .args(["serve", "--demo"])
            .args(listen)
            .args(more),
    )
}

/// Whether somebody has said where to listen.
fn chosen_listen(more: &[String], environment: Option<&OsStr>) -> bool {
    more.iter()
        .any(|argument| argument == "--listen" || argument.starts_with("--listen="))
        || environment.is_some_and(|value| !value.is_empty())
}

/// Puts the program in the place of this one: whoever stops us, by key or by signal, stops the server itself, and its
/// exit status is ours.
#[cfg(unix)]
fn become_program(program: Program) -> Result<()> {
    use std::os::unix::process::CommandExt;

    use anyhow::Context;

    Err(program.into_command().exec()).context("the server does not start")
}

/// Windows cannot replace a program by another. Ctrl-C reaches both, being sent to the whole console.
#[cfg(not(unix))]
fn become_program(program: Program) -> Result<()> {
    program.show()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_address_gives_way_to_one_that_was_chosen() {
        let words = |line: &str| {
            line.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert!(!chosen_listen(&words("--database sqlite:demo.db"), None));
        assert!(!chosen_listen(&[], Some(OsStr::new(""))));
        assert!(chosen_listen(&words("--listen [::1]:9000"), None));
        assert!(chosen_listen(&words("--listen=127.0.0.1:0"), None));
        assert!(chosen_listen(&[], Some(OsStr::new("127.0.0.1:9000"))));
    }
}
