//! Discussions: topics, their posts, for whom a topic is, and how they are read and written.

mod audience;
mod content_note;
mod draft;
mod history;
mod mention;
mod service;
mod topic;

pub(in crate::community) use draft::{all_of, check_title_of};

pub use audience::{TopicAudience, TopicReader, TopicScope};
pub use content_note::{
    CONTENT_NOTE_LONGEST, CONTENT_NOTE_SUGGESTIONS, check_content_note, content_note,
};
pub use draft::{
    DELETION_REASON_LONGEST, POST_LONGEST, PostDraft, TITLE_LONGEST, TITLE_SHORTEST, TopicDraft,
    check_deletion_reason, check_post, check_title,
};
pub use history::{PostChange, PostHistory, PostVersion};
pub use mention::{MENTIONS_MOST, begins_name, begun_mention, is_handle, mentions};
pub use service::Discussions;
pub use topic::{
    DELETED_TITLE, Deleting, Deletion, NewTopics, POSTS_ON_PAGE, Post, PostText, RecentTopic,
    RecentTopics, Replying, Starting, TopicKind, TopicLine, TopicLink, TopicList, TopicPage,
    page_of, topic_words,
};
