//! The patient registry: what it is, and enrolling in it.

mod about_page;
#[cfg(feature = "ssr")]
pub mod administration;
mod ahead;
mod answers;
pub mod api;
mod document_page;
mod enrolment_page;
mod former;
mod forms;
pub mod hand_over;
pub mod leaving;
mod outside;
pub mod own_data;
mod own_page;
pub mod paths;
mod permission;
mod question;
pub mod requests;
mod step_page;
mod words;

pub use about_page::{RegistryPage, RegistrySection};
pub use document_page::{AssentPage, ConsentPage};
pub use enrolment_page::EnrolmentOverviewPage;
pub use forms::{
    AnswerFields, BeginEnrolmentFields, DiscardEnrolmentFields, PermissionFields, SignFields,
};
pub use hand_over::{HandOverFields, RepresentFields, TakeOverFields};
pub use leaving::WithdrawFields;
pub use own_data::told as ledger_words;
pub use own_page::OwnEnrolmentsPage;
pub use requests::AskRegistryFields;
pub use step_page::EnrolmentStepPage;
