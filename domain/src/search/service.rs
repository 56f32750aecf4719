use async_trait::async_trait;

use super::{SearchIn, TextHitGroup, TextHits};
use crate::{Result, account::Actor};

/// Searches what is written, as far as it is for who asks: what is not makes no difference to hits,
/// their order, their snippets, and whether there are more.
///
/// All words of a query have to be in a text, in whichever form English gives them; the last one may
/// be the beginning of a word. Words in quotation marks have to be there one after the other. No
/// query is an error; where it has no words nothing is found.
#[async_trait]
pub trait TextSearch: Send + Sync {
    /// A page of hits of one kind, of one community or of all, behind the hit that `after` names.
    /// [`Error::NotFound`](crate::Error::NotFound) where there is no such community or hit.
    async fn search_texts(
        &self,
        actor: Actor,
        query: &str,
        within: SearchIn,
        community: Option<&str>,
        after: Option<&str>,
    ) -> Result<TextHits>;

    /// The first hits of each kind that has any.
    async fn first_text_hits(&self, actor: Actor, query: &str) -> Result<Vec<TextHitGroup>>;
}
