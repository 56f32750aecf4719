//! What a form was answered with, the same on the server and in the browser.

use domain::FieldError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What a browser sends: a pair for each field, in their order.
pub type Pairs = Vec<(String, String)>;

/// What became of a form that leads nowhere else: its page is shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// The form's name; behind `#`, which of several alike on the page.
    pub form: String,
    /// What had been filled in, without secrets.
    pub values: Pairs,
    /// What the server put in place of what had been filled in.
    pub replaced: Pairs,
    /// What is wrong with single fields.
    pub errors: Vec<FieldError>,
    /// Why it was refused, where no field is to blame.
    pub refusal: Option<String>,
    /// What its person should know.
    pub notice: Option<String>,
    /// The key of this sending: sent again, it counts once.
    pub key: Option<String>,
    /// What the function found out, as JSON: a preview, a collision.
    pub result: Option<String>,
    /// Whether the same can be sent again in a while: nothing is wrong with it.
    #[serde(default)]
    pub again: bool,
    /// The HTTP status that says the same.
    #[serde(skip)]
    pub status: u16,
}

impl FormState {
    /// Whether it says that something is wrong.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty() || self.refusal.is_some()
    }

    /// The value of a field: the server's, or else what had been filled in.
    pub fn value(&self, name: &str) -> Option<&str> {
        let find = |pairs: &'_ Pairs| pairs.iter().position(|(field, _)| field == name);
        match find(&self.replaced) {
            Some(at) => Some(self.replaced[at].1.as_str()),
            None => find(&self.values).map(|at| self.values[at].1.as_str()),
        }
    }
}

/// What became of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was carried out; go on at a path of this site.
    Done {
        /// From the slash on.
        path: String,
        /// Whether who is signed in has changed, and with it the whole document.
        reload: bool,
    },
    /// Its page is shown again.
    Shown(Box<FormState>),
    /// Nothing was done, because the session has ended. What was filled in is kept until its person
    /// has signed in again.
    SignedOut,
    /// The person has signed in again: the page of the form that waited, as it was filled in.
    Resumed {
        /// The page.
        path: String,
        /// What was filled in, as `application/x-www-form-urlencoded`.
        body: String,
    },
    /// Nothing was done: the page is of another build than the server. The browser sends the form
    /// itself, and gets a page of the present build.
    Outdated,
}

/// What a plain post was answered with: put into the context of the page that is the answer.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct Answered(pub FormState);

#[derive(Clone, Copy)]
struct Root(StoredValue<Option<FormState>>);

/// Once, first thing in the application. Not in the forms: inside of `Suspend` the server builds a
/// form several times, and what it shares with the browser would be counted several times.
pub fn provide_form_state() {
    #[cfg(feature = "ssr")]
    let given = || use_context::<Answered>().map(|answered| answered.0);
    #[cfg(not(feature = "ssr"))]
    let given = || None;
    let state = SharedValue::new(given).into_inner();
    provide_context(Root(StoredValue::new(state)));
}

/// What the form of the page that came as the answer to a plain post was answered with. Not when one
/// comes back to that page later.
pub fn answered_state() -> Option<FormState> {
    #[cfg(feature = "hydrate")]
    if !Owner::current_shared_context().is_some_and(|context| context.during_hydration()) {
        return None;
    }
    use_context::<Root>()?.0.get_value()
}
