//! What is new: the events of a community, or of one's communities, as somebody may see them.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    account::Actor,
    catalogue::{ConditionLink, Resolved},
    community::TopicKind,
    time::Timestamp,
    wiki::{Author, SectionKind},
};

/// What a feed can be narrowed down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedKind {
    /// Discussions that were started.
    Topics,
    /// Replies in discussions.
    Replies,
    /// Changes and reviews of the texts about the condition, tips included.
    Sections,
    /// Resources that were added.
    Resources,
}

impl FeedKind {
    /// All of them, as pages offer them.
    pub const ALL: [Self; 4] = [Self::Topics, Self::Replies, Self::Sections, Self::Resources];

    /// The stable name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Replies => "replies",
            Self::Sections => "sections",
            Self::Resources => "resources",
        }
    }

    /// What links say.
    pub fn label(self) -> &'static str {
        match self {
            Self::Topics => "New discussions and questions",
            Self::Replies => "Replies and answers",
            Self::Sections => "Page changes",
            Self::Resources => "Resources",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A topic that a feed mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedTopic {
    /// A discussion or a question.
    pub kind: TopicKind,
    /// Ten random characters that name it for ever.
    pub id: String,
    /// The title in its address.
    pub words: String,
    /// What it is about.
    pub title: String,
}

impl FeedTopic {
    /// That so many posts were written in it, in words.
    pub fn replies(&self, count: usize) -> String {
        let title = &self.title;
        match (self.kind, count) {
            (TopicKind::Discussion, 1) => format!("Reply in “{title}”"),
            (TopicKind::Discussion, more) => format!("{more} replies in “{title}”"),
            (TopicKind::Question, 1) => format!("Answer to “{title}”"),
            (TopicKind::Question, more) => format!("{more} answers to “{title}”"),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeedItem {
    /// A discussion was started.
    Topic(FeedTopic),
    /// One or several replies in a discussion.
    Replies {
        /// Where.
        topic: FeedTopic,
        /// Number of the first of them.
        first: i64,
        /// How many there are on this page of the feed.
        count: usize,
    },
    /// One or several posts by people whom the reader has muted, in one discussion.
    Muted {
        /// Of a discussion or a question.
        kind: TopicKind,
        /// Its id.
        id: String,
        /// Number of the first of them.
        first: i64,
        /// How many there are on this page of the feed.
        count: usize,
    },
    /// A text about the condition was changed, once or several times.
    Section {
        /// Which.
        kind: SectionKind,
        /// How often on this page of the feed.
        count: usize,
    },
    /// An expert has reviewed a text.
    Review {
        /// Which.
        kind: SectionKind,
    },
    /// A resource was added.
    Resource {
        /// Ten random characters that name it for ever.
        id: String,
        /// Its title.
        title: String,
    },
}

impl FeedItem {
    /// Takes an older event into this line, where both are about the same thing: replies in one
    /// discussion, changes of one text.
    #[must_use]
    pub fn absorb(&mut self, older: &Self) -> bool {
        match (self, older) {
            (
                Self::Replies {
                    topic,
                    first,
                    count,
                },
                Self::Replies {
                    topic: other,
                    first: before,
                    count: more,
                },
            ) if topic.id == other.id => {
                *first = (*first).min(*before);
                *count += more;
                true
            }
            (
                Self::Section { kind, count },
                Self::Section {
                    kind: other,
                    count: more,
                },
            ) if kind == other => {
                *count += more;
                true
            }
            (
                Self::Muted {
                    id, first, count, ..
                },
                Self::Muted {
                    id: other,
                    first: before,
                    count: more,
                    ..
                },
            ) if id == other => {
                *first = (*first).min(*before);
                *count += more;
                true
            }
            _ => false,
        }
    }

    /// Whether it is by people whom the reader has muted.
    pub fn is_muted(&self) -> bool {
        matches!(self, Self::Muted { .. })
    }

    /// How many events the line stands for.
    pub fn count(&self) -> usize {
        match self {
            Self::Replies { count, .. }
            | Self::Muted { count, .. }
            | Self::Section { count, .. } => *count,
            Self::Topic(_) | Self::Review { .. } | Self::Resource { .. } => 1,
        }
    }
}

/// A line of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedLine {
    /// What happened.
    pub item: FeedItem,
    /// Who did it, as far as the reader may know. Nobody where there were several.
    pub author: Author,
    /// In which community.
    pub condition: ConditionLink,
    /// When; of several, the last.
    pub time: Timestamp,
    /// Whether it happened since the reader last visited the feed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub new: bool,
}

impl FeedLine {
    /// Takes an older line into this one, where both are about the same thing.
    #[must_use]
    pub fn absorb(&mut self, older: &Self) -> bool {
        let same = self.condition.slug == older.condition.slug
            && self.new == older.new
            && self.item.absorb(&older.item);
        if same && self.author != older.author {
            self.author = Author::default();
        }
        same
    }
}

/// A page of what is new.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Feed {
    /// The newest first.
    pub lines: Vec<FeedLine>,
    /// Where older events begin. There may be none that the reader may see.
    pub next: Option<String>,
    /// The newest event on this page, from which on live updates tell of others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
}

/// A page of what is new in a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityFeed {
    /// Whose community.
    pub condition: ConditionLink,
    /// What is new.
    pub feed: Feed,
    /// Since when there is the community.
    pub since: Timestamp,
    /// Whether who asks has joined the community.
    pub joined: bool,
}

/// A page of what is new in the communities of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFeed {
    /// What is new.
    pub feed: Feed,
    /// Whether they are in any community.
    pub joined: bool,
    /// When they had opened the feed before this visit, if they had.
    pub last_visit: Option<Timestamp>,
}

/// What is new in communities, from the event log.
///
/// Each event is shown only where its subject is for who asks at this moment. A page comes from a
/// bounded number of events, so it can be short although there are older ones.
#[async_trait]
pub trait Feeds: Send + Sync {
    /// What is new in a community, of one kind or of all, after a place in the log that a former page
    /// has named. [`Error::NotFound`](crate::Error::NotFound) where `after` is no such place.
    async fn feed(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<FeedKind>,
        after: Option<&str>,
    ) -> Result<Resolved<CommunityFeed>>;

    /// The same of all communities that one has joined, or only what has happened since one last
    /// visited it.
    async fn own_feed(
        &self,
        actor: Actor,
        kind: Option<FeedKind>,
        only_new: bool,
        after: Option<&str>,
    ) -> Result<OwnFeed>;

    /// Notes that one is visiting the feed now. A visit lasts for ten minutes.
    async fn visit_feed(&self, actor: Actor) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replies(id: &str, first: i64, name: &str) -> FeedLine {
        FeedLine {
            item: FeedItem::Replies {
                topic: FeedTopic {
                    kind: TopicKind::Discussion,
                    id: id.to_owned(),
                    words: "a-walk".to_owned(),
                    title: "A walk".to_owned(),
                },
                first,
                count: 1,
            },
            author: Author {
                name: Some(name.to_owned()),
                handle: None,
            },
            condition: ConditionLink {
                slug: "alpha".to_owned(),
                name: "Alpha".to_owned(),
            },
            time: Timestamp(first),
            new: false,
        }
    }

    #[test]
    fn kinds_have_one_name() {
        for kind in FeedKind::ALL {
            assert_eq!(FeedKind::from_name(kind.as_str()), Some(kind));
            let name = serde_json::to_string(&kind).unwrap();
            assert_eq!(name, format!("\"{}\"", kind.as_str()));
        }
        assert_eq!(FeedKind::from_name("Topics"), None);
    }

    #[test]
    fn posts_of_who_is_muted_are_a_line_of_their_own_without_a_name() {
        let muted = |id: &str, first| FeedLine {
            item: FeedItem::Muted {
                kind: TopicKind::Discussion,
                id: id.to_owned(),
                first,
                count: 1,
            },
            author: Author::default(),
            ..replies(id, first, "Ada")
        };
        let mut line = muted("a", 9);
        assert!(line.absorb(&muted("a", 7)));
        assert!(!line.absorb(&muted("b", 6)));
        assert!(!line.absorb(&replies("a", 5, "Ada")));
        assert!(!replies("a", 9, "Ada").absorb(&line));
        assert!(line.item.is_muted() && line.item.count() == 2);
        assert!(matches!(line.item, FeedItem::Muted { first: 7, .. }));
    }

    #[test]
    fn replies_in_one_discussion_are_one_line() {
        let mut line = replies("a", 9, "Ada");
        assert!(line.absorb(&replies("a", 8, "Ada")));
        assert_eq!(line.author.name.as_deref(), Some("Ada"));
        assert!(line.absorb(&replies("a", 7, "Grace")));
        assert!(!line.absorb(&replies("b", 6, "Ada")));
        assert_eq!(line.author, Author::default());
        assert_eq!((line.time, line.item.count()), (Timestamp(9), 3));
        assert!(matches!(line.item, FeedItem::Replies { first: 7, .. }));
        let seen = FeedLine {
            new: true,
            ..replies("a", 5, "Ada")
        };
        assert!(!line.absorb(&seen), "what is new is told apart");
    }
}
