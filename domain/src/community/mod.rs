//! Communities: who is in the community of a condition and who leads it, what its members write and
//! recommend to each other, what they ask experts, what is new there, and how there come to be others.

mod active;
mod discussion;
mod feed;
mod leader;
mod membership;
mod notification;
mod question;
mod request;
mod resource;

pub use active::{ActiveCommunities, ActiveCommunity, Communities};
pub use discussion::{
    DELETED_TITLE, DELETION_REASON_LONGEST, Deleting, Deletion, Discussions, MENTIONS_MOST,
    NewTopics, POST_LONGEST, POSTS_ON_PAGE, Post, PostDraft, PostHistory, PostText, PostVersion,
    RecentTopic, RecentTopics, Replying, Starting, TITLE_LONGEST, TITLE_SHORTEST, TopicAudience,
    TopicDraft, TopicKind, TopicLine, TopicLink, TopicList, TopicPage, TopicReader, TopicScope,
    check_deletion_reason, check_post, check_title, is_handle, mentions, page_of, topic_words,
};
pub use feed::{CommunityFeed, Feed, FeedItem, FeedKind, FeedLine, FeedTopic, Feeds, OwnFeed};
pub use leader::{
    CommunityLeaders, GatheredLeader, GatheredLeaders, LEADER_REASON_LONGEST, LEADER_WORDS_LONGEST,
    LEADERS_MOST, Leader, LeaderRecord, Leaders, LeadershipObstacle, LeadershipState, Leading,
    OwnLeadership, PINNED_MOST, WELCOME_LONGEST, check_handle, check_leader_reason,
    check_leader_words, check_welcome,
};
pub use membership::{Membership, Memberships};
pub use notification::{
    ConditionFollow, MailChoices, MailFrequency, MailGroup, Notification, NotificationKind,
    NotificationList, NotificationSubject, Notifications, UNREAD_MOST,
};
pub use question::{
    Answering, AnswersAs, AnswersPage, DECLINE_REASON_LONGEST, QuestionDraft, QuestionList,
    QuestionState, QuestionThread, Questions, check_decline_reason, check_details, check_question,
    search_words,
};
pub use request::{
    CommunityRequest, CommunityRequestDraft, CommunityRequests, REQUEST_LINKS_MOST,
    REQUEST_NAME_LONGEST, REQUEST_WHY_LONGEST, REQUEST_WORDS_LONGEST, RequestDecision, RequestList,
    RequestState, RequestToDecide, Waiting, WaitingResource, check_request_links,
    check_request_name, check_request_why, check_request_words,
};
pub use resource::{
    DESCRIPTION_LONGEST, GatheredResource, GatheredResources, LINK_LONGEST,
    RESOURCE_REASON_LONGEST, RESOURCE_TITLE_LONGEST, RESOURCE_TITLE_SHORTEST, Resource,
    ResourceDecision, ResourceDraft, ResourceKind, ResourceLanguage, ResourceLine, ResourceList,
    ResourceState, Resources, check_date, check_description, check_link, check_resource_reason,
    check_resource_title, link_key, site_of,
};
