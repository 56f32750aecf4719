//! Tables of who is in which community, and of what members write to each other.

pub mod membership;
pub mod post;
pub mod post_version;
pub mod resource;
pub mod topic;
