//! What makes an app of the agents' page: its manifest, and its worker, which keeps the page's own files and nothing of anybody.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::policy;
use super::statics;
use crate::app::App;
use crate::assets::{self, PageFiles};
use crate::page::first_look::DESK;

/// Where it is without anything of anybody in it.
pub const SHELL: &str = "/agent?shell";

/// Where its files are.
const FILES: &str = "/assets/agent/";

/// The icons that the page, its app and its notices show.
const ICONS: [&str; 2] = ["/icons/app.svg", "/icons/app-180.png"];

/// What keeps its name while it changes, and is asked for again each time.
const NO_CACHE: &str = "no-cache";

/// What a browser asks before it offers to install the page.
pub async fn manifest() -> Response {
    statics::file(assets::public("agent.webmanifest"), NO_CACHE)
}

/// The page's worker, which begins with the list of the files that it keeps. The browser takes it for a new one when a byte of it
/// has changed, so it changes with every file.
pub async fn worker(State(app): State<Arc<App>>) -> Response {
    let worker = shell().zip(assets::public("agent-worker.js"));
    let worker = worker.map(|(shell, mut code)| {
        code.bytes = [shell.as_bytes(), &code.bytes].concat().into();
        code
    });
    let mut response = statics::file(worker, NO_CACHE);
    policy::apply(&mut response, &app.public_url, policy::Kind::Worker);
    response
}

/// The line that names the page's files and their version; none if the pages were not built.
fn shell() -> Option<String> {
    let page = assets::built("agent/index.html", "")?;
    let html = std::str::from_utf8(&page.bytes).ok()?;
    // What the page itself names, and what its first module starts.
    let named = html.split('"').filter(|it| it.starts_with(FILES));
    let PageFiles { glue, wasm, .. } = assets::page_files("agent")?;
    let started = [glue, wasm].map(|name| [FILES, &name].concat());
    let files: BTreeSet<&str> = named
        .chain(started.iter().map(String::as_str))
        .chain(ICONS)
        .collect();
    // The files' names change with what is in them; the page's does not.
    let mut digest = Sha256::new_with_prefix(html);
    for file in &files {
        digest.update(file);
    }
    let version = Base64UrlUnpadded::encode_string(&digest.finalize()[..9]);
    let shell = json!({ "version": version, "page": DESK, "shell": SHELL, "files": files });
    Some(format!("const SHELL = {shell};\n"))
}
