//! The sections of a condition page, and the pages on which they are written.

mod agreement;
pub mod api;
mod author;
mod compare_page;
mod condition_section;
mod difference;
#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod guide;
mod history_page;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod pages;
pub mod paths;
#[cfg(feature = "ssr")]
mod proposals;
mod proposals_page;
mod references;
mod restore_form;
#[cfg(feature = "ssr")]
mod reviews;
mod reviews_page;
mod revision_page;
mod text;
mod tips;

pub use compare_page::ComparePage;
pub use condition_section::{ConditionSection, Content};
pub use history_page::HistoryPage;
#[cfg(feature = "ssr")]
pub use pages::WritingPage;
#[cfg(feature = "ssr")]
pub(crate) use pages::{form, submit};
pub use proposals_page::ProposalsPage;
pub use restore_form::RestoreFields;
pub use reviews_page::ReviewsPage;
pub use revision_page::RevisionPage;
