//! What the page of a search gets from the server.

use domain::{
    catalogue::SearchAnswer,
    search::{SearchIn, TextHitGroup, TextHits},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::answer::Answer;
#[cfg(feature = "ssr")]
use crate::{catalogue::paths, context};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    text::{MAX_QUERY, one_line, printable},
};

/// What a search has found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum SearchView {
    /// Conditions, and the first texts of each kind.
    Conditions {
        /// The conditions.
        answer: SearchAnswer,
        /// With the first page of the conditions alone.
        texts: Vec<TextHitGroup>,
    },
    /// Texts of one kind.
    Texts {
        /// The query as it was understood.
        query: String,
        /// Of which kind.
        within: SearchIn,
        /// The texts.
        found: TextHits,
    },
}

/// What a search finds: conditions and the first texts, or the texts of one kind. Leads to the one
/// condition whose code was typed.
#[server(input = GetUrl, prefix = "/api", endpoint = "search/results")]
pub async fn find(
    query: String,
    from: usize,
    within: Option<String>,
    community: Option<String>,
    after: Option<String>,
) -> Result<Answer<SearchView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let texts = &services.texts;
    if let Some(within) = within {
        let Some(within) = SearchIn::from_name(&within) else {
            return Ok(Answer::Refused(Error::NotFound));
        };
        let query: String = one_line(&printable(&query))
            .chars()
            .take(MAX_QUERY)
            .collect();
        let (community, after) = (community.as_deref(), after.as_deref());
        let found = texts.search_texts(actor, &query, within, community, after);
        return Ok(Answer::of(found.await.map(|found| SearchView::Texts {
            query,
            within,
            found,
        })));
    }
    let answer = services.catalogue.search(actor, &query, from).await;
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    if let Some(slug) = &answer.coded {
        return Ok(Answer::elsewhere(paths::condition(slug)));
    }
    let texts = if answer.from == 0 {
        texts.first_text_hits(actor, &query).await
    } else {
        Ok(Vec::new())
    };
    Ok(Answer::of(
        texts.map(|texts| SearchView::Conditions { answer, texts }),
    ))
}
