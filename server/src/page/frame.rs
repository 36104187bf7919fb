//! What is around every page: the document, its head, and the files it loads.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::address::Scheme;
use super::theme::Theme;
use crate::assets::PageFiles;
use crate::languages::Language;

/// Where the visitor page's built files are served.
const FILES: &str = "/assets/visitor/";

/// Where the styles of shops' own looks are served.
const THEMES: &str = "/assets/theme/";

/// Where the script's words are served.
const WORDS: &str = "/assets/words/";

/// The icon's path for a person; for nothing else.
pub const SMILE: &str =
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.2 14.2a4.5 4.5 0 0 0 7.6 0M9 9.5v.01M15 9.5v.01";

/// The icon's path for closing something.
pub const CLOSE: &str = "M6 6l12 12M18 6 6 18";

/// What a document says of itself.
pub struct Document<'a> {
    /// The language that its words are in.
    pub language: &'a Language,
    /// The colours that were asked for.
    pub scheme: Option<Scheme>,
    /// The shop's own look.
    pub theme: Theme,
    /// Its title.
    pub title: &'a str,
    /// What it is made of; none if the pages were not built, and then it has no style.
    pub files: Option<&'a PageFiles>,
    /// The style that is in it; without it the document loads the files with its styles.
    pub style: Option<&'a str>,
    /// Whether it loads the script that takes it over.
    pub has_script: bool,
}

impl Document<'_> {
    /// The document around a `<body>`.
    pub fn around(&self, body: &Markup) -> String {
        let scheme = self.scheme.unwrap_or(Scheme::Auto).name();
        let has_script = self.has_script && self.files.is_some();
        let words = has_script.then(|| [WORDS, &self.language.script_words().name].concat());
        let document = html! {
            (DOCTYPE)
            html lang=(self.language.variety()) dir=(self.language.direction()) data-color-scheme=(scheme) data-words=[&words] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";
                    meta name="color-scheme" content="light dark";
                    // Under no-referrer, which our answers say by default, a browser names no origin with a form that
                    // it posts, and that name is what tells our own page from a forgery. Other sites learn nothing
                    // under this either.
                    meta name="referrer" content="same-origin";
                    title { (self.title) }
                    link rel="icon" href="/icons/app.svg";
                    @if let Some(files) = self.files {
                        @match self.style {
                            Some(style) => style { (PreEscaped(style)) },
                            None => {
                                (styles(files))
                                @if let Some(name) = self.theme.file_name() {
                                    link rel="stylesheet" href={ (THEMES) (name) };
                                }
                            }
                        }
                        @if let Some(words) = &words { (script(files, words)) }
                    }
                }
                (body)
            }
        };
        document.into_string()
    }
}

fn styles(files: &PageFiles) -> Markup {
    html! {
        @for name in &files.css {
            link rel="stylesheet" href={ (FILES) (name) };
        }
    }
}

fn script(files: &PageFiles, words: &str) -> Markup {
    html! {
        // The small ones first: then the WebAssembly, which is nearly all there is to load, is compiled as it comes.
        script type="module" src={ (FILES) (files.boot) } {}
        // Without these the browser would learn of each file only from the one before it.
        link rel="modulepreload" href={ (FILES) (files.glue) };
        link rel="preload" href=(words) as="fetch" crossorigin;
        link rel="preload" href={ (FILES) (files.wasm) } as="fetch" crossorigin;
    }
}

/// An icon. It is not read out: the words beside it are.
pub fn icon(class: &str, path: &str) -> Markup {
    html! {
        svg class=(class) viewBox="0 0 24 24" aria-hidden="true" { path d=(path) {} }
    }
}
