use serde::{Deserialize, Serialize};

/// How many hits a page of results shows.
pub const SEARCH_PAGE: usize = 20;

/// What in a condition answered the query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "by", content = "text")]
pub enum Matched {
    /// The display name.
    Name,
    /// Another name, given as the source writes it.
    Synonym(String),
    /// A code, in its normal spelling.
    Code(String),
    /// Words of the summary or definition.
    Summary,
}

/// One condition, or family of conditions, that answers a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// Last part of `/communities/{slug}`, which also leads to a family.
    pub slug: String,
    /// Whether it is a family of conditions, and no condition.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_family: bool,
    /// Display name.
    pub name: String,
    /// One line about it; absent in suggestions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What answered.
    pub matched: Matched,
}

/// One page of results, best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchAnswer {
    /// The query as it was understood: trimmed and cut to [`MAX_QUERY`](crate::text::MAX_QUERY).
    pub query: String,
    /// The hits of this page.
    pub hits: Vec<SearchHit>,
    /// How many conditions and families answer in all, at most 200.
    pub total: usize,
    /// Position of the first hit of this page, from 0.
    pub from: usize,
    /// Whether nothing fits as typed and the hits are what may have been meant.
    pub corrected: bool,
    /// Whether what was typed is no name of the first hit, but a part of one.
    pub partial: bool,
    /// The condition that alone carries the code that was typed.
    pub coded: Option<String>,
}
