//! How text is shown: as text, with the few marks that are read in it.
//!
//! People write what they write, and most of it was never meant as Markdown. So only a small part of that is read, and only
//! where it can hardly be meant otherwise: `**bold**`, `` `code` ``, code between lines of three backticks, lists of two
//! items or more, `[named](https://…)` links, and addresses as they are. Everything else stays as it was typed: `2*3*4`,
//! `file_names`, `#1234`, `1.` and whatever looks like HTML. Nothing is ever left out but the marks themselves.
//!
//! Reading takes time in proportion to the text, whatever is in it, and no more than [`MAX_DEPTH`] parts are inside one another.

mod address;
mod block;
mod line;

/// How many parts are inside one another at the most: three lists and their items, a paragraph, and bold code in it.
pub const MAX_DEPTH: usize = 9;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Shown as it is. Its line breaks are those that were typed.
    Text(&'a str),
    /// Pieces that are something together.
    Part(Part<'a>, Vec<Piece<'a>>),
    /// Shown as a link.
    Link(Link<'a>),
}

/// What pieces are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Lines that follow one another.
    Paragraph,
    /// A list of [`Item`](Self::Item)s whose order says nothing.
    Bullets,
    /// A list of items, of which the first has this number.
    Numbers(u32),
    /// An item of a list: text, and what else is indented below it.
    Item,
    /// Lines of code, and the language that its writer said they are in; empty if they did not.
    Listing(&'a str),
    /// A few words of code.
    Code,
    /// Bold.
    Strong,
}

/// A link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link<'a> {
    /// What it is called: a part of the text, as it was written.
    pub text: &'a str,
    /// Where it really leads, if what it is called does not say so: the host, the address or the number. It is to be shown
    /// beside the text, or `[shop.example](https://evil.example)` would lead whoever trusts it astray.
    pub beside: Option<&'a str>,
    /// What stands before the target: empty, or `mailto:` for an address written without it.
    scheme: &'static str,
    target: &'a str,
}

impl Part<'_> {
    /// The name of the HTML element that says so.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        match self {
            Self::Paragraph => "p",
            Self::Bullets => "ul",
            Self::Numbers(_) => "ol",
            Self::Item => "li",
            Self::Listing(_) => "pre",
            Self::Code => "code",
            Self::Strong => "strong",
        }
    }
}

impl Link<'_> {
    /// The target. Always begins with `http://`, `https://`, `mailto:` or `tel:`, in large or small letters, and holds no
    /// white space and no quotation marks.
    #[must_use]
    pub fn href(&self) -> String {
        [self.scheme, self.target].concat()
    }
}

/// Reads a message: paragraphs, lists and code, one below the other.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let breaks = |byte: &u8| *byte == b'\n';
    while let Some(length) = text.as_bytes()[start..].iter().position(breaks) {
        let line = &text[start..start + length];
        lines.push(line.strip_suffix('\r').unwrap_or(line));
        start += length + 1;
    }
    lines.push(&text[start..text.len()]);
    block::read(&lines, 0)
}

/// Reads words of ours that may hold an address, such as how else to reach a shop: text and links.
#[must_use]
pub fn links(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    line::read(text, false, &mut pieces);
    pieces
}

#[cfg(test)]
mod tests;
