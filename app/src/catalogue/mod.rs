//! Conditions, families of conditions, and the forms by which they are searched.

mod also_called;
pub mod api;
mod codes;
mod condition_input;
mod condition_page;
mod credit;
mod families_page;
mod family_page;
mod hit;
mod list_page;
pub mod paths;
mod relatives;
mod search_form;
#[cfg(feature = "ssr")]
mod structured;

pub(crate) use api::find_conditions;
pub use codes::CodePage;
pub use condition_input::ConditionInput;
pub use condition_page::ConditionPage;
pub use families_page::FamiliesPage;
pub use family_page::FamilyPage;
pub use hit::ConditionHit;
pub use list_page::ListPage;
pub(crate) use relatives::condition_links;
pub use search_form::{HeaderSearch, PageSearch};
