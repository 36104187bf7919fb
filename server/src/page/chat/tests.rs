//! The page, rendered from samples: every state, trouble, and hostile words.

use protocol::{
    Author, Event, EventKind, Message, Receipt, RequestVia, ReturnReason, Source, Waiting,
};

use super::*;

mod card;
mod ending;
mod escaping;
mod replies;
mod states;
mod supervisor;
mod trouble;

/// 2026-11-21 10:31:05 UTC
const BEGAN: Timestamp = Timestamp(1_795_257_065_000);

fn shop() -> SiteFace {
    SiteFace {
        name: "Lumen & Oak".into(),
        bot: true,
        contact: "020 7946 0112".into(),
    }
}

fn event(seq: u64, kind: EventKind) -> Event {
    let at = Timestamp(BEGAN.0 + i64::try_from(seq).unwrap() * 1_000);
    Event {
        seq: Seq(seq),
        at,
        kind,
    }
}

fn message(author: Author, text: &str) -> EventKind {
    EventKind::Message(Message {
        id: CommandId(7),
        author,
        text: text.into(),
        sources: vec![],
        replies: vec![],
        offers_human: false,
    })
}

fn asked() -> EventKind {
    message(Author::Visitor {}, "Is my order on its way?")
}

fn answered() -> EventKind {
    EventKind::Message(Message {
        id: CommandId(8),
        author: Author::Bot {},
        text: "Orders leave within a day.".into(),
        sources: vec![Source {
            title: "Shipping times".into(),
            url: "/help/shipping-times".into(),
        }],
        replies: vec![],
        offers_human: false,
    })
}

fn standing(answering: Answering, kinds: Vec<EventKind>) -> Standing {
    let events = (1..)
        .zip(kinds)
        .map(|(seq, kind)| event(seq, kind))
        .collect();
    Standing {
        state: State {
            answering,
            waiting: None,
            opening: None,
            contact: None,
            seen: Seq(0),
            supervisor: None,
        },
        history: HistoryPage {
            events,
            earlier: false,
        },
        facts: vec![],
    }
}

fn ana() -> Answering {
    Answering::Agent {
        name: "Ana".into(),
        lead: false,
    }
}

/// What a test changes of the page, and the page's HTML.
struct Sample {
    site: SiteFace,
    standing: Option<Standing>,
    draft: &'static str,
    refusal: Option<&'static str>,
    failed: Option<Failed>,
    keeping: Keeping,
    has_begun: bool,
    unkept: Unkept,
    uncorrected: Uncorrected,
    hours: Option<Hours>,
    language: Language,
    style: Option<&'static str>,
}

impl Sample {
    fn of(standing: Standing) -> Self {
        Self {
            site: shop(),
            standing: Some(standing),
            draft: "",
            refusal: None,
            failed: None,
            keeping: Keeping::Kept,
            has_begun: true,
            unkept: Unkept::default(),
            uncorrected: Uncorrected::default(),
            hours: None,
            language: Language::original(),
            style: None,
        }
    }

    fn waiting(position: u32, on_duty: u32, since: Timestamp) -> Self {
        let queue = Answering::Queue { position, on_duty };
        let receipt = Receipt(4127);
        let requested = EventKind::HumanRequested {
            receipt,
            via: RequestVia::Button,
        };
        let mut sample = Self::of(standing(queue, vec![asked(), requested]));
        let state = &mut sample.standing.as_mut().unwrap().state;
        state.waiting = Some(Waiting {
            receipt,
            since,
            estimate: None,
        });
        sample
    }

    fn render(&self) -> String {
        let mut address = Address::new("demo");
        address.take("scheme", "dark");
        let files = PageFiles {
            boot: "boot-1.js".into(),
            glue: "visitor-2.js".into(),
            wasm: "visitor-2_bg.wasm".into(),
            css: vec!["tokens-3.css".into(), "widget-4.css".into()],
        };
        ChatPage {
            address: &address,
            language: &self.language,
            host_origin: Some("https://shop.example"),
            site: &self.site,
            files: Some(&files),
            style: self.style,
            identity: Identity {
                token: &Token("5ec2e7".into()),
                has_begun: self.has_begun,
                keeping: self.keeping,
            },
            command_id: CommandId(0xabc),
            standing: self.standing.as_ref(),
            now: BEGAN,
            draft: self.draft,
            refusal: self.refusal,
            failed: self.failed,
            unkept: &self.unkept,
            uncorrected: &self.uncorrected,
            hours: self.hours.as_ref(),
        }
        .render()
    }
}

#[track_caller]
fn check(sample: &Sample, parts: &[&str]) -> String {
    let page = sample.render();
    for part in parts {
        assert!(page.contains(part), "the page lacks\n{part}\nin\n{page}");
    }
    let ways = [
        "value=\"human\"",
        "data-desk=\"queue\"",
        "data-desk=\"agent\"",
    ];
    assert!(
        ways.iter().any(|way| page.contains(way)),
        "no way to a person in\n{page}"
    );
    page
}
