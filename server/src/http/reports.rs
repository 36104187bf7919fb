//! `/csp-reports`: browsers tell here of what a page's policy has stopped. Anybody can post anything to it, so that it keeps
//! two words of each report, and not many of them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::time::Instant;

use crate::app::App;
use crate::origin::parse_origin;
use crate::socket::allowance::{Allowance, Pass};

/// The longest post that is read, in bytes. A report is one or two thousand, and browsers send some together.
pub const MAX_POST_BYTES: usize = 16 * 1024;

/// Posts that are read at once, and each second after that. They are for us alone, so one bucket is enough for everybody.
const POSTS: (u16, u16) = (100, 10);

/// The reports of one post that are looked at.
const REPORTS: usize = 20;

/// Reports of one minute that are written into the log: one tells as much as a thousand.
const LINES: u32 = 10;

const MINUTE: Duration = Duration::from_secs(60);

/// Every directive that our policies have. Nothing that a stranger writes becomes the name of a number of ours.
const DIRECTIVES: [&str; 16] = [
    "base-uri",
    "connect-src",
    "default-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "object-src",
    "require-trusted-types-for",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src",
    "style-src-attr",
    "style-src-elem",
    "trusted-types",
];

/// What was stopped where it is not something with an address.
const WORDS: [&str; 8] = [
    "inline",
    "eval",
    "wasm-eval",
    "trusted-types-policy",
    "trusted-types-sink",
    "data",
    "blob",
    "self",
];

/// How much has been reported.
pub struct Reports(Mutex<Told>);

struct Told {
    posts: Allowance,
    minute: Instant,
    lines: u32,
}

/// A report, as far as it is looked at.
#[derive(Debug, PartialEq, Eq)]
struct Report {
    directive: &'static str,
    /// A word, or the origin of what was not loaded: never its path, in which there may be anything about anybody.
    blocked: String,
}

impl Default for Reports {
    fn default() -> Self {
        let (burst, each_second) = POSTS;
        let now = Instant::now();
        Self(Mutex::new(Told {
            posts: Allowance::new(burst, each_second, now),
            minute: now,
            lines: 0,
        }))
    }
}

impl Reports {
    fn may_be_read(&self) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.posts.take(Instant::now()) == Pass::Yes
    }

    fn may_be_logged(&self) -> bool {
        let now = Instant::now();
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now - told.minute >= MINUTE {
            told.minute = now;
            told.lines = 0;
        }
        told.lines += 1;
        told.lines <= LINES
    }
}

/// Takes reports in either form that browsers send.
pub async fn take(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !app.reports.may_be_read() {
        return StatusCode::TOO_MANY_REQUESTS;
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media_type = media_type.and_then(|it| it.split(';').next());
    // Types that another site's page cannot send without being asked first, and we answer no such question.
    if !matches!(
        media_type,
        Some("application/csp-report" | "application/reports+json")
    ) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE;
    }
    let Some(reports) = read(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    for Report { directive, blocked } in reports {
        metrics::counter!("human_please_policy_breaches_total", "directive" => directive)
            .increment(1);
        if app.reports.may_be_logged() {
            tracing::warn!(directive, blocked, "a page's policy has stopped something");
        }
    }
    StatusCode::NO_CONTENT
}

/// The reports of policies in a post; none if it is no such post.
fn read(body: &[u8]) -> Option<Vec<Report>> {
    let report = |body: &Value, directive: &str, blocked: &str| {
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        Some(Report {
            directive: known_directive(text(directive)?),
            blocked: known_blocked(text(blocked).unwrap_or_default()),
        })
    };
    match serde_json::from_slice(body).ok()? {
        Value::Array(reports) => reports
            .iter()
            .filter(|it| it.get("type").and_then(Value::as_str) == Some("csp-violation"))
            .take(REPORTS)
            .map(|it| report(it.get("body")?, "effectiveDirective", "blockedURL"))
            .collect(),
        Value::Object(post) => {
            let body = post.get("csp-report")?;
            let one = report(body, "effective-directive", "blocked-uri")
                .or_else(|| report(body, "violated-directive", "blocked-uri"))?;
            Some(vec![one])
        }
        _ => None,
    }
}

fn known_directive(written: &str) -> &'static str {
    // Older browsers write what the directive says behind its name.
    let name = written.split(' ').next().unwrap_or_default();
    let known = DIRECTIVES.into_iter().find(|known| *known == name);
    known.unwrap_or("other")
}

fn known_blocked(written: &str) -> String {
    if WORDS.contains(&written) {
        return written.into();
    }
    let end = written.match_indices('/').nth(2).map(|(end, _)| end);
    let origin = parse_origin(&written[..end.unwrap_or(written.len())]);
    origin.unwrap_or_else(|| "other".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(directive: &'static str, blocked: &str) -> Report {
        Report {
            directive,
            blocked: blocked.into(),
        }
    }

    /// B1.
    #[test]
    fn of_a_report_two_words_are_kept() {
        let older = br#"{"csp-report":{"document-uri":"https://chat.example/chat/shop?host=x","referrer":"","violated-directive":"img-src 'self'",
            "effective-directive":"img-src","original-policy":"default-src 'none'","blocked-uri":"https://evil.example:8443/x.png?user=sam","script-sample":"secret"}}"#;
        assert_eq!(
            read(older),
            Some(vec![report("img-src", "https://evil.example:8443")])
        );
        let newer = br#"[{"type":"csp-violation","age":1,"url":"https://chat.example/agent","user_agent":"x","body":{"effectiveDirective":"script-src-elem","blockedURL":"inline","sample":"secret"}},
            {"type":"deprecation","body":{"id":"x"}},
            {"type":"csp-violation","body":{"effectiveDirective":"made up\n","blockedURL":"chrome-extension://abcdefgh/x"}}]"#;
        assert_eq!(
            read(newer),
            Some(vec![
                report("script-src-elem", "inline"),
                report("other", "other")
            ])
        );
        let oldest =
            br#"{"csp-report":{"violated-directive":"style-src 'self'","blocked-uri":"self"}}"#;
        assert_eq!(read(oldest), Some(vec![report("style-src", "self")]));
    }

    #[test]
    fn what_is_no_report_is_none() {
        for bad in [
            "",
            "x",
            "1",
            "{}",
            "{\"csp-report\":{}}",
            "{\"csp-report\":[1]}",
            "[{\"type\":\"csp-violation\"}]",
            "[{\"type\":\"csp-violation\",\"body\":{\"effectiveDirective\":1}}]",
        ] {
            assert_eq!(read(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(read(b"[]"), Some(vec![]));
        let many = format!(
            "[{}]",
            vec![r#"{"type":"csp-violation","body":{"effectiveDirective":"img-src"}}"#; 100]
                .join(",")
        );
        assert_eq!(
            read(many.as_bytes()).map(|reports| reports.len()),
            Some(REPORTS)
        );
    }

    #[test]
    fn what_was_stopped_is_named_by_its_origin_or_a_word() {
        for (written, kept) in [
            ("https://evil.example/a/b?c#d", "https://evil.example"),
            ("http://EVIL.example", "http://evil.example"),
            ("wss://evil.example/ws", "other"),
            ("https://user:pass@evil.example/", "other"),
            ("https://evil.example\n2026 INFO all is well", "other"),
            ("data", "data"),
            ("", "other"),
        ] {
            assert_eq!(known_blocked(written), kept, "{written}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_of_reports_is_neither_read_nor_logged() {
        let reports = Reports::default();
        let read = (0..1_000).filter(|_| reports.may_be_read()).count();
        assert_eq!(read, usize::from(POSTS.0));
        let logged = (0..1_000).filter(|_| reports.may_be_logged()).count();
        assert_eq!(logged, LINES as usize);
        tokio::time::advance(MINUTE).await;
        assert!(reports.may_be_read() && reports.may_be_logged());
    }
}
