//! What the server answers on each URL: files, health, metrics. (What the conversation page shows is tested where it is made,
//! and headers are in `headers`.)

use human_please::{assets, telemetry};
use human_please_tests::bot;
use human_please_tests::http::{self, Answer};
use human_please_tests::server::{Server, Setup};
use hyper::Method;

#[tokio::test]
async fn a_file_that_a_page_loads_is_compressed_and_never_changes() {
    let server = Server::start(Setup::default()).await;
    for page in ["visitor", "agent"] {
        let files = assets::page_files(page).unwrap_or_else(|| {
            panic!("the {page} page is not built; build it with `cargo xtask pages`")
        });
        let mut names = vec![files.boot, files.glue, files.wasm];
        names.extend(files.css);
        for name in names {
            let path = if name.starts_with('/') {
                name
            } else {
                format!("/assets/{page}/{name}")
            };
            let plain = http::get(server.address, &path).await;
            assert_eq!(plain.status, 200, "{path}");
            assert_eq!(plain.header("content-encoding"), None);
            assert_eq!(
                plain.header("cache-control"),
                Some("public, max-age=31536000, immutable")
            );
            assert_eq!(plain.header("vary"), Some("accept-encoding"));
            for encoding in ["br", "gzip"] {
                let small = accepting(&server, &path, encoding).await;
                assert_eq!(small.header("content-encoding"), Some(encoding), "{path}");
                assert_eq!(small.header("content-type"), plain.header("content-type"));
                assert!(small.body.len() < plain.body.len(), "{path}");
            }
            let best = accepting(&server, &path, "gzip, deflate, br;q=1.0").await;
            assert_eq!(best.header("content-encoding"), Some("br"));
            let none = accepting(&server, &path, "br;q=0, identity").await;
            assert_eq!(none.header("content-encoding"), None);
        }
    }
}

async fn accepting(server: &Server, path: &str, encoding: &str) -> Answer {
    http::request(
        server.address,
        Method::GET,
        path,
        &[("accept-encoding", encoding)],
        "",
    )
    .await
}

#[tokio::test]
async fn the_loader_can_be_loaded_by_any_shop_and_is_fresh_within_minutes() {
    let server = Server::start(Setup::default()).await;
    let loader = http::get(server.address, "/embed.js").await;
    assert_eq!(loader.status, 200);
    assert_eq!(
        loader.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(loader.header("access-control-allow-origin"), Some("*"));
    assert_eq!(loader.header("cache-control"), Some("public, max-age=300"));
    assert_eq!(loader.header("set-cookie"), None);
}

/// B1, B6.
#[tokio::test]
async fn the_documents_are_pages_with_a_strict_policy_and_the_types_are_text() {
    let server = Server::start(Setup::default()).await;
    for (path, ancestors) in [
        ("/docs/embed", "'none'"),
        ("/docs/storage", "'none'"),
        ("/docs/accessibility", "'none'"),
        ("/demo/webview", "'none'"),
        ("/demo/webview/plain.html", "'self'"),
    ] {
        let page = http::get(server.address, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(page.header("set-cookie"), None);
        assert!(page.header("permissions-policy").is_some());
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; frame-src 'self'; "),
            "{policy}"
        );
        assert!(
            policy.ends_with(&format!("frame-ancestors {ancestors}")),
            "{policy}"
        );
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{policy}"
        );
        let html = page.text();
        for inline in [
            "<style",
            " style=\"",
            " onclick=",
            "javascript:",
            "<!--reach",
            "<!--source",
        ] {
            assert!(!html.contains(inline), "{inline} is in {path}");
        }
    }
    for path in [
        "/embed.d.ts",
        "/demo/webview/ios.swift",
        "/demo/webview/android.kt",
        "/demo/webview/react-native.tsx",
    ] {
        let source = http::get(server.address, path).await;
        assert_eq!(source.status, 200, "{path}");
        assert_eq!(
            source.header("content-type"),
            Some("text/plain; charset=utf-8"),
            "{path}"
        );
        // What is shown is what is there, as text.
        let line = source.text().lines().next().unwrap_or_default().to_owned();
        let shown = http::get(server.address, "/demo/webview").await;
        let shown = shown.text();
        assert!(
            path == "/embed.d.ts" || shown.contains(&line),
            "{path}: {line}"
        );
    }
    let tokens = http::get(server.address, "/docs/tokens.css").await;
    assert_eq!(
        tokens.header("content-type"),
        Some("text/css; charset=utf-8")
    );
}

/// S1, and whom to tell of a problem.
#[tokio::test]
async fn a_document_names_the_contact_of_the_shop_that_it_was_opened_from() {
    let server = Server::start(Setup::default()).await;
    for path in ["/docs/accessibility", "/docs/storage"] {
        let known = http::get(server.address, &format!("{path}?site=shop")).await;
        assert!(
            known
                .text()
                .contains("Write to The shop: <a href=\"mailto:hello@shop.example\""),
            "{}",
            known.text()
        );
        let unknown = http::get(server.address, &format!("{path}?site=%3Cscript%3E")).await;
        assert!(
            unknown
                .text()
                .contains("write to the shop whose chat it is"),
            "{}",
            unknown.text()
        );
        assert!(!unknown.text().contains("script>"), "{}", unknown.text());
    }
}

#[tokio::test]
async fn the_loader_speaks_the_language_that_is_asked_for_then_the_browsers_then_english() {
    let server = Server::start(Setup::default()).await;
    for (path, browser, spoken) in [
        ("/embed.js", "", "en"),
        ("/embed.js", "tlh, en-GB;q=0.8", "en"),
        ("/embed.js", "en;q=0.7, ca-ES", "ca"),
        ("/embed.js?locale=zh-TW", "en", "zh-Hant"),
        ("/embed/words.js?locale=ar", "en", "ar"),
        ("/embed.js?locale=en-US", "tlh", "en"),
        ("/embed.js?locale=%ff", "", "en"),
        ("/embed.js?locale=..%2f..%2fvisitor%2fassets", "", "en"),
        ("/embed/words.js?locale=en", "", "en"),
        ("/embed/words.js?locale=tlh", "", "en"),
    ] {
        let headers = [("accept-language", browser), ("accept-encoding", "br")];
        let answer = http::request(server.address, Method::GET, path, &headers, "").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-language"), Some(spoken), "{path}");
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.header("content-encoding"), Some("br"), "{path}");
        assert_eq!(
            answer.header("vary"),
            Some("accept-encoding, accept-language")
        );
    }
    let words = http::get(server.address, "/embed/words.js?locale=en").await;
    assert!(words.text().contains("Human please"), "{}", words.text());
}

/// S19: what the loader names by its hash never changes, and a loader of an earlier version is not left alone.
#[tokio::test]
async fn the_loaders_other_half_is_immutable_by_its_hash_and_fresh_by_any_other() {
    let server = Server::start(Setup::default()).await;
    let loader = http::get(server.address, "/embed.js?locale=en").await;
    let loader = loader.text();
    let start = loader
        .find("panel-")
        .expect("the loader names its other half");
    let name = &loader[start..start + "panel-0123456789abcdef.js".len()];
    let named = http::get(server.address, &format!("/assets/loader/{name}?0")).await;
    assert_eq!(named.status, 200, "{name}");
    assert_eq!(
        named.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(named.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        named.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    for other in ["panel.js", "panel-0123456789abcdef.js"] {
        let answer = http::get(server.address, &format!("/assets/loader/{other}")).await;
        assert_eq!(answer.status, 200, "{other}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{other}");
        assert_eq!(answer.text(), named.text(), "{other}");
    }
    let small = accepting(&server, &format!("/assets/loader/{name}"), "br").await;
    assert_eq!(small.header("content-encoding"), Some("br"));
}

#[tokio::test]
async fn no_path_leads_out_of_the_folders_that_are_served() {
    let server = Server::start(Setup::default()).await;
    for path in [
        "/demo/../../Cargo.toml",
        "/demo/..%2f..%2fCargo.toml",
        "/demo/%2e%2e/help/returns.md",
        "/assets/visitor/..%2f..%2fpublic%2fdemo%2findex.html",
        "/assets/visitor/index.html",
        "/assets/loader/embed-en.js",
        "/assets/loader/loader.stamp",
        "/assets/loader/panel-..%2f..%2fvisitor%2fassets.json",
        "/assets/..%2fvisitor/assets.json",
        "/icons/..%2fdemo%2findex.html",
        "/demo/index.html",
        "/docs/embed.html",
        "/docs/..%2fdemo%2findex",
        "/docs/..%2f..%2fCargo.toml",
        "/demo/webview/index.html",
        "/demo/webview/..%2findex.html",
        "/demo/index.html.br",
    ] {
        let answer = http::get(server.address, path).await;
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_server_says_whether_it_lives_and_whether_it_can_work() {
    let server = Server::start(Setup::default()).await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(http::get(server.address, path).await.status, 200);
    }
    // The store is closed under it, as by a broken disk.
    server.service.store().close().await;
    assert_eq!(http::get(server.address, "/healthz").await.status, 200);
    assert_eq!(http::get(server.address, "/readyz").await.status, 503);
}

/// P10.
#[tokio::test]
async fn metrics_count_and_name_nobody() {
    telemetry::count();
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    visitor
        .say("A word that nobody counts: Rumpelstilzchen")
        .await;
    visitor.human().await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(visitor.welcome.conversation).await;
    ana.reply(visitor.welcome.conversation, "Gesundheit").await;
    let answer = http::get(server.address, "/metrics").await;
    let text = answer.text();
    for counted in [
        "human_please_commands_total",
        "human_please_commits_total",
        "human_please_connections",
    ] {
        assert!(text.contains(counted), "{counted} is missing from:\n{text}");
    }
    let conversation = visitor.welcome.conversation.to_string();
    let agent = ana.welcome.me.id.to_string();
    for secret in [
        "Rumpelstilzchen",
        "Gesundheit",
        "Ana",
        "ana@",
        "127.0.0.1",
        &conversation,
        &agent,
        &visitor.token.0,
    ] {
        assert!(!text.contains(secret), "{secret} is in the metrics");
    }
}
