//! Resources of a community: what its members recommend.

pub mod api;
mod fields;
mod forms;
mod gathered_page;
mod list;
mod resource_page;
mod resources_page;
mod suggest_page;

pub use forms::{
    ApproveResourceFields, DeclineResourceFields, RemoveResourceFields, SuggestResourceFields,
    WithdrawResourceFields,
};
pub use gathered_page::GatheredPage;
pub use list::NewResources;
pub use resource_page::ResourcePage;
pub use resources_page::ResourcesPage;
pub use suggest_page::SuggestPage;
