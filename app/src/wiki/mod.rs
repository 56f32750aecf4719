//! The sections of a condition page, and the pages on which they are written. The server writes
//! both, so the browser needs nothing of them.

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
#[cfg(feature = "ssr")]
mod proposals;
#[cfg(feature = "ssr")]
mod reviews;
#[cfg(feature = "ssr")]
mod sections;

#[cfg(feature = "ssr")]
pub use pages::WritingPage;
#[cfg(feature = "ssr")]
pub(crate) use pages::{form, submit};
#[cfg(feature = "ssr")]
pub(crate) use sections::section;
