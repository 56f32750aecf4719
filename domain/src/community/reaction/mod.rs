//! Reactions to posts: what takes no words to say. Others see how many there are, and never whose.

mod service;

pub use service::Reactions;

use serde::{Deserialize, Serialize};

use super::{Post, TopicLink};

/// What somebody says to a post by one press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReactionKind {
    /// Thanks for it.
    ThankYou,
    /// Knows it from their own life.
    MeToo,
    /// Feels with its author.
    Hugs,
}

impl ReactionKind {
    /// All of them, as pages show them.
    pub const ALL: [Self; 3] = [Self::ThankYou, Self::MeToo, Self::Hugs];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ThankYou => "thank-you",
            Self::MeToo => "me-too",
            Self::Hugs => "hugs",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::ThankYou => "Thank you",
            Self::MeToo => "Me too",
            Self::Hugs => "Hugs",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// How often a post was given one reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionCount {
    /// Which.
    pub kind: ReactionKind,
    /// By how many people; at least one.
    pub count: i64,
    /// Whether who asks is one of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

/// What somebody has to know who reacts to a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reacting {
    /// In which topic.
    pub topic: TopicLink,
    /// The post.
    pub post: Post,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable() {
        for kind in ReactionKind::ALL {
            assert_eq!(ReactionKind::from_name(kind.as_str()), Some(kind));
            let name = serde_json::to_string(&kind).unwrap();
            assert_eq!(name, format!("\"{}\"", kind.as_str()));
        }
        assert_eq!(ReactionKind::from_name("Hugs"), None);
    }
}
