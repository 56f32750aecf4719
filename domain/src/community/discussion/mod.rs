//! Discussions: topics, their posts, for whom a topic is, and how they are read and written.

mod audience;
mod draft;
mod mention;
mod service;
mod topic;

pub(in crate::community) use draft::check_title_of;

pub use audience::{TopicAudience, TopicReader, TopicScope};
pub use draft::{
    DELETION_REASON_LONGEST, POST_LONGEST, PostDraft, TITLE_LONGEST, TITLE_SHORTEST, TopicDraft,
    check_deletion_reason, check_post, check_title,
};
pub use mention::{MENTIONS_MOST, is_handle, mentions};
pub use service::Discussions;
pub use topic::{
    DELETED_TITLE, Deleting, Deletion, NewTopics, POSTS_ON_PAGE, Post, PostHistory, PostText,
    PostVersion, RecentTopic, RecentTopics, Replying, Starting, TopicKind, TopicLine, TopicLink,
    TopicList, TopicPage, page_of, topic_words,
};
