//! Which files a page is made of. Trunk gives them names that hold their hash; the server and the size table learn those
//! names from `assets.json`, and the browser starts the page with the boot module that is written here.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::names::Halves;

/// What a page has beside its two halves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Modules<'a> {
    /// The module for visitors who look elsewhere while they wait.
    pub alerts: Option<&'a str>,
    /// The module for what is pressed before the page runs.
    pub first: Option<&'a str>,
    /// The address of a page that can be installed as an app.
    pub app: Option<&'a str>,
}

/// The files that a page loads, by their names in the page's folder.
#[derive(Debug, PartialEq, Eq)]
pub struct Assets {
    /// The module that the page's one script element names; it starts the rest.
    pub boot: String,
    /// What wasm-bindgen generated: the JavaScript half of the page.
    pub glue: String,
    /// The WebAssembly.
    pub wasm: String,
    /// The module for what is pressed before the page runs, on a page that has one.
    pub first: Option<String>,
    /// The style sheets, in order.
    pub css: Vec<String>,
    /// Modules that a page fetches only when it has a use for them.
    pub later: Vec<String>,
}

impl Assets {
    /// Those that a page loads at once, in the order in which it needs them.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.css
            .iter()
            .chain(&self.first)
            .chain([&self.boot, &self.glue, &self.wasm])
            .map(String::as_str)
    }

    /// Those, and those that may come later.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.files().chain(self.later.iter().map(String::as_str))
    }

    /// Reads a finished page's `assets.json`.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("assets.json");
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let document: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        let name = |key: &str| {
            let name = document[key]
                .as_str()
                .with_context(|| format!("{} has no {key}", path.display()));
            name.map(str::to_owned)
        };
        let names = |key: &str| {
            let names = document[key].as_array();
            let names = names.with_context(|| format!("{} has no {key}", path.display()))?;
            let names = names.iter().filter_map(Value::as_str);
            anyhow::Ok(names.map(str::to_owned).collect())
        };
        Ok(Self {
            boot: name("boot")?,
            glue: name("glue")?,
            wasm: name("wasm")?,
            first: document["first"].as_str().map(str::to_owned),
            css: names("css")?,
            later: names("later")?,
        })
    }

    /// Reads the names out of the html that Trunk wrote, whose script element is still the one that `Trunk.toml` asks for,
    /// has `shorten` make both halves smaller, writes the boot module, and has that element name it.
    pub fn from_trunk(
        folder: &Path,
        public_url: &str,
        modules: Modules<'_>,
        shorten: impl FnOnce(&Halves) -> Result<Halves>,
    ) -> Result<Self> {
        let path = folder.join("index.html");
        let html = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let html = without_comments(&html);
        let script = tags(&html, "script").find(|tag| attribute(tag, "data-glue").is_some());
        let script = script.with_context(|| {
            format!(
                "{} has no script element with data-glue: has pattern_script left Trunk.toml?",
                path.display()
            )
        })?;
        let name = |key: &str| {
            let name =
                attribute(script, key).with_context(|| format!("{} has no {key}", path.display()));
            name.map(str::to_owned)
        };
        let long = Halves {
            glue: name("data-glue")?,
            wasm: name("data-wasm")?,
        };
        let Halves { glue, wasm } = shorten(&long)?;
        let sheets = tags(&html, "link")
            .filter(|tag| attribute(tag, "rel") == Some("stylesheet"))
            .filter_map(|tag| attribute(tag, "href")?.strip_prefix(public_url));
        let css = vec![one_sheet(folder, sheets)?];

        let module = |name: &str, code: &str| {
            let file = format!("{name}-{:08x}.js", digest(code));
            fs::write(folder.join(&file), code)
                .with_context(|| format!("{file} cannot be written"))?;
            anyhow::Ok(file)
        };
        let Modules { alerts, first, app } = modules;
        let alerts = alerts.map(|code| module("alerts", code)).transpose()?;
        let first = first.map(|code| module("first", code)).transpose()?;
        let boot = module("boot", &boot_module(&glue, &wasm, alerts.as_deref(), app))?;
        let tag = |file: &str| format!("<script type=\"module\" src=\"{public_url}{file}\">");
        // The first one runs as soon as it is here: modules run in order, and the page's waits for more.
        let first_tag = first.as_deref().map(tag);
        let first_tag = first_tag.map(|tag| tag + "</script>").unwrap_or_default();
        let html = html.replace(script, &(first_tag + &tag(&boot)));
        let html = html.replace(&long.glue, &glue).replace(&long.wasm, &wasm);
        fs::write(&path, html).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Self {
            boot,
            glue,
            wasm,
            first,
            css,
            later: alerts.into_iter().collect(),
        })
    }

    /// Writes `assets.json`.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let Self {
            boot,
            glue,
            wasm,
            first,
            css,
            later,
        } = self;
        let document = json!({
            "boot": boot, "glue": glue, "wasm": wasm, "first": first, "css": css, "later": later
        });
        let path = folder.join("assets.json");
        fs::write(&path, format!("{document:#}\n"))
            .with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// Writes one style sheet in place of several, in their order: one request, and a tenth less to download, for what they
/// have in common is compressed together.
fn one_sheet<'a>(folder: &Path, sheets: impl Iterator<Item = &'a str>) -> Result<String> {
    let mut rules = String::new();
    for sheet in sheets {
        rules += &fs::read_to_string(folder.join(sheet))
            .with_context(|| format!("{sheet} cannot be read"))?;
        rules.push('\n');
    }
    let name = format!("style-{:08x}.css", digest(&rules));
    fs::write(folder.join(&name), rules).with_context(|| format!("{name} cannot be written"))?;
    Ok(name)
}

/// The module that starts a page. Of its own origin and without a line of inline script, so that
/// `script-src 'self' 'wasm-unsafe-eval'` is all that a page has to allow. The glue cannot find the WebAssembly by itself:
/// it knows it only by the name it had before Trunk put the hash in. A page that speaks several languages names the file
/// with its words; the WebAssembly looks for them on the window.
///
/// `alerts` is fetched once the page says that a person was asked for, and again when it says more if that fails: by another
/// address, for browsers remember modules that they could not get.
///
/// `app` is the address of a page that can be installed: its worker is registered once the page runs, so that the first look
/// waits for nothing of it. A browser that has no workers, or refuses this one, shows the page all the same.
fn boot_module(glue: &str, wasm: &str, alerts: Option<&str>, app: Option<&str>) -> String {
    let alerts = alerts.map_or_else(String::new, |file| {
        format!(
            "let tries=0,asked;const status=document.getElementById(\"status\"),look=()=>\
             asked||=/queue|agent/.test(status.dataset.holder)&&import(\"./{file}?\"+tries++).catch(()=>asked=0);\
             new MutationObserver(look).observe(status,{{attributes:true}});look();"
        )
    });
    let [policy, register] = app.map_or_else(Default::default, |page| {
        [
            format!(",createScriptURL:url=>url===\"{page}-worker.js\"?url:null"),
            format!(
                ".then(()=>navigator.serviceWorker?.register(\"{page}-worker.js\",{{scope:\"{page}\"}}).catch(()=>{{}}))"
            ),
        ]
    });
    format!(
        "import init from\"./{glue}\";\
         self.trustedTypes?.createPolicy(\"default\",{{{TEMPLATES_ONLY}{policy}}});\
         const wasm=fetch(new URL(\"./{wasm}\",import.meta.url)),words=document.documentElement.dataset.words;\
         if(words)window.humanPleaseWords=await(await fetch(words)).json();\
         init({{module_or_path:wasm}}){register};{alerts}\n"
    )
}

/// Leptos makes the fixed parts of a page from HTML templates, as plain strings. The pages require Trusted Types, and then
/// a browser takes such strings only through the policy named `default`. This one refuses whatever could run or load
/// something, which no template of ours holds; text that people wrote never comes this way. Strings for scripts it does not
/// speak of, nor of their addresses but for that of the page's own worker, so they are refused.
const TEMPLATES_ONLY: &str = r#"createHTML:html=>/<(?:base|embed|iframe|link|meta|object|script)|[\s"'/]on\w+\s*=|srcdoc|javascript:/i.test(html)?null:html"#;

/// Enough to name a file by: the name only has to change when the content does.
pub fn digest(content: &(impl Hash + ?Sized)) -> u32 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    // Half of it: every digit is a byte that every visitor downloads.
    (hasher.finish() >> 32) as u32
}

fn without_comments(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The opening tags of this name, from `<` to `>`. For html that Trunk has written: no `>` inside attribute values.
fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    html.match_indices('<').filter_map(move |(at, _)| {
        let tag = &html[at..];
        let after = tag[1..].strip_prefix(name)?;
        after
            .starts_with([' ', '\n', '\t', '>'])
            .then(|| tag.split_inclusive('>').next())?
    })
}

/// The value of an attribute, in quotes or, as minifiers leave them, without.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.match_indices(name).find_map(|(at, _)| {
        let value = tag[at + name.len()..].strip_prefix('=')?;
        tag[..at]
            .ends_with(|before: char| {
                before.is_ascii_whitespace() || before == '"' || before == '\''
            })
            .then_some(value)
    })?;
    match start.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next(),
        None => start.split([' ', '\n', '\t', '>']).next(),
    }
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    const HTML: &str = r#"<!DOCTYPE html><!-- <script data-glue="not-this.js"> --><html lang="en"><head>
<link rel="stylesheet" href="/assets/visitor/tokens-1a.css" integrity="sha384-x"/><link rel=stylesheet href=/assets/visitor/widget-2b.css>
<link rel="icon" href="/assets/visitor/icon-3c.svg">
<script type="module" src="/assets/visitor/boot.js" data-glue="visitor-4d.js" data-wasm=visitor-4d_bg.wasm></script></head><body></body></html>"#;

    #[test]
    fn a_page_is_finished_from_what_trunk_wrote() {
        let folder = env::temp_dir().join(format!("xtask-assets-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), HTML).unwrap();
        fs::write(folder.join("tokens-1a.css"), ":root{}").unwrap();
        fs::write(folder.join("widget-2b.css"), "p{}").unwrap();

        let assets = Assets::from_trunk(
            &folder,
            "/assets/visitor/",
            Modules {
                alerts: Some("alert();"),
                first: Some("first();"),
                app: None,
            },
            |long| {
                assert_eq!(long.glue, "visitor-4d.js");
                assert_eq!(long.wasm, "visitor-4d_bg.wasm");
                Ok(Halves {
                    glue: "visitor-5e.js".to_owned(),
                    wasm: "visitor-5e_bg.wasm".to_owned(),
                })
            },
        )
        .unwrap();
        assets.write(&folder).unwrap();
        let html = fs::read_to_string(folder.join("index.html")).unwrap();
        let boot = fs::read_to_string(folder.join(&assets.boot)).unwrap();
        let read_back = Assets::read(&folder).unwrap();
        let style = fs::read_to_string(folder.join(&assets.css[0])).unwrap();
        let later = fs::read_to_string(folder.join(&assets.later[0])).unwrap();
        let first = assets.first.clone().unwrap();
        let first_code = fs::read_to_string(folder.join(&first)).unwrap();
        fs::remove_dir_all(&folder).unwrap();

        assert_eq!(assets.glue, "visitor-5e.js");
        assert_eq!(assets.wasm, "visitor-5e_bg.wasm");
        assert_eq!(style, ":root{}\np{}\n", "one sheet, in the page's order");
        assert_eq!(assets.css.len(), 1);
        assert_eq!(later, "alert();");
        assert_eq!(first_code, "first();");
        assert_eq!(read_back, assets);
        assert!(
            html.contains(&format!(
                "<script type=\"module\" src=\"/assets/visitor/{first}\"></script>\
                 <script type=\"module\" src=\"/assets/visitor/{}\"></script>",
                assets.boot
            )),
            "{html}"
        );
        assert!(
            !html.contains("data-glue") && !html.contains("boot.js"),
            "{html}"
        );
        assert!(
            boot.contains("trustedTypes")
                && boot.contains("\"./visitor-5e.js\"")
                && boot.contains("\"./visitor-5e_bg.wasm\"")
                && boot.contains(&format!("import(\"./{}?\"", assets.later[0])),
            "{boot}"
        );
    }

    #[test]
    fn the_boot_modules_name_changes_with_what_it_starts() {
        let name = |wasm| digest(&boot_module("visitor-4d.js", wasm, None, None)[..]);
        assert_eq!(name("visitor-4d_bg.wasm"), name("visitor-4d_bg.wasm"));
        assert_ne!(name("visitor-4d_bg.wasm"), name("visitor-5e_bg.wasm"));
    }

    #[test]
    fn the_boot_modules_name_changes_with_what_is_fetched_later() {
        let boot = |alerts| boot_module("visitor-4d.js", "visitor-4d_bg.wasm", alerts, None);
        assert_ne!(boot(Some("alerts-1.js")), boot(Some("alerts-2.js")));
        assert!(!boot(None).contains("MutationObserver"));
    }

    #[test]
    fn only_a_page_that_is_an_app_registers_a_worker_and_no_other_script() {
        let boot = |app| boot_module("agent-4d.js", "agent-4d_bg.wasm", None, app);
        let app = boot(Some("/agent"));
        assert!(
            app.contains(r#"createScriptURL:url=>url==="/agent-worker.js"?url:null"#),
            "{app}"
        );
        assert!(
            app.contains(r#"register("/agent-worker.js",{scope:"/agent"})"#),
            "{app}"
        );
        assert!(!boot(None).contains("ScriptURL") && !boot(None).contains("serviceWorker"));
    }

    #[test]
    fn attributes_are_whole_names() {
        assert_eq!(
            attribute("<link data-href=\"no\" href='yes'>", "href"),
            Some("yes")
        );
        assert_eq!(attribute("<link href=yes>", "href"), Some("yes"));
        assert_eq!(
            attribute("<link rel=\"icon\"href=\"yes\">", "href"),
            Some("yes")
        );
        assert_eq!(attribute("<link rel=icon>", "href"), None);
    }
}
