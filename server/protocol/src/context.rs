//! What a shop's page says of its visitor: a few plain values by name, which nobody has verified.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

/// The most values in a [`Context`].
pub const MAX_CONTEXT_VALUES: usize = 20;

/// The longest name of a value in a [`Context`], in Unicode scalar values.
pub const MAX_CONTEXT_NAME_CHARS: usize = 40;

/// The longest text in a [`Context`], in Unicode scalar values.
pub const MAX_CONTEXT_TEXT_CHARS: usize = 500;

/// The longest number in a [`Context`], in bytes: more than any language writes for a 64-bit one.
const MAX_NUMBER_BYTES: usize = 32;

/// What a shop's page says of its visitor, in the order in which it says it. It crosses the wire as one flat object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context(pub Vec<(String, ContextValue)>);

/// One value of a [`Context`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextValue {
    /// A text.
    Text(String),
    /// A finite number, as JSON writes it.
    Number(String),
    /// Yes or no.
    Bool(bool),
    /// Nothing.
    Null,
}

/// Why something is no context that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadContext;

/// A context as it is kept: at most [`MAX_CONTEXT_VALUES`] values, each under a name of its own of 1 to
/// [`MAX_CONTEXT_NAME_CHARS`] characters, texts of at most [`MAX_CONTEXT_TEXT_CHARS`] characters, and no NUL in either.
/// The largest one fits into a frame, however it is escaped.
///
/// # Errors
///
/// [`BadContext`] for everything else.
pub fn checked_context(context: Context) -> Result<Context, BadContext> {
    let values = &context.0;
    let is_short = |text: &str, most: usize| {
        !text.contains('\0') && (text.len() <= most || text.chars().count() <= most)
    };
    let is_fit = |(index, (name, value)): (usize, &(String, ContextValue))| {
        let is_new = values[..index].iter().all(|(other, _)| other != name);
        let is_value = match value {
            ContextValue::Text(text) => is_short(text, MAX_CONTEXT_TEXT_CHARS),
            ContextValue::Number(number) => {
                let is_of_numbers = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
                number.len() <= MAX_NUMBER_BYTES && number.bytes().all(is_of_numbers)
            }
            ContextValue::Bool(_) | ContextValue::Null => true,
        };
        is_new && is_value && !name.is_empty() && is_short(name, MAX_CONTEXT_NAME_CHARS)
    };
    let is_fit = values.len() <= MAX_CONTEXT_VALUES && values.iter().enumerate().all(is_fit);
    is_fit.then_some(context).ok_or(BadContext)
}

impl Serialize for Context {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Values)
    }
}

impl Serialize for ContextValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Null => serializer.serialize_unit(),
            Self::Number(number) => match (number.parse::<i64>(), number.parse::<f64>()) {
                (Ok(number), _) => serializer.serialize_i64(number),
                (_, Ok(number)) if number.is_finite() => serializer.serialize_f64(number),
                _ => Err(serde::ser::Error::custom("a number is none")),
            },
        }
    }
}

impl<'de> Deserialize<'de> for ContextValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Value)
    }
}

/// Reads the values in their order; more than are kept is too much to read.
struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Context;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of texts, numbers, true, false and null")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Context, A::Error> {
        let mut values = Vec::new();
        while let Some(entry) = map.next_entry()? {
            values.push(entry);
        }
        Ok(Context(values))
    }
}

/// Reads one value.
struct Value;

impl Visitor<'_> for Value {
    type Value = ContextValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text, a number, true, false or null")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ContextValue, E> {
        Ok(ContextValue::Text(text.into()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<ContextValue, E> {
        Ok(ContextValue::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<ContextValue, E> {
        Ok(ContextValue::Number(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<ContextValue, E> {
        Ok(ContextValue::Number(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<ContextValue, E> {
        // With an exponent where it has one: a number is no row of three hundred zeros.
        let text = format!("{number:?}");
        let whole = text.strip_suffix(".0").map(str::to_owned);
        Ok(ContextValue::Number(whole.unwrap_or(text)))
    }

    fn visit_unit<E: Error>(self) -> Result<ContextValue, E> {
        Ok(ContextValue::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> ContextValue {
        ContextValue::Text(text.into())
    }

    fn of(name: &str, value: ContextValue) -> Context {
        Context(vec![(name.into(), value)])
    }

    #[test]
    fn a_context_is_a_few_short_values_under_names_of_their_own() {
        let number = |text: &str| ContextValue::Number(text.into());
        for good in [
            Context::default(),
            of("basket", text("")),
            of(&"é".repeat(40), text(&"é".repeat(500))),
            of("total", number("-1.5e+21")),
            of("member", ContextValue::Null),
            Context(
                (0..20)
                    .map(|n| (n.to_string(), ContextValue::Bool(true)))
                    .collect(),
            ),
        ] {
            assert_eq!(checked_context(good.clone()), Ok(good));
        }
        for bad in [
            of("", text("x")),
            of(&"é".repeat(41), text("x")),
            of("basket", text(&"é".repeat(501))),
            of("basket", text("a\0b")),
            of("bas\0ket", text("x")),
            of("total", number("NaN")),
            of("total", number(&"9".repeat(33))),
            Context(vec![("a".into(), text("1")), ("a".into(), text("2"))]),
            Context((0..21).map(|n| (n.to_string(), text(""))).collect()),
        ] {
            assert_eq!(checked_context(bad.clone()), Err(BadContext), "{bad:?}");
        }
    }

    /// A frame that is too large would end the connection, and be sent again on the next one.
    #[test]
    fn the_largest_context_fits_into_a_frame() {
        let escaped = "\u{1}".repeat(500);
        let name = |number: u8| format!("{}{}", "\u{1}".repeat(39), char::from(number));
        let largest = Context((1..=20).map(|n| (name(n), text(&escaped))).collect());
        let largest = checked_context(largest).unwrap();
        let json = serde_json::to_string(&largest).unwrap();
        assert!(json.len() > 64_000, "{}", json.len());
        assert!(json.len() + 200 < crate::MAX_FRAME_BYTES, "{}", json.len());
    }

    #[test]
    fn it_is_read_and_written_as_a_flat_object() {
        let json =
            r#"{"plan":"gold","total":129.5,"items":3,"large":1e+300,"member":true,"coupon":null}"#;
        let context: Context = serde_json::from_str(json).unwrap();
        let names: Vec<&str> = context.0.iter().map(|(name, _)| &**name).collect();
        assert_eq!(
            names,
            ["plan", "total", "items", "large", "member", "coupon"]
        );
        assert_eq!(serde_json::to_string(&context).unwrap(), json);
        for bad in ["[]", "1", r#"{"a":{}}"#, r#"{"a":[1]}"#, r#"{"a":1e999}"#] {
            assert!(serde_json::from_str::<Context>(bad).is_err(), "{bad}");
        }
    }
}
