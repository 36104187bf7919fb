//! The agents' page as an app: what a browser is told of it, and which files its worker keeps.

use human_please_tests::http;
use human_please_tests::server::{Server, Setup};
use serde_json::{Value, json};

/// What the worker is told of its files: the line above its code.
fn shell(worker: &str) -> Value {
    let (line, code) = worker.split_once('\n').unwrap();
    assert!(code.starts_with("// The worker of the agents' page"));
    let shell = line
        .strip_prefix("const SHELL = ")
        .and_then(|it| it.strip_suffix(';'));
    serde_json::from_str(shell.unwrap()).unwrap()
}

#[tokio::test]
async fn the_agents_page_can_be_installed() {
    let server = Server::start(Setup::default()).await;
    let page = http::get(server.address, "/agent").await;
    for link in [
        r#"<link rel="manifest" href="/agent.webmanifest">"#,
        r#"<link rel="apple-touch-icon" href="/icons/app-180.png">"#,
    ] {
        assert!(page.text().contains(link), "{}", page.text());
    }
    let manifest = http::get(server.address, "/agent.webmanifest").await;
    assert_eq!(
        manifest.header("content-type"),
        Some("application/manifest+json")
    );
    assert_eq!(manifest.header("cache-control"), Some("no-cache"));
    let manifest = manifest.json();
    for (key, value) in [
        ("id", "/agent"),
        ("start_url", "/agent"),
        ("scope", "/agent"),
        ("display", "standalone"),
    ] {
        assert_eq!(manifest[key], json!(value), "{key}");
    }
    let icons = manifest["icons"].as_array().unwrap();
    let purposes: Vec<_> = icons.iter().map(|icon| &icon["purpose"]).collect();
    assert!(purposes.contains(&&json!("maskable")) && purposes.contains(&&json!("any")));
    for icon in icons {
        let answer = http::get(server.address, icon["src"].as_str().unwrap()).await;
        assert_eq!(answer.status, 200, "{icon}");
        assert_eq!(answer.header("content-type"), icon["type"].as_str());
    }
}

/// P8: what is kept of the page has nothing of anybody in it.
#[tokio::test]
async fn the_worker_keeps_the_pages_own_files_and_no_others() {
    let server = Server::start(Setup::default()).await;
    let worker = http::get(server.address, "/agent-worker.js").await;
    assert_eq!(worker.status, 200, "{}", worker.text());
    assert_eq!(
        worker.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(worker.header("cache-control"), Some("no-cache"));
    assert_eq!(
        worker.header("service-worker-allowed"),
        None,
        "it needs no wider scope"
    );
    let policy = worker.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; connect-src 'self'; "),
        "{policy}"
    );
    let shell = shell(worker.text());
    assert_eq!(shell["page"], json!("/agent"));
    assert_eq!(shell["version"].as_str().unwrap().len(), 12);
    let files: Vec<&str> = shell["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    for file in &files {
        assert!(
            file.starts_with("/assets/agent/") || file.starts_with("/icons/"),
            "{file}"
        );
        assert_eq!(http::get(server.address, file).await.status, 200, "{file}");
    }
    for ending in [".wasm", ".css", ".js", ".svg", ".png"] {
        assert!(
            files.iter().any(|it| it.ends_with(ending)),
            "{ending}: {files:?}"
        );
    }
    // All that the page names is among them.
    let page = http::get(server.address, "/agent").await;
    let html = page.text();
    let named = html.split('"').filter(|it| it.starts_with("/assets/"));
    for file in named {
        assert!(files.contains(&file), "{file}");
    }
}
