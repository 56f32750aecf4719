//! Searching: conditions by their names, and what is written.

pub mod api;
pub mod paths;
mod search_page;
mod text_form;
mod texts;

pub use search_page::SearchPage;
pub use text_form::SearchDiscussions;
