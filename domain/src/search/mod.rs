//! Searching what is written: sections, discussions, resources. Names of conditions are searched by the
//! [`catalogue`](crate::catalogue).

mod model;
mod service;

pub use model::{
    FIRST_TEXT_HITS, SearchIn, SnippetPart, TEXT_HITS_ON_PAGE, TextHit, TextHitGroup, TextHits,
    TextPlace,
};
pub use service::TextSearch;
