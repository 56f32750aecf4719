//! The parts that pages are made of.

#[cfg(feature = "hydrate")]
mod arrival;
mod frame;
mod head;
mod lists;
mod messages;
mod search_form;
#[cfg(feature = "ssr")]
mod text_area;

#[cfg(feature = "hydrate")]
pub(crate) use arrival::begin_journey;
pub use frame::{Crumbs, Footer, Header};
pub use head::{HEAD_MARK, PageHead, member_name, set_head, site_name};
#[cfg(feature = "ssr")]
pub use head::{HeadSlot, Keeping, breadcrumbs};
pub use lists::{condition_index, family_index, pager, terms};
pub use messages::{loading, refused, unreachable_server};
pub use search_form::{HeaderSearch, PageSearch, matched};
#[cfg(feature = "ssr")]
pub use text_area::{TextArea, text_area};
