//! Communities: who is in the community of a condition and who leads it, what its members write and
//! recommend to each other, what of it waits first, what they have begun to write, what they ask experts, what is new there, what moderators do there, and how
//! there come to be others.

mod active;
mod alias;
mod discussion;
mod feed;
mod first_post;
mod leader;
mod membership;
mod moderation;
mod muting;
mod notification;
mod question;
mod reaction;
mod report;
mod request;
mod resource;
mod saved_draft;

pub use active::{ActiveCommunities, ActiveCommunity, Communities, MOST_COUNTED};
pub use alias::{
    ALIAS_REASON_LONGEST, Alias, AliasLookup, Aliases, alias_name, check_alias_reason,
};
pub use discussion::{
    CONTENT_NOTE_LONGEST, CONTENT_NOTE_SUGGESTIONS, DELETED_TITLE, DELETION_REASON_LONGEST,
    Deleting, Deletion, Discussions, MENTIONS_MOST, NewTopics, POST_LONGEST, POSTS_ON_PAGE, Post,
    PostChange, PostDraft, PostHistory, PostText, PostVersion, RecentTopic, RecentTopics, Replying,
    Starting, TITLE_LONGEST, TITLE_SHORTEST, TopicAudience, TopicDraft, TopicKind, TopicLine,
    TopicLink, TopicList, TopicPage, TopicReader, TopicScope, begins_name, begun_mention,
    check_content_note, check_deletion_reason, check_post, check_title, content_note, is_handle,
    mentions, page_of, topic_words,
};
pub use feed::{CommunityFeed, Feed, FeedItem, FeedKind, FeedLine, FeedTopic, Feeds, OwnFeed};
pub use first_post::{
    FIRST_POST_REASON_LONGEST, FIRST_POSTS_MOST, FirstPost, FirstPostDecision, FirstPostDraft,
    FirstPostList, FirstPostPlace, FirstPosts, check_first_post_reason,
};
pub use leader::{
    CommunityLeaders, GatheredLeader, GatheredLeaders, LEADER_REASON_LONGEST, LEADER_WORDS_LONGEST,
    LEADERS_MOST, Leader, LeaderRecord, Leaders, LeadershipObstacle, LeadershipState, Leading,
    OwnLeadership, PINNED_MOST, WELCOME_LONGEST, check_handle, check_leader_reason,
    check_leader_words, check_welcome,
};
pub use membership::{Membership, Memberships};
pub use moderation::{
    APPEAL_LONGEST, Appeal, AppealDecision, AppealLine, AppealList, AppealObstacle, AppealState,
    AppealToDecide, ContentAction, ContentModeration, DecidedPost, Decision, DecisionKind,
    DecisionList, Hidden, MODERATION_REASON_LONGEST, Moderation, ModerationEntry, Noting,
    PostModeration, appeal_until, check_appeal, check_appeal_answer, check_moderation_reason,
};
pub use muting::{Mute, MuteList, MuteTerms, Muted, Muting};
pub use notification::{
    ConditionFollow, MailChoices, MailFrequency, MailGroup, Notification, NotificationKind,
    NotificationList, NotificationSubject, Notifications, UNREAD_MOST,
};
pub use question::{
    Answering, AnswersAs, AnswersPage, DECLINE_REASON_LONGEST, QuestionDraft, QuestionList,
    QuestionState, QuestionThread, Questions, check_decline_reason, check_details, check_question,
    search_words,
};
pub use reaction::{Reacting, ReactionCount, ReactionKind, Reactions};
pub use report::{
    CaseLine, CaseList, CaseNote, Outcomes, OwnReport, OwnReports, REPORT_ANSWER_LONGEST,
    REPORT_NOTE_LONGEST, REPORT_TEXT_LONGEST, Report, ReportCase, ReportDraft, ReportReason,
    ReportState, ReportSubject, ReportedPerson, Reporting, Reports, check_report_answer,
    check_report_note, check_report_text, noun_of,
};
pub use request::{
    CommunityRequest, CommunityRequestDraft, CommunityRequests, REQUEST_LINKS_MOST,
    REQUEST_NAME_LONGEST, REQUEST_WHY_LONGEST, REQUEST_WORDS_LONGEST, RequestDecision, RequestList,
    RequestState, RequestToDecide, Waiting, WaitingFirstPosts, WaitingResource,
    check_request_links, check_request_name, check_request_why, check_request_words,
};
pub use resource::{
    DESCRIPTION_LONGEST, GatheredResource, GatheredResources, LINK_LONGEST,
    RESOURCE_REASON_LONGEST, RESOURCE_TITLE_LONGEST, RESOURCE_TITLE_SHORTEST, Resource,
    ResourceDecision, ResourceDraft, ResourceKind, ResourceLanguage, ResourceLine, ResourceList,
    ResourceState, Resources, check_date, check_description, check_link, check_resource_reason,
    check_resource_title, link_key, site_of,
};
pub use saved_draft::{
    DraftPlace, DraftSaving, DraftText, Published, SAVED_DRAFTS_MOST, SavedDraft, SavedDraftLine,
    SavedDraftPlace, SavedDrafts, check_draft_text,
};
