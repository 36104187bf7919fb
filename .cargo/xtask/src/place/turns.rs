//! Clones that take turns with one target folder.
//!
//! Cargo takes the same package in two clones for one, and a source file that is older than what was built of it for
//! built: after a turn of another clone it would hand out that one's programs. So whoever's turn begins marks all
//! sources as new.

use std::{
    fs::{self, File},
    io,
    path::Path,
    time::SystemTime,
};

/// The file in the target folder that names the clone whose turn it is.
const TURN: &str = "human-please-clone";

/// The folders that hold the workspace's sources.
const SOURCES: [&str; 4] = ["server", "widget", "tests", ".cargo"];

/// Begins this clone's turn, if it was another one's.
pub fn begin(root: &Path, target: &Path) -> io::Result<()> {
    let turn = target.join(TURN);
    let name = root.as_os_str().as_encoded_bytes();
    if fs::read(&turn).is_ok_and(|last| last == name) {
        return Ok(());
    }
    for folder in SOURCES {
        renew(&root.join(folder), SystemTime::now())?;
    }
    fs::create_dir_all(target)?;
    fs::write(turn, name)
}

/// Gives every Rust file of a folder a new time.
fn renew(folder: &Path, now: SystemTime) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if entry.file_name() != "node_modules" {
                renew(&path, now)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            File::options().append(true).open(path)?.set_modified(now)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn sources_are_new_when_the_turn_was_another_clones_and_only_then() -> io::Result<()> {
        let folder =
            std::env::temp_dir().join(format!("human-please-turns-{}", std::process::id()));
        let (target, long_ago) = (
            folder.join("target"),
            SystemTime::UNIX_EPOCH + Duration::from_secs(1),
        );
        let source = |clone: &str| folder.join(clone).join("server/src/lib.rs");
        for clone in ["a", "b"] {
            for name in SOURCES {
                fs::create_dir_all(folder.join(clone).join(name).join("src"))?;
            }
            fs::write(source(clone), "")?;
        }
        let is_renewed = |clone: &str| -> io::Result<bool> {
            File::options()
                .append(true)
                .open(source(clone))?
                .set_modified(long_ago)?;
            begin(&folder.join(clone), &target)?;
            Ok(fs::metadata(source(clone))?.modified()? > long_ago)
        };
        let turns = [
            is_renewed("a")?,
            is_renewed("a")?,
            is_renewed("b")?,
            is_renewed("a")?,
        ];
        fs::remove_dir_all(&folder)?;
        assert_eq!(turns, [true, false, true, true]);
        Ok(())
    }
}
