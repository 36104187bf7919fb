//! Lines below one another: paragraphs, lists, and code.

use super::{Part, Piece, line};

/// How many lists may be inside one another.
const MOST_LISTS: u8 = 3;

/// A list's mark may be indented this far, in spaces. What is indented further belongs to something above it.
const MOST_INDENT: usize = 3;

/// What begins a line of code, and ends it.
const FENCE: &str = "```";

/// Reads lines that stand inside so many lists.
pub fn read<'a>(mut lines: &[&'a str], lists: u8) -> Vec<Piece<'a>> {
    let mut blocks = Vec::new();
    let mut paragraph = Vec::new();
    let mut fences = true;
    while let [first, rest @ ..] = lines {
        let block = list(lines, lists).or_else(|| listing(lines, &mut fences));
        if block.is_some() || is_blank(first) {
            close(&mut blocks, &mut paragraph, lists);
        }
        lines = match block {
            Some((block, taken)) => {
                blocks.push(block);
                &lines[taken..]
            }
            None => {
                if !is_blank(first) {
                    if !paragraph.is_empty() {
                        paragraph.push(Piece::Text("\n"));
                    }
                    line::read(first, true, &mut paragraph);
                }
                rest
            }
        };
    }
    close(&mut blocks, &mut paragraph, lists);
    blocks
}

/// Ends the paragraph. What an item of a list begins with is the item's own text.
fn close<'a>(blocks: &mut Vec<Piece<'a>>, paragraph: &mut Vec<Piece<'a>>, lists: u8) {
    if paragraph.is_empty() {
        return;
    }
    let pieces = std::mem::take(paragraph);
    if lists > 0 && blocks.is_empty() {
        *blocks = pieces;
    } else {
        blocks.push(Piece::Part(Part::Paragraph, pieces));
    }
}

/// The code that these lines begin with, and how many of them it takes. `fences` says whether there may be any end of it.
fn listing<'a>(lines: &[&'a str], fences: &mut bool) -> Option<(Piece<'a>, usize)> {
    let language = lines[0].trim().strip_prefix(FENCE)?;
    let is_language = |byte: u8| byte.is_ascii_alphanumeric() || b"+-#._".contains(&byte);
    if !*fences || language.len() > 20 || !language.bytes().all(is_language) {
        return None;
    }
    let Some(length) = lines[1..].iter().position(|line| line.trim() == FENCE) else {
        // Nor is there one for any code that begins below.
        *fences = false;
        return None;
    };
    if length == 0 {
        return None;
    }
    let mut code = Vec::new();
    for line in &lines[1..=length] {
        if !code.is_empty() {
            code.push(Piece::Text("\n"));
        }
        code.push(Piece::Text(line));
    }
    Some((Piece::Part(Part::Listing(language), code), length + 2))
}

/// The list that these lines begin with, and how many of them it takes. A line alone is none: people write `- ` and `1. `
/// before all kinds of things.
fn list<'a>(lines: &[&'a str], lists: u8) -> Option<(Piece<'a>, usize)> {
    let first = Mark::of(lines[0])?;
    if lists == MOST_LISTS {
        return None;
    }
    let mut items = Vec::new();
    let mut next = Some((first, 0));
    let mut taken = 0;
    while let Some((mark, at)) = next {
        let mut item = vec![&lines[at][mark.width..]];
        taken = at + 1;
        // What is indented below it is the item's, too, and so are empty lines before that.
        while let Some(further) = not_blank(lines, taken)
            && indent(lines[further]) >= first.indent + 2
        {
            for line in &lines[taken..=further] {
                item.push(&line[indent(line).min(mark.width)..]);
            }
            taken = further + 1;
        }
        items.push(item);
        next = not_blank(lines, taken).and_then(|at| {
            let found = Mark::of(lines[at])?;
            (found.indent == first.indent && mark.is_before(&found)).then_some((found, at))
        });
    }
    if items.len() < 2 {
        return None;
    }
    let items = items
        .iter()
        .map(|item| Piece::Part(Part::Item, read(item, lists + 1)))
        .collect();
    let part = match first.number {
        Some(number) => Part::Numbers(number),
        None => Part::Bullets,
    };
    Some((Piece::Part(part, items), taken))
}

/// What a line of a list begins with.
#[derive(Clone, Copy)]
struct Mark {
    /// Spaces before it, in bytes.
    indent: usize,
    /// The character that it is or ends with.
    sign: u8,
    /// Its number; none for a bullet.
    number: Option<u32>,
    /// All before the text, in bytes.
    width: usize,
}

impl Mark {
    fn of(line: &str) -> Option<Self> {
        let indent = indent(line);
        let bytes = line.as_bytes().get(indent..)?;
        if indent > MOST_INDENT {
            return None;
        }
        let digits = bytes
            .iter()
            .take(3)
            .take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        let number = bytes[..digits]
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        let sign = *bytes.get(digits)?;
        let is_mark = match digits {
            0 => matches!(sign, b'-' | b'*'),
            _ => sign == b'.' && bytes[0] != b'0',
        };
        let width = indent + digits + 2;
        let has_text = bytes.get(digits + 1) == Some(&b' ') && !is_blank(&line[width..]);
        (is_mark && has_text).then_some(Self {
            indent,
            sign,
            number: (digits > 0).then_some(number),
            width,
        })
    }

    /// Whether another one goes on with the same list.
    fn is_before(&self, other: &Self) -> bool {
        self.sign == other.sign && self.number.map(|number| number + 1) == other.number
    }
}

/// The first line from `at` on that is not empty.
fn not_blank(lines: &[&str], at: usize) -> Option<usize> {
    let offset = lines[at..].iter().position(|line| !is_blank(line))?;
    Some(at + offset)
}

/// Whether nothing was written on a line. A control character was: it is kept, though few see it.
fn is_blank(line: &str) -> bool {
    line.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// How many spaces a line begins with, in bytes. More than twice as far as any mark count no more.
fn indent(line: &str) -> usize {
    let spaces = line.bytes().take(8).take_while(|&byte| byte == b' ');
    spaces.count()
}
