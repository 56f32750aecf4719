//! The catalogue: all conditions with their names, codes and families, and how they are found.

mod code;
mod import;
mod model;
mod search;
mod service;

pub use code::{Code, CodeSystem};
pub use import::{
    CatalogueImport, ConditionTerm, ImportReport, Progress, Refusal, Silent, SourceRelease,
};
pub use model::{
    Condition, ConditionId, ConditionLink, ConditionList, ConditionTeaser, Family, FamilyGroup,
    FamilyLink, Letter, Overview, Resolved, Scope, SitemapEntry, Synonym,
};
pub use search::{Matched, SEARCH_PAGE, SearchAnswer, SearchHit};
pub use service::Catalogue;
