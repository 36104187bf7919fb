//! Shortens the names by which the two halves of a page, its WebAssembly and the glue, call each other. wasm-bindgen gives
//! them long ones that end in a hash, some 180, and every visitor would download each of them twice: 3 kB once compressed.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::assets::digest;
use crate::program::Program;

/// The features that the pages' html has `wasm-opt` allow, and what else the file needs nobody to read.
const OPTIONS: [&str; 9] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--minify-imports-and-exports-and-modules",
    "--strip-producers",
    "--strip-target-features",
];

/// What `wasm-opt` renames all modules to from which the WebAssembly imports.
const MODULE: &str = "a";

/// The two halves of a page, by the names of their files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halves {
    /// What wasm-bindgen generated: the JavaScript.
    pub glue: String,
    /// The WebAssembly.
    pub wasm: String,
}

/// Rewrites both halves in `folder`, in files that are named by what they hold: Trunk named the old ones by what they held
/// before, and one half's new names fit no other half.
pub fn shorten(folder: &Path, wasm_opt: &Path, halves: &Halves) -> Result<Halves> {
    let short = folder.join("short.wasm");
    let map = Program::new(wasm_opt)
        .args([folder.join(&halves.wasm)])
        .args(OPTIONS)
        .args([Path::new("--output"), &short])
        .read()?;
    let map: Value = serde_json::from_str(&map).context("what wasm-opt renamed is not JSON")?;
    let read =
        |file: &Path| fs::read(file).with_context(|| format!("{} cannot be read", file.display()));
    let glue = String::from_utf8(read(&folder.join(&halves.glue))?)?;
    let glue = renamed(glue, &map)?;
    let wasm = read(&short)?;

    let stem = halves.glue.split('-').next().unwrap_or_default();
    let stem = format!("{stem}-{:08x}", digest(&(&glue, &wasm)));
    let new = Halves {
        glue: format!("{stem}.js"),
        wasm: format!("{stem}_bg.wasm"),
    };
    for (file, content) in [(&new.glue, glue.as_bytes()), (&new.wasm, &wasm)] {
        fs::write(folder.join(file), content)
            .with_context(|| format!("{file} cannot be written"))?;
    }
    for file in [
        &folder.join(&halves.glue),
        &folder.join(&halves.wasm),
        &short,
    ] {
        fs::remove_file(file).with_context(|| format!("{} cannot be removed", file.display()))?;
    }
    Ok(new)
}

/// The glue with the names that `wasm-opt` tells of: `{"imports": [[module, name, short]], "exports": [[name, short]]}`.
///
/// # Errors
/// Something that the WebAssembly imports is not where wasm-bindgen used to put it: the page could not start.
fn renamed(mut glue: String, map: &Value) -> Result<String> {
    let names = |kind: &str| {
        let list = map[kind].as_array();
        let list = list.with_context(|| format!("wasm-opt told of no {kind}"))?;
        list.iter()
            .map(|names| {
                let names = names.as_array().into_iter().flatten();
                let names: Option<Vec<&str>> = names.map(Value::as_str).collect();
                names.with_context(|| format!("wasm-opt told of {kind} in another way"))
            })
            .collect::<Result<Vec<_>>>()
    };
    for import in names("imports")? {
        let [module, name, short] = import[..] else {
            anyhow::bail!("wasm-opt told of imports in another way");
        };
        glue = glue.replace(&format!("\"{module}\": "), &format!("\"{MODULE}\": "));
        let (old, new) = (format!(" {name}: "), format!(" {short}: "));
        ensure!(
            glue.matches(&old).count() == 1,
            "the glue does not give {name} as wasm-bindgen used to: see .cargo/xtask/src/pages/names.rs"
        );
        glue = glue.replace(&old, &new);
    }
    ensure!(
        glue.contains(&format!("\"{MODULE}\": ")),
        "the glue does not name its module as wasm-bindgen used to: see .cargo/xtask/src/pages/names.rs"
    );
    let mut exports = names("exports")?;
    // Some begin as others do.
    exports.sort_by_key(|export| std::cmp::Reverse(export[0].len()));
    for export in exports {
        let [name, short] = export[..] else {
            anyhow::bail!("wasm-opt told of exports in another way");
        };
        // In two steps: a short name may be the start of another's long one.
        glue = glue.replace(&format!("wasm.{name}"), &format!("wasm\0{short}"));
    }
    Ok(glue.replace("wasm\0", "wasm."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GLUE: &str = r#"        "./page_bg.js": {
        __wbg_call_1f: function(arg0) { wasm.__wbindgen_export(arg0); wasm.__wbindgen_export2(); },
        __wbg_focus_2e: function(arg0) { arg0.focus(wasm.memory.buffer); },"#;

    #[test]
    fn both_halves_call_each_other_by_the_short_names() {
        let map = json!({
            "imports": [["./page_bg.js", "__wbg_call_1f", "$"], ["./page_bg.js", "__wbg_focus_2e", "$a"]],
            "exports": [["memory", "b"], ["__wbindgen_export", "c"], ["__wbindgen_export2", "d"], ["unused", "e"]],
        });
        assert_eq!(
            renamed(GLUE.to_owned(), &map).unwrap(),
            r#"        "a": {
        $: function(arg0) { wasm.c(arg0); wasm.d(); },
        $a: function(arg0) { arg0.focus(wasm.b.buffer); },"#
        );
    }

    #[test]
    fn an_import_that_the_glue_does_not_give_fails_the_build() {
        let map = json!({"imports": [["./page_bg.js", "__wbg_gone_3d", "$"]], "exports": []});
        let error = renamed(GLUE.to_owned(), &map).unwrap_err();
        assert!(error.to_string().contains("__wbg_gone_3d"), "{error}");
        assert!(renamed(GLUE.to_owned(), &json!({})).is_err());
    }
}
