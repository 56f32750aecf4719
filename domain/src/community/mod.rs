//! Communities: who is in the community of a condition, what its members write and recommend to each
//! other, what they ask experts, and what is new there.

mod discussion;
mod feed;
mod membership;
mod notification;
mod question;
mod resource;

pub use discussion::{
    DELETED_TITLE, DELETION_REASON_LONGEST, Deleting, Deletion, Discussions, MENTIONS_MOST,
    NewTopics, POST_LONGEST, POSTS_ON_PAGE, Post, PostDraft, PostHistory, PostText, PostVersion,
    RecentTopic, RecentTopics, Replying, Starting, TITLE_LONGEST, TITLE_SHORTEST, TopicAudience,
    TopicDraft, TopicKind, TopicLine, TopicLink, TopicList, TopicPage, TopicReader, TopicScope,
    check_deletion_reason, check_post, check_title, is_handle, mentions, page_of, topic_words,
};
pub use feed::{CommunityFeed, Feed, FeedItem, FeedKind, FeedLine, FeedTopic, Feeds, OwnFeed};
pub use membership::{Membership, Memberships};
pub use notification::{
    ConditionFollow, MailChoices, MailFrequency, MailGroup, Notification, NotificationKind,
    NotificationList, NotificationSubject, Notifications, UNREAD_MOST,
};
pub use question::{
    Answering, AnswersAs, AnswersPage, DECLINE_REASON_LONGEST, QuestionDraft, QuestionList,
    QuestionPage, QuestionState, Questions, check_decline_reason, check_details, check_question,
    search_words,
};
pub use resource::{
    DESCRIPTION_LONGEST, GatheredResource, GatheredResources, LINK_LONGEST,
    RESOURCE_REASON_LONGEST, RESOURCE_TITLE_LONGEST, RESOURCE_TITLE_SHORTEST, Resource,
    ResourceDecision, ResourceDraft, ResourceKind, ResourceLanguage, ResourceLine, ResourceList,
    ResourceState, Resources, check_date, check_description, check_link, check_resource_reason,
    check_resource_title, link_key, site_of,
};
