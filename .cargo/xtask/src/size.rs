//! `cargo xtask size`: what each page makes people download, and whether that is still little enough.

mod visit;

use std::path::Path;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::{
    pages::{self, Assets, PAGES, brotli_size, loader},
    place::Place,
};

/// The budgets, in bytes once brotli has compressed them. The loader's is part of every page of every merchant, in any
/// language; the visitor page's is for all that is loaded once a visitor acts, the page itself and its words in one language
/// with it. Agents load their page once a day.
const BUDGETS: [(&str, u64); 3] = [
    ("loader", 3_000),
    ("loader, largest", 3_000),
    ("visitor", 75_000),
];

/// The files that are loaded together for one purpose.
struct Group {
    name: &'static str,
    files: Vec<Size>,
}

/// A file and how much of the network it takes.
struct Size {
    name: String,
    raw_bytes: u64,
    brotli_bytes: u64,
}

/// Builds the pages if something has changed, prints the sizes, and fails when a budget is passed. `server` is asked for what
/// it makes itself.
pub fn report(place: &Place, server: &Path, json: bool) -> Result<()> {
    pages::build(place)?;
    let groups = measure(place, server)?;
    if json {
        println!("{:#}", document(&groups));
    } else {
        print!("{}", table(&groups));
    }
    let passed = passed_budgets(&groups);
    if !passed.is_empty() {
        bail!(
            "{}\nwhat to do: see what grew since the last good build with `cargo xtask size`",
            passed.join("\n")
        );
    }
    Ok(())
}

/// The loader first, in English and in its largest language, then each page.
fn measure(place: &Place, server: &Path) -> Result<Vec<Group>> {
    let (english, largest) = loader::english_and_largest(place)?;
    let mut groups = vec![
        Group {
            name: "loader",
            files: vec![Size::of(&english, &file_name(&english))?],
        },
        Group {
            name: "loader, largest",
            files: vec![Size::of(&largest, &file_name(&largest))?],
        },
    ];
    for page in &PAGES {
        let folder = page.folder(place);
        let assets = Assets::read(&folder)?;
        // A visitor's first page brings its style along.
        let is_loaded = |file: &&str| page.name != "visitor" || !file.ends_with(".css");
        let mut files = assets
            .files()
            .filter(is_loaded)
            .map(|file| Size::of(&folder.join(file), file))
            .collect::<Result<Vec<_>>>()?;
        if page.name == "visitor" {
            let panel = loader::panel(place)?;
            files.push(Size::of(&panel, &file_name(&panel))?);
            files.extend(visit::sizes(server)?);
        }
        groups.push(Group {
            name: page.name,
            files,
        });
    }
    Ok(groups)
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

impl Size {
    fn of(path: &Path, name: &str) -> Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            raw_bytes: path.metadata()?.len(),
            brotli_bytes: brotli_size(path)?,
        })
    }
}

impl Group {
    fn raw_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.raw_bytes).sum()
    }

    fn brotli_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.brotli_bytes).sum()
    }

    fn budget(&self) -> Option<u64> {
        BUDGETS
            .iter()
            .find(|(name, _)| *name == self.name)
            .map(|(_, bytes)| *bytes)
    }
}

/// One line for each budget that is passed.
fn passed_budgets(groups: &[Group]) -> Vec<String> {
    let too_big = groups.iter().filter_map(|group| {
        let (bytes, budget) = (group.brotli_bytes(), group.budget()?);
        (bytes > budget).then(|| {
            format!(
                "{}: {} bytes of brotli, {} over its budget of {}",
                group.name,
                grouped(bytes),
                grouped(bytes - budget),
                grouped(budget)
            )
        })
    });
    too_big.collect()
}

fn table(groups: &[Group]) -> String {
    let names = groups
        .iter()
        .flat_map(|group| &group.files)
        .map(|file| file.name.len());
    let width = names.max().unwrap_or_default().max("total".len()) + 2;
    let mut table = String::new();
    for group in groups {
        table.push_str(&format!(
            "{:width$} {:>10} {:>10}\n",
            group.name, "raw", "brotli"
        ));
        for file in &group.files {
            table.push_str(&row(&file.name, file.raw_bytes, file.brotli_bytes, width));
        }
        table.push_str(&row(
            "total",
            group.raw_bytes(),
            group.brotli_bytes(),
            width,
        ));
        if let Some(budget) = group.budget() {
            table.push_str(&format!(
                "  {:width$}{:>21}\n",
                "budget",
                grouped(budget),
                width = width - 2
            ));
        }
        table.push('\n');
    }
    table
}

fn row(name: &str, raw_bytes: u64, brotli_bytes: u64, width: usize) -> String {
    format!(
        "  {:width$}{:>11}{:>11}\n",
        name,
        grouped(raw_bytes),
        grouped(brotli_bytes),
        width = width - 2
    )
}

fn document(groups: &[Group]) -> Value {
    let groups = groups.iter().map(|group| {
        let files = group.files.iter().map(|file| {
            json!({ "name": file.name, "raw_bytes": file.raw_bytes, "brotli_bytes": file.brotli_bytes })
        });
        json!({
            "name": group.name,
            "files": files.collect::<Vec<_>>(),
            "raw_bytes": group.raw_bytes(),
            "brotli_bytes": group.brotli_bytes(),
            "brotli_budget_bytes": group.budget(),
        })
    });
    json!({ "groups": groups.collect::<Vec<_>>() })
}

/// A number with a comma before every three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &'static str, sizes: &[u64]) -> Group {
        let size = |(number, bytes): (usize, &u64)| Size {
            name: format!("{number}.js"),
            raw_bytes: bytes * 3,
            brotli_bytes: *bytes,
        };
        Group {
            name,
            files: sizes.iter().enumerate().map(size).collect(),
        }
    }

    #[test]
    fn a_budget_is_for_the_whole_group_and_may_be_used_up() {
        let [(_, loader), _, (_, visitor)] = BUDGETS;
        let at_the_limit = [
            group("loader", &[loader]),
            group("visitor", &[visitor - 7_400, 7_400]),
            group("agent", &[900_000]),
        ];
        assert!(passed_budgets(&at_the_limit).is_empty());

        let over = [
            group("loader", &[loader + 1]),
            group("visitor", &[visitor, 1_234]),
            group("agent", &[1]),
        ];
        assert_eq!(
            passed_budgets(&over),
            [
                format!(
                    "loader: {} bytes of brotli, 1 over its budget of {}",
                    grouped(loader + 1),
                    grouped(loader),
                ),
                format!(
                    "visitor: {} bytes of brotli, 1,234 over its budget of {}",
                    grouped(visitor + 1_234),
                    grouped(visitor),
                ),
            ]
        );
    }

    #[test]
    fn the_document_has_every_file_and_the_totals() {
        let document = document(&[group("visitor", &[100, 20]), group("agent", &[7])]);
        let visitor = &document["groups"][0];
        assert_eq!(
            visitor["files"][1],
            json!({ "name": "1.js", "raw_bytes": 60, "brotli_bytes": 20 })
        );
        assert_eq!(visitor["raw_bytes"], 360);
        assert_eq!(visitor["brotli_bytes"], 120);
        assert_eq!(visitor["brotli_budget_bytes"], BUDGETS[2].1);
        assert_eq!(document["groups"][1]["brotli_budget_bytes"], Value::Null);
    }

    #[test]
    fn the_tables_columns_line_up() {
        let table = table(&[group("visitor", &[1_234_567, 8])]);
        let mut lines = table.lines().filter(|line| !line.is_empty());
        let width = lines.next().map(str::len);
        assert!(lines.all(|line| Some(line.len()) == width), "{table}");
        assert!(table.contains("3,703,701  1,234,567"), "{table}");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let numbers = [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (75_000, "75,000"),
            (1_234_567, "1,234,567"),
        ];
        for (number, expected) in numbers {
            assert_eq!(grouped(number), expected);
        }
    }
}
