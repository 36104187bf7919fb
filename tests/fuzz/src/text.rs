//! S1, S2: texts, as pages show them, whoever wrote them.

use protocol::text::{Link, MAX_DEPTH, Part, Piece, links, pieces};

/// Whatever comes: all that was written is shown, in its order, but for the marks that were read; what is a link leads
/// where links may lead, and says so; and nothing is deeper than it may be.
///
/// # Panics
///
/// If not.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let mut rest = Rest {
        text,
        places: 0,
        marks: 0,
    };
    rest.read(&pieces(text), 0);
    assert_eq!(rest.next(), None, "{text:?} is shown to its end");
    assert!(rest.marks <= rest.places, "{text:?}");
    let mut rest = Rest {
        text,
        places: 0,
        marks: 0,
    };
    rest.read(&links(text), MAX_DEPTH);
    assert_eq!((rest.next(), rest.marks), (None, 0), "{text:?}");
}

/// What is left of a text while the pieces that it was cut into are held against it.
struct Rest<'a> {
    text: &'a str,
    /// Marks that the pieces stand for, at the most.
    places: usize,
    /// Characters passed over as marks.
    marks: usize,
}

impl Rest<'_> {
    /// The next character that can be seen.
    fn next(&mut self) -> Option<char> {
        self.text = self.text.trim_start();
        let next = self.text.chars().next()?;
        self.text = &self.text[next.len_utf8()..];
        Some(next)
    }

    /// Expects these characters, but for white space. `*`, `-` and backticks may stand before each of them, and are counted.
    fn expect(&mut self, shown: &str) {
        for expected in shown.chars().filter(|character| !character.is_whitespace()) {
            loop {
                let next = self.next();
                if next == Some(expected) {
                    break;
                }
                self.pass(next, expected);
            }
        }
    }

    fn pass(&mut self, next: Option<char>, expected: char) {
        assert!(
            matches!(next, Some('*' | '-' | '`')),
            "{next:?} is not shown, or not before {expected:?}, with {:?} to come",
            self.text
        );
        self.marks += 1;
    }

    fn read(&mut self, pieces: &[Piece<'_>], depth: usize) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.expect(text),
                Piece::Link(link) => self.link(link),
                Piece::Part(part, inner) => {
                    assert!(depth < MAX_DEPTH);
                    assert!(!inner.is_empty(), "there is no {part:?} of nothing");
                    self.part(*part, inner, depth + 1);
                }
            }
        }
        // Marks that end something, or are all there is.
        while let Some(next) = self.text.trim_start().chars().next()
            && matches!(next, '*' | '-' | '`')
            && depth == 0
        {
            self.next();
            self.marks += 1;
        }
    }

    fn part(&mut self, part: Part<'_>, inner: &[Piece<'_>], depth: usize) {
        self.places += match part {
            Part::Paragraph | Part::Bullets | Part::Numbers(_) => 0,
            Part::Item => 1,
            Part::Strong => 4,
            Part::Listing(_) | Part::Code => 6,
        };
        match part {
            Part::Listing(language) => self.expect(language),
            Part::Numbers(first) => {
                for (number, item) in (first..).zip(inner) {
                    assert!(matches!(item, Piece::Part(Part::Item, _)), "{item:?}");
                    self.expect(&format!("{number}."));
                    self.read(std::slice::from_ref(item), depth);
                }
                return;
            }
            _ => {}
        }
        self.read(inner, depth);
    }

    fn link(&mut self, link: &Link<'_>) {
        let href = link.href();
        let begins = ["http://", "https://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| {
                href.get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            });
        let breaks = |character: char| {
            character.is_whitespace() || character.is_control() || "<>\"`".contains(character)
        };
        assert!(begins && !href.contains(breaks), "{href:?}");
        // What is in the way to it are marks of what is around it.
        let mark = |character: char| character.is_whitespace() || "*-`".contains(character);
        let is_named = self.text.trim_start_matches(mark).starts_with('[');
        assert!(
            link.beside.is_some() || says(link.text, &href),
            "{:?} leads to {href:?}",
            link.text
        );
        if is_named {
            self.expect("[");
            self.expect(link.text);
            self.expect(&["](", &href, ")"].concat());
        } else {
            self.expect(link.text);
        }
    }
}

/// Whether a link's name is an address at the same host: then the host's name, and nothing else, stands before the path.
fn says(name: &str, href: &str) -> bool {
    let host = |address: &str| {
        let address = address.to_ascii_lowercase();
        let rest = ["http://", "https://", "mailto:", "tel:"]
            .iter()
            .find_map(|scheme| address.strip_prefix(scheme))
            .unwrap_or(&address)
            .trim_start_matches(['/', '\\'])
            .to_owned();
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    host(name) == host(href)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What texts are made of in which marks are read, and what stands beside them.
    const PARTS: [&str; 40] = [
        "*",
        "**",
        "`",
        "``",
        "```",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "  ",
        "    ",
        "- ",
        "* ",
        "1. ",
        "2. ",
        "10. ",
        "[",
        "](",
        ")",
        "(",
        "]",
        "!",
        "https://a.example",
        "http://",
        "/x?y=1#z",
        "b@evil.example",
        "@",
        "mailto:",
        "tel:",
        "+44",
        "javascript:",
        "<b>",
        "\"",
        "a",
        "word",
        ".",
        "\\",
        "\u{202e}",
        "你好",
        "🙂",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn nothing_that_was_written_is_lost(parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..60)) {
            check(parts.concat().as_bytes());
        }

        #[test]
        fn nothing_at_all_that_can_be_written_is_lost(text in "\\PC{0,200}") {
            check(text.as_bytes());
        }
    }
}
