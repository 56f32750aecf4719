//! Tables of who is in which community and who leads it, of what members write to each other, of what
//! waits for a leader, of registries elsewhere, of what they have begun to write, of what they are told, of
//! what they report, of what moderators do, and of requests for communities.

pub mod alias;
pub mod alias_lookup;
pub mod appeal;
pub mod community_request;
pub mod community_welcome;
pub mod condition_follow;
pub mod content_moderation;
pub mod feed_visit;
pub mod first_post;
pub mod hidden_text;
pub mod leadership;
pub mod membership;
pub mod mute;
pub mod notification;
pub mod notification_mail;
pub mod outside_registry;
pub mod pinned_topic;
pub mod post;
pub mod post_draft;
pub mod post_version;
pub mod reaction;
pub mod report;
pub mod report_case;
pub mod report_note;
pub mod resource;
pub mod topic;
pub mod topic_follow;
pub mod unsubscribe_link;
