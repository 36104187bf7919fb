//! Reading.

use serde::de::{self, DeserializeOwned, DeserializeSeed, Visitor};

use super::Unfit;
use super::cursor::Cursor;

/// Reads a value from the whole of a text.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unfit> {
    let mut reader = Reader {
        cursor: Cursor::new(text),
    };
    let value = T::deserialize(&mut reader)?;
    match reader.cursor.peek() {
        None => Ok(value),
        Some(_) => Err(Unfit),
    }
}

/// Reads values at a place in a text.
struct Reader<'de> {
    cursor: Cursor<'de>,
}

impl Reader<'_> {
    fn takes_null(&mut self) -> bool {
        let is_null = self.cursor.peek() == Some(b'n');
        if is_null {
            self.cursor.word();
        }
        is_null
    }

    /// Passes over one value of any kind.
    fn skip(&mut self) -> Result<(), Unfit> {
        let mut depth = 0_u32;
        loop {
            match self.cursor.peek().ok_or(Unfit)? {
                b'"' => {
                    self.cursor.string()?;
                }
                b'{' | b'[' => {
                    self.cursor.pass();
                    depth += 1;
                }
                b'}' | b']' => {
                    self.cursor.pass();
                    depth = depth.checked_sub(1).ok_or(Unfit)?;
                }
                b',' | b':' if depth > 0 => self.cursor.pass(),
                _ if self.cursor.word().is_empty() => return Err(Unfit),
                _ => {}
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}

macro_rules! numbers {
    ($($method:ident, $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            visitor.$visit(self.cursor.word().parse().map_err(|_| Unfit)?)
        }
    )*};
}

macro_rules! not_in_the_contract {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unfit> {
            Err(Unfit)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = Unfit;

    numbers! {
        deserialize_u8, visit_u8;
        deserialize_u16, visit_u16;
        deserialize_u32, visit_u32;
        deserialize_u64, visit_u64;
        deserialize_i32, visit_i32;
        deserialize_i64, visit_i64;
    }

    not_in_the_contract! {
        deserialize_any deserialize_i8 deserialize_i16 deserialize_f32 deserialize_f64 deserialize_char
        deserialize_bytes deserialize_byte_buf deserialize_unit
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.cursor.word() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Unfit),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_str(&self.cursor.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_string(self.cursor.string()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.takes_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: V,
    ) -> Result<V::Value, Unfit> {
        Err(Unfit)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.cursor.take(b'[')?;
        let value = visitor.visit_seq(Items::of(self))?;
        self.cursor.take(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.cursor.take(b'{')?;
        let value = visitor.visit_map(Items::of(self))?;
        self.cursor.take(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        let has_content = self.cursor.takes(b'{');
        let variant = Variant {
            reader: self,
            has_content,
        };
        let value = visitor.visit_enum(variant)?;
        if has_content {
            self.cursor.take(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// The items of a list or an object, with commas between them.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
}

impl<'a, 'de> Items<'a, 'de> {
    fn of(reader: &'a mut Reader<'de>) -> Self {
        Self {
            reader,
            is_first: true,
        }
    }

    /// Goes to the next item, if there is one.
    fn has_next(&mut self) -> Result<bool, Unfit> {
        if let None | Some(b']' | b'}') = self.reader.cursor.peek() {
            return Ok(false);
        }
        if !std::mem::replace(&mut self.is_first, false) {
            self.reader.cursor.take(b',')?;
        }
        Ok(true)
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unfit> {
        if self.has_next()? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> de::MapAccess<'de> for Items<'_, 'de> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unfit> {
        if self.has_next()? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unfit> {
        self.reader.cursor.take(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A variant of an enum: its name alone, or an object with its name and its content.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    has_content: bool,
}

impl<'de> de::EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Unfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unfit> {
        let name = seed.deserialize(&mut *self.reader)?;
        if self.has_content {
            self.reader.cursor.take(b':')?;
        }
        Ok((name, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        if !self.has_content || self.reader.takes_null() {
            Ok(())
        } else {
            Err(Unfit)
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unfit> {
        if self.has_content {
            seed.deserialize(self.reader)
        } else {
            Err(Unfit)
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unfit> {
        Err(Unfit)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        if self.has_content {
            de::Deserializer::deserialize_map(self.reader, visitor)
        } else {
            Err(Unfit)
        }
    }
}
