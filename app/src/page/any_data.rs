//! The data of a page without their type, as `AnyView` is a view without its type.
//!
//! A resource, what waits for it and what sends it along for hydration are the same code for every
//! page then, and are in the bundle once.

use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

use leptos::server::codee::{Decoder, Encoder};
use serde::{Serialize, de::DeserializeOwned};

use crate::answer::{Answer, Loaded};

type Value = Box<dyn Any + Send + Sync>;

/// The data of a page: a value, or the JSON of one that nobody has asked for yet.
#[derive(Clone)]
pub struct AnyData {
    json: Arc<str>,
    value: Arc<OnceLock<Value>>,
    #[cfg(feature = "ssr")]
    encode: Option<fn(&Value) -> serde_json::Result<String>>,
}

impl AnyData {
    /// The data of a page.
    pub fn new<T: Serialize + Send + Sync + 'static>(data: T) -> Self {
        Self {
            json: Arc::default(),
            value: Arc::new(OnceLock::from(Box::new(Some(data)) as Value)),
            #[cfg(feature = "ssr")]
            encode: Some(|value| serde_json::to_string(&value.downcast_ref::<Option<T>>())),
        }
    }

    fn of_json(json: &str) -> Self {
        Self {
            json: Arc::from(json),
            value: Arc::default(),
            #[cfg(feature = "ssr")]
            encode: None,
        }
    }

    /// The data, if they are of this type. The same value each time: texts that have been restored
    /// stay so.
    pub fn get<T: DeserializeOwned + Clone + Send + Sync + 'static>(&self) -> Option<T> {
        let decoded = || Box::new(serde_json::from_slice::<T>(self.json.as_bytes()).ok()) as Value;
        self.value
            .get_or_init(decoded)
            .downcast_ref::<Option<T>>()?
            .clone()
    }
}

impl std::fmt::Debug for AnyData {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AnyData").finish_non_exhaustive()
    }
}

/// JSON for the data of a page that has been rendered: without the texts that stand on it.
#[derive(Clone, Copy, Debug)]
pub struct PageJson;

/// How the JSON of data that were found begins and ends.
const FOUND: (&str, &str) = ("{\"Ok\":{\"Found\":", "}}");

impl Encoder<Loaded<AnyData>> for PageJson {
    type Error = serde_json::Error;
    type Encoded = String;

    #[cfg(feature = "ssr")]
    fn encode(value: &Loaded<AnyData>) -> serde_json::Result<String> {
        let Ok(Answer::Found(data)) = value else {
            let without_data = value.clone().map(|answer| answer.map(drop));
            return serde_json::to_string::<Loaded<()>>(&without_data);
        };
        let json = domain::SafeHtml::left_out(|| match data.encode.zip(data.value.get()) {
            Some((encode, value)) => encode(value),
            None => Ok(data.json.to_string()),
        })?;
        Ok(format!("{}{json}{}", FOUND.0, FOUND.1))
    }

    /// Only the server sends pages.
    #[cfg(not(feature = "ssr"))]
    fn encode(_value: &Loaded<AnyData>) -> serde_json::Result<String> {
        Ok(String::new())
    }
}

impl Decoder<Loaded<AnyData>> for PageJson {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> serde_json::Result<Loaded<AnyData>> {
        let found = text
            .strip_prefix(FOUND.0)
            .and_then(|rest| rest.strip_suffix(FOUND.1));
        if let Some(json) = found {
            return Ok(Ok(Answer::Found(AnyData::of_json(json))));
        }
        // From bytes, as server functions read: from `&str`, every type would be in the bundle twice.
        let loaded = serde_json::from_slice::<Loaded<()>>(text.as_bytes())?;
        Ok(loaded.map(|answer| answer.map(AnyData::new)))
    }
}
