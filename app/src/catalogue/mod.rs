//! Pages of the catalogue: a condition, the lists, the families, the search.

pub mod api;
mod code_page;
mod condition_page;
mod families_page;
mod family_page;
mod list_page;
mod search_page;
#[cfg(feature = "ssr")]
mod structured;

pub use code_page::code_page;
pub use condition_page::ConditionPage;
pub use families_page::FamiliesPage;
pub use family_page::FamilyPage;
pub use list_page::ListPage;
pub use search_page::SearchPage;
