//! Tables of who is in which community and who leads it, of what members write to each other, of what
//! they are told, and of requests for communities.

pub mod community_request;
pub mod community_welcome;
pub mod condition_follow;
pub mod feed_visit;
pub mod leadership;
pub mod membership;
pub mod notification;
pub mod notification_mail;
pub mod pinned_topic;
pub mod post;
pub mod post_version;
pub mod resource;
pub mod topic;
pub mod topic_follow;
pub mod unsubscribe_link;
