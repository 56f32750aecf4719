use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::SectionKind;
use crate::{Result, SafeHtml, account::Actor, catalogue::ConditionLink, time::Timestamp};

/// Why a text of a source is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldReason {
    /// What it is about is no name of the condition that it is filed under.
    OtherSubject,
    /// What it is about is a name of other conditions as well.
    SharedName,
    /// It tells about a part of the condition, or about the whole of which this is a part.
    WholeOrPart,
    /// Characters were lost from it.
    LostCharacters,
}

impl HoldReason {
    const ALL: [Self; 4] = [
        Self::OtherSubject,
        Self::SharedName,
        Self::WholeOrPart,
        Self::LostCharacters,
    ];

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherSubject => "other-subject",
            Self::SharedName => "shared-name",
            Self::WholeOrPart => "whole-or-part",
            Self::LostCharacters => "lost-characters",
        }
    }

    /// The reverse of [`HoldReason::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }

    /// In words, after "held:".
    pub fn spelled(self) -> &'static str {
        match self {
            Self::OtherSubject => "its subject is no name of this condition",
            Self::SharedName => "its subject is a name of other conditions as well",
            Self::WholeOrPart => "it may be about a form of this condition, or about all its forms",
            Self::LostCharacters => "characters are missing",
        }
    }
}

/// A document of a source that waits until a moderator has looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldText {
    /// Names it in addresses.
    pub id: String,
    /// The condition that it was filed under.
    pub condition: ConditionLink,
    /// What it says it is about.
    pub subject: String,
    /// Whose text it is.
    pub source: String,
    /// Year of the text.
    pub year: i32,
    /// The source's own page, or nothing.
    pub url: String,
    /// Why it is held.
    pub reason: HoldReason,
    /// Where characters were lost, as it stands there; else empty.
    pub damage: String,
    /// Since when.
    pub held: Timestamp,
    /// What it would put where; empty in lists.
    pub sections: Vec<(SectionKind, SafeHtml)>,
}

/// A page of documents that wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldList {
    /// The documents, by condition.
    pub texts: Vec<HeldText>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many wait in all.
    pub waiting: u64,
}

/// What becomes of a held document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldDecision {
    /// It is shown where it was filed.
    Show,
    /// It is shown with the condition of this slug.
    Attach(String),
    /// It is never shown, nor held again.
    Discard,
}

/// Documents that an import has held back.
#[async_trait]
pub trait HeldTexts: Send + Sync {
    /// Those that wait, after one.
    async fn waiting(&self, actor: Actor, after: Option<&str>) -> Result<HeldList>;

    /// One that waits. [`Error::NotFound`](crate::Error::NotFound) once it is decided.
    async fn held(&self, actor: Actor, id: &str) -> Result<HeldText>;

    /// Decides. Returns the condition with whose texts it stands now, and how many of its sections do:
    /// where people have written, or where another source has the section, the text stays away.
    async fn decide_held(
        &self,
        actor: Actor,
        id: &str,
        decision: HeldDecision,
    ) -> Result<(ConditionLink, usize)>;
}
