//! The loader: one small script for each language, with that language's words and the name of the second script inside;
//! each language's words alone; and the second script, under a name that holds its hash.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{compress, only_build, stamp};
use crate::{
    place::Place,
    program::Program,
    steps::step,
    tools::{self, PageTools},
};

/// The language whose words stand in `public/embed.js` itself.
const ORIGINAL: &str = "en";

/// What every launcher says before anything is opened, by its name in a catalogue.
const WORDS: [&str; 5] = [
    "human_please",
    "support_chat",
    "open_chat",
    "close_chat",
    "chat_not_ready",
];

/// In the words alone, not in the loader: what only a launcher says whose visitor has opened the chat; and what a loader of
/// an earlier version, in a page that was opened before the server was renewed, called its launcher.
const LATER_WORDS: [&str; 2] = ["open_chat_unread", "support"];

/// The languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 4] = ["ar", "fa", "he", "ur"];

/// Builds all of it into `dist/loader/`, from `public/embed.js`, `public/panel.js` and the catalogues in `public/locales/`,
/// unless nothing of that has changed.
pub fn build(place: &Place) -> Result<()> {
    if is_up_to_date(place)? {
        return Ok(());
    }
    let _lock = only_build(place)?;
    let tools = tools::for_pages(place)?;
    step("building the loader", || {
        let folder = folder(place);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("{} cannot be emptied", folder.display()))?;
        }
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let panel = build_panel(place, &tools, &folder)?;
        build_languages(place, &tools, &folder, &panel)?;
        compress::folder(&folder)?;
        write(&stamp_file(place), &stamp::of_loader(place)?)
    })
}

/// Whether [`build`] has nothing left to do.
pub fn is_up_to_date(place: &Place) -> Result<bool> {
    let stamp = stamp::of_loader(place)?;
    Ok(fs::read_to_string(stamp_file(place)).is_ok_and(|previous| previous == stamp))
}

/// Where a finished build leaves its stamp. It goes when the folder is emptied.
fn stamp_file(place: &Place) -> PathBuf {
    folder(place).join("loader.stamp")
}

/// Where it is built.
pub fn folder(place: &Place) -> PathBuf {
    place.dist().join("loader")
}

/// The loader in English, and in the language in which it is largest once it is compressed.
pub fn english_and_largest(place: &Place) -> Result<(PathBuf, PathBuf)> {
    let files = named(place, "embed-")?;
    let mut largest = (0, folder(place).join("embed-en.js"));
    for file in files {
        let size = compress::brotli_size(&file)?;
        if size > largest.0 {
            largest = (size, file);
        }
    }
    Ok((folder(place).join("embed-en.js"), largest.1))
}

/// The second script, by the name that holds its hash.
pub fn panel(place: &Place) -> Result<PathBuf> {
    let mut files = named(place, "panel-")?;
    files
        .pop()
        .context("dist/loader has no panel-….js: build the pages again")
}

/// The scripts whose name begins like this.
fn named(place: &Place, start: &str) -> Result<Vec<PathBuf>> {
    let folder = folder(place);
    let entries =
        fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(start) && name.ends_with(".js") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The second script as the loader names it.
struct Panel {
    file: String,
    integrity: String,
}

/// Twice: under a name that changes with what is in it, and under the plain one, for loaders of an earlier build.
fn build_panel(place: &Place, tools: &PageTools, folder: &Path) -> Result<Panel> {
    let source = read(&place.root.join("public/panel.js"))?;
    let plain = folder.join("panel.js");
    write(&plain, &source)?;
    minify(tools, folder, std::slice::from_ref(&plain))?;
    let script = read(&plain)?;
    let digest = Sha256::digest(&script);
    let hash: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let file = format!("panel-{hash}.js");
    write(&folder.join(&file), &script)?;
    Ok(Panel {
        file,
        integrity: format!("sha256-{}", base64(&digest)),
    })
}

fn build_languages(place: &Place, tools: &PageTools, folder: &Path, panel: &Panel) -> Result<()> {
    let source = read(&place.root.join("public/embed.js"))?;
    let source = stamp(
        &source,
        "const panelFile = \"panel.js\";",
        &format!("const panelFile = {};", json!(panel.file)),
    )?;
    let source = stamp(
        &source,
        "const panelIntegrity = \"\";",
        &format!("const panelIntegrity = {};", json!(panel.integrity)),
    )?;
    let source = without_line_ends(&source)?;
    let mut scripts = Vec::new();
    for (tag, catalogue) in catalogues(place)? {
        let script = folder.join(format!("embed-{tag}.js"));
        let words = words(&tag, &catalogue, &WORDS)?;
        write(&script, &with_words(&source, &words)?)?;
        scripts.push(script);
        let alone = folder.join(format!("words-{tag}.js"));
        let mut all = words;
        all.extend(self::words(&tag, &catalogue, &LATER_WORDS)?);
        write(&alone, &format!("export default {};\n", Value::Object(all)))?;
        scripts.push(alone);
    }
    minify(tools, folder, &scripts)
}

/// The catalogues by their languages' tags.
fn catalogues(place: &Place) -> Result<Vec<(String, Value)>> {
    let folder = place.root.join("public/locales");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut catalogues = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let Some(tag) = path
            .file_name()
            .and_then(|name| name.to_str()?.strip_suffix(".json"))
        else {
            continue;
        };
        let catalogue = serde_json::from_str(&read(&path)?)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        catalogues.push((tag.to_owned(), catalogue));
    }
    catalogues.sort_by(|(one, _), (other, _)| one.cmp(other));
    if !catalogues.iter().any(|(tag, _)| tag == ORIGINAL) {
        bail!("{} has no {ORIGINAL}.json", folder.display());
    }
    Ok(catalogues)
}

/// What a launcher says in one language, with the language itself and its direction. A catalogue has it in sections.
fn words(tag: &str, catalogue: &Value, names: &[&str]) -> Result<Map<String, Value>> {
    let mut words = Map::new();
    words.insert("locale".into(), tag.into());
    let direction = if RIGHT_TO_LEFT.contains(&tag) {
        "rtl"
    } else {
        "ltr"
    };
    words.insert("dir".into(), direction.into());
    for &name in names {
        let sections = catalogue.as_object().into_iter().flat_map(Map::values);
        let word = sections
            .filter_map(|section| section.get(name))
            .chain(catalogue.get(name))
            .next()
            .with_context(|| format!("public/locales/{tag}.json has no {name}"))?;
        words.insert(name.into(), word.clone());
    }
    Ok(words)
}

/// The loader with these words in the place of its own.
fn with_words(source: &str, words: &Map<String, Value>) -> Result<String> {
    const START: &str = "const english = {\n";
    const END: &str = "\n  };\n";
    let parts = source.split_once(START).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) = parts
        .context("public/embed.js has no `const english = {…};` for the words of a language")?;
    let words = Value::Object(words.clone());
    Ok(format!("{before}const english = {words};\n{after}"))
}

/// Puts what only a build knows into a script.
fn stamp(source: &str, place: &str, known: &str) -> Result<String> {
    if source.matches(place).count() != 1 {
        bail!(
            "public/embed.js or public/panel.js has lost its line `{place}`, where the build puts what it knows"
        );
    }
    Ok(source.replace(place, known))
}

/// The loader with its style on one line: it is a text to esbuild, which leaves texts as they are.
fn without_line_ends(source: &str) -> Result<String> {
    let parts = source
        .split_once("const css = `")
        .and_then(|(before, rest)| {
            let (style, after) = rest.split_once("`;")?;
            Some((before, style.replace('\n', ""), after))
        });
    let (before, style, after) =
        parts.context("public/embed.js has no `const css = `…`;` for the launcher's style")?;
    Ok(format!("{before}const css = `{style}`;{after}"))
}

fn minify(tools: &PageTools, folder: &Path, scripts: &[PathBuf]) -> Result<()> {
    Program::new(&tools.esbuild)
        .args(scripts)
        .args([
            "--minify",
            "--charset=utf8",
            "--allow-overwrite",
            "--log-level=warning",
        ])
        .args([format!("--outdir={}", folder.display())])
        .advise("look above for the first error: it is of public/embed.js or public/panel.js")
        .work()
}

/// RFC 4648, section 4, as an `integrity` attribute wants it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| {
            bits << 8 | usize::from(three.get(at).copied().unwrap_or(0))
        });
        for at in 0..4 {
            let letter = LETTERS[bits >> (18 - 6 * at) & 63];
            text.push(if at > three.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    text
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_launcher_has_its_languages_words_from_every_section_and_knows_its_direction() {
        let catalogue = json!({
            "language": "العربية",
            "page": { "human_please": "شخص من فضلك" },
            "loader": { "open_chat": "فتح الدردشة" },
        });
        let found = words("ar", &catalogue, &["human_please", "open_chat"]).unwrap();
        assert_eq!(
            Value::Object(found),
            json!({ "locale": "ar", "dir": "rtl", "human_please": "شخص من فضلك", "open_chat": "فتح الدردشة" })
        );
        let missing = words("ar", &catalogue, &["support"]).unwrap_err();
        assert_eq!(missing.to_string(), "public/locales/ar.json has no support");
    }

    #[test]
    fn words_take_the_place_of_the_english_ones() {
        let source = "a\n  const english = {\n    open_chat: \"Open chat\",\n  };\n  b\n";
        let catalogue = json!({ "open_chat": "Chat öffnen" });
        let words = words("de", &catalogue, &["open_chat"]).unwrap();
        assert_eq!(
            with_words(source, &words).unwrap(),
            "a\n  const english = {\"dir\":\"ltr\",\"locale\":\"de\",\"open_chat\":\"Chat öffnen\"};\n  b\n"
        );
        assert!(with_words("no such place", &words).is_err());
    }

    #[test]
    fn the_style_is_on_one_line_and_nothing_else_is() {
        let source = "a;\nconst css = `\np{margin:0 1px}\nb{top:0}`;\nb;\n";
        assert_eq!(
            without_line_ends(source).unwrap(),
            "a;\nconst css = `p{margin:0 1px}b{top:0}`;\nb;\n"
        );
        assert!(without_line_ends("no such place").is_err());
    }

    #[test]
    fn what_only_the_build_knows_has_one_place() {
        assert_eq!(stamp("let a = 1;", "1", "2").unwrap(), "let a = 2;");
        assert!(stamp("let a = 11;", "1", "2").is_err());
        assert!(stamp("let a = 3;", "1", "2").is_err());
    }

    #[test]
    fn base64_is_as_in_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
