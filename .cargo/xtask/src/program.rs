//! Other programs: finding them, running them, and saying what to do when they fail.

use std::{
    env,
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// A program about to be run.
#[derive(Debug)]
pub struct Program {
    command: Command,
    advice: Option<String>,
}

impl Program {
    /// A program by its name on `PATH`, or by its path.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        Self {
            command,
            advice: None,
        }
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets an environment variable for it.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Hides an environment variable from it.
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs it in this folder.
    pub fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What somebody should do when it fails.
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Runs it for what it does; what it prints goes to standard error, where progress belongs.
    pub fn work(mut self) -> Result<()> {
        self.command.stdout(io::stderr());
        self.finish()
    }

    /// Runs it for what it prints: its output is our output.
    pub fn show(self) -> Result<()> {
        self.finish()
    }

    /// Runs it and returns what it printed on standard output.
    pub fn read(mut self) -> Result<String> {
        let shown = self.shown();
        let output = match self.command.stderr(Stdio::inherit()).output() {
            Ok(output) => output,
            Err(error) => bail!(self.failure(&format!("`{shown}` does not start: {error}"))),
        };
        if !output.status.success() {
            bail!(self.failure(&format!("`{shown}` failed ({})", output.status)));
        }
        String::from_utf8(output.stdout)
            .with_context(|| format!("`{shown}` printed what is not text"))
    }

    /// The bare command, for what the methods above do not cover.
    pub fn into_command(self) -> Command {
        let mut command = self.command;
        command.stdin(Stdio::inherit());
        command
    }

    fn finish(mut self) -> Result<()> {
        let shown = self.shown();
        let status = match self.command.status() {
            Ok(status) => status,
            Err(error) => bail!(self.failure(&format!("`{shown}` does not start: {error}"))),
        };
        if !status.success() {
            bail!(self.failure(&format!("`{shown}` failed ({status})")));
        }
        Ok(())
    }

    fn failure(&self, what: &str) -> String {
        match &self.advice {
            Some(advice) => format!("{what}\nwhat to do: {advice}"),
            None => what.to_owned(),
        }
    }

    fn shown(&self) -> String {
        let program = Path::new(self.command.get_program());
        let mut shown = program
            .file_stem()
            .unwrap_or(program.as_os_str())
            .to_string_lossy()
            .into_owned();
        for argument in self.command.get_args() {
            shown.push(' ');
            shown.push_str(&argument.to_string_lossy());
        }
        shown
    }
}

/// The folders of `PATH`, in order.
pub fn path_folders() -> Vec<PathBuf> {
    env::var_os("PATH")
        .map(|path| env::split_paths(&path).collect())
        .unwrap_or_default()
}

/// Every program of this name in `folders`, in order.
pub fn find_all(name: &str, folders: &[PathBuf]) -> Vec<PathBuf> {
    // npm puts `.cmd` scripts beside its programs on Windows.
    let names = if cfg!(windows) {
        vec![format!("{name}.exe"), format!("{name}.cmd")]
    } else {
        vec![name.to_owned()]
    };
    folders
        .iter()
        .flat_map(|folder| names.iter().map(|name| folder.join(name)))
        .filter(|path| is_executable(path))
        .collect()
}

/// The first program of this name on `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    find_all(name, &path_folders()).into_iter().next()
}

/// A `PATH` with these folders before the others.
pub fn path_with(first: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    env::join_paths(first.into_iter().chain(path_folders()))
        .context("a folder's name cannot be put on PATH")
}

/// The version in what programs print for `--version`: the first word that starts with a digit, with or without a `v`.
pub fn version_in(printed: &str) -> Option<&str> {
    printed
        .split_whitespace()
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_each_tool_prints() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(
            version_in("wasm-bindgen 0.2.130 (1a2b3c4d5)"),
            Some("0.2.130")
        );
        assert_eq!(
            version_in("wasm-opt version 132 (version_132)"),
            Some("132")
        );
        assert_eq!(version_in("v20.20.2\n"), Some("20.20.2"));
        assert_eq!(version_in("no such command"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_failing_program_says_what_to_do() {
        let error = Program::new("false")
            .args(["--really"])
            .advise("try true")
            .work()
            .expect_err("false fails");
        let message = format!("{error:#}");
        assert!(message.contains("`false --really` failed"), "{message}");
        assert!(message.contains("what to do: try true"), "{message}");
    }

    #[test]
    fn a_missing_program_says_what_to_do() {
        let error = Program::new("no-such-program-here")
            .advise("install it")
            .read()
            .expect_err("it does not exist");
        let message = format!("{error:#}");
        assert!(
            message.contains("`no-such-program-here` does not start"),
            "{message}"
        );
        assert!(message.contains("what to do: install it"), "{message}");
    }
}
