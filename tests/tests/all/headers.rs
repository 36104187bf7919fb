//! B1, B2, B3, B6, B7: what the answers' headers allow, on every route. (The policies themselves are held to the word where
//! they are made.)

use human_please::telemetry;
use human_please_tests::http::{self, Answer};
use human_please_tests::server::{RIVAL, Server, Setup};
use hyper::Method;

/// Every route, and some that do not exist.
const ROUTES: [&str; 45] = [
    "/",
    "/embed.js",
    "/embed/words.js",
    "/assets/loader/panel.js",
    "/chat/shop",
    "/chat/shop/record",
    "/chat/nobody",
    "/agent",
    "/agent/team",
    "/agent/team/replies/new",
    "/agent/account",
    "/agent/work",
    "/agent/work/statement.csv?from=2026-11-23&to=2026-11-23",
    "/agent.webmanifest",
    "/agent-worker.js",
    "/demo",
    "/demo/shop.css",
    "/demo/nothing.css",
    "/icons/app.svg",
    "/favicon.ico",
    "/help/nothing",
    "/docs/embed",
    "/docs/nothing",
    "/docs/nothing.css",
    "/demo/webview",
    "/demo/webview/plain.html",
    "/demo/webview/nothing.kt",
    "/embed.d.ts",
    "/assets/staff/nothing.css",
    "/assets/theme/nothing.css",
    "/assets/visitor/nothing.js",
    "/assets/words/nothing.json",
    "/api/v1/agent/session",
    "/api/v1/agent/push",
    "/api/v1/agent/search",
    "/api/v1/agent/views",
    "/ws/visitor?site=shop",
    "/ws/agent",
    "/sse/visitor",
    "/sse/send",
    "/csp-reports",
    "/healthz",
    "/readyz",
    "/metrics",
    "/nothing",
];

const METHODS: [Method; 5] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::OPTIONS,
    Method::DELETE,
];

async fn over_tls() -> Server {
    let public_url = Some("https://chat.example".to_owned());
    Server::start(Setup {
        public_url,
        ..Setup::default()
    })
    .await
}

/// The directives of an answer's policy that begin with this name.
fn directive<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let policy = answer.header("content-security-policy")?;
    let mut directives = policy.split("; ");
    directives.find_map(|directive| directive.strip_prefix(name)?.strip_prefix(' '))
}

/// B7.
#[tokio::test]
async fn no_answer_may_be_read_by_other_sites_or_taken_for_another_type() {
    let server = over_tls().await;
    for path in ROUTES {
        for method in METHODS {
            for origin in ["https://evil.example", "https://shop.example", "null"] {
                let headers = [
                    ("origin", origin),
                    ("access-control-request-method", "POST"),
                ];
                let answer =
                    http::request(server.address, method.clone(), path, &headers, "").await;
                let what = format!("{method} {path} from {origin}");
                assert_eq!(
                    answer.header("x-content-type-options"),
                    Some("nosniff"),
                    "{what}"
                );
                assert_eq!(
                    answer.header("referrer-policy"),
                    Some("no-referrer"),
                    "{what}"
                );
                assert_eq!(
                    answer.header("strict-transport-security"),
                    Some("max-age=63072000"),
                    "{what}"
                );
                // The loader is the same for everybody: merchants' pages may load it with an integrity hash.
                let is_loader = path.starts_with("/embed.js")
                    || path.starts_with("/embed/")
                    || path.starts_with("/assets/loader/");
                let allowed = (is_loader && answer.status != 405).then_some("*");
                assert_eq!(
                    answer.header("access-control-allow-origin"),
                    allowed,
                    "{what}"
                );
                assert_eq!(
                    answer.header("access-control-allow-credentials"),
                    None,
                    "{what}"
                );
                assert!(answer.status < 500, "{what}: {}", answer.status);
                let is_api = path.starts_with("/api") || path.starts_with("/ws");
                assert!(
                    !is_api || !(300..400).contains(&answer.status),
                    "{what} leads elsewhere"
                );
            }
        }
    }
}

/// B7: a browser that was told so over a plain connection would not listen, and on a developer's machine it must not.
#[tokio::test]
async fn only_a_server_that_is_reached_by_tls_asks_to_be_reached_by_nothing_else() {
    let plain = Some("http://chat.example".to_owned());
    for public_url in [None, plain] {
        let server = Server::start(Setup {
            public_url,
            ..Setup::default()
        })
        .await;
        for path in ROUTES {
            let answer = http::get(server.address, path).await;
            assert_eq!(answer.header("strict-transport-security"), None, "{path}");
        }
    }
}

/// B2: nobody frames what no site has allowed, and one site's allowance is none of another's.
#[tokio::test]
async fn each_page_names_those_who_may_frame_it() {
    let server = over_tls().await;
    for (path, status, framed_by) in [
        ("/chat/shop", 200, "'self' https://shop.example"),
        ("/chat/nobody", 404, "'self'"),
        ("/chat/shop%22%3E", 404, "'self'"),
        ("/help/nothing", 404, "'self'"),
        ("/demo", 200, "'self'"),
        ("/agent", 200, "'none'"),
        ("/docs/embed", 200, "'none'"),
        ("/demo/webview", 200, "'none'"),
        ("/demo/webview/plain.html", 200, "'self'"),
    ] {
        let answer = http::get(server.address, path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(
            directive(&answer, "frame-ancestors"),
            Some(framed_by),
            "{path}"
        );
    }
    let rival = http::get(server.address, &format!("/chat/{RIVAL}")).await;
    assert_eq!(rival.status, 200);
    let ancestors = directive(&rival, "frame-ancestors").unwrap();
    assert!(!ancestors.contains("https://shop.example"), "{ancestors}");
    let foreign = [
        ("origin", "https://evil.example"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let refused = http::request(
        server.address,
        Method::POST,
        "/chat/shop",
        &foreign,
        "act=human",
    )
    .await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        directive(&refused, "frame-ancestors"),
        Some("'self' https://shop.example")
    );
}

/// B1, B3, B6: every page has the whole of it, and none has a word that undoes it.
#[tokio::test]
async fn every_page_asks_for_nothing_and_reports_what_was_stopped() {
    let server = over_tls().await;
    for path in [
        "/chat/shop",
        "/chat/nobody",
        "/agent",
        "/help/nothing",
        "/demo",
        "/docs/embed",
    ] {
        let page = http::get(server.address, path).await;
        assert!(
            page.header("content-type")
                .unwrap()
                .starts_with("text/html"),
            "{path}"
        );
        let policy = page.header("content-security-policy").unwrap();
        for weak in [
            "unsafe-inline",
            "'unsafe-eval'",
            "data:",
            "blob:",
            "*",
            "http:",
            "nonce",
        ] {
            assert!(!policy.contains(weak), "{weak} is in {policy}");
        }
        for (name, value) in [
            ("default-src", "'none'"),
            ("object-src", "'none'"),
            ("base-uri", "'none'"),
            ("report-uri", "/csp-reports"),
            ("report-to", "csp"),
        ] {
            assert_eq!(directive(&page, name), Some(value), "{path}");
        }
        assert_eq!(
            page.header("reporting-endpoints"),
            Some("csp=\"/csp-reports\"")
        );
        assert_eq!(
            page.header("permissions-policy"),
            Some(
                "accelerometer=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), \
                 display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), \
                 idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
                 picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
                 storage-access=(), usb=(), xr-spatial-tracking=()"
            ),
            "{path}"
        );
        let opener = (path == "/agent").then_some("same-origin");
        assert_eq!(page.header("cross-origin-opener-policy"), opener, "{path}");
    }
    for path in ["/chat/shop", "/agent"] {
        let page = http::get(server.address, path).await;
        assert_eq!(
            directive(&page, "require-trusted-types-for"),
            Some("'script'")
        );
        assert_eq!(directive(&page, "trusted-types"), Some("default"));
        assert_eq!(
            directive(&page, "connect-src"),
            Some("'self' wss://chat.example")
        );
    }
}

/// B1: the sink counts, keeps nothing of anybody, and takes no more than it must.
#[tokio::test]
async fn what_a_policy_has_stopped_is_counted_and_nothing_else_of_it_is_kept() {
    telemetry::count();
    let server = Server::start(Setup::default()).await;
    let report = |media_type: &'static str, body: String| {
        let address = server.address;
        async move {
            let headers = [("content-type", media_type)];
            http::request(address, Method::POST, "/csp-reports", &headers, &body)
                .await
                .status
        }
    };
    let body = r#"{"csp-report":{"effective-directive":"img-src","blocked-uri":"https://rumpelstilzchen.example/x?sam"}}"#;
    assert_eq!(report("application/csp-report", body.into()).await, 204);
    let bodies = r#"[{"type":"csp-violation","body":{"effectiveDirective":"stiltskin","blockedURL":"inline"}}]"#;
    assert_eq!(report("application/reports+json", bodies.into()).await, 204);
    // What a page of another site can send without being asked.
    assert_eq!(report("text/plain", body.into()).await, 415);
    assert_eq!(report("application/csp-report", "x".into()).await, 400);
    let long = " ".repeat(16 * 1024 + 1);
    assert_eq!(report("application/csp-report", long).await, 413);

    let metrics = http::get(server.address, "/metrics").await;
    for counted in ["img-src", "other"] {
        let line = format!("human_please_policy_breaches_total{{directive=\"{counted}\"}}");
        assert!(metrics.text().contains(&line), "{}", metrics.text());
    }
    for secret in ["rumpelstilzchen", "stiltskin", "sam"] {
        assert!(
            !metrics.text().contains(secret),
            "{secret} is in the metrics"
        );
    }
    let mut refused = 0;
    for _ in 0..150 {
        let status = report("application/csp-report", body.into()).await;
        assert!(matches!(status, 204 | 429), "{status}");
        refused += usize::from(status == 429);
    }
    assert!(refused > 0, "a flood is not read");
}
