//! The promises and requirements by their ids: each is named by a test that proves it. A new one may wait for its test on a
//! list, with the reason.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What has no test yet, and why.
const NOT_YET: &[(&str, &str)] = &[];

/// Every id that counts.
fn ids() -> BTreeSet<String> {
    let numbered = |letter: &str, numbers: &[u32]| {
        let ids = numbers.iter().map(|number| format!("{letter}{number}"));
        ids.collect::<Vec<_>>()
    };
    let reliability = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16];
    [
        numbered("R", &reliability),
        numbered("L", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16]),
        numbered("S", &[1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 17, 19]),
        numbered("B", &[1, 2, 3, 4, 5, 6, 7, 8]),
        numbered("A", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        numbered("P", &[8]),
        numbered("G", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The sources in which tests are: Rust, and the browser's stories.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders: Vec<PathBuf> = ["server", "widget", "tests"].map(|it| root.join(it)).into();
    let mut sources = vec![];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", "dist", "results"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") || name.ends_with(".spec.ts") {
                let shown = path.strip_prefix(root).unwrap().to_string_lossy();
                sources.push((shown.into_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

/// The words of a source by which its tests say what they prove: the head of a file that has nothing but tests, what is
/// written right above a test, and the test's title.
fn claims(path: &str, text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let begins_test = |line: &str| {
        line.starts_with("#[test]")
            || line.starts_with("#[tokio::test")
            || line.starts_with("proptest!")
            || line.starts_with("test(")
            || line.starts_with("test(`")
            || line.starts_with("Property::")
    };
    let is_remark = |line: &&&str| line.starts_with("//") || line.starts_with("#[");
    let mut claims: Vec<&str> = vec![];
    for (index, line) in lines.iter().enumerate().filter(|(_, it)| begins_test(it)) {
        claims.push(line);
        claims.extend(lines[..index].iter().rev().take_while(is_remark));
    }
    let is_of_tests = path.contains("/tests/")
        || path.contains("/stories/")
        || path.ends_with("/tests.rs")
        || path.starts_with("tests/tests/");
    if is_of_tests && !claims.is_empty() {
        let mark = if path.ends_with(".rs") { "//!" } else { "//" };
        let head = lines.iter().take_while(|line| line.starts_with(mark));
        claims.extend(head);
    }
    claims.join("\n")
}

/// The words of a text that are ids.
fn ids_in<'a>(text: &str, ids: &'a BTreeSet<String>) -> Vec<&'a String> {
    let words = text.split(|end: char| !end.is_ascii_alphanumeric());
    words.filter_map(|word| ids.get(word)).collect()
}

#[test]
fn every_promise_and_requirement_is_named_by_a_test_that_proves_it() {
    let ids = ids();
    let mut named: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources() {
        if path.ends_with("tests/requirements.rs") {
            continue;
        }
        for id in ids_in(&claims(&path, &text), &ids) {
            named.entry(id).or_default().push(path.clone());
        }
    }
    let waits = |id: &&String| NOT_YET.iter().any(|(other, _)| other == id);
    let missing: Vec<_> = ids
        .iter()
        .filter(|id| !named.contains_key(id) && !waits(id))
        .collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
    let done: Vec<_> = named.iter().filter(|(id, _)| waits(id)).collect();
    assert!(
        done.is_empty(),
        "these have a test now; take them off the list of those that have none: {done:?}"
    );
}

#[test]
fn a_test_claims_what_is_written_above_it_and_a_program_claims_nothing() {
    let program = "//! Keeps G1.\n/// R2.\nfn keep() {}\n";
    assert_eq!(claims("server/src/keep.rs", program), "");
    let test = "//! Keeps G1.\n/// R2.\nfn keep() {}\n/// R3: kept.\n#[test]\nfn kept() {}\n";
    let ids = ids();
    let found = |path| {
        let claims = claims(path, test);
        ids_in(&claims, &ids)
            .into_iter()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(found("server/src/keep.rs"), ["R3".to_owned()].into());
    assert_eq!(
        found("tests/tests/all/keep.rs"),
        ["G1".to_owned(), "R3".to_owned()].into()
    );
    assert_eq!(ids_in("R11, R1x and (L9)", &ids).len(), 2);
}
