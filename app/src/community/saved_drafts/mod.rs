//! Drafts of posts: saving them, going on with them, deleting them, and the list of one's own.

pub mod api;
mod begun;
mod forms;
mod saved_drafts_page;

pub(super) use begun::{Begun, DeleteDraft, DraftLink, DraftState, begun_again};
pub use forms::DeleteDraftFields;
pub(super) use forms::{DraftForm, wrong_draft};
pub use saved_drafts_page::SavedDraftsPage;
