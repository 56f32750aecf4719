//! Managing other people's accounts. These pages are compiled for the server alone and come without
//! a script.

pub mod api;
pub mod forms;
mod people_page;
mod person_page;

pub use people_page::PeoplePage;
pub use person_page::PersonPage;
