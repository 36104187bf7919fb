//! What the page and whoever holds it say to each other: a shop's page around our frame, or the app around our webview.
//! One schema both ways, `{"humanPlease":1,"type":…,"detail":…}`, documented for merchants at `/docs/embed`.
//!
//! Going out there are counts, places, numbers and our own words only. A text that somebody wrote, a name, a language,
//! a token: nothing of that has a place in [`Event`], so none of it can leave by mistake.

use protocol::{BadContext, Context};

use super::context;
use crate::json::Value;

/// The version of the schema; what comes with another one is passed over.
const VERSION: u64 = 1;

/// The longest message that is read, in bytes. The largest context that can be taken fits in, 20 texts of 500 characters
/// which JSON writes with 6 bytes at most, and nobody keeps the page busy with more.
const MAX_BYTES: usize = 128 * 1024;

/// The longest language tag, in bytes: RFC 5646, section 4.4.1, gives 35 as what any buffer must hold.
const MAX_LOCALE_BYTES: usize = 35;

/// What happens here, as whoever holds the page is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The page listens.
    Ready,
    /// The visitor sees it.
    Open,
    /// The visitor does not want to see it any longer, or was told that it goes.
    Close,
    /// The assistant or a person has written.
    Message {
        /// `bot` or `agent`.
        author: &'static str,
        /// The message's place in the log.
        seq: u64,
    },
    /// So many messages were not seen.
    Unread {
        /// How many.
        count: u64,
    },
    /// The request for a person is stored.
    Human {
        /// Its number.
        receipt: u64,
    },
    /// The visitor waits.
    Queue {
        /// The place in line, from 1.
        position: u64,
        /// Seconds since the first request.
        waited: u64,
    },
    /// Something is wrong.
    Error {
        /// What: one of our own words.
        code: &'static str,
    },
}

/// What whoever holds the page asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Asks whether the page listens, for who may have missed that it said so.
    Hello,
    /// Shows the chat.
    Open,
    /// Takes it out of view.
    Close,
    /// The one or the other.
    Toggle,
    /// Asks for a person.
    Human,
    /// Says what the visitor is looking at, for whoever answers.
    SetContext(Result<Context, BadContext>),
    /// Goes on in another language, by its BCP 47 tag.
    SetLocale(String),
    /// Forgets the visitor on this device.
    Reset,
}

impl Event {
    /// The event as JSON.
    #[must_use]
    pub fn to_json(self) -> String {
        match self {
            Self::Ready => json("ready", &[]),
            Self::Open => json("open", &[]),
            Self::Close => json("close", &[]),
            Self::Message { author, seq } => json(
                "message",
                &[
                    ("author", Detail::Word(author)),
                    ("seq", Detail::Number(seq)),
                ],
            ),
            Self::Unread { count } => json("unread", &[("count", Detail::Number(count))]),
            Self::Human { receipt } => json("human", &[("receipt", Detail::Number(receipt))]),
            Self::Queue { position, waited } => json(
                "queue",
                &[
                    ("position", Detail::Number(position)),
                    ("waited", Detail::Number(waited)),
                ],
            ),
            Self::Error { code } => json("error", &[("code", Detail::Word(code))]),
        }
    }
}

impl Verb {
    /// The verb in a message of the schema, as JSON. None for what is no such message, or of another version, and for
    /// what this page does not know: other versions of the loader may say more.
    #[must_use]
    pub fn of_message(json: &str) -> Option<Self> {
        let message = read(json)?;
        if message.get("humanPlease").count() != Some(VERSION) {
            return None;
        }
        let detail = message.get("detail");
        Self::of(
            message.get("type").text()?,
            detail,
            detail.get("locale").text(),
        )
    }

    /// The verb in a call, as JSON: `["setLocale","de"]`, its name and what goes with it.
    #[must_use]
    pub fn of_call(json: &str) -> Option<Self> {
        let call = read(json)?;
        let (name, arguments) = call.items().split_first()?;
        let argument = arguments.first().unwrap_or(&Value::Null);
        Self::of(name.text()?, argument, argument.text())
    }

    fn of(name: &str, detail: &Value, locale: Option<&str>) -> Option<Self> {
        Some(match name {
            "hello" => Self::Hello,
            "open" => Self::Open,
            "close" => Self::Close,
            "toggle" => Self::Toggle,
            "human" => Self::Human,
            "setContext" => Self::SetContext(context::read(detail)),
            "setLocale" => Self::SetLocale(locale.filter(|tag| is_locale(tag))?.into()),
            "reset" => Self::Reset,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy)]
enum Detail {
    Number(u64),
    Word(&'static str),
}

/// None of our own words needs escaping.
fn json(kind: &str, detail: &[(&str, Detail)]) -> String {
    let mut json = ["{\"humanPlease\":1,\"type\":\"", kind, "\""].concat();
    let mut before = ",\"detail\":{\"";
    for &(name, value) in detail {
        json.push_str(before);
        json.push_str(name);
        json.push_str("\":");
        match value {
            Detail::Number(number) => json.push_str(&number.to_string()),
            Detail::Word(word) => {
                json.push('"');
                json.push_str(word);
                json.push('"');
            }
        }
        before = ",\"";
    }
    json.push_str(if detail.is_empty() { "}" } else { "}}" });
    json
}

fn read(json: &str) -> Option<Value> {
    (json.len() <= MAX_BYTES).then(|| Value::of(json))
}

/// Whether a text has a language tag's form, by the server's own rule: one that it drops would be asked for for ever.
fn is_locale(tag: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    tag.len() <= MAX_LOCALE_BYTES && tag.split('-').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_is_one_json_text_of_the_schema() {
        for (event, json) in [
            (Event::Ready, r#"{"humanPlease":1,"type":"ready"}"#),
            (Event::Open, r#"{"humanPlease":1,"type":"open"}"#),
            (Event::Close, r#"{"humanPlease":1,"type":"close"}"#),
            (
                Event::Message {
                    author: "agent",
                    seq: 12,
                },
                r#"{"humanPlease":1,"type":"message","detail":{"author":"agent","seq":12}}"#,
            ),
            (
                Event::Unread { count: 0 },
                r#"{"humanPlease":1,"type":"unread","detail":{"count":0}}"#,
            ),
            (
                Event::Human { receipt: 4127 },
                r#"{"humanPlease":1,"type":"human","detail":{"receipt":4127}}"#,
            ),
            (
                Event::Queue {
                    position: 2,
                    waited: 72,
                },
                r#"{"humanPlease":1,"type":"queue","detail":{"position":2,"waited":72}}"#,
            ),
            (
                Event::Error {
                    code: "reconnecting",
                },
                r#"{"humanPlease":1,"type":"error","detail":{"code":"reconnecting"}}"#,
            ),
        ] {
            assert_eq!(event.to_json(), json);
            serde_json::from_str::<serde_json::Value>(json).unwrap();
        }
    }

    #[test]
    fn a_verb_comes_as_a_message_or_as_a_call() {
        for (name, verb) in [
            ("hello", Verb::Hello),
            ("open", Verb::Open),
            ("close", Verb::Close),
            ("toggle", Verb::Toggle),
            ("human", Verb::Human),
            ("reset", Verb::Reset),
        ] {
            let message = format!(r#"{{"humanPlease":1,"type":"{name}"}}"#);
            assert_eq!(Verb::of_message(&message), Some(verb.clone()), "{message}");
            assert_eq!(Verb::of_call(&format!(r#"["{name}"]"#)), Some(verb));
        }
        let message = r#"{"humanPlease":1,"type":"setContext","detail":{"items":3}}"#;
        let said = Verb::of_message(message).unwrap();
        assert!(matches!(said, Verb::SetContext(Ok(_))), "{said:?}");
        assert_eq!(Verb::of_call(r#"["setContext",{"items":3}]"#), Some(said));
        let nested = Verb::of_call(r#"["setContext",{"items":[3]}]"#);
        assert_eq!(nested, Some(Verb::SetContext(Err(BadContext))));
        let large = format!(
            r#"["setContext",{{"items":"{}"}}]"#,
            "\u{20ac}".repeat(20_000)
        );
        assert_eq!(
            Verb::of_call(&large),
            Some(Verb::SetContext(Err(BadContext)))
        );
        let german = Some(Verb::SetLocale("de-AT".into()));
        let message = r#"{"type":"setLocale","detail":{"locale":"de-AT"},"humanPlease":1}"#;
        assert_eq!(Verb::of_message(message), german);
        assert_eq!(Verb::of_call(r#"["setLocale","de-AT"]"#), german);
    }

    /// S11.
    #[test]
    fn what_is_not_of_the_schema_does_nothing() {
        let long = format!(
            r#"{{"humanPlease":1,"type":"human","detail":"{}"}}"#,
            "x".repeat(MAX_BYTES)
        );
        for message in [
            "",
            "human",
            "null",
            "[]",
            "{}",
            r#"{"type":"human"}"#,
            r#"{"humanPlease":2,"type":"human"}"#,
            r#"{"humanPlease":"1","type":"human"}"#,
            r#"{"humanPlease":1,"type":"say","detail":{"text":"Words in the visitor's mouth"}}"#,
            r#"{"humanPlease":1,"type":["human"]}"#,
            r#"{"humanPlease":1,"type":"__proto__"}"#,
            r#"{"humanPlease":1,"type":"setLocale"}"#,
            r#"{"humanPlease":1,"type":"setLocale","detail":{"locale":"en\"><script>"}}"#,
            r#"{"humanPlease":1,"type":"setLocale","detail":{"locale":""}}"#,
            r#"{"humanPlease":1,"type":"setLocale","detail":{"locale":"en--x"}}"#,
            r#"{"humanPlease":1,"type":"setLocale","detail":{"locale":"overlongpart"}}"#,
            &long,
        ] {
            assert_eq!(Verb::of_message(message), None, "{message}");
        }
        for call in [
            "",
            "[]",
            r#""human""#,
            r#"{"0":"human"}"#,
            r#"["say","Words"]"#,
            r#"["setLocale"]"#,
            r#"["setLocale",{"locale":"de"}]"#,
        ] {
            assert_eq!(Verb::of_call(call), None, "{call}");
        }
    }
}
