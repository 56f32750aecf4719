//! Tables of what members write to each other.

pub mod post;
pub mod post_version;
pub mod topic;
