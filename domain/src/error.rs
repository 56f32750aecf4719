//! The one error type that people meet. What is meant for the operator goes to the log instead.

use serde::{Deserialize, Serialize};

/// Result of every service method.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a request was not carried out, in words that may be shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know that there is. Answered as HTTP 404.
    #[error("We could not find that page.")]
    NotFound,
    /// The actor sees the thing but may not do this with it. Answered as HTTP 403.
    #[error("You cannot do that: {reason}")]
    Forbidden {
        /// Why, in one plain sentence.
        reason: String,
    },
    /// The act needs an account. Answered as HTTP 401.
    #[error("Please sign in first.")]
    Unauthenticated,
    /// The input breaks a rule. Answered as HTTP 422 with every field's message.
    #[error("Some of what you entered needs another look.")]
    Invalid {
        /// One entry for each field that needs attention, in the order of the form.
        fields: Vec<FieldError>,
    },
    /// The thing was changed meanwhile, by somebody else or in another tab. Answered as HTTP 409; nothing typed is lost.
    #[error("This was changed while you were writing.")]
    Conflict,
    /// Too many requests in too short a time. Answered as HTTP 429.
    #[error("That was a lot at once. Please try again in a little while.")]
    TooMany,
    /// The actor has done this as often as they may in a while. Answered as HTTP 429; nothing typed
    /// is lost.
    #[error("{message}")]
    LimitReached {
        /// How often in which time, and when to try again.
        message: String,
    },
    /// The storage cannot answer now: locked, full or out of reach. Answered as HTTP 503; nothing
    /// is half written.
    #[error("We cannot do that right now. Please try again in a minute.")]
    Unavailable,
    /// A fault of ours. Answered as HTTP 500.
    #[error("Something went wrong on our side. Reference: {reference}")]
    Internal {
        /// What a person can quote and the operator finds in the log.
        reference: String,
    },
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The `name` of the field.
    pub field: String,
    /// What to do about it, in one plain sentence.
    pub message: String,
}

impl Error {
    /// The HTTP status that says the same (RFC 9110).
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Forbidden { .. } => 403,
            Self::Unauthenticated => 401,
            Self::Invalid { .. } => 422,
            Self::Conflict => 409,
            Self::TooMany | Self::LimitReached { .. } => 429,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// An [`Error::Invalid`] about a single field.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid {
            fields: vec![FieldError {
                field: field.into(),
                message: message.into(),
            }],
        }
    }
}
