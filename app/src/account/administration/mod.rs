//! Managing other people's accounts, for administrators, and warning and suspending members, for
//! moderators. These pages are compiled for the server alone and come without
//! a script.

pub mod api;
mod decision_forms;
pub mod forms;
pub mod member_api;
mod member_lists_page;
mod member_page;
mod people_page;
mod person_page;

pub use member_lists_page::MemberListsPage;
pub use member_page::ModerateMemberPage;
pub use people_page::PeoplePage;
pub use person_page::PersonPage;
