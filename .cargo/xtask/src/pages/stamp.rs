//! Tells whether the pages must be built again: one line that changes whenever something that goes into them does.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    place::Place,
    tools::{self, BINARYEN_VERSION, ESBUILD_VERSION, TRUNK_VERSION},
};

/// What goes into the pages, from the top of the clone. wasm-bindgen's version is in the lock file.
const INPUTS: [&str; 9] = [
    ".cargo/xtask/src/pages",
    ".cargo/xtask/src/pages.rs",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "public",
    "server/protocol",
    "style",
    "widget",
];

/// The parts of `public/` that the server serves as they are, and those of the loader: nobody should wait for a page build
/// who edits an article or a translation.
const NOT_INPUTS: [&str; 7] = [
    "public/agent-worker.js",
    "public/agent.webmanifest",
    "public/demo",
    "public/help",
    "public/locales",
    "public/embed.js",
    "public/panel.js",
];

/// What goes into the loader.
const LOADER_INPUTS: [&str; 5] = [
    ".cargo/xtask/src/pages/compress.rs",
    ".cargo/xtask/src/pages/loader.rs",
    "public/embed.js",
    "public/locales",
    "public/panel.js",
];

/// The line for the clone as it is now.
pub fn current(place: &Place, small_std: bool) -> Result<String> {
    let compiler = tools::compiler(place)?;
    let mut hasher = DefaultHasher::new();
    hasher.write(compiler.as_bytes());
    for input in INPUTS {
        hasher.write_u64(of_path(
            &place.root,
            Path::new(input),
            &NOT_INPUTS.map(Path::new),
        )?);
    }
    let library = if small_std { "small std" } else { "plain std" };
    Ok(format!(
        "{:016x}, trunk {TRUNK_VERSION}, binaryen {BINARYEN_VERSION}, esbuild {ESBUILD_VERSION}, \
         {library}\n",
        hasher.finish()
    ))
}

/// The line for the loader as it is now.
pub fn of_loader(place: &Place) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in LOADER_INPUTS {
        hasher.write_u64(of_path(&place.root, Path::new(input), &[])?);
    }
    Ok(format!(
        "{:016x}, esbuild {ESBUILD_VERSION}\n",
        hasher.finish()
    ))
}

/// A hash over the names and contents of everything at `path`, whatever order the file system lists it in. What is not
/// there has a hash too: that a file appears or goes away is a change.
fn of_path(root: &Path, path: &Path, without: &[&Path]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for path in files_below(root, path, without)? {
        let full = root.join(&path);
        let content =
            fs::read(&full).with_context(|| format!("{} cannot be read", full.display()))?;
        hasher.write(path.as_os_str().as_encoded_bytes());
        hasher.write_usize(content.len());
        hasher.write(&content);
    }
    Ok(hasher.finish())
}

fn files_below(root: &Path, path: &Path, without: &[&Path]) -> Result<Vec<PathBuf>> {
    let full = root.join(path);
    if without.contains(&path) || !full.exists() {
        return Ok(Vec::new());
    }
    if !full.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in
        fs::read_dir(&full).with_context(|| format!("{} cannot be read", full.display()))?
    {
        files.extend(files_below(root, &path.join(entry?.file_name()), without)?);
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn every_change_of_an_input_shows_and_nothing_else_does() {
        let root = env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(root.join("public/help")).unwrap();
        fs::write(root.join("public/widget.html"), "<p>").unwrap();
        fs::write(root.join("public/help/returns.md"), "# Returns").unwrap();
        let stamp = || of_path(&root, Path::new("public"), &[Path::new("public/help")]).unwrap();

        let first = stamp();
        assert_eq!(stamp(), first, "nothing has changed");
        fs::write(root.join("public/help/returns.md"), "# Sending things back").unwrap();
        assert_eq!(stamp(), first, "articles are no input");
        fs::write(root.join("public/widget.html"), "<p> ").unwrap();
        let edited = stamp();
        assert_ne!(edited, first, "a file was edited");
        fs::rename(
            root.join("public/widget.html"),
            root.join("public/page.html"),
        )
        .unwrap();
        let renamed = stamp();
        assert_ne!(renamed, edited, "a file was renamed");
        fs::write(root.join("public/icon.svg"), "").unwrap();
        assert_ne!(stamp(), renamed, "a file was added, if an empty one");
        fs::remove_dir_all(&root).unwrap();
        assert_ne!(stamp(), renamed, "everything is gone");
    }
}
