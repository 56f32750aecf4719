//! What the browser knows of an enrolment on screen: it says what comes next by the same rules as the server,
//! so that nobody waits for an answer to be saved.

use domain::{
    Result,
    registry::{EnrolmentPage, OwnEnrolment, Step},
};
use leptos::prelude::*;

use super::{
    forms::{AnswerFields, PermissionFields},
    paths,
};
use crate::ui::form::refusals;

/// The enrolment on screen, with what was answered since it was read. In the context of its pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known(StoredValue<Option<(u32, OwnEnrolment)>>);

impl Known {
    /// Nothing so far.
    pub(super) fn provide() -> Self {
        let known = Self(StoredValue::new(None));
        provide_context(known);
        known
    }

    /// A page is shown.
    pub(super) fn shows(self, own: &OwnEnrolment) {
        self.0.set_value(Some((refusals(), own.clone())));
    }

    /// What is known of a participant, as long as the server has said no to nothing of it.
    fn of(self, address: &str) -> Option<OwnEnrolment> {
        let (counted, own) = self.0.try_get_value().flatten()?;
        (counted == refusals() && own.address == address).then_some(own)
    }

    /// A page that can be shown without asking the server.
    pub(super) fn page(self, address: &str, step: &str) -> Option<OwnEnrolment> {
        let own = self.of(address)?;
        own.asks(EnrolmentPage::from_name(step)?).then_some(own)
    }

    /// Counts an answer of step 1, and says where one goes on: `None` where only the server knows.
    pub(super) fn answer(self, fields: &AnswerFields) -> Result<Option<String>> {
        let Some(mut own) = self.of(&fields.participant) else {
            return Ok(None);
        };
        let today = own.today;
        // Otherwise it may lead to a document, which only the server has.
        if !matches!(own.step, Step::Screening(_)) || !own.enrolment.takes(fields.question) {
            return Ok(self.leaves_it());
        }
        own.enrolment.screening.put(fields.answer()?, today)?;
        own.step = own.enrolment.next(&|_| 1, today);
        match own.step {
            Step::Screening(next) => Ok(Some(self.goes_on(own, EnrolmentPage::Screening(next)))),
            _ => Ok(self.leaves_it()),
        }
    }

    /// The same of step 3.
    pub(super) fn permission(self, fields: &PermissionFields) -> Result<Option<String>> {
        let Some(mut own) = self.of(&fields.participant) else {
            return Ok(None);
        };
        // In any other step a document may have to be signed first.
        if !matches!(own.step, Step::Permissions(_)) {
            return Ok(self.leaves_it());
        }
        let answer = fields.answer(own.today)?;
        own.enrolment.permissions.put(answer)?;
        let Some(next) = own.enrolment.permissions.next() else {
            return Ok(self.leaves_it());
        };
        own.step = Step::Permissions(next);
        Ok(Some(self.goes_on(own, EnrolmentPage::Permissions(next))))
    }

    /// Only the server knows what comes next, and what is known here does not hold any more.
    fn leaves_it(self) -> Option<String> {
        self.0.set_value(None);
        None
    }

    fn goes_on(self, own: OwnEnrolment, next: EnrolmentPage) -> String {
        let path = paths::step(&own.address, next);
        self.shows(&own);
        path
    }
}
