//! The parts that pages are made of.

#[cfg(not(feature = "ssr"))]
mod arrival;
mod frame;
mod head;
mod lists;
mod messages;
mod search_form;

pub use frame::{Crumbs, Footer, Header};
pub use head::{HEAD_MARK, PageHead, set_head};
#[cfg(feature = "ssr")]
pub use head::{HeadSlot, breadcrumbs};
pub use lists::{condition_index, family_index, pager, terms};
pub use messages::{loading, not_found, refused, unreachable_server};
pub use search_form::{HeaderSearch, PageSearch};
