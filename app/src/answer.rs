//! What a server function that reads returns.

use domain::{Error, Result as DomainResult, catalogue::Resolved};
use leptos::prelude::ServerFnError;
use serde::{Deserialize, Serialize};

/// The answer to a page's question. A refusal is a value and not an error: browsers log every
/// failed response to the console, and there is nothing wrong with asking for what is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer<T> {
    /// What was asked for.
    Found(T),
    /// It is at another path of this site.
    Moved(Location),
    /// Why there is none.
    Refused(Error),
    /// The page that asks is of another build than the server: it has to be loaded again.
    Outdated,
}

/// Another address of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// From the slash on.
    pub path: String,
    /// Whether for good.
    pub permanent: bool,
}

/// An answer, or that the server could not be reached.
pub type Loaded<T> = Result<Answer<T>, ServerFnError>;

impl<T> Answer<T> {
    /// From the result of a service method.
    pub fn of(result: DomainResult<T>) -> Self {
        match result {
            Ok(value) => Self::Found(value),
            Err(error) => Self::Refused(error),
        }
    }

    /// From the result of looking an address up; `path` turns a slug into the path to go to.
    pub fn resolved(result: DomainResult<Resolved<T>>, path: impl Fn(&str) -> String) -> Self {
        match result {
            Ok(Resolved::Here(value)) => Self::Found(value),
            Ok(Resolved::Moved { slug }) => Self::moved(path(&slug)),
            Err(error) => Self::Refused(error),
        }
    }

    /// It has another path for good.
    pub fn moved(path: String) -> Self {
        Self::Moved(Location {
            path,
            permanent: true,
        })
    }

    /// For now, one has to go to another path.
    pub fn elsewhere(path: String) -> Self {
        Self::Moved(Location {
            path,
            permanent: false,
        })
    }

    /// The same with the value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Found(value) => Answer::Found(change(value)),
            Self::Moved(location) => Answer::Moved(location),
            Self::Refused(error) => Answer::Refused(error),
            Self::Outdated => Answer::Outdated,
        }
    }
}
