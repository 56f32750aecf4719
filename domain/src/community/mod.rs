//! Communities: who is in the community of a condition, what its members write and recommend to each
//! other, and what is new there.

mod discussion;
mod feed;
mod membership;
mod notification;
mod resource;

pub use discussion::{
    DELETED_TITLE, DELETION_REASON_LONGEST, Deleting, Deletion, Discussions, POST_LONGEST,
    POSTS_ON_PAGE, Post, PostDraft, PostHistory, PostText, PostVersion, RecentTopic, RecentTopics,
    Replying, Starting, TITLE_LONGEST, TITLE_SHORTEST, TopicAudience, TopicDraft, TopicLine,
    TopicLink, TopicList, TopicPage, TopicReader, TopicScope, check_deletion_reason, check_post,
    check_title, page_of, topic_words,
};
pub use feed::{CommunityFeed, Feed, FeedItem, FeedKind, FeedLine, FeedTopic, Feeds, OwnFeed};
pub use membership::{Membership, Memberships};
pub use notification::{
    Notification, NotificationKind, NotificationList, Notifications, UNREAD_MOST,
};
pub use resource::{
    DESCRIPTION_LONGEST, GatheredResource, GatheredResources, LINK_LONGEST, PartialDate,
    RESOURCE_REASON_LONGEST, RESOURCE_TITLE_LONGEST, RESOURCE_TITLE_SHORTEST, Resource,
    ResourceDecision, ResourceDraft, ResourceKind, ResourceLanguage, ResourceLine, ResourceList,
    ResourceState, Resources, check_date, check_description, check_link, check_resource_reason,
    check_resource_title, link_key, site_of,
};
