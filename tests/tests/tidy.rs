//! The source itself: what every file owes its readers, and what must not be in any of them.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::path::{Path, PathBuf};

/// The longest file. One that is longer holds more than one thing.
const MAX_LINES: usize = 450;

/// Folders that are built or downloaded.
const NOT_OURS: [&str; 6] = [
    ".git",
    "target",
    "dist",
    "node_modules",
    "results",
    "test-results",
];

/// Names that say nothing of what is in a module.
const NAMES_OF_NOTHING: [&str; 10] = [
    "util", "utils", "common", "helper", "helpers", "type", "types", "manager", "managers", "misc",
];

struct Source {
    /// Its path in the clone.
    path: String,
    text: String,
}

impl Source {
    fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    fn lines(&self) -> usize {
        self.text.lines().count()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Every file that people write, with its text.
fn sources() -> Vec<Source> {
    let mut sources = vec![];
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    folders.push(path);
                }
                continue;
            }
            let ending = path
                .extension()
                .map(|ending| ending.to_string_lossy().into_owned())
                .unwrap_or_default();
            let is_source = matches!(
                ending.as_str(),
                "rs" | "js" | "ts" | "css" | "html" | "sql" | "toml" | "yml"
            );
            let is_script = path.ends_with(".ci/run");
            if is_source || is_script {
                let text = fs::read_to_string(&path).unwrap();
                let path = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push(Source { path, text });
            }
        }
    }
    assert!(
        sources.len() > 150,
        "only {} files were found",
        sources.len()
    );
    sources
}

/// Fails with every file that is not as it should be.
#[track_caller]
fn none(what: &str, mut offenders: Vec<String>) {
    offenders.sort();
    assert!(offenders.is_empty(), "{what}:\n{}", offenders.join("\n"));
}

#[test]
fn every_file_opens_by_saying_what_it_is_for() {
    let is_silent = |source: &&Source| {
        let mut lines = source
            .text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_default();
        let second = lines.next().unwrap_or_default();
        let says = |line: &str, mark: &str| line.starts_with(mark);
        !match source.ending() {
            "rs" => says(first, "//! "),
            "js" | "ts" => ["// ", "/* ", "/** "].iter().any(|mark| says(first, mark)),
            "css" => says(first, "/* "),
            "sql" => says(first, "-- "),
            "html" => [first, second].iter().any(|line| says(line, "<!--")),
            // A package says it in its description.
            "toml" => says(first, "# ") || source.text.contains("\ndescription = \""),
            "yml" => says(first, "# "),
            _ => says(first, "#!") && says(second, "# "),
        }
    };
    let silent = sources()
        .iter()
        .filter(is_silent)
        .map(|source| source.path.clone())
        .collect();
    none(
        "these files do not open with a line that says what they are for",
        silent,
    );
}

#[test]
fn no_file_is_longer_than_450_lines() {
    let sources = sources();
    let long = sources
        .iter()
        .filter(|source| source.lines() > MAX_LINES && source.ending() != "toml");
    let long = long
        .map(|source| format!("{}: {}", source.path, source.lines()))
        .collect();
    none(
        "these files hold more than one thing; split them by noun",
        long,
    );
}

#[test]
fn modules_are_named_by_what_they_are() {
    let named_nothing = |source: &&Source| {
        source.path.split('/').any(|part| {
            let part = part.split('.').next().unwrap_or_default();
            NAMES_OF_NOTHING.contains(&part)
        })
    };
    let sources = sources();
    let vague = sources
        .iter()
        .filter(named_nothing)
        .map(|source| source.path.clone())
        .collect();
    none("these names say nothing", vague);
    let modules = sources
        .iter()
        .filter(|source| source.ending() == "rs" && source.stem() == "mod");
    none(
        "write foo.rs beside foo/",
        modules.map(|source| source.path.clone()).collect(),
    );
    let inline = sources
        .iter()
        .filter(|source| source.ending() == "rs")
        .filter(|source| {
            source.text.lines().any(|line| {
                let line = line
                    .trim()
                    .trim_start_matches("pub ")
                    .trim_start_matches("pub(crate) ");
                let name = line
                    .strip_prefix("mod ")
                    .map(|rest| rest.trim_end_matches([' ', '{', ';']));
                name.is_some_and(|name| NAMES_OF_NOTHING.contains(&name))
            })
        });
    none(
        "these declare a module whose name says nothing",
        inline.map(|source| source.path.clone()).collect(),
    );
}

/// Written in two halves, so that this file has none of it.
fn unfinished() -> Vec<String> {
    [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("XX", "X"),
        ("HA", "CK"),
        ("todo", "!("),
        ("unimpl", "emented!("),
        ("not imple", "mented"),
        ("dbg", "!("),
        ("#[ig", "nore"),
        (".ski", "p("),
        (".fix", "me("),
        (".onl", "y("),
        ("console.lo", "g("),
    ]
    .map(|(one, other)| [one, other].concat())
    .to_vec()
}

#[test]
fn nothing_is_left_unfinished_and_no_test_is_left_out() {
    let words = unfinished();
    let mut found = vec![];
    for source in sources() {
        // An iterator's way of leaving out elements is not a test's.
        let is_rust = source.ending() == "rs";
        for (number, line) in source.text.lines().enumerate() {
            let is_unfinished = |word: &&String| {
                line.contains(word.as_str()) && !(is_rust && word.starts_with('.'))
            };
            if words.iter().any(|word| is_unfinished(&word)) {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none("finish these, or take them out", found);
}

#[test]
fn the_readme_tells_of_every_chore() {
    let chores = fs::read_to_string(root().join(".cargo/xtask/src/main.rs")).unwrap();
    let (_, chores) = chores
        .split_once("enum Chore {")
        .expect("the chores are an enum");
    let (chores, _) = chores.split_once("\n}").expect("the enum ends");
    let names: Vec<String> = chores
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()))
        .map(|line| {
            line.split(|end: char| !end.is_alphanumeric())
                .next()
                .unwrap_or_default()
                .to_lowercase()
        })
        .collect();
    assert!(names.len() >= 5, "{names:?}");
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let missing = names
        .iter()
        .map(|name| format!("cargo xtask {name}"))
        .filter(|chore| !readme.contains(chore));
    none("the README does not mention", missing.collect());
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut broken = vec![];
    for document in ["README.md", ".github/CONTRIBUTING.md"] {
        let path = root().join(document);
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for link in text.split("](").skip(1) {
            let target = link
                .split(')')
                .next()
                .unwrap_or_default()
                .split('#')
                .next()
                .unwrap_or_default();
            let is_elsewhere =
                target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !is_elsewhere && !path.parent().unwrap().join(target).exists() {
                broken.push(format!("{document}: {target}"));
            }
        }
    }
    none("these links lead nowhere", broken);
}

/// Where packages come from is a matter of whoever installs them.
#[test]
fn the_lock_of_the_browser_tests_names_no_place_to_download_from() {
    let lock = fs::read_to_string(root().join("tests/pages/package-lock.json")).unwrap();
    assert!(lock.contains("\"lockfileVersion\""));
    assert!(
        lock.contains("\"integrity\""),
        "what is installed is checked"
    );
    assert!(
        !lock.contains("\"resolved\""),
        "run the install with omit-lockfile-registry-resolved"
    );
}

#[test]
fn migrations_are_numbered_without_gaps_and_all_of_them_run() {
    let folder = root().join("server/migrations/sqlite");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let store = fs::read_to_string(root().join("server/src/store/sqlite/migrations.rs")).unwrap();
    for (name, number) in names.iter().zip(1..) {
        assert!(
            name.starts_with(&format!("{number:04}_")),
            "{name} is not number {number}"
        );
        assert!(store.contains(name.as_str()), "{name} is never run");
    }
}
