use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Code, SourceRelease};
use crate::registry::OutsideRegistry;

/// Primary key of a condition. Never shown: it tells the time of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConditionId(pub Uuid);

/// How close a synonym is to the condition (OBO 1.4 synonym scopes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Means the same.
    Exact,
    /// Means a part of it.
    Narrow,
    /// Means more than it.
    Broad,
    /// Is used for it, not always rightly. The scope of a synonym that names none.
    Related,
}

impl Scope {
    /// As stored and as written in a starter file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Narrow => "narrow",
            Self::Broad => "broad",
            Self::Related => "related",
        }
    }

    /// The reverse of [`Scope::as_str`], in any case.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Exact, Self::Narrow, Self::Broad, Self::Related]
            .into_iter()
            .find(|scope| scope.as_str().eq_ignore_ascii_case(text))
    }
}

/// Another name of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Synonym {
    /// The name as the source writes it.
    pub name: String,
    /// How close it is.
    pub scope: Scope,
}

/// A condition where another page mentions it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionLink {
    /// Last part of `/communities/{slug}`.
    pub slug: String,
    /// Display name.
    pub name: String,
}

/// A condition with one line about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionTeaser {
    /// Last part of `/communities/{slug}`.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// One or two plain sentences.
    pub summary: Option<String>,
}

/// A family where another page mentions it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyLink {
    /// Last part of `/conditions/families/{slug}`.
    pub slug: String,
    /// Display name.
    pub name: String,
}

/// What the catalogue knows of one condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Key for other services; it never crosses the wire.
    #[serde(skip)]
    pub id: Option<ConditionId>,
    /// Its address, stable over imports.
    pub slug: String,
    /// The name people use.
    pub name: String,
    /// The same as it is written inside a sentence.
    pub name_in_sentence: String,
    /// The ontology's name, where it differs.
    pub ontology_name: Option<String>,
    /// One or two plain sentences written for people.
    pub summary: Option<String>,
    /// The ontology's definition, for people who know the field.
    pub definition: Option<String>,
    /// Other names: exact ones first, older ones ([`is_older_name`](super::is_older_name)) last.
    pub synonyms: Vec<Synonym>,
    /// Its own CURIE first, then the others by system.
    pub codes: Vec<Code>,
    /// The family of the breadcrumb: the smallest one that has other members too.
    pub family: Option<FamilyLink>,
    /// Families it directly belongs to, without those that only name a
    /// [mechanism](super::MECHANISMS).
    pub families: Vec<FamilyLink>,
    /// More general conditions that have a page.
    pub parents: Vec<ConditionLink>,
    /// More specific conditions that have a page.
    pub children: Vec<ConditionLink>,
    /// The conditions that are closest to it in the tree, closest first; neither above nor below it.
    pub neighbours: Vec<ConditionLink>,
    /// Where names, codes and hierarchy come from.
    pub source: Option<SourceRelease>,
    /// The registry elsewhere to which its community sends people, if it does.
    pub registry: Option<OutsideRegistry>,
    /// Date of the last change, ISO 8601.
    pub updated: String,
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolved<T> {
    /// The thing itself.
    Here(T),
    /// It has another address now: redirect for good.
    Moved {
        /// The last part of the present address.
        slug: String,
    },
}

impl<T> Resolved<T> {
    /// The same with the thing changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Resolved<U> {
        match self {
            Self::Here(thing) => Resolved::Here(change(thing)),
            Self::Moved { slug } => Resolved::Moved { slug },
        }
    }
}

/// First letter of a name's [`fold`](crate::text::fold)ed form; `0` gathers what starts with a
/// digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Letter(u8);

impl Letter {
    /// All letters, digits first.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self(b'0')).chain((b'a'..=b'z').map(Self))
    }

    /// Reads `a` to `z` in any case, or `0`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [b'0'] => Some(Self(b'0')),
            [letter] if letter.is_ascii_alphabetic() => Some(Self(letter.to_ascii_lowercase())),
            _ => None,
        }
    }

    /// The letter of a sort key.
    pub fn of(sort_key: &str) -> Self {
        match sort_key.as_bytes().first() {
            Some(letter) if letter.is_ascii_lowercase() => Self(*letter),
            _ => Self(b'0'),
        }
    }

    /// As it stands in an address.
    pub fn as_char(self) -> char {
        char::from(self.0)
    }

    /// As it is shown: "A", or "0–9".
    pub fn label(self) -> String {
        if self.0 == b'0' {
            "0–9".to_owned()
        } else {
            self.as_char().to_ascii_uppercase().to_string()
        }
    }
}

impl TryFrom<String> for Letter {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text} is no letter of the alphabet"))
    }
}

impl From<Letter> for String {
    fn from(letter: Letter) -> Self {
        letter.as_char().to_string()
    }
}

/// One page of the alphabetical list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionList {
    /// At most 100, in order.
    pub conditions: Vec<ConditionLink>,
    /// Slug to pass as `after` for the next page; `None` at the end.
    pub next: Option<String>,
    /// Whether conditions come before this page.
    pub continued: bool,
}

/// A grouping of the ontology: a node of the tree without a condition page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The ontology's definition.
    pub definition: Option<String>,
    /// Other names, as of a [`Condition`].
    pub synonyms: Vec<Synonym>,
    /// Its own CURIE first, then the others by system.
    pub codes: Vec<Code>,
    /// Where names, codes and hierarchy come from.
    pub source: SourceRelease,
    /// Larger families that it is part of.
    pub parents: Vec<FamilyLink>,
    /// Smaller families within it, in order.
    pub families: Vec<FamilyBranch>,
    /// One page of its direct conditions.
    pub list: ConditionList,
}

/// A family within another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyBranch {
    /// The family.
    pub family: FamilyLink,
    /// How many conditions are in it or in a family within it; 0 if nobody has counted yet.
    pub conditions: u64,
}

/// A family of the top of the tree with the families directly below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyGroup {
    /// The family.
    pub family: FamilyLink,
    /// Those directly below it, in order.
    pub families: Vec<FamilyLink>,
}

/// What the home page says about the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Number of conditions with a page.
    pub conditions: u64,
    /// Conditions with a text in most sections, to start with.
    pub complete: Vec<ConditionTeaser>,
}

/// One address of the sitemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Last part of `/communities/{slug}`.
    pub slug: String,
    /// Date of the last change, ISO 8601.
    pub updated: String,
}
