//! What researchers ask of the registry. The staff answer by email.

use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    account::{Actor, Client, EmailAddress, Submission},
    text::{check_plain, check_reason},
    time::Timestamp,
};

/// Longest name of a person or an organisation, in characters.
pub const REQUEST_NAME_LONGEST: usize = 200;
/// Longest text, in characters.
pub const REQUEST_TEXT_LONGEST: usize = 5_000;
/// Requests on one page of the staff's list.
pub const REQUESTS_SHOWN: usize = 50;
/// Requests that are taken in a day from everybody together.
pub const REQUESTS_A_DAY: i64 = 200;

/// How long a request is kept once it is closed. The form says so.
pub const REQUEST_KEPT: Duration = Duration::from_hours(24 * 365);

/// A request, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestDraft {
    /// Who asks.
    pub name: String,
    /// For whom.
    pub organisation: String,
    /// Where the answer goes.
    pub email: EmailAddress,
    /// What they want to know.
    pub text: String,
}

impl RequestDraft {
    /// What was typed, as it is kept. [`Error::Invalid`] about `name`, `organisation`, `email` and `text`.
    pub fn check(name: &str, organisation: &str, email: &str, text: &str) -> Result<Self> {
        let mut fields = Vec::new();
        let mut wrong = |error: Error| {
            if let Error::Invalid { fields: found } = error {
                fields.extend(found);
            }
        };
        let line =
            |field, typed, missing| check_reason(field, typed, REQUEST_NAME_LONGEST, missing);
        let name = line("name", name, "Enter your name.").map_err(&mut wrong);
        let missing = "Enter the name of your university, hospital or company.";
        let organisation = line("organisation", organisation, missing).map_err(&mut wrong);
        let email = EmailAddress::parse("email", email).map_err(&mut wrong);
        let text = check_plain("text", text, REQUEST_TEXT_LONGEST)
            .and_then(|text| {
                if text.is_empty() {
                    return Err(Error::invalid("text", "Tell us what you want to find out."));
                }
                Ok(text)
            })
            .map_err(&mut wrong);
        match (name, organisation, email, text) {
            (Ok(name), Ok(organisation), Ok(email), Ok(text)) => Ok(Self {
                name,
                organisation,
                email,
                text,
            }),
            _ => Err(Error::Invalid { fields }),
        }
    }
}

/// A request, for the registry's staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryRequest {
    /// Ten random characters.
    pub id: String,
    /// Who asks.
    pub name: String,
    /// For whom.
    pub organisation: String,
    /// Where the answer goes.
    pub email: String,
    /// What they want to know.
    pub text: String,
    /// When it was sent.
    pub sent: Timestamp,
    /// When staff have closed it.
    pub closed: Option<Timestamp>,
}

/// A page of the requests that are open, or that are closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestList {
    /// The requests.
    pub requests: Vec<RegistryRequest>,
    /// Behind which of them the next page begins, where there is one.
    pub next: Option<String>,
}

/// Requests of researchers.
#[async_trait]
pub trait RegistryRequests: Send + Sync {
    /// Sends a request: anybody can. Counted by network ([`Error::TooMany`]) and for all together
    /// ([`Error::LimitReached`]).
    async fn send_request(
        &self,
        actor: Actor,
        client: &Client,
        draft: RequestDraft,
        submission: &Submission,
    ) -> Result<()>;

    /// A page of those that are open, the oldest first, or of those that are closed, the last first, behind the
    /// request of an id.
    async fn requests(
        &self,
        actor: Actor,
        closed: bool,
        after: Option<&str>,
    ) -> Result<RequestList>;

    /// Closes one, which is answered or needs no answer. One that is closed stays so.
    async fn close_request(&self, actor: Actor, id: &str) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let wrong = RequestDraft::check(" ", "", "nobody", "\n");
        let Err(Error::Invalid { fields }) = wrong else {
            panic!("{wrong:?}");
        };
        let names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(names, ["name", "organisation", "email", "text"]);
        let draft = RequestDraft::check(" Ada ", "A clinic", "ada@example.org", " How many?\n");
        let draft = draft.unwrap();
        assert_eq!(
            (draft.name.as_str(), draft.text.as_str()),
            ("Ada", "How many?")
        );
        let long = "a".repeat(REQUEST_TEXT_LONGEST + 1);
        assert!(RequestDraft::check("Ada", "A clinic", "ada@example.org", &long).is_err());
    }
}
