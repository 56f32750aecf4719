//! The kit that pages are made of. It knows no feature.

mod address;
#[cfg(feature = "hydrate")]
mod arrival;
mod crumbs;
pub mod form;
#[cfg(feature = "hydrate")]
mod hydration;
mod lists;
mod moment;
mod prose;
mod refresh;
mod text_area;
mod typing;

pub use address::{query_encoded, query_value};
#[cfg(feature = "hydrate")]
pub use arrival::{arrived, begin_journey, is_online, leave, load_document, meta};
pub use crumbs::Crumbs;
#[cfg(feature = "hydrate")]
pub use hydration::{correct_address, leave_links_until_hydrated, name_build, set_hydrated};
pub use lists::{Link, Links, Pager};
pub use moment::{Date, Moment};
pub use prose::Prose;
pub use refresh::Refresh;
pub use typing::{Asking, first_field};
