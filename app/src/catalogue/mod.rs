//! Pages of the catalogue: a condition, the lists, the families, the search.

#[cfg(feature = "ssr")]
pub(crate) mod answers;
mod condition;
#[cfg(feature = "ssr")]
mod condition_page;
mod families_page;
mod family_page;
mod list_page;
mod search_page;
#[cfg(feature = "ssr")]
mod structured;

pub use condition::ConditionData;
pub(crate) use condition::condition;
pub(crate) use families_page::families;
pub(crate) use family_page::family;
pub(crate) use list_page::list;
pub(crate) use search_page::results;
