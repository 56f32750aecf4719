//! The catalogue: all conditions with their names, codes and families, and how they are found.

mod code;
mod import;
mod mechanism;
mod model;
mod search;
mod search_form;
mod service;
mod wording;

pub use code::{Code, CodeSystem};
pub use import::{
    CatalogueImport, ConditionTerm, ImportReport, Progress, Refusal, Silent, SourceRelease,
};
pub use mechanism::MECHANISMS;
pub use model::{
    Condition, ConditionId, ConditionLink, ConditionList, ConditionTeaser, Family, FamilyBranch,
    FamilyGroup, FamilyLink, Letter, Overview, Resolved, Scope, SitemapEntry, Synonym,
};
pub use search::{Matched, SEARCH_PAGE, SearchAnswer, SearchHit};
pub use search_form::{is_numbered, search_form, singular, whole_form};
pub use service::Catalogue;
pub use wording::{given_up_name, is_logical_definition, is_older_name};
