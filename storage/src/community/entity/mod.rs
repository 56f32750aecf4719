//! Tables of who is in which community, of what members write to each other, and of what they are told.

pub mod condition_follow;
pub mod feed_visit;
pub mod membership;
pub mod notification;
pub mod notification_mail;
pub mod post;
pub mod post_version;
pub mod resource;
pub mod topic;
pub mod topic_follow;
pub mod unsubscribe_link;
