//! Topics and posts as somebody reads them.

use serde::{Deserialize, Serialize};

use super::TopicAudience;
use crate::{
    SafeHtml,
    catalogue::ConditionLink,
    community::{
        moderation::Hidden,
        question::{AnswersAs, QuestionState},
        reaction::ReactionCount,
        saved_draft::SavedDraft,
    },
    text::{fold, slug},
    time::Timestamp,
    wiki::Author,
};

/// What a topic is. Both have posts, an audience, and are followed; each has lists and pages of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopicKind {
    /// Members write to each other.
    Discussion,
    /// Somebody asks experts; all posts but the first are answers.
    Question,
}

impl TopicKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Discussion, Self::Question];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discussion => "discussion",
            Self::Question => "question",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Self {
        if name == Self::Question.as_str() {
            Self::Question
        } else {
            Self::Discussion
        }
    }

    /// The part of its address that lets people see what it is about: as [`topic_words`], and named after
    /// the kind where no word is left.
    pub fn words(self, title: &str) -> String {
        let words = topic_words(title);
        if self == Self::Question && words == NO_WORDS && fold(title) != NO_WORDS {
            return self.as_str().to_owned();
        }
        words
    }

    /// What stands in place of a title that is deleted.
    pub fn deleted_title(self) -> &'static str {
        match self {
            Self::Discussion => DELETED_TITLE,
            Self::Question => "Deleted question",
        }
    }

    /// What stands in place of a title that is hidden.
    pub fn hidden_title(self) -> &'static str {
        match self {
            Self::Discussion => "Hidden discussion",
            Self::Question => "Hidden question",
        }
    }
}

/// The address of a discussion without words.
const NO_WORDS: &str = "discussion";

/// Posts on one page of a topic.
pub const POSTS_ON_PAGE: i64 = 20;

/// What stands in place of the title of a discussion that is deleted.
pub const DELETED_TITLE: &str = "Deleted discussion";

/// A topic in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicLine {
    /// Ten random characters that name it for ever.
    pub id: String,
    /// The title in its address; see [`topic_words`].
    pub words: String,
    /// What it is about; [`TopicKind::deleted_title`] where the first post is deleted, and
    /// [`TopicKind::hidden_title`] where it is hidden.
    pub title: String,
    /// Whether title and first post are deleted or hidden.
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
    /// What has become of it, where it is a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionState>,
    /// Whether who asks has muted who started it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
}

impl TopicLine {
    /// What it is.
    pub fn kind(&self) -> TopicKind {
        match self.question {
            None => TopicKind::Discussion,
            Some(_) => TopicKind::Question,
        }
    }
}

/// What the page of a condition says of its community's topics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTopics {
    /// The three discussions with the last posts.
    pub discussions: Vec<TopicLine>,
    /// Three questions, those that an expert has answered first. Declined ones are not among them.
    pub questions: Vec<TopicLine>,
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
    /// Whether who asks is told of new topics here; nothing for who is not signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
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
    /// What it is.
    pub kind: TopicKind,
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
    /// Why nobody but moderators writes here, if it is locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<String>,
    /// Whether who asks may delete the posts of others.
    pub moderates: bool,
    /// Whether who asks follows the topic; nothing for who is not signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    /// Whether the topic stands before all others of its community, for who may change that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// When who asks saved a draft of a reply, if there is one and they may write here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_saved: Option<Timestamp>,
}

/// A post on the page of its topic.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of the post and its reader"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// 1 for the first of its topic; the numbers have no gaps.
    pub number: i64,
    /// Who wrote it. Nobody where it is deleted or hidden.
    pub author: Author,
    /// Number of the alias under which it was written, if it was; not where it is deleted or hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<i64>,
    /// As it is shown. Nothing where it is deleted; where it is hidden, for its author and moderators
    /// alone.
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
    /// That it is hidden, and not deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Hidden>,
    /// Whose answer it is, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_as: Option<AnswersAs>,
    /// What readers are warned of before they open it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_note: Option<String>,
    /// Whether a moderator or a leader put that note there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub note_set: bool,
    /// Whether who asks may set it, though the post is not theirs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_note: bool,
    /// What it was given, where it was given anything. Nothing where it is deleted or hidden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<ReactionCount>,
    /// Whether its author leads the community of the topic now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_leader: bool,
    /// Whether who asks has muted its author; nothing where there is nobody whom they could mute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted: Option<bool>,
}

impl Post {
    /// Whether everybody reads it for whom its topic is: it is neither deleted nor hidden.
    pub fn is_shown(&self) -> bool {
        self.deleted.is_none() && self.hidden.is_none()
    }
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
    /// Whether what they write waits until a leader has read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
    /// What they have begun to write there, and saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<SavedDraft>,
}

/// What somebody has to know who replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replying {
    /// In which topic.
    pub topic: TopicLink,
    /// For whom that is.
    pub audience: TopicAudience,
    /// The post that it replies to, if it is about one that is neither deleted nor hidden.
    pub post: Option<Post>,
    /// Whether they have joined the community.
    pub joined: bool,
    /// Whether what they write waits until a leader has read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
    /// Why they cannot, if it is locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<String>,
    /// What they have begun to write there, and saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<SavedDraft>,
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
    /// What readers are warned of before it: the author's own note.
    pub content_note: Option<String>,
    /// The note that a moderator or a leader put in its place. The author cannot change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_note: Option<String>,
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
        NO_WORDS.to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_one_name_and_words_of_their_own() {
        for kind in TopicKind::ALL {
            assert_eq!(TopicKind::from_name(kind.as_str()), kind);
            assert_eq!(kind.words("Who else has it?"), "who-else-has-it");
            assert_eq!(kind.words("?????"), kind.as_str());
            assert_eq!(kind.words(""), kind.as_str());
        }
        assert_eq!(TopicKind::Question.words("Discussion"), "discussion");
    }
}
