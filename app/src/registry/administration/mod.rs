//! The desk of the registry's staff. Its pages are compiled for the server alone and come without a script.

pub mod api;
mod desk_page;
mod forms;
mod participant_page;
mod requests;

pub use desk_page::RegistryDeskPage;
pub use forms::{BreakGlassFields, CloseAccessFields, CloseRequestFields, FindParticipantFields};
pub use participant_page::ParticipantPage;
