//! The fields of the forms with which somebody hands over and takes over.

use domain::{
    Error, FieldError, Result,
    account::EmailAddress,
    registry::screening::{Question, Relationship},
    time::CalendarDate,
};
use serde::Deserialize;

use super::api;
use crate::{
    registry::forms::{CHOOSE, calendar_date},
    ui::form::{PageForm, wrong},
};

/// `/registry/enrol/{random}`: makes a link.
#[derive(Clone, Debug, Deserialize)]
pub struct HandOverFields {
    /// The random part of the addresses of the participant's pages.
    pub participant: String,
    /// Where we send the link, if we should.
    pub email: String,
}

impl HandOverFields {
    pub(super) fn email(&self) -> Result<Option<EmailAddress>> {
        if self.email.trim().is_empty() {
            return Ok(None);
        }
        EmailAddress::parse("email", &self.email).map(Some)
    }
}

impl PageForm for HandOverFields {
    type Call = api::HandOver;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.email())
    }
}

/// `/registry/enrol/{random}`: a guardian goes on.
#[derive(Clone, Debug, Deserialize)]
pub struct RepresentFields {
    /// See [`HandOverFields::participant`].
    pub participant: String,
    /// By what right.
    pub relationship: Option<Relationship>,
    /// That they may.
    pub sure: bool,
}

impl RepresentFields {
    pub(super) fn relationship(&self) -> Result<Relationship> {
        let field = Question::Relationship.as_str();
        self.relationship.ok_or(Error::invalid(field, CHOOSE))
    }
}

impl PageForm for RepresentFields {
    type Call = api::Represent;

    fn check(&self) -> Vec<FieldError> {
        let mut found = wrong(self.relationship());
        if !self.sure {
            found.push(FieldError {
                field: "sure".to_owned(),
                message: "Confirm this to go on. If they can decide, hand over to them instead."
                    .to_owned(),
            });
        }
        found
    }
}

/// `/take-over/{token}`
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TakeOverFields {
    /// Of the link.
    pub token: String,
    /// Of the date of birth.
    pub birth_day: Option<String>,
    /// Of the date of birth.
    pub birth_month: Option<String>,
    /// Of the date of birth.
    pub birth_year: Option<String>,
}

impl TakeOverFields {
    pub(super) fn born(&self) -> Result<CalendarDate> {
        calendar_date([&self.birth_day, &self.birth_month, &self.birth_year])
    }
}

impl PageForm for TakeOverFields {
    type Call = api::TakeOver;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.born())
    }
}
