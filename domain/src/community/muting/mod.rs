//! Muting: whose posts somebody does not want to read. It changes pages for that member alone, and
//! nobody else learns of it.

mod service;

pub use service::Muting;

use serde::{Deserialize, Serialize};

use crate::{community::TopicLink, time::Timestamp, wiki::Author};

/// Who is muted: a name, or in one topic an alias or who is without a name there. No mute is of two of
/// these, so that none tells which posts are by one person, in several topics or behind a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Muted {
    /// Somebody whose name the muting member could read, in all topics.
    Person(Author),
    /// Who wrote in one topic without a name that the muting member could read, in this topic alone.
    /// No link where the topic is not for them any more.
    Unnamed(Option<TopicLink>),
    /// Who writes in one topic under an alias: posts under this alias, whoever it is.
    Alias {
        /// Which one in the topic; [`alias_name`](crate::community::alias_name) is what people read.
        number: i64,
        /// Nothing where the topic is not for the muting member any more.
        topic: Option<TopicLink>,
    },
}

/// One line of the list of who is muted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mute {
    /// Ten random characters that name it for ever.
    pub id: String,
    /// Who is.
    pub muted: Muted,
    /// Since when.
    pub since: Timestamp,
}

/// A page of those whom somebody has muted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MuteList {
    /// Who was muted last first.
    pub mutes: Vec<Mute>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// What somebody has to know who mutes the author of a post, or ends that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MuteTerms {
    /// In which topic.
    pub topic: TopicLink,
    /// Which post.
    pub number: i64,
    /// Its author as the reader sees them. Without a name, they are muted in this topic alone.
    pub author: Author,
    /// Whether the author's name is an alias, which is muted in this topic alone, too.
    pub by_alias: bool,
    /// Whether they are muted here.
    pub muted: bool,
}
