//! Text that somebody wrote: escaped, with the few marks and links that `protocol` reads in it.

use maud::{Markup, html};
use protocol::text::{Link, Part, Piece, links, pieces};

/// A message: paragraphs, lists and code.
pub fn written(text: &str) -> Markup {
    shown(&pieces(text))
}

/// Words of ours with the links that may be made of them.
pub fn linked(text: &str) -> Markup {
    shown(&links(text))
}

fn shown(pieces: &[Piece<'_>]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Text(text) => (text)
                Piece::Part(part, pieces) => (together(*part, &shown(pieces)))
                Piece::Link(to) => (link(to))
            }
        }
    }
}

/// Each paragraph, list and listing has the direction of its own first letter.
fn together(part: Part<'_>, inner: &Markup) -> Markup {
    html! {
        @match part {
            Part::Paragraph => p dir="auto" { (inner) }
            Part::Bullets => ul dir="auto" { (inner) }
            Part::Numbers(1) => ol dir="auto" { (inner) }
            Part::Numbers(first) => ol dir="auto" start=(first) { (inner) }
            Part::Item => li { (inner) }
            // What is wider than the page is scrolled, also by those who have only a keyboard.
            Part::Listing("") => pre dir="auto" tabindex="0" { (inner) }
            Part::Listing(language) => pre dir="auto" tabindex="0" data-language=(language) { (inner) }
            Part::Code => code { (inner) }
            Part::Strong => strong { (inner) }
        }
    }
}

fn link(link: &Link<'_>) -> Markup {
    html! {
        a href=(link.href()) target="_blank" rel="noopener noreferrer nofollow" {
            (link.text)
            @if let Some(beside) = link.beside { " " bdi.link-host dir="ltr" { "(" (beside) ")" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S1, S2.
    #[test]
    fn marks_become_elements_and_everything_else_stays_text() {
        assert_eq!(
            written("**a** & <b>\n- `x<y`\n- [b.example](https://c.example/?a=1&b=\'2)\n\n```js\n\"1\"\n```").into_string(),
            "<p dir=\"auto\"><strong>a</strong> &amp; &lt;b&gt;</p>\
             <ul dir=\"auto\"><li><code>x&lt;y</code></li>\
             <li><a href=\"https://c.example/?a=1&amp;b='2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">\
             b.example <bdi class=\"link-host\" dir=\"ltr\">(c.example)</bdi></a></li></ul>\
             <pre dir=\"auto\" tabindex=\"0\" data-language=\"js\">&quot;1&quot;</pre>"
        );
        assert_eq!(
            written("3. a\n4. b\n\n```\nx\n```").into_string(),
            "<ol dir=\"auto\" start=\"3\"><li>a</li><li>b</li></ol><pre dir=\"auto\" tabindex=\"0\">x</pre>"
        );
        assert_eq!(
            linked("**us**: a@b.example").into_string(),
            "**us**: <a href=\"mailto:a@b.example\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">a@b.example</a>"
        );
    }
}
