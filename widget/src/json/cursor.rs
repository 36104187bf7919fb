//! A place in a JSON text, and what both readers take from there: bytes, words and strings.

use super::Unfit;

/// A place in a text. It is always between two characters.
pub struct Cursor<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a text.
    pub fn new(json: &'a str) -> Self {
        Self { json, at: 0 }
    }

    /// The next byte that is not white space.
    pub fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    fn byte(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    /// Passes over the byte that was peeked at, which is one that JSON is built of.
    pub fn pass(&mut self) {
        self.at += 1;
    }

    /// Takes the next byte if it is this one.
    pub fn takes(&mut self, byte: u8) -> bool {
        let is_it = self.peek() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    /// Takes the next byte, which must be this one.
    pub fn take(&mut self, byte: u8) -> Result<(), Unfit> {
        if self.takes(byte) { Ok(()) } else { Err(Unfit) }
    }

    /// Takes a word: a number, `true`, `false` or `null`. Empty if there is none.
    pub fn word(&mut self) -> &'a str {
        self.peek();
        let start = self.at;
        while let Some(b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.') = self.byte() {
            self.at += 1;
        }
        &self.json[start..self.at]
    }

    /// Takes a string.
    pub fn string(&mut self) -> Result<String, Unfit> {
        self.take(b'"')?;
        let mut text = String::new();
        loop {
            let start = self.at;
            // Both ends of a plain piece are ASCII, so it is cut between characters.
            while !matches!(self.byte(), None | Some(b'"' | b'\\')) {
                self.at += 1;
            }
            text.push_str(&self.json[start..self.at]);
            let end = self.byte().ok_or(Unfit)?;
            self.at += 1;
            if end == b'"' {
                return Ok(text);
            }
            text.push(self.escaped()?);
        }
    }

    /// The character that an escape stands for, after its backslash.
    fn escaped(&mut self) -> Result<char, Unfit> {
        let escape = self.byte().ok_or(Unfit)?;
        self.at += 1;
        Ok(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let mut code = self.code_unit()?;
                // The first half of a character beyond the first 65,536.
                if code >> 10 == 0xd800 >> 10 {
                    self.take(b'\\')?;
                    self.take(b'u')?;
                    let low = self.code_unit()?;
                    if low >> 10 != 0xdc00 >> 10 {
                        return Err(Unfit);
                    }
                    code = 0x1_0000 + ((code & 0x3ff) << 10 | low & 0x3ff);
                }
                char::from_u32(code).ok_or(Unfit)?
            }
            _ => return Err(Unfit),
        })
    }

    fn code_unit(&mut self) -> Result<u32, Unfit> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self
                .byte()
                .map(char::from)
                .and_then(|byte| byte.to_digit(16));
            code = code << 4 | digit.ok_or(Unfit)?;
            self.at += 1;
        }
        Ok(code)
    }
}
