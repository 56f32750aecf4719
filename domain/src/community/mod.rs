//! Communities: who is in the community of a condition, and what its members write and
//! recommend to each other.

mod audience;
mod draft;
mod membership;
mod notification;
mod resource;
mod service;
mod topic;

pub use audience::{TopicAudience, TopicReader, TopicScope};
pub use draft::{
    DELETION_REASON_LONGEST, POST_LONGEST, PostDraft, TITLE_LONGEST, TITLE_SHORTEST, TopicDraft,
    check_deletion_reason, check_post, check_title,
};
pub use membership::{Membership, Memberships};
pub use notification::{
    Notification, NotificationKind, NotificationList, Notifications, UNREAD_MOST,
};
pub use resource::{
    DESCRIPTION_LONGEST, GatheredResource, GatheredResources, LINK_LONGEST,
    RESOURCE_REASON_LONGEST, RESOURCE_TITLE_LONGEST, RESOURCE_TITLE_SHORTEST, Resource,
    ResourceDecision, ResourceDraft, ResourceKind, ResourceLanguage, ResourceLine, ResourceList,
    ResourceState, Resources, check_date, check_description, check_link, check_resource_reason,
    check_resource_title, link_key, site_of,
};
pub use service::Discussions;
pub use topic::{
    DELETED_TITLE, Deleting, Deletion, POSTS_ON_PAGE, Post, PostHistory, PostText, PostVersion,
    RecentTopic, RecentTopics, Replying, Starting, TopicLine, TopicLink, TopicList, TopicPage,
    page_of, topic_words,
};
