//! Which pages may be compressed: those on which nothing has been said, and no others (BREACH).

use std::io::Read;

use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};

use super::*;

/// The status, the encoding and the body of an answer to somebody who takes these encodings.
async fn ask(
    server: &Server,
    mut request: Request,
    accepted: &str,
) -> (StatusCode, String, Vec<u8>) {
    let accepted = accepted.parse().unwrap();
    request.headers_mut().insert(ACCEPT_ENCODING, accepted);
    let response = server.router.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let encoding = head.headers.get(CONTENT_ENCODING);
    let encoding = encoding.map_or("", |value| value.to_str().unwrap());
    if !encoding.is_empty() {
        assert_eq!(head.headers[VARY], "accept-encoding");
    }
    let body = to_bytes(body, 1 << 20).await.unwrap();
    (head.status, encoding.to_owned(), body.to_vec())
}

fn get(cookie: Option<&str>) -> Request {
    let request = Request::get("/chat/demo").header(HOST, "chat.example");
    let request = match cookie {
        Some(cookie) => request.header(COOKIE, cookie),
        None => request,
    };
    request.body(Body::empty()).unwrap()
}

fn fresh_in(html: &str) -> &str {
    let (_, rest) = html.split_once("name=\"fresh\" value=\"").unwrap();
    rest.split('"').next().unwrap()
}

/// S5, S10: its one secret is another one each time, so that nobody can guess it from the lengths of many answers.
#[tokio::test]
async fn the_first_page_is_compressed_as_the_browser_takes_it() {
    let server = Server::start().await;
    let (_, _, plain) = ask(&server, get(None), "identity").await;
    let mut pages = vec![String::from_utf8(plain).unwrap()];
    for (accepted, expected) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
        let (status, encoding, body) = ask(&server, get(None), accepted).await;
        assert_eq!((status, &*encoding), (StatusCode::OK, expected));
        assert!(body.len() * 2 < pages[0].len(), "{} bytes", body.len());
        let mut page = String::new();
        match expected {
            "br" => brotli::Decompressor::new(&*body, 4096).read_to_string(&mut page),
            _ => flate2::read::GzDecoder::new(&*body).read_to_string(&mut page),
        }
        .unwrap();
        pages.push(page);
    }
    let mut secrets: Vec<_> = pages.iter().map(|page| fresh_in(page)).collect();
    secrets.dedup();
    assert_eq!(secrets.len(), 3);
    // A cookie that opens nothing is no secret of anybody's, and its page is a first page.
    let stale = format!("__Host-human-please-visitor-demo={}", "0".repeat(64));
    let (_, encoding, _) = ask(&server, get(Some(&stale)), "br").await;
    assert_eq!(encoding, "br");
}

/// S5, S10.
#[tokio::test]
async fn a_page_with_a_conversation_or_a_draft_is_not_compressed() {
    let server = Server::start().await;
    let Begun { token, cookie } = Begun::on(&server).await;
    let (status, encoding, body) = ask(&server, get(Some(&cookie)), "gzip, br").await;
    assert_eq!((status, &*encoding), (StatusCode::OK, ""));
    assert!(String::from_utf8(body).unwrap().contains(&token));
    // With a draft on it, and nothing said: the box is emptied by nobody, so the page is the answer.
    let fields = [("act", "check"), ("text", "A draft")];
    let post = form_post(Some(OURS), None, encoded(&fields).into());
    let (_, encoding, body) = ask(&server, post, "gzip, br").await;
    assert_eq!(encoding, "");
    assert!(String::from_utf8(body).unwrap().contains("A draft"));
    let fields = [("token", &*token), ("act", "say"), ("text", "More")];
    let post = form_post(None, None, encoded(&fields).into());
    let (_, encoding, _) = ask(&server, post, "gzip, br").await;
    assert_eq!(encoding, "");
}
