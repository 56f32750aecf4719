//! First posts: what somebody new writes in a community that has a leader waits until a leader or a
//! moderator has read it. Until then nobody else sees it, and nobody is told of it.

mod service;

use serde::{Deserialize, Serialize};

use super::{PostDraft, QuestionDraft, TopicAudience, TopicDraft, TopicKind, TopicLink};
use crate::{
    Result, SafeHtml, catalogue::ConditionLink, text::check_reason, time::Timestamp, wiki::Author,
};

pub use service::FirstPosts;

/// Most posts of one person that wait at once.
pub const FIRST_POSTS_MOST: usize = 5;
/// Most characters of the reason for which a first post is declined.
pub const FIRST_POST_REASON_LONGEST: usize = 500;

/// What somebody has written, wherever it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FirstPostDraft {
    /// A discussion in the community with this slug.
    Discussion(String, TopicDraft),
    /// A question in the community with this slug.
    Question(String, QuestionDraft),
    /// A reply in the discussion with this id.
    Reply(String, PostDraft),
    /// An answer to the question with this id.
    Answer(String, PostDraft),
}

/// Where a first post will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FirstPostPlace {
    /// It begins a topic.
    Topic {
        /// Of which kind.
        kind: TopicKind,
        /// Its title.
        title: String,
        /// For whom it will be.
        audience: TopicAudience,
    },
    /// It is a reply or an answer in a topic that is there.
    Post {
        /// Which one.
        topic: TopicLink,
        /// Number of the post that it replies to.
        in_reply_to: Option<i64>,
    },
}

/// A post that waits, or was declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPost {
    /// Ten random characters.
    pub id: String,
    /// Where it will be.
    pub place: FirstPostPlace,
    /// Who wrote it; nobody where their name will not be shown.
    pub author: Option<Author>,
    /// The text.
    pub html: SafeHtml,
    /// What readers are warned of before it.
    pub content_note: Option<String>,
    /// When it was written.
    pub written: Timestamp,
    /// Why it was declined, if it was.
    pub declined: Option<String>,
}

/// The first posts of a community, for who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPostList {
    /// Whose community.
    pub condition: ConditionLink,
    /// One's own, the newest first: those that wait, and those that were declined.
    pub own: Vec<FirstPost>,
    /// For who decides: others' that wait, the oldest first.
    pub waiting: Option<Vec<FirstPost>>,
    /// Whether more wait than are in the list.
    pub more: bool,
}

/// What a leader does with a first post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FirstPostDecision {
    /// It is published.
    Publish,
    /// It is not, and its author is told why.
    Decline {
        /// See [`check_first_post_reason`].
        reason: String,
    },
}

/// The reason for which a first post is declined as it is kept: one line. `field` is the form's.
pub fn check_first_post_reason(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why. They will see this.";
    check_reason(field, typed, FIRST_POST_REASON_LONGEST, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_one_line() {
        let reason = check_first_post_reason("reason", " It names\r\nsomebody. ");
        assert_eq!(reason, Ok("It names somebody.".to_owned()));
        for bad in ["", " \n", &"a".repeat(501)] {
            assert!(check_first_post_reason("reason", bad).is_err());
        }
    }
}
