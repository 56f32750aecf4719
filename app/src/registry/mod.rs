//! The patient registry: what it is, and enrolling in it.

mod about_page;
#[cfg(feature = "ssr")]
pub mod administration;
mod ahead;
pub mod api;
mod data;
mod document;
mod enrolment_page;
mod forms;
pub mod hand_over;
mod history_page;
mod leave;
mod ledger;
mod own_page;
pub mod paths;
mod permission;
mod question;
pub mod requests;
mod step_page;
mod words;

pub use about_page::{RegistryPage, RegistrySection};
pub use enrolment_page::EnrolmentOverviewPage;
pub use forms::{
    AnswerFields, BeginEnrolmentFields, DiscardEnrolmentFields, PermissionFields, SignFields,
    WithdrawFields,
};
pub use hand_over::{HandOverFields, RepresentFields, TakeOverFields};
pub use history_page::OwnHistoryPage;
pub use ledger::told as ledger_words;
pub use own_page::OwnEnrolmentsPage;
pub use requests::AskRegistryFields;
pub use step_page::EnrolmentStepPage;
