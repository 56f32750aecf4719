//! The one mechanism of all forms, with JavaScript and without.
//!
//! A form is data that the server makes ([`FormPage`]), shown by one view, and sent to the address
//! of its page. Without JavaScript the answer is a redirect or the same page filled in; hydrated,
//! the fields go through [`send_form`] and nothing reloads.

#[cfg(feature = "ssr")]
mod sent;
mod view;

use domain::{Error, FieldError};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use sent::{Fields, Returned, submit};
pub(crate) use view::form_page;

/// A page that asks for something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPage {
    /// Heading and title.
    pub title: String,
    /// Where the forms are sent: the page's own path.
    pub path: String,
    /// What has just been done, if anything.
    pub notice: Option<String>,
    /// Paragraphs above the forms.
    pub text: Vec<String>,
    /// The forms, in order.
    pub forms: Vec<Form>,
    /// Ways to related pages, as words and path.
    pub links: Vec<(String, String)>,
}

/// One form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Tells the forms of a page apart.
    pub name: String,
    /// Above it, where a page has several.
    pub heading: Option<String>,
    /// Below the heading.
    pub text: Option<String>,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// What the button says.
    pub button: String,
    /// Whether it destroys something.
    pub danger: bool,
    /// A random key: sent twice, the form is carried out once.
    pub key: Option<String>,
    /// What is wrong with single fields.
    pub errors: Vec<FieldError>,
    /// Why it was refused, where no field is to blame.
    pub refusal: Option<String>,
}

/// One question of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name under which it is sent.
    pub name: String,
    /// The question.
    pub label: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// How it is asked.
    pub control: Control,
    /// The present answer. Never a password.
    pub value: String,
    /// Whether it must be answered.
    pub required: bool,
    /// What browsers and password managers may fill in (HTML, "autofill").
    pub autocomplete: Option<String>,
}

/// How a field is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Control {
    /// A line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password.
    Password,
    /// Yes or not.
    Tick,
    /// One of several, each as value and words.
    Choice(Vec<(String, String)>),
    /// Nobody sees it.
    Hidden,
}

/// What became of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was carried out; go on at a path of this site.
    Done {
        /// From the slash on.
        path: String,
        /// Whether everything on the page has become old, the header included.
        reload: bool,
    },
    /// Nothing was done.
    Refused(Error),
}

impl Outcome {
    /// Carried out, and only the page's own content is old.
    #[cfg(feature = "ssr")]
    pub(crate) fn done(path: impl Into<String>) -> Self {
        Self::Done {
            path: path.into(),
            reload: false,
        }
    }

    /// Carried out, and who is signed in has changed.
    #[cfg(feature = "ssr")]
    pub(crate) fn done_anew(path: impl Into<String>) -> Self {
        Self::Done {
            path: path.into(),
            reload: true,
        }
    }
}

/// Sends a form: the path of its page and its fields as browsers encode them
/// (`application/x-www-form-urlencoded`). A refusal is a value, because browsers log every failed
/// response to the console.
#[server(prefix = "/api", endpoint = "form")]
pub async fn send_form(path: String, fields: String) -> Result<Outcome, ServerFnError> {
    let services = crate::context::services();
    let visit = crate::context::visit();
    if let Some(slot) = use_context::<crate::ui::HeadSlot>()
        && let Some(question) = crate::routes::Question::of(&path)
    {
        slot.put_route(question.route(), question.keeping());
    }
    let fields = Fields::read(fields.as_bytes());
    Ok(submit(&services, &visit, &path, &fields).await)
}
