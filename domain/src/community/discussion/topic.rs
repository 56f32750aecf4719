//! Topics and posts as somebody reads them.

use serde::{Deserialize, Serialize};

use super::TopicAudience;
use crate::{
    SafeHtml,
    catalogue::ConditionLink,
    text::{fold, slug},
    time::Timestamp,
    wiki::Author,
};

/// Posts on one page of a topic.
pub const POSTS_ON_PAGE: i64 = 20;

/// What stands in place of a title that is deleted.
pub const DELETED_TITLE: &str = "Deleted discussion";

/// A topic in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicLine {
    /// Ten random characters that name it for ever.
    pub id: String,
    /// The title in its address; see [`topic_words`].
    pub words: String,
    /// What it is about; [`DELETED_TITLE`] where the first post is deleted.
    pub title: String,
    /// Whether title and first post are deleted.
    pub deleted: bool,
    /// Who started it.
    pub author: Author,
    /// For whom it is.
    pub audience: TopicAudience,
    /// How many posts there are, the first one and deleted ones included.
    pub posts: i64,
    /// When the first post was written.
    pub started: Timestamp,
    /// When the last post was written.
    pub last_post: Timestamp,
}

/// A page of the topics of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicList {
    /// Whose community.
    pub condition: ConditionLink,
    /// Those before all others, on the first page alone. They are not among the others.
    pub pinned: Vec<TopicLine>,
    /// The one with the last post first.
    pub topics: Vec<TopicLine>,
    /// Id after which the next page begins.
    pub next: Option<String>,
    /// Since when there is the community.
    pub since: Timestamp,
    /// Whether who asks has joined the community.
    pub joined: bool,
    /// Whether who asks may start a topic here, and reply.
    pub may_write: bool,
}

/// A topic with the community that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentTopic {
    /// Whose community.
    pub condition: ConditionLink,
    /// The topic.
    pub topic: TopicLine,
}

/// A page of the topics of all communities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentTopics {
    /// The one with the last post first.
    pub topics: Vec<RecentTopic>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// A topic where another page mentions it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicLink {
    /// Ten random characters that name it for ever.
    pub id: String,
    /// The title in its address.
    pub words: String,
    /// What it is about.
    pub title: String,
    /// Whose community.
    pub condition: ConditionLink,
}

/// A topic with a page of its posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicPage {
    /// What is known of it.
    pub line: TopicLine,
    /// Whose community.
    pub condition: ConditionLink,
    /// By number.
    pub posts: Vec<Post>,
    /// Number after which the next page begins.
    pub next: Option<i64>,
    /// Whether who asks has joined the community.
    pub joined: bool,
    /// Whether who asks may reply, and edit their own posts.
    pub may_write: bool,
    /// Whether who asks may delete the posts of others.
    pub moderates: bool,
    /// Whether who asks follows the topic; nothing for who is not signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    /// Whether the topic stands before all others of its community, for who may change that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
}

/// A post on the page of its topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// 1 for the first of its topic; the numbers have no gaps.
    pub number: i64,
    /// Who wrote it. Nobody where it is deleted.
    pub author: Author,
    /// As it is shown. Nothing where it is deleted.
    pub html: SafeHtml,
    /// When.
    pub written: Timestamp,
    /// When it was edited, the last time. Nothing where it is deleted.
    pub edited: Option<Timestamp>,
    /// Number of the post that it replies to.
    pub in_reply_to: Option<i64>,
    /// Whether it is by who asks, and not deleted.
    pub own: bool,
    /// That it is deleted.
    pub deleted: Option<Deletion>,
}

/// What is left of a deleted post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// Whether the author deleted it; else it was a moderator.
    pub by_author: bool,
    /// Why. May be empty where it was the author.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What somebody has to know who wants to start a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Starting {
    /// Whose community.
    pub condition: ConditionLink,
    /// Whether they have joined it.
    pub joined: bool,
}

/// What somebody has to know who replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replying {
    /// In which topic.
    pub topic: TopicLink,
    /// For whom that is.
    pub audience: TopicAudience,
    /// The post that it replies to, if it is about one that is not deleted.
    pub post: Option<Post>,
    /// Whether they have joined the community.
    pub joined: bool,
}

/// A post that somebody may delete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleting {
    /// In which topic.
    pub topic: TopicLink,
    /// The post.
    pub post: Post,
}

/// What somebody needs to edit a post of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostText {
    /// In which topic.
    pub topic: TopicLink,
    /// Which post.
    pub number: i64,
    /// Number of the text, which an edit builds on.
    pub version: i64,
    /// As it was written.
    pub text: String,
}

/// The texts that a post has had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostHistory {
    /// In which topic.
    pub topic: TopicLink,
    /// Which post.
    pub number: i64,
    /// The present text first; the last fifty, where there are more.
    pub versions: Vec<PostVersion>,
}

/// A text of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostVersion {
    /// 1 for the text as it was first written.
    pub number: i64,
    /// As it is, or was, shown.
    pub html: SafeHtml,
    /// When it was saved.
    pub saved: Timestamp,
}

/// The part of a topic's address that lets people see what it is about.
///
/// ```
/// use domain::community::topic_words;
/// assert_eq!(topic_words("Who else has it?"), "who-else-has-it");
/// assert_eq!(topic_words("?????"), "discussion");
/// ```
pub fn topic_words(title: &str) -> String {
    // What no word is left of.
    const NOTHING: &str = "condition";
    let words = slug(title);
    if words == NOTHING && fold(title) != NOTHING {
        "discussion".to_owned()
    } else {
        words
    }
}

/// The number after which the page begins that has a post on it; `None` for the first page.
///
/// ```
/// use domain::community::page_of;
/// assert_eq!([1, 20, 21, 41].map(page_of), [None, None, Some(20), Some(40)]);
/// ```
pub fn page_of(number: i64) -> Option<i64> {
    let before = (number - 1).div_euclid(POSTS_ON_PAGE) * POSTS_ON_PAGE;
    (before > 0).then_some(before)
}
