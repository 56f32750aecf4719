//! The sections of a condition page, and the pages on which they are written.

mod agreement;
mod author;
mod condition_section;
mod difference;
#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod guide;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod pages;
pub mod paths;
#[cfg(feature = "ssr")]
mod proposals;
mod references;
#[cfg(feature = "ssr")]
mod reviews;
mod text;
mod tips;

pub use condition_section::{ConditionSection, Content};
#[cfg(feature = "ssr")]
pub use pages::WritingPage;
#[cfg(feature = "ssr")]
pub(crate) use pages::{form, submit};
