//! Reading JSON of any kind into a tree. For a page that picks a few fields out of it by hand this is a third of what
//! readers for each type would be to download.

use super::Unfit;

/// How deep lists and objects may lie in each other: far deeper than in anything that is sent.
const MAX_DEPTH: u32 = 32;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, and everything that is not there.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number; other numbers are read as `Null`.
    Number(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(Vec<(String, Self)>),
}

impl Value {
    /// The value of the whole of a text; `Null` if it is not JSON.
    #[must_use]
    pub fn of(json: &str) -> Self {
        let mut reader = Reader { json, at: 0 };
        let value = reader.value(MAX_DEPTH);
        match (value, reader.peek()) {
            (Ok(value), None) => value,
            _ => Self::Null,
        }
    }

    /// A field of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> &Self {
        match self {
            Self::Object(fields) => fields
                .iter()
                .find_map(|(other, value)| (other == name).then_some(value))
                .unwrap_or(&Self::Null),
            _ => &Self::Null,
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, if it is not below 0.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        u64::try_from(self.number()?).ok()
    }

    /// Whether it is `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// The items of a list; none if it is something else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The name and the content of an enum's variant.
    #[must_use]
    pub fn variant(&self) -> Option<(&str, &Self)> {
        match self {
            Self::Text(name) => Some((name, &Self::Null)),
            Self::Object(fields) => fields.first().map(|(name, value)| (name.as_str(), value)),
            _ => None,
        }
    }
}

/// A place in a text. It is always between two characters.
struct Reader<'a> {
    json: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: u32) -> Result<Value, Unfit> {
        let inner = depth.checked_sub(1).ok_or(Unfit)?;
        match self.peek().ok_or(Unfit)? {
            b'"' => self.string().map(Value::Text),
            b'[' => {
                let mut items = Vec::new();
                self.entries(b']', |reader| {
                    items.push(reader.value(inner)?);
                    Ok(())
                })?;
                Ok(Value::List(items))
            }
            b'{' => {
                let mut fields = Vec::new();
                self.entries(b'}', |reader| {
                    let name = reader.string()?;
                    reader.take(b':')?;
                    fields.push((name, reader.value(inner)?));
                    Ok(())
                })?;
                Ok(Value::Object(fields))
            }
            _ => self.word(),
        }
    }

    /// Takes what opens a list or an object, its entries, and what closes it.
    fn entries(
        &mut self,
        close: u8,
        mut entry: impl FnMut(&mut Self) -> Result<(), Unfit>,
    ) -> Result<(), Unfit> {
        self.at += 1;
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            entry(self)?;
            let next = self.peek();
            self.at += 1;
            match next {
                Some(b',') => {}
                Some(byte) if byte == close => return Ok(()),
                _ => return Err(Unfit),
            }
        }
    }

    fn word(&mut self) -> Result<Value, Unfit> {
        let start = self.at;
        while let Some(b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.') = self.byte() {
            self.at += 1;
        }
        match &self.json[start..self.at] {
            "" => Err(Unfit),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            word => Ok(word.parse().map_or(Value::Null, Value::Number)),
        }
    }

    fn string(&mut self) -> Result<String, Unfit> {
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

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    fn byte(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Result<(), Unfit> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Unfit)
        }
    }
}
