//! The crate's documentation is the contract: its tables and examples are held to the code and the samples.

use protocol::{AgentCommand, CloseCode, RefusalCode, VERSION, VisitorCommand};
use serde_json::Value;

use crate::samples;
use crate::variant::{Variants, snake_case};

/// The crate's documentation as lines of Markdown.
fn lines() -> Vec<&'static str> {
    include_str!("../../src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect()
}

/// The cells of the table's rows that follows a heading.
#[track_caller]
fn table(heading: &str) -> Vec<Vec<&'static str>> {
    let lines = lines();
    let from = lines.iter().position(|line| *line == heading);
    let from = from.unwrap_or_else(|| panic!("there is no heading {heading:?}"));
    lines[from..]
        .iter()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split(" | ")
                .map(|cell| cell.trim().trim_matches('`'))
                .collect()
        })
        .collect()
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

#[test]
fn the_table_of_close_codes_is_what_the_server_sends() {
    let numbers: Vec<_> = CloseCode::ALL
        .iter()
        .map(|code| code.number().to_string())
        .collect();
    let expected: Vec<_> = numbers
        .iter()
        .zip(CloseCode::ALL)
        .map(|(number, code)| vec![&**number, code.reason(), yes(code.reconnect())])
        .collect();
    let mut found = table("# Close codes");
    for row in &mut found {
        let advice = row.pop().unwrap_or_default();
        assert!(advice.len() > 5, "no advice for {row:?}");
    }
    assert_eq!(found, expected);
}

#[test]
fn the_table_of_refusals_is_what_the_server_answers() {
    let codes: Vec<_> = RefusalCode::ALL
        .iter()
        .map(|code| serde_json::to_value(code).unwrap())
        .collect();
    let expected: Vec<_> = codes
        .iter()
        .zip(RefusalCode::ALL)
        .map(|(name, code)| vec![name.as_str().unwrap(), yes(code.retry()), code.sentence()])
        .collect();
    assert_eq!(table("# Refusals"), expected);
}

#[test]
fn the_tables_of_commands_have_every_command() {
    let names = |heading| {
        let rows = table(heading);
        rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>()
    };
    let snake_case = |all: &[&str]| all.iter().copied().map(snake_case).collect::<Vec<_>>();
    assert_eq!(
        names("## What a visitor's client asks for"),
        snake_case(VisitorCommand::ALL)
    );
    assert_eq!(
        names("## What an agent's client asks for"),
        snake_case(AgentCommand::ALL)
    );
}

#[test]
fn every_example_is_a_sample() {
    let mut examples = vec![];
    let mut example: Option<String> = None;
    for line in lines() {
        match (&mut example, line) {
            (None, "```json") => example = Some(String::new()),
            (Some(_), "```") => examples.extend(example.take()),
            (Some(text), line) => text.push_str(line),
            (None, _) => {}
        }
    }
    assert!(examples.len() >= 5, "only {} examples", examples.len());
    let samples: Vec<_> = samples().iter().map(|sample| sample.value()).collect();
    for example in examples {
        let value: Value = serde_json::from_str(&example).unwrap();
        assert!(samples.contains(&value), "no sample: {example}");
    }
}

#[test]
fn the_samples_say_hello_in_the_version_of_today() {
    for sample in samples() {
        let value = sample.value();
        let said = [
            &value["command"]["hello"]["version"],
            &value["welcome"]["version"],
        ];
        for version in said.into_iter().filter(|version| !version.is_null()) {
            assert_eq!(*version, VERSION, "{}", sample.name);
        }
    }
}
