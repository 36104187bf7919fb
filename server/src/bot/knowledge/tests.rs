//! What the knowledge bot says.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::*;

/// The articles of the demo shop.
pub fn demo_shop() -> &'static Knowledge {
    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(read_demo_shop);
    &KNOWLEDGE
}

fn read_demo_shop() -> Knowledge {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/help");
    let articles = fs::read_dir(folder).unwrap().filter_map(|file| {
        let path = file.unwrap().path();
        (path.extension()? == "md").then(|| {
            let slug = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (slug, fs::read_to_string(&path).unwrap())
        })
    });
    Knowledge::from_articles(articles).unwrap()
}

fn said(author: Author, text: &str) -> Turn {
    Turn {
        author,
        text: text.into(),
    }
}

fn answer(knowledge: &Knowledge, text: &str, history: Vec<Turn>) -> Answer {
    let question = Question {
        text: text.into(),
        history,
    };
    knowledge.answer(&question).unwrap()
}

/// The articles' words without their markup and line breaks.
fn plain(markdown: &str) -> String {
    let words = markdown.replace('*', "");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_answer_is_a_quote_that_names_and_links_its_article() {
    let knowledge = demo_shop();
    let answer = answer(knowledge, "How long does a refund take?", Vec::new());
    let article = knowledge.article("refunds").unwrap();
    let (lead_in, quote) = answer.text.split_once("\n\n").unwrap();
    assert_eq!(
        lead_in,
        "From our help page “Refunds”, under “How long a refund takes”:"
    );
    assert!(plain(&article.markdown).contains(&plain(quote)), "{quote}");
    assert_eq!(
        answer.sources,
        [Source {
            title: "Refunds".into(),
            url: "/help/refunds".into()
        }]
    );
    assert!(!answer.offers_human);
}

#[test]
fn every_passage_of_the_demo_shop_is_word_for_word_in_its_article() {
    let knowledge = demo_shop();
    assert!(knowledge.articles().len() >= 16);
    for article in knowledge.articles() {
        // Links are the one markup that `plain` does not undo.
        let mut markdown = article.markdown.clone();
        while let Some(from) = markdown.find("](") {
            let to = from + markdown[from..].find(')').unwrap();
            markdown.replace_range(from..=to, "");
            let opened = markdown[..from].rfind('[').unwrap();
            markdown.remove(opened);
        }
        let markdown = plain(&markdown);
        for passage in &article.passages {
            let quote = quotes(article, &passage.heading, &passage.text);
            assert!(markdown.contains(&plain(&passage.text)), "{}", passage.text);
            assert!(protocol::checked_text(&quote.text).is_ok());
        }
    }
}

#[test]
fn what_no_article_says_is_not_known() {
    let knowledge = demo_shop();
    for text in [
        "What is the capital of France?",
        "Do you sell curtains?",
        "qwertz asdf",
        "¿Dónde está mi pedido?",
        "how do I cook rice",
    ] {
        let answer = answer(knowledge, text, Vec::new());
        assert!(
            answer.text.starts_with("I do not know."),
            "{text}: {}",
            answer.text
        );
        assert!(answer.offers_human, "{text}");
    }
}

#[test]
fn the_nearest_article_is_named_but_not_quoted_when_the_bot_is_not_sure() {
    let knowledge = Knowledge::from_articles([
        ("oak", "# Care\n\n## Oak\n\nOil the oak twice a year."),
        ("wool", "# Wool\n\nWash wool by hand."),
    ])
    .unwrap();
    let answer = answer(&knowledge, "how do I oil oak", Vec::new());
    assert!(
        answer
            .text
            .contains("nearest help page that I find is “Care”"),
        "{}",
        answer.text
    );
    assert!(!answer.text.contains("Oil the oak"));
    assert!(answer.offers_human);
}

#[test]
fn a_bot_without_articles_knows_nothing() {
    let none: [(&str, &str); 0] = [];
    let knowledge = Knowledge::from_articles(none).unwrap();
    let answer = answer(&knowledge, "Where is my order?", Vec::new());
    assert!(answer.text.starts_with("I do not know."));
    assert!(answer.offers_human);
}

#[test]
fn it_says_what_it_is_and_never_argues_with_the_wish_for_a_person() {
    let knowledge = demo_shop();
    let asked = answer(knowledge, "Are you a real person?", Vec::new());
    assert!(asked.text.starts_with("No, I am an AI assistant."));
    assert!(asked.offers_human);
    let wished = answer(knowledge, "let me talk to a human!!!", Vec::new());
    assert!(wished.text.starts_with("Of course. Press “Human please”"));
    assert!(wished.text.contains("AI assistant"));
    assert!(wished.offers_human && wished.sources.is_empty());
}

#[test]
fn a_message_that_asks_nothing_gets_a_short_reply() {
    let knowledge = demo_shop();
    let reply = |text| answer(knowledge, text, Vec::new());
    assert!(
        reply("Hello!")
            .text
            .starts_with("Hello. I am an AI assistant")
    );
    assert!(reply("ok thanks").text.starts_with("You are welcome."));
    for text in ["", "🙂🙂", "can you help me please", "???"] {
        assert!(
            reply(text).text.starts_with("Tell me in a sentence"),
            "{text}"
        );
        assert!(reply(text).offers_human);
    }
}

#[test]
fn a_question_that_leans_on_the_one_before_is_read_with_it() {
    let knowledge = demo_shop();
    let history = vec![
        said(Author::Visitor {}, "What about refunds?"),
        said(Author::Bot {}, "I do not know."),
    ];
    let answer = answer(knowledge, "and how long does that take?", history);
    assert!(
        answer.text.contains("under “How long a refund takes”"),
        "{}",
        answer.text
    );
}

#[test]
fn it_does_not_say_the_same_twice_but_offers_a_person() {
    let knowledge = demo_shop();
    let ask = "When do I get my money back?";
    let first = answer(knowledge, ask, Vec::new());
    let history = || {
        vec![
            said(Author::Visitor {}, ask),
            said(Author::Bot {}, &first.text),
        ]
    };
    for text in ["When will I get my money back??", "no, that does not work"] {
        let second = answer(knowledge, text, history());
        assert!(
            second.text.starts_with("What I quoted above is all"),
            "{text}: {}",
            second.text
        );
        assert!(second.offers_human);
        assert_eq!(second.sources, first.sources);
    }
    // The same words from the visitor do not count as an answer.
    let quoted_by_visitor = vec![said(Author::Visitor {}, &first.text)];
    assert_eq!(answer(knowledge, ask, quoted_by_visitor), first);
}

#[test]
fn query_syntax_is_read_as_words() {
    let knowledge = demo_shop();
    let plain = answer(knowledge, "How long does a refund take", Vec::new());
    for text in [
        "How long +does a \"refund\" take?",
        "title:How AND long (does a refund^5 take)~2",
        "* How long does a refund take [TO *]",
    ] {
        let answer = answer(knowledge, text, Vec::new());
        assert!(!answer.text.is_empty(), "{text}");
    }
    assert_eq!(
        answer(
            knowledge,
            "+How \"long\" -does (a) [refund] take~",
            Vec::new()
        ),
        plain
    );
}

#[test]
fn the_longest_message_is_read_and_no_more() {
    let knowledge = demo_shop();
    let letter = "ä refund ".repeat(1_000);
    let cut = first_chars(&letter);
    assert_eq!(cut.chars().count(), protocol::MAX_TEXT_CHARS);
    assert_eq!(
        answer(knowledge, &letter, Vec::new()),
        answer(knowledge, cut, Vec::new())
    );
}

#[test]
fn an_article_that_cannot_be_used_is_named() {
    let error = |articles: &[(&str, &str)]| {
        let articles = articles.iter().copied();
        Knowledge::from_articles(articles)
            .err()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        error(&[("good", "# A\n\nb"), ("bad", "no title")]),
        "the help article “bad” cannot be used: it must begin with a title: a first line such as `# Returning an item`"
    );
    assert_eq!(
        error(&[("same", "# A\n\nb"), ("same", "# C\n\nd")]),
        "two help articles are called “same”: rename one of them"
    );
}

#[test]
fn links_between_articles_lead_somewhere() {
    let knowledge = demo_shop();
    for article in knowledge.articles() {
        for target in article.to_html().split("href=\"").skip(1) {
            let target = target.split('"').next().unwrap();
            let slug = target.strip_prefix("/help/").unwrap();
            assert!(
                knowledge.article(slug).is_some(),
                "{}: {target}",
                article.slug
            );
        }
    }
}

/// What is suggested is answered, or it would lead nowhere; and it is not what was just said.
#[test]
fn every_suggestion_is_the_title_of_another_article_that_is_quoted_when_it_is_asked_for() {
    let knowledge = demo_shop();
    let mut suggested = 0;
    let titles: Vec<&str> = knowledge
        .articles()
        .iter()
        .map(|article| &*article.title)
        .collect();
    let questions = [
        "Can I return a lamp?",
        "How long does shipping take?",
        "Can I pay later?",
    ];
    for question in questions.into_iter().chain(titles.iter().copied()) {
        let asked = answer(knowledge, question, Vec::new());
        assert!(asked.replies.len() <= 3, "{question}: {:?}", asked.replies);
        for title in &asked.replies {
            suggested += 1;
            assert!(titles.contains(&&**title), "{title}");
            let next = answer(knowledge, title, Vec::new());
            assert!(
                next.text.starts_with("From our help page"),
                "{title}: {}",
                next.text
            );
            assert_eq!(next.sources[0].title, *title);
            assert_ne!(next.text, asked.text, "{question}");
        }
    }
    assert!(suggested >= 3, "only {suggested} were suggested");
}
