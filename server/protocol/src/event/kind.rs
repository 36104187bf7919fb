//! Reads what happened also where a newer server has a kind of event that these types do not know.
//!
//! `serde` has `#[serde(other)]` for enums with a tag beside the content only, and an untagged variant would make every
//! reader keep a whole event in memory before it knows what it is. So the name is looked at first.

use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, IntoDeserializer, MapAccess,
    VariantAccess, Visitor,
};
use serde::{Deserialize, de};

use super::EventKind;

/// The names of the kinds that are known.
const KNOWN: [&str; 13] = [
    "message",
    "human_requested",
    "taken",
    "returned",
    "resolved",
    "reopened",
    "left_queue",
    "assistant_chosen",
    "ended",
    "bot_failed",
    "supervisor_requested",
    "callback_promised",
    "unknown",
];

/// Reads an event's kind; one of another name is [`EventKind::Unknown`], whatever is in it.
pub fn known_or_not<'de, D: Deserializer<'de>>(deserializer: D) -> Result<EventKind, D::Error> {
    deserializer.deserialize_map(Named)
}

/// Reads the one entry of a kind's object.
struct Named;

impl<'de> Visitor<'de> for Named {
    type Value = EventKind;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the one name of what happened")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EventKind, A::Error> {
        let missing = || A::Error::custom("there is no name of what happened");
        let name: String = map.next_key()?.ok_or_else(missing)?;
        let kind = if KNOWN.contains(&name.as_str()) {
            let content = Content {
                name,
                map: &mut map,
            };
            EventKind::deserialize(de::value::EnumAccessDeserializer::new(content))?
        } else {
            map.next_value::<IgnoredAny>()?;
            EventKind::Unknown {}
        };
        match map.next_key::<IgnoredAny>()? {
            None => Ok(kind),
            Some(_) => Err(A::Error::custom("there is more than one name")),
        }
    }
}

/// The content of a kind whose name has been read.
struct Content<'a, A> {
    name: String,
    map: &'a mut A,
}

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for Content<'_, A> {
    type Error = A::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(
        mut self,
        seed: V,
    ) -> Result<(V::Value, Self), A::Error> {
        let name: StringDeserializer<A::Error> = std::mem::take(&mut self.name).into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for Content<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.map.next_value()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.map.next_value_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(Fields(visitor, length))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(Fields(visitor, fields))
    }
}

/// Has a variant's visitor read its fields: a list of so many, or an object with these.
struct Fields<V, F>(V, F);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V, usize> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_tuple(self.1, self.0)
    }
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V, &'static [&'static str]> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_struct("EventKind", self.1, self.0)
    }
}
