//! One mechanism for every form, with JavaScript and without.
//!
//! A form is a struct of fields ([`PageForm`]), a server function that takes them ([`Posted`]), and a
//! component with a [`Form`] and its controls. Without JavaScript the browser posts it to the address
//! of its page: the server runs the function and leads on (303), or writes the page again with the
//! [`FormState`] (422). Hydrated, [`Form`] calls the same function and shows the same state; nothing
//! reloads.

mod ahead;
#[cfg(feature = "hydrate")]
mod browser;
mod component;
mod controls;
mod date;
mod decode;
mod editor;
mod found;
mod offers;
#[cfg(feature = "hydrate")]
mod pressing;
#[cfg(feature = "ssr")]
mod server;
mod state;
mod toggles;
#[cfg(feature = "hydrate")]
mod waiting;

use std::marker::PhantomData;

use domain::{Error, FieldError};
use leptos::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use server_fn::ServerFn;

#[cfg(feature = "hydrate")]
pub use ahead::is_waiting;
pub use ahead::{Ahead, after_forms, refusals};
#[cfg(feature = "ssr")]
pub use component::Unshared;
pub use component::{Form, FormContext, use_form};
pub use controls::{
    Buttons, Choice, FileInput, Hidden, Input, LongText, Radios, Submit, TextControl, Tick, Typed,
    Username,
};
pub use date::DateInput;
pub use editor::MarkdownEditor;
pub use found::use_found;
pub use offers::{Offer, Offers};
#[cfg(feature = "ssr")]
pub use server::{Answering, Call, Definition, Done, File};
#[cfg(feature = "ssr")]
pub use state::Answered;
pub use state::{FormState, Outcome, Pairs, answered_state, provide_form_state};
pub use toggles::{Toggle, Toggles};

/// The fields of one form, and the server function that takes them.
///
/// Decoding: a field that was not sent is `false`, `None` or an empty list; several of one name are a
/// `Vec`. Fields of other kinds must be sent.
pub trait PageForm: DeserializeOwned + Send + 'static {
    /// The struct that `#[server]` makes of the function. Its one argument is named `posted`.
    type Call: ServerFn<Output = Outcome, Error = ServerFnError>
        + From<Posted<Self>>
        + Send
        + 'static;

    /// Fields that are never written back into a page.
    const SECRET: &'static [&'static str] = &[];

    /// Whether sending it twice must count once: such a form carries a random key.
    const KEYED: bool = false;

    /// Whether files can be sent with it.
    const FILES: bool = false;

    /// What is wrong with it, as far as that can be said without the server. The browser asks when
    /// a field is left and before it sends, the server before it runs the function.
    fn check(&self) -> Vec<FieldError> {
        Vec::new()
    }

    /// The name in the form's hidden field: the address of its function without the prefix.
    fn name() -> &'static str {
        Self::Call::PATH.trim_start_matches("/api/")
    }
}

/// The argument of a form's server function: what the browser sends, in its order.
#[derive(Debug)]
pub struct Posted<F> {
    /// A pair for each field, pressed button and set tick.
    pub pairs: Pairs,
    /// The files that came with it.
    #[cfg(feature = "ssr")]
    pub files: Vec<(String, File)>,
    fields: PhantomData<fn() -> F>,
}

impl<F> Posted<F> {
    /// Without files.
    pub fn new(pairs: Pairs) -> Self {
        Self {
            pairs,
            #[cfg(feature = "ssr")]
            files: Vec::new(),
            fields: PhantomData,
        }
    }
}

impl<F> Clone for Posted<F> {
    fn clone(&self) -> Self {
        Self {
            pairs: self.pairs.clone(),
            #[cfg(feature = "ssr")]
            files: self.files.clone(),
            fields: PhantomData,
        }
    }
}

impl<F> Serialize for Posted<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pairs.serialize(serializer)
    }
}

impl<'de, F> Deserialize<'de> for Posted<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Pairs::deserialize(deserializer).map(Self::new)
    }
}

/// What the check says of a form as it was filled in.
fn check<F: PageForm>(pairs: &[(String, String)]) -> Vec<FieldError> {
    match decode::decode::<F>(pairs) {
        Ok(fields) => fields.check(),
        Err(error) => vec![error],
    }
}

/// What is wrong with a value, if anything: from what the domain says to what a form says.
pub fn wrong<T>(checked: domain::Result<T>) -> Vec<FieldError> {
    match checked {
        Err(Error::Invalid { fields }) => fields,
        _ => Vec::new(),
    }
}
