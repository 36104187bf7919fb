//! How text is shown: as text, with the few links that may be made of it.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// Shown as it is.
    Plain(&'a str),
    /// Shown as a link.
    Link {
        /// What is shown: a part of the text, as it was written.
        text: &'a str,
        /// Prefix of the target: empty, or `mailto:` for an address written without it.
        scheme: &'static str,
    },
}

impl Span<'_> {
    /// The link's target; none for plain text. Always begins with `http://`, `https://` or `mailto:`.
    #[must_use]
    pub fn href(&self) -> Option<String> {
        match self {
            Span::Plain(_) => None,
            Span::Link { text, scheme } => Some([scheme, *text].concat()),
        }
    }
}

/// Cuts a text into plain pieces and links; put together again they are the text.
///
/// Only `http://…`, `https://…`, `mailto:…` and email addresses become links. A link ends at white space, at a
/// control or quotation character, and before punctuation that closes a sentence or an unopened bracket.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while at < text.len() {
        let word_end = at + word_length(&text[at..]);
        if let Some((start, end, scheme)) = link_in(text, at, word_end) {
            if plain_from < start {
                spans.push(Span::Plain(&text[plain_from..start]));
            }
            spans.push(Span::Link {
                text: &text[start..end],
                scheme,
            });
            plain_from = end;
        }
        at = word_end;
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    if plain_from < text.len() {
        spans.push(Span::Plain(&text[plain_from..]));
    }
    spans
}

fn word_length(text: &str) -> usize {
    text.find(ends_word).unwrap_or(text.len())
}

fn ends_word(character: char) -> bool {
    // Invisible and direction-changing characters could make a link look like another one.
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '<' | '>' | '"' | '`' | '«' | '»' | '“' | '”' | '„'
        )
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

fn link_in(text: &str, from: usize, to: usize) -> Option<(usize, usize, &'static str)> {
    let word = &text[from..to];
    for scheme in ["https://", "http://", "mailto:"] {
        if let Some(offset) = find_ignoring_case(word, scheme) {
            // `xhttp://…` is no link, and neither is `javascript:http://…`.
            let before = word[..offset].chars().next_back();
            if before
                .is_some_and(|character| character.is_alphanumeric() || "+-.:/".contains(character))
            {
                return None;
            }
            let end = from + offset + trimmed_length(&word[offset..]);
            return (end > from + offset + scheme.len()).then_some((from + offset, end, ""));
        }
    }
    let start = word.len() - word.trim_start_matches(['(', '[', '\'']).len();
    let end = start + trimmed_length(&word[start..]);
    is_address(&word[start..end]).then_some((from + start, from + end, "mailto:"))
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes()
        .windows(needle.len())
        .position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

fn trimmed_length(link: &str) -> usize {
    let mut link = link;
    while let Some(last) = link.chars().next_back() {
        let closes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | '*' => true,
            ')' => link.matches(')').count() > link.matches('(').count(),
            ']' => link.matches(']').count() > link.matches('[').count(),
            _ => false,
        };
        if !closes {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link.len()
}

fn is_address(word: &str) -> bool {
    let Some((name, domain)) = word.split_once('@') else {
        return false;
    };
    let name_is_plain = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=^_{|}~".contains(&byte));
    let mut labels = domain.split('.');
    let labels_are_plain = labels.all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let top_level = domain.rsplit('.').next().unwrap_or(domain);
    name_is_plain && labels_are_plain && domain.contains('.') && top_level.len() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let spans = spans(text);
        let joined: String = spans
            .iter()
            .map(|span| match span {
                Span::Plain(text) | Span::Link { text, .. } => *text,
            })
            .collect();
        assert_eq!(joined, text, "the pieces are the text");
        spans.iter().filter_map(Span::href).collect()
    }

    #[test]
    fn http_https_and_mail_become_links() {
        assert_eq!(
            links("see https://a.example/x?y=1#z."),
            ["https://a.example/x?y=1#z"]
        );
        assert_eq!(
            links("(http://a.example/b_(c))"),
            ["http://a.example/b_(c)"]
        );
        assert_eq!(
            links("HTTPS://A.example, or help@a.example!"),
            ["HTTPS://A.example", "mailto:help@a.example"]
        );
        assert_eq!(links("mailto:help@a.example"), ["mailto:help@a.example"]);
    }

    #[test]
    fn nothing_else_becomes_a_link() {
        for text in [
            "",
            "javascript:alert(1)",
            "javascript:http://a.example/%0aalert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x file:///etc/passwd ftp://a.example",
            "https://",
            "a@b",
            "@a.example",
            "a@.example",
            "xhttps://a.example",
        ] {
            assert_eq!(links(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_link_cannot_break_out_of_an_attribute() {
        for link in links("https://a.example/\"onmouseover=\"x https://a.example/<b>") {
            assert!(!link.contains(['"', '<', '>', ' ']), "{link}");
        }
    }

    #[test]
    fn text_of_any_script_is_cut_at_characters() {
        assert_eq!(
            links("مرحبا https://a.example/é你好。 ok"),
            ["https://a.example/é你好。"]
        );
        assert_eq!(
            links("\u{202e}https://a.example\u{202e}moc"),
            ["https://a.example"]
        );
    }
}
