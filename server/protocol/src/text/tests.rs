//! S1, S2: what is read in a text, and what stays as it was typed. `tests/fuzz` asks the same of any text at all.

use super::*;

/// Pieces as HTML would have them, short: `<p>` is left out where it is all there is.
fn shown(pieces: &[Piece<'_>]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Part(part, pieces) => {
                let (tag, inner) = (part.tag(), shown(pieces));
                match part {
                    Part::Numbers(first) => format!("<{tag} {first}>{inner}</{tag}>"),
                    Part::Listing(language) if !language.is_empty() => {
                        format!("<{tag} {language}>{inner}</{tag}>")
                    }
                    _ => format!("<{tag}>{inner}</{tag}>"),
                }
            }
            Piece::Link(link) => match link.beside {
                Some(beside) => format!("<{} = {} ({beside})>", link.text, link.href()),
                None => format!("<{} = {}>", link.text, link.href()),
            },
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let read = shown(&pieces(text));
    let alone = read
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    let read = match alone {
        Some(alone) if !alone.contains("<p>") => alone,
        _ => &read,
    };
    assert_eq!(read, expected, "{text}");
}

/// The targets in a text.
fn targets(text: &str) -> Vec<String> {
    fn collect(pieces: &[Piece<'_>], targets: &mut Vec<String>) {
        for piece in pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::Part(_, pieces) => collect(pieces, targets),
                Piece::Link(link) => targets.push(link.href()),
            }
        }
    }
    let mut found = vec![];
    collect(&pieces(text), &mut found);
    let mut alone = vec![];
    collect(&links(text), &mut alone);
    assert!(
        found.len() >= alone.len(),
        "a message has every link of {text}"
    );
    found
}

#[test]
fn what_was_hardly_meant_as_markdown_stays_as_it_was_typed() {
    for text in [
        "",
        "Where is my order #1234?",
        "# 1234 is its number",
        "2*3*4 = 24 and 2**3**4 is more, 5 ** 2 as well",
        "my_file_name.txt and __init__.py, snake_case_ and _this_",
        "*sigh* ... *shrug* ¯\\_(ツ)_/¯ >:-* (* *) ^_^ *_* **",
        "** not bold ** and **neither is this",
        "****** ***** *** **",
        "1. it is late",
        "1. I want my money back.\nNow.",
        "- hello",
        "-5 degrees\n-7 degrees",
        "24. December",
        "1. one\n1. one again\n3. three",
        "0. nothing\n1. one",
        "1.5 kg\n2.5 kg",
        "it`s mine, don`t touch it",
        "` ` and `` and ``` and ````",
        "```",
        "``` two words\nno code\n```",
        "```\nno end",
        "> a quote, ~~struck~~, | a | table |",
        "![a picture](x.png)",
        "[x] done, [ ] to do, [1] see (below)",
        "[a](b), [c](/d), [e](javascript:alert(1)), [f](https:g), [g](data:text/html,x)",
        "[](x) [a] (b) https:// tel: mailto:",
        "<b>bold</b> <a href='x'>x</a> &amp; &#42;&#42;b&#42;&#42;",
        "\\*\\*not\\*\\*",
        "🙂🎉👨‍👩‍👧",
        "  spaces   stay\n    where they are",
    ] {
        check(text, text);
    }
}

#[test]
fn bold_and_code_are_read_in_a_line() {
    check("This is **bold**.", "This is <strong>bold</strong>.");
    check(
        "(**a b**), **c**!",
        "(<strong>a b</strong>), <strong>c</strong>!",
    );
    check("这是**重要**的", "这是<strong>重要</strong>的");
    check(
        "Type `a*b*c` or `**`.",
        "Type <code>a*b*c</code> or <code>**</code>.",
    );
    check("``a `b` c``", "<code>a `b` c</code>");
    check("**see `x` now**", "<strong>see <code>x</code> now</strong>");
    check("**one\ntwo**", "**one\ntwo**");
    check("a **b `c** d` e", "a **b <code>c** d</code> e");
}

#[test]
fn empty_lines_part_paragraphs_and_single_breaks_stay() {
    check("one\ntwo", "one\ntwo");
    check("one\r\ntwo\r\n\r\n\r\nthree", "<p>one\ntwo</p><p>three</p>");
}

#[test]
fn two_items_are_a_list() {
    check(
        "I have:\n- a lamp\n- **two** shades\nThat is all.",
        "<p>I have:</p><ul><li>a lamp</li><li><strong>two</strong> shades</li></ul><p>That is all.</p>",
    );
    check("* a\n\n* b", "<ul><li>a</li><li>b</li></ul>");
    check(
        "3. c\n4. d\n   and so on\n\n   and on",
        "<ol 3><li>c</li><li>d\nand so on<p>and on</p></li></ol>",
    );
    check(
        "1. a\n   - x\n   - y\n2. b",
        "<ol 1><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>",
    );
    check("- a\n* b", "- a\n* b");
    check(
        "- a\n1. b\n2. c",
        "<p>- a</p><ol 1><li>b</li><li>c</li></ol>",
    );
}

#[test]
fn lists_are_three_deep_at_the_most() {
    let mut text = String::new();
    for depth in 0..6 {
        for letter in ["a", "b"] {
            text.push_str(&" ".repeat(2 * depth));
            text.push_str(&["- ", letter, "\n"].concat());
        }
    }
    assert_eq!(shown(&pieces(&text)).matches("<ul>").count(), 3, "{text}");
}

#[test]
fn lines_between_backticks_are_code_as_they_are() {
    check(
        "Run:\n```sh\nls -l  **x**\n\n  # https://a.example\n```\nand wait",
        "<p>Run:</p><pre sh>ls -l  **x**\n\n  # https://a.example</pre><p>and wait</p>",
    );
    check("```\n- a\n- b\n```", "<pre>- a\n- b</pre>");
    check(
        "1. Run\n   ```\n   x\n   ```\n2. Wait",
        "<ol 1><li>Run<pre>x</pre></li><li>Wait</li></ol>",
    );
    // Nothing between them: the second one begins the code.
    check("```\n```\nx\n```", "<p>```</p><pre>x</pre>");
}

#[test]
fn addresses_are_links_as_they_are() {
    check(
        "see https://a.example/x?y=1#z.",
        "see <https://a.example/x?y=1#z = https://a.example/x?y=1#z>.",
    );
    assert_eq!(
        targets("(http://a.example/b_(c))"),
        ["http://a.example/b_(c)"]
    );
    assert_eq!(
        targets("HTTPS://A.example, or help@a.example! Or tel:+44-20-7946-0112."),
        [
            "HTTPS://A.example",
            "mailto:help@a.example",
            "tel:+44-20-7946-0112"
        ]
    );
    assert_eq!(targets("mailto:help@a.example"), ["mailto:help@a.example"]);
    check(
        "**https://a.example/**, **help@a.example**",
        "<strong><https://a.example/ = https://a.example/></strong>, <strong><help@a.example = mailto:help@a.example></strong>",
    );
    check(
        "![x](http://a.example/x.png)",
        "![x](<http://a.example/x.png = http://a.example/x.png>)",
    );
}

#[test]
fn a_link_with_a_name_says_where_it_leads() {
    check(
        "Read [our terms](https://shop.example/terms_(2)), please.",
        "Read <our terms = https://shop.example/terms_(2) (shop.example)>, please.",
    );
    check(
        "[shop.example](https://shop.example/terms) [HTTPS://SHOP.example/a](https://shop.example/b)",
        "<shop.example = https://shop.example/terms> <HTTPS://SHOP.example/a = https://shop.example/b>",
    );
    check(
        "[a@shop.example](mailto:b@evil.example) [ring us](tel:+442079460112)",
        "<a@shop.example = mailto:b@evil.example (b@evil.example)> <ring us = tel:+442079460112 (+442079460112)>",
    );
    for (text, beside) in [
        (
            "[https://shop.example](https://evil.example)",
            "evil.example",
        ),
        (
            "[shop.example](https://shop.example.evil.example/)",
            "shop.example.evil.example",
        ),
        (
            "[shop.example](https://shop.example@evil.example/)",
            "evil.example",
        ),
        (
            "[shop.example](https://evil.example:8443/shop.example)",
            "evil.example:8443",
        ),
        ("[shop.example](https:///evil.example)", "evil.example"),
        (
            "[shop.example@evil.example](https://evil.example)",
            "evil.example",
        ),
        // And addresses that say one thing and do another by themselves.
        ("https://shop.example@evil.example/", "evil.example"),
        ("https://shop.example:443@evil.example", "evil.example"),
    ] {
        let read = shown(&pieces(text));
        assert!(read.contains(&format!(" ({beside})>")), "{read}");
    }
}

#[test]
fn nothing_else_becomes_a_link() {
    for text in [
        "",
        "javascript:alert(1)",
        "javascript:http://a.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x file:///etc/passwd ftp://a.example",
        "https:// http:/// https://// https://?x",
        "a@b",
        "@a.example",
        "a@.example",
        "xhttps://a.example",
        "hotel:5 tel:home tel:",
        "[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](&#106;avascript:alert(1))",
        "[x](//evil.example) [x](\\\\evil.example) [x](/etc) [x](#y) [x]( https://)",
        "[x](java\u{0}script:alert(1)) [x](\u{1}javascript:alert(1)) [x](blob:x)",
        "[a\nb](https:\n//a.example)",
    ] {
        assert_eq!(targets(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_link_cannot_break_out_of_an_attribute() {
    for target in targets(
        "https://a.example/\"onmouseover=\"x https://a.example/<b> [x](https://a.example/\"y) [x](https://a.example/'z)",
    ) {
        assert!(!target.contains(['"', '<', '>', ' ']), "{target}");
    }
}

#[test]
fn text_of_any_script_is_cut_at_characters() {
    assert_eq!(
        targets("مرحبا https://a.example/é你好。 ok"),
        ["https://a.example/é你好。"]
    );
    assert_eq!(
        targets("\u{202e}https://a.example\u{202e}moc"),
        ["https://a.example"]
    );
}

#[test]
fn words_of_ours_have_links_and_nothing_else() {
    assert_eq!(
        shown(&links(
            "- **Call** `us`:\n[here](https://a.example) or a@a.example"
        )),
        "- **Call** `us`:\n[here](<https://a.example = https://a.example>) or <a@a.example = mailto:a@a.example>"
    );
}

/// Ten times as long as any message may be: if any of these took time by its square, nobody would wait for the end.
#[test]
fn marks_that_never_end_cost_no_more_than_other_characters() {
    for mark in [
        "*",
        "**",
        "** ",
        "**a ",
        "**a** ",
        "a**",
        "`",
        "` ",
        "`a ",
        "`a",
        "``a `b ```c ",
        "```\n",
        "```a\n",
        "```\n```\n",
        "[",
        "]",
        "[a",
        "[a](",
        "[a](x",
        "[a](https://",
        "[a](tel:1)",
        "(",
        ")",
        "((",
        "https://a)",
        ")https://a",
        "https://",
        "tel:",
        "a@",
        "@a.b",
        "- ",
        "- a\n",
        "- a\n* b\n",
        "  - a\n",
        "- a\n  - b\n",
        "- a\n\n\n",
        "1. a\n",
        "- a\n  b\n",
        " ",
        " - a\n   c\n",
        "- - - ",
        "\n",
        "\u{202e}",
        "<",
        "🙂",
    ] {
        let text = mark.repeat(100_000 / mark.len());
        assert!(
            !pieces(&text).is_empty() || text.trim().is_empty(),
            "{mark}"
        );
        let text = ["https://a.example/", &text].concat();
        assert!(!pieces(&text).is_empty(), "{mark}");
    }
}
