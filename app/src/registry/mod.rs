//! The patient registry: what it is, and enrolling in it.

mod about_page;
pub mod api;
mod document;
mod enrolment_page;
mod forms;
mod leave;
mod ledger;
mod own_page;
pub mod paths;
mod permission;
mod question;
mod step_page;
mod words;

pub use about_page::{RegistryPage, RegistrySection};
pub use enrolment_page::EnrolmentOverviewPage;
pub use forms::{
    AnswerFields, BeginEnrolmentFields, DiscardEnrolmentFields, PermissionFields, SignFields,
    WithdrawFields,
};
pub use own_page::OwnEnrolmentsPage;
pub use step_page::EnrolmentStepPage;
