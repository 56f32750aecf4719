use serde::{Deserialize, Serialize};

use crate::{catalogue::ConditionLink, community::TopicKind, time::Timestamp, wiki::SectionKind};

/// Hits on a page.
pub const TEXT_HITS_ON_PAGE: usize = 20;
/// Hits of each kind beside the conditions.
pub const FIRST_TEXT_HITS: usize = 3;

/// In what somebody searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SearchIn {
    /// The sections of conditions that are texts.
    Texts,
    /// Titles of topics, and posts.
    Discussions,
    /// Resources that have been approved.
    Resources,
}

impl SearchIn {
    /// All, in the order of pages.
    pub const ALL: [Self; 3] = [Self::Texts, Self::Discussions, Self::Resources];

    /// The stable name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Texts => "texts",
            Self::Discussions => "discussions",
            Self::Resources => "resources",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Texts => "Texts",
            Self::Discussions => "Discussions",
            Self::Resources => "Resources",
        }
    }
}

/// A part of a text: words that were searched for, or what is between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetPart {
    /// Plain text.
    pub text: String,
    /// Whether it was searched for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
}

/// Where a text is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextPlace {
    /// A section of the condition.
    Section {
        /// Which.
        kind: SectionKind,
    },
    /// A post of a topic of the condition's community.
    Post {
        /// What the topic is.
        kind: TopicKind,
        /// Id of the topic.
        topic: String,
        /// The words of the topic's address.
        words: String,
        /// Number of the post.
        number: i64,
    },
    /// A resource of the condition's community.
    Resource {
        /// Its id.
        id: String,
    },
}

/// A text with what was searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextHit {
    /// Where it is.
    pub place: TextPlace,
    /// Title of the section, of the topic, or of the resource.
    pub title: String,
    /// To which condition it belongs.
    pub condition: ConditionLink,
    /// When a section got this text, a post was written, a resource was approved.
    pub date: Timestamp,
    /// The text around what was found.
    pub snippet: Vec<SnippetPart>,
}

/// A page of hits. How many there are in all is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextHits {
    /// Those with the words in their title first; among these, and among the others, the newest first.
    pub hits: Vec<TextHit>,
    /// What the next page begins after.
    pub next: Option<String>,
    /// The one community that was searched.
    pub community: Option<ConditionLink>,
}

/// The first hits of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextHitGroup {
    /// Of which kind.
    pub within: SearchIn,
    /// At most [`FIRST_TEXT_HITS`], and at least one.
    pub hits: Vec<TextHit>,
    /// Whether there are more.
    pub more: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable() {
        for one in SearchIn::ALL {
            assert_eq!(SearchIn::from_name(one.as_str()), Some(one));
            let name = serde_json::to_string(&one).unwrap();
            assert_eq!(name, format!("\"{}\"", one.as_str()));
        }
        assert_eq!(SearchIn::from_name("Texts"), None);
    }
}
