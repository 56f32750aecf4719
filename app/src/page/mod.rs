//! What every page has: its data, its head, how the reader arrives at it, and what is shown when
//! there is nothing to show.

mod any_data;
mod data;
mod head;
mod layout;
mod lazy;
mod refused;
#[cfg(feature = "ssr")]
mod structured;

pub use data::{Page, PageResource, page_data, use_part, use_query_value};
pub use head::{
    CachePolicy, PageHead, cached, is_demonstration, member_name, set_head, site_name,
    unread_at_first,
};
#[cfg(feature = "ssr")]
pub use head::{HEAD_MARK, HeadSlot, ShownAt};
pub use layout::{Column, LONG, way};
pub use lazy::LazyPage;
pub use refused::{NotFoundPage, Unsent, loading, refused, unreachable_server};
#[cfg(feature = "ssr")]
pub use structured::{breadcrumbs, plain, without_gaps};
