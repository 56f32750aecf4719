//! Clinical trials that a public register has about a condition.

pub mod api;
mod filter;
mod list;
pub mod paths;
mod trials_page;

pub use list::NewTrials;
pub use trials_page::TrialsPage;
