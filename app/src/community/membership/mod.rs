//! Being in communities: joining, leaving, and who sees it.

pub mod api;
mod forms;
mod join;
mod own_communities_page;

pub use forms::{
    AddCommunityFields, ChangeMembershipFields, JoinCommunityFields, LeaveFields, Place,
};
pub(in crate::community) use join::Join;
pub use own_communities_page::OwnCommunitiesPage;
