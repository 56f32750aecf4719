//! Requests for communities, and what else waits, for moderators. These pages are compiled for the
//! server alone and come without a script.

pub mod api;
mod forms;
mod request_page;
mod requests_page;
mod waiting_page;

pub use forms::{AcceptRequestFields, DeclineRequestFields, MergeRequestFields};
pub use request_page::DecideRequestPage;
pub use requests_page::RequestsPage;
pub use waiting_page::WaitingPage;
