//! What the browser knows of an enrolment on screen: it says what comes next by the same rules as the server,
//! so that nobody waits for an answer to be saved.

use domain::{
    Result,
    registry::{Enrolment, EnrolmentPage, Step},
    time::CalendarDate,
};
use leptos::prelude::*;

use super::{
    api::{PageView, StepView},
    forms::{AnswerFields, PermissionFields},
    paths,
};
use crate::ui::form::refusals;

/// The enrolment on screen, with what was answered since it was read. In the context of its pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known(StoredValue<Option<(u32, StepView)>>);

impl Known {
    /// Nothing so far.
    pub(super) fn provide() -> Self {
        let known = Self(StoredValue::new(None));
        provide_context(known);
        known
    }

    /// A page is shown.
    pub(super) fn shows(self, view: &StepView) {
        self.0.set_value(Some((refusals(), view.clone())));
    }

    /// What is known of a participant, as long as the server has said no to nothing of it.
    fn of(self, address: &str) -> Option<StepView> {
        let (counted, view) = self.0.try_get_value().flatten()?;
        (counted == refusals() && view.address == address).then_some(view)
    }

    /// A page that can be shown without asking the server.
    pub(super) fn page(self, address: &str, step: &str) -> Option<StepView> {
        let mut view = self.of(address)?;
        let page = EnrolmentPage::from_name(step)?;
        view.page = question(&view.enrolment, view.step, view.today, page)?;
        Some(view)
    }

    /// Counts an answer of step 1, and says where one goes on: `None` where only the server knows.
    pub(super) fn answer(self, fields: &AnswerFields) -> Result<Option<String>> {
        let Some(mut view) = self.of(&fields.participant) else {
            return Ok(None);
        };
        let today = view.today;
        // Otherwise it may lead to a document, which only the server has.
        if !matches!(view.step, Step::Screening(_)) || !view.enrolment.takes(fields.question) {
            return Ok(self.leaves_it());
        }
        view.enrolment.screening.put(fields.answer()?, today)?;
        view.step = view.enrolment.next(&|_| 1, today);
        match view.step {
            Step::Screening(next) => Ok(Some(self.goes_on(view, EnrolmentPage::Screening(next)))),
            _ => Ok(self.leaves_it()),
        }
    }

    /// The same of step 3.
    pub(super) fn permission(self, fields: &PermissionFields) -> Result<Option<String>> {
        let Some(mut view) = self.of(&fields.participant) else {
            return Ok(None);
        };
        // In any other step a document may have to be signed first.
        if !matches!(view.step, Step::Permissions(_)) {
            return Ok(self.leaves_it());
        }
        let answer = fields.answer(view.today)?;
        view.enrolment.permissions.put(answer)?;
        let Some(next) = view.enrolment.permissions.next() else {
            return Ok(self.leaves_it());
        };
        view.step = Step::Permissions(next);
        Ok(Some(self.goes_on(view, EnrolmentPage::Permissions(next))))
    }

    /// Only the server knows what comes next, and what is known here does not hold any more.
    fn leaves_it(self) -> Option<String> {
        self.0.set_value(None);
        None
    }

    fn goes_on(self, view: StepView, next: EnrolmentPage) -> String {
        let path = paths::step(&view.address, next);
        self.shows(&view);
        path
    }
}

/// The page of a question, where it is asked now.
pub(super) fn question(
    enrolment: &Enrolment,
    step: Step,
    today: CalendarDate,
    page: EnrolmentPage,
) -> Option<PageView> {
    match page {
        EnrolmentPage::Screening(question) => {
            let takes = enrolment.takes(question);
            takes.then_some(PageView::Question(question))
        }
        EnrolmentPage::Permissions(permission) => {
            let left = matches!(step, Step::Withdrawn(_) | Step::Majority);
            let asks = enrolment.permissions.asks(permission);
            (!left && asks && enrolment.takes_permissions(today))
                .then_some(PageView::Permission(permission))
        }
        _ => None,
    }
}
