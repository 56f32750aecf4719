//! The patient registry: who enrols for whom, what they agree to, and what may be done with their
//! data. The same rules run in the server and in the browser.

pub mod consent;
mod desk;
mod enrolment;
mod enrolment_page;
mod former;
mod majority;
mod outside;
mod own_data;
pub mod permissions;
mod reminder;
mod request;
pub mod screening;
mod service;

pub use desk::{
    ACCESS_LASTS, ACCESS_REASON_LONGEST, ACCESS_REASON_SHORTEST, ACCESSES_SHOWN,
    ACCESSES_SHOWN_FOR, AccessDetails, AccessLine, AccessList, AccessState, DeskParticipant,
    Identity, OpenAccess, PSEUDONYM_PREFIX, ParticipantState, RegistryDesk, SignedDocument,
    check_access_reason, pseudonym_of,
};
pub use enrolment::{CurrentVersion, Enrolment, Step, Succession, Withdrawal};
pub use enrolment_page::EnrolmentPage;
pub use former::Former;
pub use majority::age_of_majority;
pub use outside::{OUTSIDE_NAME_LONGEST, OutsideRegistry};
pub use own_data::{LedgerRow, OwnData, OwnLedger};
pub use reminder::{MajorityReminder, REMINDED_AFTER, REMINDED_BEFORE};
pub use request::{
    REQUEST_KEPT, REQUEST_NAME_LONGEST, REQUEST_TEXT_LONGEST, REQUESTS_A_DAY, REQUESTS_SHOWN,
    RegistryRequest, RegistryRequests, RequestDraft, RequestList,
};
pub use service::{
    ChangedPart, DocumentToSign, HandOverLink, LedgerEvent, LedgerLine, OwnEnrolment,
    PARTICIPANTS_MOST, Registry, ShownPart, ShownQuestion, Signing,
};
