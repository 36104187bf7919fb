//! Reading articles and showing them.

use super::*;

fn article(markdown: &str) -> Article {
    Article::parse("returns", markdown).unwrap()
}

fn error(markdown: &str) -> String {
    Article::parse("returns", markdown).unwrap_err().to_string()
}

fn html(markdown: &str) -> String {
    article(&format!("# T\n\n{markdown}")).to_html()
}

#[test]
fn an_article_is_read_into_passages_under_their_headings() {
    let read = article(
        "# Returning *an* item\n\nYou can send\nback a lamp.\n\n## How long\n\
         <!-- asked: too late to return;  deadline ; -->\n\nIt depends:\n\n- Gold: no limit\n- Silver:\n  6 months\n\n\
         See [Refunds](/help/refunds) & `more`.\n\n## Steps\n\n1. Pack it.\n2. Post it.\n",
    );
    assert_eq!(read.title, "Returning an item");
    assert_eq!(read.url(), "/help/returns");
    let passages: Vec<_> = read
        .passages
        .iter()
        .map(|passage| {
            (
                passage.heading.as_str(),
                passage.asked.len(),
                passage.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        passages,
        [
            ("", 0, "You can send back a lamp."),
            (
                "How long",
                2,
                "It depends:\n- Gold: no limit\n- Silver: 6 months"
            ),
            ("How long", 2, "See Refunds & more."),
            ("Steps", 0, "1. Pack it.\n2. Post it."),
        ]
    );
    assert_eq!(read.passages[1].asked, ["too late to return", "deadline"]);
}

#[test]
fn nested_and_loose_lists_keep_their_shape() {
    let read = article("# T\n\n- a\n  - b\n  - c\n\n- d\n");
    assert_eq!(read.passages[0].text, "- a\n  - b\n  - c\n- d");
}

#[test]
fn a_file_that_is_no_article_is_told_what_to_change() {
    assert!(error("Just text.").contains("must begin with a title"));
    assert!(error("Text first.\n\n# Title").contains("must begin with a title"));
    assert!(error("#\n\nText.").contains("must begin with a title"));
    assert!(error("# Title\n\n## Heading\n").contains("no text below its title"));
    let long = format!("# Title\n\n## Heading\n\n{}", "word ".repeat(301));
    assert_eq!(
        error(&long),
        "a paragraph under “Heading” has 1504 characters: split it into paragraphs of at most 1500"
    );
    for slug in ["", "Returns", "a/b", "ä", "../x", &"a".repeat(81)] {
        assert_eq!(
            Article::parse(slug, "# T\n\nText."),
            Err(ArticleError::Slug),
            "{slug}"
        );
    }
}

#[test]
fn html_in_an_article_is_shown_as_text_and_comments_are_not_shown() {
    let page = html(
        "a <b onclick=x>b</b>\n\n<script>alert(1)</script>\n\n<!-- asked: x -->\n\nc<!-- d -->",
    );
    assert!(page.contains("a &lt;b onclick=x&gt;b&lt;/b&gt;"), "{page}");
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
    assert!(
        !page.contains("<script") && !page.contains("asked") && !page.contains("d --"),
        "{page}"
    );
    // What only begins like a comment is shown, not hidden.
    assert!(html("Text.\n\n<!-- a --><img src=x onerror=y><!-- b -->").contains("&lt;img"));
}

#[test]
fn links_lead_only_to_the_web_to_mail_and_to_this_server() {
    assert_eq!(
        html("[a](https://example.com/?a=1&b=2)"),
        "<h1>T</h1>\n<p><a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener noreferrer\">a</a></p>\n"
    );
    assert!(html("[a](/help/refunds)").contains("<a href=\"/help/refunds\">a</a>"));
    assert!(html("<hello@example.com>").contains("href=\"mailto:hello@example.com\""));
    assert!(html("[a](</x?\"onclick=y>)").contains("href=\"/x?&quot;onclick=y\""));
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x73;cript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "</\t/elsewhere.example>",
        "relative",
        "#top",
    ] {
        let page = html(&format!("[text]({target})"));
        assert!(!page.contains("<a"), "{target}: {page}");
        assert!(page.contains("text"), "{target}: {page}");
    }
    assert!(!html("<javascript:alert(1)>").contains("<a"));
}

#[test]
fn a_picture_is_its_description() {
    assert_eq!(
        html("![A *lamp*](https://elsewhere.example/pixel.gif) here"),
        "<h1>T</h1>\n<p>A <em>lamp</em> here</p>\n"
    );
}

#[test]
fn a_picture_in_a_refused_link_leaves_only_words() {
    assert_eq!(
        html("[![a](b.png) c](javascript:x) [d](/e)"),
        "<h1>T</h1>\n<p>a c <a href=\"/e\">d</a></p>\n"
    );
}
