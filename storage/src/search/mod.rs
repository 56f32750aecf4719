//! [`TextSearch`] on a database: FTS5 on SQLite, `tsvector` on PostgreSQL. Both are given the same words
//! ([`words`]), so both find the same texts.

pub mod entity;
mod finding;
mod index;
mod snippet;
mod words;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    policy::{Action, permit},
    search::{FIRST_TEXT_HITS, SearchIn, TextHitGroup, TextHits, TextSearch},
};

use self::words::TextQuery;
use crate::{Database, catalogue::address};

pub(crate) use index::{Document, insert, put};
pub use words::has_words;

/// [`TextSearch`] on a database.
#[derive(Debug)]
pub struct TextSearchStore {
    database: Arc<Database>,
}

impl TextSearchStore {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self { database }
    }

    /// The condition at an address, present or former.
    async fn community(&self, slug: &str) -> Result<address::Present> {
        match address::at(&self.database, slug).await? {
            Resolved::Here(present) => Ok(present),
            Resolved::Moved { slug } => match address::at(&self.database, &slug).await? {
                Resolved::Here(present) => Ok(present),
                Resolved::Moved { .. } => Err(Error::NotFound),
            },
        }
    }
}

#[async_trait]
impl TextSearch for TextSearchStore {
    async fn search_texts(
        &self,
        actor: Actor,
        query: &str,
        within: SearchIn,
        community: Option<&str>,
        after: Option<&str>,
    ) -> Result<TextHits> {
        permit(actor, Action::SearchCatalogue)?;
        let community = match community {
            Some(slug) => Some(self.community(slug).await?),
            None => None,
        };
        let condition = community.as_ref().map(|community| community.id);
        let (hits, next) = match TextQuery::parse(query) {
            Some(query) => self.page(actor, &query, within, condition, after).await?,
            None if after.is_some() => return Err(Error::NotFound),
            None => (Vec::new(), None),
        };
        Ok(TextHits {
            hits,
            next,
            community: community.map(|community| community.link),
        })
    }

    async fn first_text_hits(&self, actor: Actor, query: &str) -> Result<Vec<TextHitGroup>> {
        permit(actor, Action::SearchCatalogue)?;
        let Some(query) = TextQuery::parse(query) else {
            return Ok(Vec::new());
        };
        let groups = self.first(actor, &query, FIRST_TEXT_HITS).await?;
        Ok(groups
            .into_iter()
            .map(|(within, hits, more)| TextHitGroup { within, hits, more })
            .collect())
    }
}
