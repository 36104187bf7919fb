//! Writing.

use serde::Serialize;
use serde::ser::{self, Impossible};

use super::Unfit;

/// Writes a value.
pub fn write<T: Serialize>(value: &T) -> Result<String, Unfit> {
    let mut writer = Writer {
        text: String::new(),
    };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

struct Writer {
    text: String,
}

/// Adds a text to JSON, in its quotation marks.
pub fn push_text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            '\n' => json.push_str("\\n"),
            '\u{0}'..='\u{1f}' => {
                json.push_str("\\u00");
                for nibble in [character as u32 >> 4, character as u32 & 0xf] {
                    json.extend(char::from_digit(nibble, 16));
                }
            }
            _ => json.push(character),
        }
    }
    json.push('"');
}

impl Writer {
    fn string(&mut self, value: &str) {
        push_text(&mut self.text, value);
    }

    /// Begins an object that holds one variant.
    fn variant(&mut self, name: &str) {
        self.text.push('{');
        self.string(name);
        self.text.push(':');
    }

    fn begin(&mut self, open: char, close: &'static str) -> Compound<'_> {
        self.text.push(open);
        Compound {
            writer: self,
            is_first: true,
            close,
        }
    }
}

macro_rules! numbers {
    ($($method:ident, $number:ty;)*) => {$(
        fn $method(self, value: $number) -> Result<(), Unfit> {
            self.text.push_str(&value.to_string());
            Ok(())
        }
    )*};
}

macro_rules! not_in_the_contract {
    ($($method:ident, $value:ty;)*) => {$(
        fn $method(self, _: $value) -> Result<(), Unfit> {
            Err(Unfit)
        }
    )*};
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unfit;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Impossible<(), Unfit>;
    type SerializeTupleVariant = Impossible<(), Unfit>;
    type SerializeMap = Impossible<(), Unfit>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    numbers! {
        serialize_u8, u8;
        serialize_u16, u16;
        serialize_u32, u32;
        serialize_u64, u64;
        serialize_i32, i32;
        serialize_i64, i64;
    }

    not_in_the_contract! {
        serialize_i8, i8;
        serialize_i16, i16;
        serialize_f32, f32;
        serialize_f64, f64;
        serialize_char, char;
        serialize_bytes, &[u8];
    }

    fn serialize_bool(self, value: bool) -> Result<(), Unfit> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Unfit> {
        self.string(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unfit> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unfit> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unfit> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), Unfit> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.text.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, Unfit> {
        Ok(self.begin('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, Unfit> {
        Ok(self.begin('[', "]"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unfit>, Unfit> {
        Err(Unfit)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unfit>, Unfit> {
        Err(Unfit)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Impossible<(), Unfit>, Unfit> {
        Err(Unfit)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, Unfit> {
        Ok(self.begin('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Unfit> {
        self.variant(name);
        Ok(self.begin('{', "}}"))
    }
}

/// A list or an object that is being written.
struct Compound<'a> {
    writer: &'a mut Writer,
    is_first: bool,
    close: &'static str,
}

impl Compound<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, name: Option<&str>, value: &T) -> Result<(), Unfit> {
        if !std::mem::replace(&mut self.is_first, false) {
            self.writer.text.push(',');
        }
        if let Some(name) = name {
            self.writer.string(name);
            self.writer.text.push(':');
        }
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), Unfit> {
        self.writer.text.push_str(self.close);
        Ok(())
    }
}

impl ser::SerializeSeq for Compound<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.item(None, value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.close()
    }
}

impl ser::SerializeTuple for Compound<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.item(None, value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.close()
    }
}

impl ser::SerializeStruct for Compound<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        self.item(Some(name), value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.close()
    }
}

impl ser::SerializeStructVariant for Compound<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        self.item(Some(name), value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.close()
    }
}
