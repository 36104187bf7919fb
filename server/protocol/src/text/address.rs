//! Addresses: which pieces of a text are one, and where they lead.
//!
//! All that is looked for is ASCII, so that bytes are looked at: the search in characters is several times the code, and
//! every visitor downloads it.

use super::Link;

/// What a link's target may begin with.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// An address in a word, by where it begins and ends in the text.
pub struct Address {
    pub start: usize,
    pub end: usize,
    scheme: &'static str,
}

impl Address {
    /// The first one in the word between these bytes, if there is any.
    ///
    /// Only `http://…`, `https://…`, `mailto:…`, `tel:…` and email addresses are. An address ends before punctuation that
    /// closes a sentence or an unopened bracket.
    pub fn find(text: &str, from: usize, to: usize) -> Option<Self> {
        let bytes = &text.as_bytes()[from..to];
        for scheme in SCHEMES {
            let begins = |at: &[u8]| at.eq_ignore_ascii_case(scheme.as_bytes());
            if let Some(offset) = bytes.windows(scheme.len()).position(begins) {
                // `xhttp://…` is no link, and neither is `javascript:http://…`.
                let before = offset.checked_sub(1).map_or(b' ', |before| bytes[before]);
                let (start, end) = (from + offset, from + offset + trimmed(&bytes[offset..]));
                let is_link = !before.is_ascii_alphanumeric()
                    && !b"+-.:/".contains(&before)
                    && is_target(&text[start..end]);
                return is_link.then_some(Self {
                    start,
                    end,
                    scheme: "",
                });
            }
        }
        let opens = |byte: &&u8| b"([*'".contains(byte);
        let start = bytes.iter().take_while(opens).count();
        let end = start + trimmed(&bytes[start..]);
        is_email(&bytes[start..end]).then_some(Self {
            start: from + start,
            end: from + end,
            scheme: "mailto:",
        })
    }

    /// The link that it is.
    pub fn link<'a>(&self, text: &'a str) -> Link<'a> {
        let address = &text[self.start..self.end];
        link(address, self.scheme, address)
    }
}

/// The link with a name of its own, and where it ends, if one begins with the bracket at `at`: `[name](target)`.
pub fn named(text: &str, at: usize) -> Option<(Link<'_>, usize)> {
    let bytes = text.as_bytes();
    // A picture: nothing is fetched, so that its address is all there is to show.
    if at > 0 && bytes[at - 1] == b'!' {
        return None;
    }
    // A second bracket ends the search, so that many of them do not have the same text searched many times.
    let is_bracket = |byte: &u8| matches!(byte, b'[' | b']');
    let name_end = at + 1 + bytes[at + 1..].iter().position(is_bracket)?;
    let begin = name_end + 2;
    if bytes.get(name_end..begin)? != b"](" {
        return None;
    }
    let mut depth = 0;
    let ends = |byte: &u8| {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth < 0 || is_bracket(byte)
    };
    let end = begin + bytes[begin..].iter().position(ends)?;
    let (name, target) = (&text[at + 1..name_end], &text[begin..end]);
    let is_link = bytes[end] == b')'
        && !name.trim().is_empty()
        && !target.contains('\\')
        && word_end(target, 0) == target.len()
        && is_target(target);
    is_link.then(|| (link(name, "", target), end + 1))
}

/// Where the word ends that begins at `at`, or the character that stands there instead of one.
pub fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for character in text[at..text.len()].chars() {
        if ends_word(character) {
            if end == at {
                end += character.len_utf8();
            }
            break;
        }
        end += character.len_utf8();
    }
    end
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

fn link<'a>(text: &'a str, scheme: &'static str, target: &'a str) -> Link<'a> {
    let mut host = authority(target);
    if matches!(scheme_of(target), Some("https://" | "http://"))
        && let Some(at) = host.bytes().rposition(|byte| byte == b'@')
    {
        // What stands before it is sent to the host, and says nothing about it.
        host = &host[at + 1..host.len()];
    }
    let is_said = authority(text).eq_ignore_ascii_case(host);
    Link {
        text,
        beside: (!is_said).then_some(host),
        scheme,
        target,
    }
}

/// What an address says that it leads to: all between the scheme and the first character that ends it for browsers, which
/// take more slashes than two, and backslashes as well.
fn authority(address: &str) -> &str {
    let bytes = address.as_bytes();
    let is_slash = |byte: &&u8| matches!(byte, b'/' | b'\\');
    let mut start = scheme_of(address).map_or(0, str::len);
    start += bytes[start..].iter().take_while(is_slash).count();
    let goes_on = |byte: &&u8| !is_slash(byte) && !matches!(byte, b'?' | b'#');
    &address[start..start + bytes[start..].iter().take_while(goes_on).count()]
}

fn scheme_of(address: &str) -> Option<&'static str> {
    SCHEMES.into_iter().find(|scheme| {
        let start = address.as_bytes().get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    })
}

fn is_target(address: &str) -> bool {
    let rest = authority(address);
    match scheme_of(address) {
        // Any program that takes calls can read this much.
        Some("tel:") => {
            let is_digit = |byte: u8| byte.is_ascii_digit();
            rest.bytes().any(is_digit)
                && rest.len() + 4 == address.len()
                && rest
                    .bytes()
                    .all(|byte| is_digit(byte) || b"+-.()*,;=".contains(&byte))
        }
        Some(_) => !rest.is_empty(),
        None => false,
    }
}

/// How long an address is without the punctuation after it.
fn trimmed(address: &[u8]) -> usize {
    // How many brackets more are closed than opened. Counted once, for there may be thousands.
    let surplus = |open, close| {
        let count = |bracket: u8| address.iter().filter(|&&byte| byte == bracket).count();
        count(close).saturating_sub(count(open))
    };
    let (mut round, mut square) = (surplus(b'(', b')'), surplus(b'[', b']'));
    let mut address = address;
    loop {
        address = match address {
            [rest @ .., b')'] if round > 0 => {
                round -= 1;
                rest
            }
            [rest @ .., b']'] if square > 0 => {
                square -= 1;
                rest
            }
            // The last three bytes are an ellipsis.
            [
                rest @ ..,
                b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*',
            ]
            | [rest @ .., 0xe2, 0x80, 0xa6] => rest,
            _ => return address.len(),
        };
    }
}

fn is_email(word: &[u8]) -> bool {
    let Some(at) = word.iter().position(|&byte| byte == b'@') else {
        return false;
    };
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=^_{|}~".contains(byte);
    if at == 0 || !word[..at].iter().all(is_plain) {
        return false;
    }
    let (mut has_dot, mut label) = (false, 0);
    for &byte in &word[at + 1..] {
        match byte {
            b'.' if label > 0 => {
                has_dot = true;
                label = 0;
            }
            b'-' => label += 1,
            _ if byte.is_ascii_alphanumeric() => label += 1,
            _ => return false,
        }
    }
    // The last one is a country's or another name that there is.
    has_dot && label >= 2
}
