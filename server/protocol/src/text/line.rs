//! One line: what is bold in it, what is code, and what leads somewhere.

use super::address::{self, Address};
use super::{Part, Piece};

/// More backticks than this at once are a drawing, and not code.
const MOST_TICKS: usize = 3;

/// Adds the pieces of a line; without `marks`, only addresses are read.
pub fn read<'a>(text: &'a str, marks: bool, pieces: &mut Vec<Piece<'a>>) {
    let mut line = Line {
        text,
        said: 0,
        pieces,
        strong: None,
        unclosed: [false; MOST_TICKS],
    };
    let (mut at, mut word_end) = (0, 0);
    let mut address = None;
    while at < text.len() {
        if at >= word_end {
            word_end = address::word_end(text, at);
            address = Address::find(text, at, word_end);
        }
        if let Some(found) = address.take_if(|found| found.start == at) {
            let link = Piece::Link(found.link(text));
            at = line.put(at, link, found.end);
            continue;
        }
        let next = match text.as_bytes()[at] {
            b'`' if marks => line.code(at),
            b'*' if marks => line.strong(at),
            b'[' if marks => line.named(at),
            _ => None,
        };
        // Into the middle of a character, perhaps. No mark and no word begins there, and nothing is cut.
        at = next.unwrap_or(at + 1);
    }
    line.say(text.len());
    if let Some(before) = line.strong {
        // Never closed: it is no mark.
        line.pieces.insert(before, Piece::Text("**"));
    }
}

struct Line<'a, 'p> {
    text: &'a str,
    /// Up to here the pieces say the text.
    said: usize,
    pieces: &'p mut Vec<Piece<'a>>,
    /// What stands before the bold part that has begun: so many pieces.
    strong: Option<usize>,
    /// Whether code that begins with one backtick, two or three is known to have no end in this line.
    unclosed: [bool; MOST_TICKS],
}

impl<'a> Line<'a, '_> {
    /// Says the text up to here as it is.
    fn say(&mut self, to: usize) {
        if self.said < to {
            self.pieces.push(Piece::Text(&self.text[self.said..to]));
        }
        self.said = to;
    }

    /// Has a piece stand for the text from `at` to `end`, and goes on there.
    fn put(&mut self, at: usize, piece: Piece<'a>, end: usize) -> usize {
        self.say(at);
        self.pieces.push(piece);
        self.said = end;
        end
    }

    fn named(&mut self, at: usize) -> Option<usize> {
        let (link, end) = address::named(self.text, at)?;
        Some(self.put(at, Piece::Link(link), end))
    }

    /// Code from the backticks at `at` to the next ones that are as many. Where it is none, what comes after them.
    fn code(&mut self, at: usize) -> Option<usize> {
        let ticks = self.run(at);
        let begin = at + ticks;
        let may_begin = ticks <= MOST_TICKS
            && !self.unclosed[ticks - 1]
            && !self.is_inside_word(at.checked_sub(1))
            && !self.is_space(Some(begin));
        if !may_begin {
            return Some(begin);
        }
        let mut end = begin;
        let tick = |byte: &u8| *byte == b'`';
        while let Some(offset) = self.text.as_bytes()[end..].iter().position(tick) {
            end += offset;
            let run = self.run(end);
            let closes =
                !self.is_space(end.checked_sub(1)) && !self.is_inside_word(Some(end + run));
            if run == ticks && closes {
                let code = vec![Piece::Text(&self.text[begin..end])];
                return Some(self.put(at, Piece::Part(Part::Code, code), end + run));
            }
            end += run;
        }
        self.unclosed[ticks - 1] = true;
        Some(begin)
    }

    /// The beginning of what is bold, or its end. Where the asterisks at `at` are neither, what comes after them.
    fn strong(&mut self, at: usize) -> Option<usize> {
        let stars = self.run(at);
        let after = at + stars;
        let before = at.checked_sub(1);
        if stars != 2 {
            return Some(after);
        }
        match self.strong {
            Some(begin) if !self.is_space(before) && !self.is_inside_word(Some(after)) => {
                self.say(at);
                let strong = self.pieces.split_off(begin);
                self.pieces.push(Piece::Part(Part::Strong, strong));
                self.strong = None;
            }
            None if !self.is_inside_word(before) && !self.is_space(Some(after)) => {
                self.say(at);
                self.strong = Some(self.pieces.len());
            }
            _ => return Some(after),
        }
        self.said = after;
        Some(after)
    }

    /// How often the character at `at` is repeated.
    fn run(&self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..];
        bytes.iter().take_while(|&&byte| byte == bytes[0]).count()
    }

    /// Whether a mark beside this byte would be in the middle of a word or a number. Scripts that put no spaces between
    /// words have marks between any two characters.
    fn is_inside_word(&self, at: Option<usize>) -> bool {
        let byte = at.and_then(|at| self.text.as_bytes().get(at));
        byte.is_some_and(u8::is_ascii_alphanumeric)
    }

    /// Whether there is a space here, or nothing.
    fn is_space(&self, at: Option<usize>) -> bool {
        let byte = at.and_then(|at| self.text.as_bytes().get(at));
        byte.is_none_or(u8::is_ascii_whitespace)
    }
}
