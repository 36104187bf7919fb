//! S3, S12: what agents' browsers may tell the server of where notices go, and what nobody may.

use super::*;

#[tokio::test]
async fn only_whoever_is_signed_in_subscribes_and_only_from_our_own_page() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::new();
    let body = browser.subscription();
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        for session in ["", "x", &"0".repeat(64)] {
            // Whoever is not signed in does not learn what a good body is either.
            for body in [&body, &json!({})] {
                let answer = ask(&server, session, method.clone(), body).await;
                assert_eq!(answer.status, 401, "{method}");
                assert_eq!(answer.json()["code"], json!("signed_out"));
            }
        }
    }
    let cookie = format!("human-please-agent={}", server.session("Ana").await);
    for origin in ["https://shop.example", "https://evil.example", "null"] {
        let headers = [
            ("origin", origin),
            ("content-type", "application/json"),
            ("cookie", &cookie),
        ];
        for method in [Method::PUT, Method::DELETE] {
            let body = body.to_string();
            let answer = http::request(server.address, method, PUSH, &headers, &body).await;
            assert_eq!(answer.status, 403, "{origin}");
            assert_eq!(answer.json()["code"], json!("foreign_origin"));
        }
    }
    assert_eq!(subscriptions(&server, "Ana").await, []);
}

#[tokio::test]
async fn what_is_no_subscription_is_told_what_one_is() {
    let server = Server::start(Setup::default()).await;
    let session = server.session("Ana").await;
    let good = Browser::new().subscription();
    let with = |path: &[&str], value: Value| {
        let mut body = good.clone();
        let place = path.iter().fold(&mut body, |it, key| &mut it[key]);
        *place = value;
        body
    };
    for (body, code) in [
        (json!(null), "malformed"),
        (json!({}), "malformed"),
        (json!([]), "malformed"),
        (json!({ "endpoint": good["endpoint"] }), "malformed"),
        (with(&["keys"], json!({ "auth": "x" })), "malformed"),
        (with(&["endpoint"], json!(7)), "malformed"),
        (with(&["agent"], json!("ben")), "malformed"),
        (with(&["expirationTime"], json!(null)), "malformed"),
        (with(&["keys", "more"], json!("x")), "malformed"),
        (with(&["keys", "p256dh"], json!("")), "bad_keys"),
        (with(&["keys", "p256dh"], json!("BAAA")), "bad_keys"),
        (with(&["keys", "auth"], json!("AAAA")), "bad_keys"),
        (
            with(&["keys", "auth"], json!("x".repeat(5_000))),
            "bad_keys",
        ),
    ] {
        let answer = ask(&server, &session, Method::PUT, &body).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.json()["code"], json!(code), "{body}");
        assert!(!answer.json()["detail"].as_str().unwrap().is_empty());
    }
    for body in [json!({}), good.clone(), json!({ "endpoint": 1 })] {
        let answer = ask(&server, &session, Method::DELETE, &body).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.json()["code"], json!("malformed"), "{body}");
    }
    let cookie = format!("human-please-agent={session}");
    let untold = [("cookie", cookie.as_str())];
    let body = good.to_string();
    let answer = http::request(server.address, Method::PUT, PUSH, &untold, &body).await;
    assert_eq!(answer.status, 400, "it does not say that it is JSON");
    assert_eq!(subscriptions(&server, "Ana").await, []);
}

/// S12: the addresses that lead a server astray (more of them where they are read).
#[tokio::test]
async fn an_address_that_is_no_push_services_is_refused_with_the_reason() {
    let service = PushService::open().await;
    let server = server_by(&service).await;
    let session = server.session("Ana").await;
    let long = format!("https://push.example/{}", "x".repeat(2_048));
    let port = format!("https://push.example:{}/x", service.address.port());
    let number = format!("https://{}/x", service.address);
    for (endpoint, why) in [
        ("http://push.example/x", "https://"),
        ("ftp://push.example/x", "https://"),
        ("https://127.0.0.1/x", "public name"),
        ("https://[::1]/x", "public name"),
        ("https://[::ffff:7f00:1]/x", "public name"),
        ("https://2130706433/x", "public name"),
        ("https://169.254.169.254/latest/meta-data/", "public name"),
        ("https://metadata.google.internal/x", "public name"),
        ("https://localhost/x", "public name"),
        ("https://push.localhost/x", "public name"),
        (&number, "port"),
        (&port, "port"),
        ("https://push.example:22/x", "port"),
        ("https://me@push.example/x", "user name"),
        ("https://push.example:443@127.0.0.1/x", "user name"),
        ("https://push.example/x#y", "URL"),
        ("push.example/x", "URL"),
        ("", "URL"),
        (&long, "2048 bytes"),
    ] {
        let mut browser = Browser::new();
        browser.endpoint = endpoint.into();
        let answer = ask(&server, &session, Method::PUT, &browser.subscription()).await;
        assert_eq!(answer.status, 400, "{endpoint}");
        assert_eq!(answer.json()["code"], json!("bad_endpoint"), "{endpoint}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(why), "{endpoint}: {detail}");
    }
    assert_eq!(subscriptions(&server, "Ana").await, []);
    notify(&server, "Ana").await;
    server.until_nothing_is_to_be_sent().await;
    assert_eq!(service.connections(), 0);
}

/// S3: whoever knows another's address can neither take it over nor have it forgotten, nor learn whether it is known.
#[tokio::test]
async fn nobody_sets_or_ends_a_subscription_of_somebody_else() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let (anas, nobodys) = (Browser::new(), Browser::new());
    subscribe(&server, &server.session("Ana").await, &anas).await;
    let before = subscriptions(&server, "Ana").await;
    for outsider in ["Ben", "Rita"] {
        let session = server.session(outsider).await;
        // With the same address and other keys.
        let mut hers = Browser::new();
        hers.endpoint = anas.endpoint.clone();
        let tries = [
            (
                Method::PUT,
                hers.subscription(),
                Browser::new().subscription(),
            ),
            (
                Method::DELETE,
                json!({ "endpoint": anas.endpoint }),
                json!({ "endpoint": nobodys.endpoint }),
            ),
        ];
        for (method, of_theirs, of_nothing) in tries {
            let theirs = ask(&server, &session, method.clone(), &of_theirs).await;
            let nothing = ask(&server, &session, method, &of_nothing).await;
            assert_eq!(theirs.status, nothing.status);
            assert_eq!(theirs.body, nothing.body);
            assert_eq!(
                theirs.headers.keys().collect::<Vec<_>>(),
                nothing.headers.keys().collect::<Vec<_>>()
            );
            assert_eq!(subscriptions(&server, "Ana").await, before);
        }
    }
    let notice = notify(&server, "Ana").await;
    let told = read(&anas, &service.letter().await);
    assert_eq!(told["conversation"], json!(notice.conversation.to_string()));
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing(), "Ana's notices are nobody else's");
}

#[tokio::test]
async fn who_unsubscribes_is_sent_nothing_more() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let session = server.session("Ana").await;
    let (stays, goes) = (Browser::new(), Browser::new());
    for browser in [&stays, &goes] {
        subscribe(&server, &session, browser).await;
    }
    // From any of the agent's sessions.
    let other = server.session("Ana").await;
    let body = json!({ "endpoint": goes.endpoint });
    for _again in 0..2 {
        let answer = ask(&server, &other, Method::DELETE, &body).await;
        assert_eq!(answer.status, 204);
    }
    notify(&server, "Ana").await;
    assert!(stays.is_addressed(&service.letter().await));
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing());
}

/// The same browser signs in again: its subscription is of the new session then, with the keys that it has now.
#[tokio::test]
async fn a_browser_that_subscribes_again_is_one_browser() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let (before, after) = (server.session("Ana").await, server.session("Ana").await);
    let old = Browser::new();
    let mut new = Browser::new();
    new.endpoint = old.endpoint.clone();
    subscribe(&server, &before, &old).await;
    subscribe(&server, &after, &new).await;
    assert_eq!(subscriptions(&server, "Ana").await.len(), 1);
    let hash = human_please::secret::hash_token(&protocol::Token(before));
    server.service.store().end_session(&hash).await.unwrap();
    notify(&server, "Ana").await;
    read(&new, &service.letter().await);
}
