//! The record of a conversation, to keep: as a web page that reads the same without us, and as JSON. It comes in pieces,
//! because a log may be longer than what one connection may cost.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use protocol::{Event, EventKind, Receipt, SiteFace, Timestamp};
use serde::Serialize;
use words::{Key, Part};

use super::chat::{also_reach, author_kind};
use super::moment::Moment;
use super::text::written;
use crate::languages::{Language, Plain, Zone};

/// The record loads nothing, so that it looks the same in ten years.
const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}\
    main>ol{list-style:none;padding:0}main>ol>li{margin:1.25rem 0}p{margin:.25rem 0}.text{white-space:pre-wrap;overflow-wrap:anywhere}\
    .text ol,.text ul{margin:.25rem 0;padding-inline-start:1.5rem}.text a,.text code{unicode-bidi:plaintext}\
    pre{margin:.25rem 0;padding:.5rem;border:1px solid;overflow-x:auto;white-space:pre}pre[data-language]::before{content:attr(data-language);display:block}";

/// Wherever the file is opened: it runs nothing and asks nobody for anything.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The version of the JSON record's form. A reader refuses versions that it does not know.
const VERSION: u16 = 1;

/// The form of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordForm {
    /// A web page.
    Html,
    /// JSON: the events as they cross the wire, and how a reader finds out who said what.
    Json,
}

/// What a record says of itself.
pub struct Record<'a> {
    /// The shop.
    pub site: &'a SiteFace,
    /// The language that it is in.
    pub language: &'a Language,
    /// The open request's number; none if no person is asked for.
    pub receipt: Option<Receipt>,
    /// When it was made.
    pub now: Timestamp,
}

/// What comes before the events in JSON.
#[derive(Serialize)]
struct Head<'a> {
    version: u16,
    shop: &'a str,
    contact: &'a str,
    receipt: Option<Receipt>,
    made_at: String,
}

/// An event with its time in words, for those who read it without a program.
#[derive(Serialize)]
struct Timed<'a> {
    time: String,
    #[serde(flatten)]
    event: &'a Event,
}

impl RecordForm {
    /// The form that a request names.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "html" => Some(Self::Html),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// What a browser is told that it is.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// The name that the file is kept under.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Html => "conversation.html",
            Self::Json => "conversation.json",
        }
    }

    /// What comes before the events.
    #[must_use]
    pub fn begin(self, record: &Record<'_>) -> String {
        match self {
            Self::Html => begin_html(record),
            Self::Json => {
                let head = Head {
                    version: VERSION,
                    shop: &record.site.name,
                    contact: &record.site.contact,
                    receipt: record.receipt,
                    made_at: Moment::of(record.now).machine_time(),
                };
                let head = serde_json::to_string(&head).expect("it is plain data");
                let open = head.strip_suffix('}').expect("a struct is an object");
                [open, ",\"events\":["].concat()
            }
        }
    }

    /// One event. `is_first` if none came before it.
    #[must_use]
    pub fn event(
        self,
        language: &Language,
        site: &SiteFace,
        event: &Event,
        is_first: bool,
    ) -> String {
        match self {
            Self::Html => entry(language, site, event).into_string(),
            Self::Json => {
                let timed = Timed {
                    time: Moment::of(event.at).machine_time(),
                    event,
                };
                let event = serde_json::to_string(&timed).expect("it is plain data");
                [if is_first { "" } else { "," }, &event].concat()
            }
        }
    }

    /// What comes after the events.
    #[must_use]
    pub fn end(self) -> &'static str {
        match self {
            Self::Html => "</ol></main></body></html>\n",
            Self::Json => "]}\n",
        }
    }
}

fn begin_html(record: &Record<'_>) -> String {
    let Record {
        site,
        language,
        receipt,
        now,
    } = record;
    let title = language.plain_with(Plain::RecordTitle, &[("shop", &site.name)]);
    let made = Moment::of(*now);
    let said = language.speech(Zone::Utc).locale.full(*now);
    let begin = html! {
        (DOCTYPE)
        // Left open for the events: what comes after them closes it.
        (PreEscaped(format!("<html lang=\"{}\" dir=\"{}\"><head>", language.variety(), language.direction())))
        meta charset="utf-8";
        meta http-equiv="Content-Security-Policy" content=(POLICY);
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (title) }
        style { (PreEscaped(STYLE)) }
        (PreEscaped("</head><body><main>"))
        h1 { (title) }
        @if let Some(receipt) = receipt { p { (language.plain_with(Plain::RecordRequest, &[("number", &receipt.to_string())])) } }
        p {
            @for part in words::parts(language.plain(Plain::RecordMade)) {
                @match part {
                    Part::Text(text) => (text)
                    Part::Slot(_) => time datetime=(made.machine_time()) { (said) }
                }
            }
        }
        @if !site.contact.is_empty() { p { (also_reach(language, site)) } }
        (PreEscaped("<ol>"))
    };
    begin.into_string()
}

fn entry(language: &Language, site: &SiteFace, event: &Event) -> Markup {
    let moment = Moment::of(event.at);
    let (speech, catalogue) = (language.speech(Zone::Utc), language.words());
    let (name, words) = speech.told(&event.kind, site.bot);
    html! {
        li data-seq=(event.seq) data-event=(name) {
            p {
                @if let EventKind::Message(message) = &event.kind {
                    strong data-author=(author_kind(&message.author)) { (catalogue.author(&message.author)) }
                    " · "
                }
                time datetime=(moment.machine_time()) { (speech.locale.full(event.at)) }
            }
            @if let EventKind::Message(message) = &event.kind {
                div.text { (written(&message.text)) }
                @for source in &message.sources {
                    @let title = catalogue.fill(Key::Quoted, &[("title", &source.title)]);
                    p { (catalogue.fill(Key::Source, &[("sources", &title)])) }
                }
                @if !message.replies.is_empty() {
                    p { (catalogue.get(Key::QuickReplies)) }
                    ul { @for reply in &message.replies { li dir="auto" { (reply) } } }
                }
            } @else {
                p dir="auto" { (words) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Author, CommandId, Message, Seq};
    use serde_json::{Value, json};

    use super::*;

    fn site() -> SiteFace {
        SiteFace {
            name: "Lumen & Oak".into(),
            bot: true,
            contact: "help@shop.example".into(),
        }
    }

    fn message(seq: u64, author: Author, text: &str) -> Event {
        Event {
            seq: Seq(seq),
            // 2026-11-21 10:31:05 UTC
            at: Timestamp(1_795_257_065_000),
            kind: EventKind::Message(Message {
                id: CommandId(seq.into()),
                author,
                text: text.into(),
                sources: vec![],
                replies: vec![],
                offers_human: false,
            }),
        }
    }

    fn whole(form: RecordForm, events: &[Event]) -> String {
        let site = site();
        let record = Record {
            site: &site,
            language: &Language::original(),
            receipt: Some(Receipt(12)),
            now: Timestamp(1_795_257_065_000),
        };
        let mut whole = form.begin(&record);
        for (index, event) in events.iter().enumerate() {
            whole += &form.event(record.language, &site, event, index == 0);
        }
        whole + form.end()
    }

    /// L14, L16.
    #[test]
    fn the_page_says_who_wrote_what_and_when_and_text_is_no_markup() {
        let page = whole(
            RecordForm::Html,
            &[
                message(1, Author::Visitor {}, "<script>alert(1)</script>"),
                message(2, Author::Bot {}, "**Hello**"),
                message(3, Author::Agent { name: "Ana".into() }, "Here I am"),
            ],
        );
        for part in [
            "<strong data-author=\"visitor\">You</strong>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<strong data-author=\"bot\">AI assistant</strong>",
            "<p dir=\"auto\"><strong>Hello</strong></p>",
            "<strong data-author=\"agent\">Ana · human</strong>",
            "Saturday, 21 November 2026, 10:31 UTC",
            "Lumen &amp; Oak",
            "No. 12",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("<script"));
        assert!(page.ends_with("</html>\n"));
    }

    /// L16.
    #[test]
    fn the_json_holds_the_events_as_they_cross_the_wire() {
        let events = [
            message(1, Author::Visitor {}, "Hello"),
            message(2, Author::Bot {}, "\"Hello\""),
        ];
        let record: Value = serde_json::from_str(&whole(RecordForm::Json, &events)).unwrap();
        assert_eq!(record["version"], json!(1));
        assert_eq!(record["shop"], json!("Lumen & Oak"));
        assert_eq!(record["receipt"], json!(12));
        assert_eq!(record["made_at"], json!("2026-11-21T10:31:05Z"));
        for (index, event) in events.iter().enumerate() {
            let mut kept = record["events"][index].clone();
            let time = kept.as_object_mut().unwrap().remove("time");
            assert_eq!(time, Some(json!("2026-11-21T10:31:05Z")));
            assert_eq!(kept, serde_json::to_value(event).unwrap());
        }
        let empty: Value = serde_json::from_str(&whole(RecordForm::Json, &[])).unwrap();
        assert_eq!(empty["events"], json!([]));
    }
}
