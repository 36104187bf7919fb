//! `/docs/storage` tells people what is kept. Every name that the program stores under must be on that page, and every
//! way to store something must be one that this test knows (P8, P10).

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "public/docs/storage.html";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The page's words, without its markup and with single spaces.
fn page() -> String {
    let html = read(PAGE);
    let mut words = String::new();
    for piece in html.split('<') {
        let (_, text) = piece.split_once('>').unwrap_or(("", piece));
        words.push_str(text);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a file before its tests, which store whatever they like.
fn program(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]").next().unwrap().to_owned()
}

/// All sources of these endings below a folder, but for those of tests.
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = vec![];
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_stem().is_some_and(|stem| stem == "tests") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if endings
                .iter()
                .any(|end| path.extension().is_some_and(|it| it == *end))
            {
                let name = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, program(&path)));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no sources");
    found
}

/// The texts in quotation marks after each place where `before` stands in a line.
fn quoted_after(text: &str, before: &str) -> Vec<String> {
    text.match_indices(before)
        .filter_map(|(at, _)| {
            let rest = &text[at + before.len()..];
            let (line, _) = rest.split_once('\n').unwrap_or((rest, ""));
            Some(line.split('"').nth(1)?.to_owned())
        })
        .collect()
}

#[track_caller]
fn expect_named(names: &[String], at_least: usize) {
    assert!(
        names.len() >= at_least,
        "only {names:?} were found: has the code been rewritten?"
    );
    let page = page();
    for name in names {
        assert!(
            page.contains(name.as_str()),
            "{name} is stored, and {PAGE} does not say so"
        );
    }
}

#[test]
fn every_cookie_is_named_with_its_attributes() {
    let code = program(&root().join("server/src/http/cookie.rs"));
    let names: Vec<String> = ["const AGENT", "const VISITOR"]
        .iter()
        .flat_map(|constant| quoted_after(&code, constant))
        .map(|name| format!("__Host-{name}"))
        .collect();
    expect_named(&names, 2);
    let page = page();
    // The page says of each what the program sets.
    for (set, told) in [
        (
            "Path=/; HttpOnly; SameSite=Strict; Max-Age={AGENT_SECONDS}{secure}",
            "Path=/; HttpOnly; Secure; SameSite=Strict",
        ),
        (
            "Path=/; HttpOnly; SameSite={same_site}; Max-Age={VISITOR_SECONDS}{secure}",
            "Path=/; HttpOnly; Secure; SameSite=None; Partitioned",
        ),
        ("\"None; Partitioned\"", "SameSite=None; Partitioned"),
        ("VISITOR_SECONDS: i64 = 400 * 24 * 60 * 60", "400 days"),
        ("AGENT_SECONDS: i64 = 7 * 24 * 60 * 60", "seven days"),
    ] {
        assert!(
            code.contains(set),
            "cookie.rs says {set} no more: look at {PAGE} too"
        );
        assert!(page.contains(told), "{PAGE} does not say {told}");
    }
}

#[test]
fn no_cookie_is_set_but_by_the_file_of_cookies() {
    let setting = sources("server/src", &["rs"]).into_iter();
    let setting = setting.filter(|(_, code)| {
        code.to_lowercase().contains("set_cookie") || code.to_lowercase().contains("set-cookie")
    });
    let files: Vec<String> = setting.map(|(name, _)| name).collect();
    // They set what cookie.rs makes.
    let known = [
        "server/src/http/chat.rs",
        "server/src/http/letter.rs",
        "server/src/http/session.rs",
    ];
    let unknown: Vec<_> = files
        .iter()
        .filter(|file| !known.contains(&file.as_str()))
        .collect();
    assert!(
        unknown.is_empty(),
        "these set cookies: {unknown:?}. Name them in {PAGE} and here"
    );
    for file in known {
        let code = program(&root().join(file));
        assert!(
            code.contains("Cookie::set(") || code.contains("Cookie::clear("),
            "{file} sets something else"
        );
    }
}

#[test]
fn every_entry_in_the_browser_is_named() {
    let mut names = vec![];
    for (file, code) in sources("widget/src", &["rs"]) {
        let opened = quoted_after(&code, "Storage::open(");
        if opened.is_empty() && file != "widget/src/browser/storage.rs" {
            continue;
        }
        names.extend(opened);
        // Under which keys: constants of the visitor's page, and words of the others.
        for before in [
            "const SAVED",
            "const OUTBOX",
            ".set(\"",
            "read(&storage, ",
            "storage.set(",
        ] {
            let quote = if before.ends_with('"') {
                before.strip_suffix('"').unwrap()
            } else {
                before
            };
            names.extend(quoted_after(&code, quote));
        }
    }
    names.sort();
    names.dedup();
    let named: Vec<String> = names
        .iter()
        .map(|name| name.trim_end_matches('/').to_owned())
        .collect();
    for known in [
        "human-please",
        "saved",
        "outbox",
        "probe",
        "human-please/agent",
        "draft",
        "note",
        "reply",
        "human-please/alerts",
        "sound",
    ] {
        assert!(
            named.iter().any(|name| name == known),
            "{known} was not found in the code: {named:?}"
        );
    }
    expect_named(&named, 10);
    // Written by a script of its own, under one name.
    let alerts = program(&root().join("public/alerts.js"));
    assert!(alerts.contains("`human-please/${document.body.dataset.site}/alerts`"));
    assert_eq!(alerts.matches("localStorage.setItem(key,").count(), 1);
    assert_eq!(alerts.matches(".setItem(").count(), 1);
    assert!(page().contains("human-please/KEY/alerts"));
    // The agents' page as an app: its own files, in one store for each version.
    let worker = program(&root().join("public/agent-worker.js"));
    assert!(worker.contains("const STORE = `shell-${SHELL.version}`"));
    assert_eq!(worker.matches("caches.open(STORE)").count(), 1);
    assert_eq!(worker.matches("caches.open(").count(), 1);
    assert_eq!(worker.matches(".put(").count(), 0);
    assert!(page().contains("shell-VERSION"));
}

#[test]
fn the_browser_stores_nothing_by_any_other_way() {
    let mut offenders = vec![];
    let scripts = sources("public", &["js", "html"]);
    for (file, code) in sources("widget/src", &["rs"]).into_iter().chain(scripts) {
        let ways = [
            "local_storage",
            "session_storage",
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "indexed_db",
            "IdbFactory",
            ".cookie",
            "CacheStorage",
            "caches.",
            "serviceWorker",
            "service_worker",
        ];
        for way in ways {
            let is_known = [
                ("widget/src/browser/storage.rs", "local_storage"),
                ("public/alerts.js", "localStorage"),
                ("public/agent-worker.js", "caches."),
                // It asks for the agents' own worker, which agent.html starts, and stores nothing.
                ("widget/src/browser/push.rs", "serviceWorker"),
                ("widget/src/browser/push.rs", "service_worker"),
            ]
            .contains(&(file.as_str(), way));
            if code.contains(way) && !is_known {
                offenders.push(format!("{file}: {way}"));
            }
        }
    }
    assert!(
        offenders.is_empty(),
        "these store something, or ask what is stored. Name it in {PAGE} and here:\n{}",
        offenders.join("\n")
    );
}

#[test]
fn every_table_of_the_database_is_named() {
    let mut tables = vec![];
    for (_, sql) in sources("server/migrations/sqlite", &["sql"]) {
        for line in sql.lines() {
            let table = line.strip_prefix("CREATE TABLE ");
            if let Some(rest) = table.or_else(|| line.strip_prefix("CREATE VIRTUAL TABLE ")) {
                tables.push(rest.split([' ', '(']).next().unwrap().to_owned());
            }
        }
    }
    assert!(tables.len() >= 12, "{tables:?}");
    let html = read(PAGE);
    for table in tables {
        let named = format!("<code>{table}</code>");
        assert!(
            html.contains(&named),
            "the table {table} is not in {PAGE}: what of a visitor is in it?"
        );
    }
}
