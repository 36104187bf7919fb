//! Where things are on this machine: the clone, the folder that outlives it, and Cargo's target folder.

mod turns;

use std::{env, ffi::OsString, path::PathBuf};

use anyhow::{Context, Result};

use crate::program::Program;

/// The target of the pages.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folders that every chore works with; all are absolute.
#[derive(Debug)]
pub struct Place {
    /// The clone's top folder.
    pub root: PathBuf,
    /// Tools that this crate installed. Outside the clone, so that the next clone finds them.
    pub tools: PathBuf,
    /// Cargo's target folder. Outside the clone too, unless `CARGO_TARGET_DIR` says otherwise: a fresh clone must not
    /// compile the world again.
    pub target: PathBuf,
    /// This program's own file. Asked for at the start: a step that compiles it again puts a new file in its place, and the
    /// system would then name the one that is gone.
    pub program: PathBuf,
}

impl Place {
    /// Finds the folders from the environment.
    pub fn find() -> Result<Self> {
        // At run time rather than at compile time: a target folder may be shared by clones, and clones get moved.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .context("the chores live in .cargo/xtask of the clone: run them as `cargo xtask`")?
            .to_path_buf();
        let cache = cache_folder(|name| env::var_os(name))
            .context("no folder for tools: set HUMAN_PLEASE_CACHE to one, or set HOME")?;
        let target = match set(env::var_os("CARGO_TARGET_DIR")) {
            Some(target) => {
                std::path::absolute(target).context("CARGO_TARGET_DIR is not a folder name")?
            }
            None => cache.join("target"),
        };
        let program = env::current_exe().context("this program's own file cannot be found")?;
        turns::begin(&root, &target)
            .with_context(|| format!("cannot write to {}", target.display()))?;
        Ok(Self {
            root,
            tools: cache.join("tools"),
            target,
            program,
        })
    }

    /// The built pages; the server embeds what is in here.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A program that Cargo built in this workspace.
    pub fn built(&self, profile: &str, name: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Cargo, at the top of the clone, with our target folder.
    pub fn cargo(&self) -> Program {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Program::new(cargo)
            .folder(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
    }
}

/// `$HUMAN_PLEASE_CACHE`, or else `human-please` in the folder that the XDG Base Directory Specification names, which
/// has relative paths ignored.
fn cache_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(own) = set(variable("HUMAN_PLEASE_CACHE")) {
        return std::path::absolute(own).ok();
    }
    let xdg = set(variable("XDG_CACHE_HOME"))
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || {
        set(variable("HOME"))
            .or_else(|| set(variable("USERPROFILE")))
            .map(PathBuf::from)
    };
    Some(
        xdg.or_else(|| home().map(|home| home.join(".cache")))?
            .join("human-please"),
    )
}

/// An empty variable counts as none: that is how shells unset one for a single command.
fn set(value: Option<OsString>) -> Option<OsString> {
    value.filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Option<&str>) {
        let found = cache_folder(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        });
        assert_eq!(found, expected.map(PathBuf::from));
    }

    #[test]
    fn the_cache_is_where_the_environment_says() {
        let home = ("HOME", "/home/ana");
        check(&[home], Some("/home/ana/.cache/human-please"));
        check(
            &[home, ("XDG_CACHE_HOME", "/var/cache/ana")],
            Some("/var/cache/ana/human-please"),
        );
        check(
            &[
                home,
                ("XDG_CACHE_HOME", "/x"),
                ("HUMAN_PLEASE_CACHE", "/big/disk"),
            ],
            Some("/big/disk"),
        );
    }

    #[test]
    fn empty_and_relative_settings_do_not_count() {
        let home = ("HOME", "/home/ana");
        check(
            &[home, ("XDG_CACHE_HOME", "")],
            Some("/home/ana/.cache/human-please"),
        );
        check(
            &[home, ("XDG_CACHE_HOME", "caches")],
            Some("/home/ana/.cache/human-please"),
        );
        check(
            &[home, ("HUMAN_PLEASE_CACHE", "")],
            Some("/home/ana/.cache/human-please"),
        );
        check(&[("HOME", "")], None);
        check(&[], None);
    }
}
