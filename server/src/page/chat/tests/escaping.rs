//! Hostile words in every place that takes words: the page's tags and attributes are the same as with harmless ones.

use protocol::{CardFact, Correction, FactKind};

use super::*;

const HARMLESS: &str = "harmless";

const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "</p></li></ol><script src=//evil.example></script>",
    "</textarea><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "\"><b onclick=\"alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "' onclick='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<!-- --!> <![CDATA[ ]]> <?xml ?>",
    "&lt;script&gt; &#60;script&#62; &amp;",
    "\u{202e}gnp.exe <bdo dir=rtl>",
    "مرحبا <b>你好</b> 🙂\u{0} \u{1b}[31m",
];

/// A page with the same words in every place that takes them.
fn page_with(words: &str) -> String {
    let agent = Author::Agent { name: words.into() };
    let source = Source {
        title: words.into(),
        url: "/help/a".into(),
    };
    let bot = EventKind::Message(Message {
        id: CommandId(8),
        author: Author::Bot {},
        text: words.into(),
        sources: vec![
            source,
            Source {
                title: words.into(),
                url: words.into(),
            },
        ],
        replies: vec![],
        offers_human: true,
    });
    let name = || words.to_owned();
    let kinds = vec![
        message(Author::Visitor {}, words),
        bot,
        EventKind::Taken {
            agent: name(),
            lead: true,
        },
        message(agent, words),
        EventKind::Returned {
            reason: ReturnReason::Vanished,
            agent: name(),
        },
        EventKind::Returned {
            reason: ReturnReason::Transferred,
            agent: name(),
        },
        EventKind::Resolved { agent: name() },
    ];
    let site = SiteFace {
        name: name(),
        bot: false,
        contact: name(),
    };
    let mut standing = standing(
        Answering::Agent {
            name: name(),
            lead: true,
        },
        kinds,
    );
    standing.state.contact = Some(name());
    standing.facts = vec![CardFact {
        kind: FactKind::Name,
        text: name(),
        seq: None,
        by: None,
    }];
    let mut address = Address::new(words);
    for field in ["host", "locale", "scheme"] {
        address.take(field, words);
    }
    // The address of a real page never holds these: what was asked for and cannot be used is left out.
    address.locale = None;
    ChatPage {
        address: &address,
        language: &Language::original(),
        host_origin: Some(words),
        site: &site,
        files: None,
        style: None,
        identity: Identity {
            token: &Token(name()),
            has_begun: true,
            keeping: Keeping::Refused,
        },
        command_id: CommandId(1),
        standing: Some(&standing),
        now: BEGAN,
        draft: words,
        refusal: Some(words),
        failed: Some(Failed::Human),
        unkept: &Unkept {
            email: name(),
            refusal: None,
        },
        uncorrected: &Uncorrected {
            typed: vec![Correction {
                kind: FactKind::Other,
                was: None,
                text: Some(name()),
            }],
            refusal: Some(name()),
        },
        hours: None,
    }
    .render()
}

/// The tags of a page with the names of their attributes, in order.
fn skeleton(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, tag)) = rest.split_once('<') {
        let mut bones = String::new();
        let mut in_quotes = false;
        let end = tag
            .find(|character| {
                match character {
                    '"' => in_quotes = !in_quotes,
                    '>' if !in_quotes => return true,
                    character if !in_quotes => bones.push(character),
                    _ => {}
                }
                false
            })
            .expect("every tag ends");
        tags.push(bones);
        rest = &tag[end..];
    }
    tags
}

#[test]
fn words_never_become_markup() {
    let harmless = skeleton(&page_with(HARMLESS));
    assert!(harmless.len() > 60, "the page has its tags: {harmless:?}");
    for words in HOSTILE {
        let page = page_with(words);
        assert_eq!(skeleton(&page), harmless, "{words}");
    }
}

#[test]
fn no_word_leads_to_a_script() {
    for words in HOSTILE {
        let page = page_with(words);
        for attribute in ["href=\"", "src=\"", "action=\""] {
            for value in page.split(attribute).skip(1) {
                let value = value.split('"').next().unwrap().to_ascii_lowercase();
                let is_ours = value.starts_with('/') && !value.starts_with("//");
                let is_web = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| value.starts_with(scheme));
                assert!(is_ours || is_web, "{attribute}{value} from {words}");
            }
        }
    }
}

#[test]
fn words_are_shown_as_they_were_written() {
    let text = "<b>\"a\" & 'b'</b>\n\n  \u{202e}مرحبا 🙂";
    let page = Sample::of(standing(
        Answering::Bot {},
        vec![message(Author::Visitor {}, text)],
    ))
    .render();
    assert!(
        page.contains("<div class=\"message-text\"><p dir=\"auto\">&lt;b&gt;&quot;a&quot; &amp; 'b'&lt;/b&gt;</p><p dir=\"auto\">  \u{202e}مرحبا 🙂</p></div>"),
        "{page}"
    );
}
