//! Reports for moderators: the queue, and the case of each thing. These pages are compiled for the server
//! alone and come without a script.

pub mod api;
mod case_page;
mod cases_page;
mod forms;

pub use case_page::CasePage;
pub use cases_page::{Cases, CasesPage};
pub use forms::{CloseCaseFields, NoteFields};
