//! What moderators do with posts and topics: what everybody sees of it, what the people concerned read,
//! and how they appeal.

#[cfg(feature = "ssr")]
pub mod administration;
pub mod api;
mod decision_page;
mod decisions_page;
mod forms;
mod hidden;
mod note_page;
pub mod paths;
mod words;

pub use decision_page::DecisionPage;
pub use decisions_page::DecisionsPage;
pub use forms::{AppealFields, ContentNoteFields};

pub(super) use hidden::{HiddenPost, Locked};
pub use note_page::NotePage;
pub(super) use words::told_of;
