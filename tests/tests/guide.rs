//! `/docs/embed` is what merchants build on: whatever the types and the conversation page offer is on that page, and nothing
//! that they do not know.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(root.join(path)).unwrap()
}

/// The attributes of a text that begin with `data-`, each once.
fn attributes(text: &str) -> BTreeSet<&str> {
    let begins = text.match_indices("data-");
    let names = begins.map(|(at, _)| {
        let name = &text[at..];
        let end = name.find(|end: char| !end.is_ascii_lowercase() && end != '-');
        name[..end.unwrap_or(name.len())].trim_end_matches('-')
    });
    names.collect()
}

/// What stands between two texts.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = text
        .split_once(begin)
        .unwrap_or_else(|| panic!("{begin} is gone"));
    rest.split_once(end)
        .unwrap_or_else(|| panic!("{end} is gone"))
        .0
}

/// The names that lines of a TypeScript interface begin with, before one of these marks.
fn members<'a>(interface: &'a str, marks: &[char]) -> Vec<&'a str> {
    let lines = interface
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = lines.filter_map(|line| {
        let (name, _) = line.trim_start().split_once(marks)?;
        (!name.is_empty() && name.chars().all(char::is_alphanumeric)).then_some(name)
    });
    names.collect()
}

#[test]
fn every_attribute_is_in_the_guide_and_in_the_types() {
    let (types, guide) = (read("public/embed.d.ts"), read("public/docs/embed.html"));
    let typed = attributes(&types);
    assert!(typed.len() >= 8, "{typed:?}");
    let told: BTreeSet<&str> = guide
        .split("<code>")
        .skip(1)
        .flat_map(|code| attributes(code.split("</code>").next().unwrap()))
        .collect();
    assert_eq!(typed, told, "left: embed.d.ts, right: docs/embed.html");
}

#[test]
fn every_call_and_every_event_is_in_the_guide() {
    let (types, guide) = (read("public/embed.d.ts"), read("public/docs/embed.html"));
    let calls = members(
        between(&types, "export interface HumanPlease {", "\n}"),
        &['(', '<'],
    );
    assert!(calls.len() >= 10, "{calls:?}");
    for call in calls {
        assert!(
            guide.contains(&format!("{call}(")),
            "{call} is not in the guide"
        );
    }
    let events = members(
        between(&types, "export interface HumanPleaseEvents {", "\n}"),
        &[':'],
    );
    assert!(events.len() >= 8, "{events:?}");
    for event in events {
        assert!(
            guide.contains(&format!("<code>{event}</code>")),
            "{event} is not in the guide"
        );
    }
}

/// S11: what an app can have the page do, and where it listens, is what merchants were told.
#[test]
fn every_verb_of_an_app_and_every_bridge_is_in_the_guide() {
    let guide = read("public/docs/embed.html");
    let guide = between(&guide, "id=\"apps\"", "</section>");
    let bridge = read("widget/src/visitor/bridge.rs");
    let verbs = between(&bridge, "Some(match name {", "_ => return None");
    let verbs: Vec<&str> = verbs.split('"').skip(1).step_by(2).collect();
    assert!(verbs.len() >= 6, "{verbs:?}");
    for verb in verbs {
        assert!(
            guide.contains(&format!("<code>{verb}</code>")),
            "{verb} is not in the guide"
        );
    }
    let host = read("widget/src/browser/host.rs");
    let bridges = between(&host, "const BRIDGES", "];\n");
    let names: Vec<&str> = bridges.split('"').skip(1).step_by(2).collect();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        assert!(guide.contains(name), "{name} is not in the guide");
    }
}
