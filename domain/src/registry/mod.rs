//! The patient registry: who enrols for whom, what they agree to, and what may be done with their
//! data. The same rules run in the server and in the browser.

pub mod consent;
mod enrolment;
mod enrolment_page;
mod majority;
pub mod permissions;
pub mod screening;
mod service;

pub use enrolment::{CurrentVersion, Enrolment, Step, Withdrawal};
pub use enrolment_page::EnrolmentPage;
pub use majority::age_of_majority;
pub use service::{
    ChangedPart, DocumentToSign, LedgerEvent, LedgerLine, OwnEnrolment, PARTICIPANTS_MOST,
    Registry, ShownPart, ShownQuestion, Signing,
};
