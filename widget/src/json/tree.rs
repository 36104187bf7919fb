//! Reading JSON of any kind into a tree. For a page that picks a few fields out of it by hand this is a third of what
//! readers for each type would be to download.

use super::Unfit;
use super::cursor::Cursor;

/// How deep lists and objects may lie in each other: far deeper than in anything that is sent.
const MAX_DEPTH: u32 = 32;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, and everything that is not there.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Another number, as it is written.
    Fraction(String),
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
        let mut cursor = Cursor::new(json);
        let value = value(&mut cursor, MAX_DEPTH);
        match (value, cursor.peek()) {
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

fn value(cursor: &mut Cursor<'_>, depth: u32) -> Result<Value, Unfit> {
    let inner = depth.checked_sub(1).ok_or(Unfit)?;
    match cursor.peek().ok_or(Unfit)? {
        b'"' => cursor.string().map(Value::Text),
        b'[' => {
            let mut items = Vec::new();
            entries(cursor, b']', |cursor| {
                items.push(value(cursor, inner)?);
                Ok(())
            })?;
            Ok(Value::List(items))
        }
        b'{' => {
            let mut fields = Vec::new();
            entries(cursor, b'}', |cursor| {
                let name = cursor.string()?;
                cursor.take(b':')?;
                fields.push((name, value(cursor, inner)?));
                Ok(())
            })?;
            Ok(Value::Object(fields))
        }
        _ => match cursor.word() {
            "" => Err(Unfit),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" => Ok(Value::Null),
            word => Ok(word
                .parse()
                .map_or_else(|_| Value::Fraction(word.into()), Value::Number)),
        },
    }
}

/// Takes what opens a list or an object, its entries, and what closes it.
fn entries<'a>(
    cursor: &mut Cursor<'a>,
    close: u8,
    mut entry: impl FnMut(&mut Cursor<'a>) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    cursor.pass();
    if cursor.takes(close) {
        return Ok(());
    }
    loop {
        entry(cursor)?;
        if cursor.takes(close) {
            return Ok(());
        }
        cursor.take(b',')?;
    }
}
