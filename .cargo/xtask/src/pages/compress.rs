//! Compressed copies beside the files that browsers load. Made once here, at the highest levels, rather than by the server
//! for each visitor.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use brotlic::{BrotliEncoderOptions, CompressionMode, CompressorWriter, Quality, WindowSize};
use flate2::{Compression, write::GzEncoder};

/// What is worth compressing; pictures and fonts are compressed already.
const EXTENSIONS: [&str; 8] = [
    "css",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// Writes a `.br` and a `.gz` beside every file in `folder` that is worth it.
pub fn folder(folder: &Path) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path)?;
        } else if is_worth_it(&path) {
            file(&path)?;
        }
    }
    Ok(())
}

/// How many bytes a file is once brotli has compressed it: its `.br` copy's size, or its own where it has none.
pub fn brotli_size(path: &Path) -> Result<u64> {
    let copy = with_ending(path, "br");
    let path = if copy.exists() { &copy } else { path };
    Ok(path
        .metadata()
        .with_context(|| format!("{} cannot be read", path.display()))?
        .len())
}

fn file(path: &Path) -> Result<()> {
    let content = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    write(&with_ending(path, "br"), &brotli(&content)?)?;
    write(&with_ending(path, "gz"), &gzip(&content)?)
}

/// The smallest of what brotli makes of it: which kind of content it had best be told of is seen only then. The highest
/// quality and the widest window: slow to make, and no slower to read. Google's own encoder, whose best is 90 bytes smaller
/// for the visitor's WebAssembly than that of the port to Rust (`brotli` 9.1).
fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut smallest: Option<Vec<u8>> = None;
    for mode in [CompressionMode::Generic, CompressionMode::Font] {
        let encoder = BrotliEncoderOptions::new()
            .mode(mode)
            .quality(Quality::best())
            .window_size(WindowSize::best())
            .size_hint(u32::try_from(content.len())?)
            .build()?;
        let mut writer = CompressorWriter::with_encoder(encoder, Vec::new());
        writer.write_all(content)?;
        let compressed = writer.into_inner().map_err(|e| e.into_error())?;
        if smallest
            .as_ref()
            .is_none_or(|smallest| compressed.len() < smallest.len())
        {
            smallest = Some(compressed);
        }
    }
    Ok(smallest.unwrap_or_default())
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    let written = File::create(path).and_then(|mut file| file.write_all(content));
    written.with_context(|| format!("{} cannot be written", path.display()))
}

fn is_worth_it(path: &Path) -> bool {
    // assets.json is read by the server at its start, and by nobody else.
    let ours = path.file_name().is_some_and(|name| name == "assets.json");
    !ours
        && path
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|extension| EXTENSIONS.contains(&extension))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_shrinks_is_compressed_and_no_copy_twice() {
        for name in [
            "visitor-1a.js",
            "visitor-1a_bg.wasm",
            "tokens-2b.css",
            "index.html",
            "icon.svg",
        ] {
            assert!(is_worth_it(Path::new(name)), "{name}");
        }
        for name in [
            "photo.jpg",
            "visitor-1a.js.br",
            "visitor-1a.js.gz",
            "assets.json",
            "LICENSE",
        ] {
            assert!(!is_worth_it(Path::new(name)), "{name}");
        }
        assert_eq!(
            with_ending(Path::new("a/embed.js"), "br"),
            Path::new("a/embed.js.br")
        );
    }

    #[test]
    fn compressed_copies_hold_the_same_bytes() {
        let content = b"a human, please. ".repeat(500);
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        let small = brotli(&content).unwrap();
        io::copy(
            &mut brotlic::DecompressorReader::new(small.as_slice()),
            &mut from_brotli,
        )
        .unwrap();
        io::copy(
            &mut flate2::read::GzDecoder::new(gzip(&content).unwrap().as_slice()),
            &mut from_gzip,
        )
        .unwrap();
        assert!(small.len() < content.len() / 20);
        assert_eq!(from_brotli, content);
        assert_eq!(from_gzip, content);
    }
}
