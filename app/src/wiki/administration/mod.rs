//! Texts of sources that an import has held back, and what moderators decide about them. These pages
//! are compiled for the server alone and come without a script.

pub mod api;
mod forms;
mod list_page;
mod text_page;

pub use forms::{AttachFields, DiscardFields, ShowFields};
pub use list_page::HeldListPage;
pub use text_page::HeldTextPage;
