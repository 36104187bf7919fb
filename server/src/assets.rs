//! The files that are served as they are: inside the program when it was built for release, from the folder when it
//! was built for development.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_embed::{Embed, EmbeddedFile};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What was built: `visitor/`, `agent/`, `loader/`.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../dist"]
#[allow_missing = true]
struct Built;

/// What was written by hand: the demo shop and its articles, and the documents.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../public"]
struct Public;

/// The colours and sizes that all pages share, for those pages that are not built.
const TOKENS: &[u8] = include_bytes!("../../style/tokens.css");

/// What the built pages and those of staff begin from.
const BASE: &[u8] = include_bytes!("../../style/base.css");

/// What the pages of staff look like, besides.
const STAFF: &[u8] = include_bytes!("../../style/staff.css");
const STAFF_TABLES: &[u8] = include_bytes!("../../style/staff-tables.css");

/// A file in one of its encodings.
pub struct Asset {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// `br`, `gzip`, or none for the file itself.
    pub encoding: Option<&'static str>,
    /// Its type, by its name.
    pub media_type: &'static str,
}

/// The names of the files that a page loads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PageFiles {
    /// The module that starts it.
    pub boot: String,
    /// What wasm-bindgen made to go with the WebAssembly.
    pub glue: String,
    /// The WebAssembly.
    pub wasm: String,
    /// The styles, in order.
    pub css: Vec<String>,
}

/// A built file, compressed as the client accepts.
#[must_use]
pub fn built(path: &str, accept_encoding: &str) -> Option<Asset> {
    encoded(path, accept_encoding, Built::get)
}

/// A file of the demo shop or an icon, compressed as the client accepts.
#[must_use]
pub fn public(path: &str) -> Option<Asset> {
    encoded(path, "", Public::get)
}

/// The script of the pages that letters lead to, and its name, which holds the hash of what is in it.
#[must_use]
pub fn letter_script() -> &'static (String, String) {
    static SCRIPT: LazyLock<(String, String)> = LazyLock::new(|| {
        let file = Public::get("letter.js").map(|file| file.data.into_owned());
        let script = file.and_then(|bytes| String::from_utf8(bytes).ok());
        let script = script.unwrap_or_default();
        (format!("letter-{}.js", short_hash(&script)), script)
    });
    &SCRIPT
}

/// The style of the pages that staff manage their work on, and its name, which holds the hash of what is in it.
#[must_use]
pub fn staff_style() -> &'static (String, String) {
    static STYLE: LazyLock<(String, String)> = LazyLock::new(|| {
        let style = [TOKENS, BASE, STAFF, STAFF_TABLES]
            .map(String::from_utf8_lossy)
            .concat();
        (format!("staff-{}.css", short_hash(&style)), style)
    });
    &STYLE
}

/// As much of the hash of a text as tells one version of a file from another.
fn short_hash(text: &str) -> String {
    let hash = Sha256::digest(text);
    let digits = hash.iter().take(4).map(|byte| format!("{byte:02x}"));
    digits.collect()
}

/// The colours and sizes that all pages share.
#[must_use]
pub fn tokens() -> Asset {
    Asset {
        bytes: TOKENS.into(),
        encoding: None,
        media_type: "text/css; charset=utf-8",
    }
}

/// The names of the files of the page `visitor` or `agent`; none if the pages were not built.
#[must_use]
pub fn page_files(page: &str) -> Option<PageFiles> {
    let file = Built::get(&format!("{page}/assets.json"))?;
    serde_json::from_slice(&file.data).ok()
}

/// The styles of the page `visitor` or `agent`, in one; none if the pages were not built.
#[must_use]
pub fn page_style(page: &str, files: &PageFiles) -> Option<String> {
    let sheets = files.css.iter().map(|name| {
        let file = Built::get(&format!("{page}/{name}"))?;
        String::from_utf8(file.data.into_owned()).ok()
    });
    sheets.collect()
}

/// The demo shop's help articles: names and Markdown.
#[must_use]
pub fn demo_articles() -> Vec<(String, String)> {
    Public::iter()
        .filter_map(|path| {
            let slug = path.strip_prefix("help/")?.strip_suffix(".md")?.to_owned();
            let markdown = String::from_utf8(Public::get(&path)?.data.into_owned()).ok()?;
            Some((slug, markdown))
        })
        .collect()
}

/// The tags of the languages that the visitor's page speaks.
pub fn locales() -> impl Iterator<Item = String> {
    Public::iter().filter_map(|path| {
        let tag = path.strip_prefix("locales/")?.strip_suffix(".json")?;
        Some(tag.to_owned())
    })
}

/// The file with a language's texts.
#[must_use]
pub fn locale(tag: &str) -> Option<String> {
    let file = Public::get(&format!("locales/{tag}.json"))?;
    String::from_utf8(file.data.into_owned()).ok()
}

fn encoded(
    path: &str,
    accept_encoding: &str,
    get: impl Fn(&str) -> Option<EmbeddedFile>,
) -> Option<Asset> {
    let media_type = media_type(path)?;
    for (encoding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(accept_encoding, encoding)
            && let Some(file) = get(&[path, ending].concat())
        {
            return Some(Asset {
                bytes: file.data,
                encoding: Some(encoding),
                media_type,
            });
        }
    }
    get(path).map(|file| Asset {
        bytes: file.data,
        encoding: None,
        media_type,
    })
}

/// Whether an `Accept-Encoding` names this encoding, and does not refuse it.
#[must_use]
pub fn accepts(accept_encoding: &str, encoding: &str) -> bool {
    accept_encoding.split(',').any(|part| {
        let mut parts = part.split(';').map(str::trim);
        parts.next() == Some(encoding)
            && !parts.any(|parameter| matches!(parameter, "q=0" | "q=0.0"))
    })
}

/// Only files of these types are served; `.br` and `.gz` files have no type of their own.
fn media_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        // Sources, to be read and not run.
        "ts" | "tsx" | "kt" | "swift" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_letters_is_there() {
        let (name, script) = letter_script();
        assert!(name.starts_with("letter-") && name.ends_with(".js"));
        assert!(script.contains("location.hash"), "{script}");
    }

    #[test]
    fn the_style_of_staff_is_named_by_what_is_in_it() {
        let (name, style) = staff_style();
        assert_eq!(*name, format!("staff-{}.css", short_hash(style)));
        for part in ["--target:", ".staff-nav"] {
            assert!(style.contains(part), "{part}");
        }
        assert_ne!(short_hash(style), short_hash(""));
    }

    #[test]
    fn the_demo_has_articles() {
        assert!(demo_articles().len() >= 15);
    }

    #[test]
    fn only_files_of_known_types_are_served() {
        assert!(public("help/returns.md").is_none());
        assert!(public("../Cargo.toml").is_none());
        assert!(public("demo/../../Cargo.lock").is_none());
    }
}
