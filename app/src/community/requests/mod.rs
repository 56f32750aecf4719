//! Communities that members ask for, and what becomes of their requests.

#[cfg(feature = "ssr")]
pub mod administration;
pub mod api;
mod forms;
mod own_request_page;
mod request;
mod request_page;
mod start_page;

pub use forms::RequestCommunityFields;
pub use own_request_page::OwnRequestPage;
pub use request_page::RequestPage;
pub use start_page::StartCommunityPage;
