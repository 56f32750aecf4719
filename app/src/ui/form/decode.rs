//! From the pairs of a form to a struct.
//!
//! Absent fields are `false`, `None` or an empty list, several of one name are a list, and a value
//! that does not fit is an error of its field. `serde_urlencoded` does none of that.

use std::fmt;

use domain::FieldError;
use serde::{
    de::{
        self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::StrDeserializer,
    },
    forward_to_deserialize_any,
};

/// The struct, or what is wrong with one field.
pub(super) fn decode<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, FieldError> {
    T::deserialize(Form(pairs)).map_err(|error| error.0)
}

#[derive(Debug)]
struct Error(FieldError);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<M: fmt::Display>(message: M) -> Self {
        Self(FieldError {
            field: String::new(),
            message: message.to_string(),
        })
    }

    /// A choice that the page does not offer.
    fn unknown_variant(_variant: &str, _expected: &'static [&'static str]) -> Self {
        Self::custom("Choose one of the answers.")
    }

    fn missing_field(_field: &'static str) -> Self {
        Self::custom("This answer is missing.")
    }
}

struct Form<'a>(&'a [(String, String)]);

impl<'de> de::Deserializer<'de> for Form<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(de::Error::custom("a form is a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields {
            pairs: self.0,
            names: fields,
            at: 0,
        })
    }

    /// A form of a button alone.
    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Fields<'a> {
    pairs: &'a [(String, String)],
    names: &'static [&'static str],
    at: usize,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.names.get(self.at) {
            Some(name) => seed
                .deserialize(StrDeserializer::<Error>::new(name))
                .map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let name = self.names[self.at];
        self.at += 1;
        let values: Vec<&str> = self
            .pairs
            .iter()
            .filter(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
            .collect();
        seed.deserialize(Value(&values)).map_err(|mut error| {
            if error.0.field.is_empty() {
                name.clone_into(&mut error.0.field);
            }
            error
        })
    }
}

/// All values of one field.
struct Value<'a>(&'a [&'a str]);

impl<'a> Value<'a> {
    fn first(&self) -> Result<&'a str, Error> {
        self.0
            .first()
            .copied()
            .ok_or_else(|| de::Error::missing_field(""))
    }
}

macro_rules! numbers {
    ($($method:ident $request_context:ident,)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                visitor.$request_context(
                    self.first()?
                        .trim()
                        .parse()
                        .map_err(|_| <Error as de::Error>::custom("Enter a number."))?,
                )
            }
        )*
    };
}

impl<'de> de::Deserializer<'de> for Value<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.first()?)
    }

    /// A tick that is not set is not sent.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(!self.0.is_empty())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.iter().all(|value| value.is_empty()) {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(List(self.0))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(self.first()?))
    }

    numbers! {
        deserialize_i32 visit_i32,
        deserialize_i64 visit_i64,
        deserialize_u8 visit_u8,
        deserialize_u16 visit_u16,
        deserialize_u32 visit_u32,
        deserialize_u64 visit_u64,
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct
        map struct identifier ignored_any
    }
}

struct List<'a>(&'a [&'a str]);

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some((first, rest)) = self.0.split_first() else {
            return Ok(None);
        };
        self.0 = rest;
        seed.deserialize(Value(&[first])).map(Some)
    }
}

/// The names of a struct's fields, from its own `Deserialize`.
#[cfg(all(feature = "ssr", debug_assertions))]
pub(super) fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    struct Names<'a>(&'a mut &'static [&'static str]);

    impl<'de> de::Deserializer<'de> for Names<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
            Err(de::Error::custom(""))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _name: &'static str,
            fields: &'static [&'static str],
            _visitor: V,
        ) -> Result<V::Value, Error> {
            *self.0 = fields;
            Err(de::Error::custom(""))
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
            option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
            ignored_any
        }
    }

    let mut found: &'static [&'static str] = &[];
    let _ = T::deserialize(Names(&mut found));
    found
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Colour {
        Red,
        DarkBlue,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Fields {
        name: String,
        colour: Colour,
        tag: Vec<String>,
        minor: bool,
        age: Option<u8>,
        base: Option<i64>,
        action: Option<String>,
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Fields, FieldError> {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        decode(&pairs)
    }

    #[test]
    fn what_is_not_sent_is_no_answer() {
        let read = read(&[
            ("colour", "dark-blue"),
            ("name", ""),
            ("age", ""),
            ("x", "y"),
        ]);
        let expected = Fields {
            name: String::new(),
            colour: Colour::DarkBlue,
            tag: vec![],
            minor: false,
            age: None,
            base: None,
            action: None,
        };
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn what_is_sent_is_read() {
        let read = read(&[
            ("name", " a "),
            ("tag", "1"),
            ("colour", "red"),
            ("minor", "yes"),
            ("tag", "2"),
            ("age", " 7 "),
            ("base", "-3"),
            ("action", "draft"),
        ]);
        let expected = Fields {
            name: " a ".to_owned(),
            colour: Colour::Red,
            tag: vec!["1".to_owned(), "2".to_owned()],
            minor: true,
            age: Some(7),
            base: Some(-3),
            action: Some("draft".to_owned()),
        };
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn what_does_not_fit_is_said_of_its_field() {
        for (name, value, field) in [
            ("colour", "green", "colour"),
            ("age", "300", "age"),
            ("age", "x", "age"),
        ] {
            let error = read(&[("name", "a"), (name, value), ("colour", "red")]).unwrap_err();
            assert_eq!(error.field, field);
            assert!(error.message.ends_with('.'), "{error:?}");
        }
        let error = read(&[("colour", "red")]).unwrap_err();
        assert_eq!(error.field, "name");
    }
}
