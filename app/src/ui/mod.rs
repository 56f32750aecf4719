//! The kit that pages are made of. It knows no feature.

mod address;
#[cfg(feature = "hydrate")]
mod arrival;
mod crumbs;
pub mod form;
mod lists;
mod moment;
mod prose;
mod refresh;
mod text_area;
mod typing;

pub use address::query_value;
#[cfg(feature = "hydrate")]
pub use arrival::{
    arrived, begin_journey, correct_address, is_hydrated, is_online, leave,
    leave_links_until_hydrated, load_document, meta, name_build,
};
pub use crumbs::Crumbs;
pub use lists::{Link, Links, Pager};
pub use moment::{Date, Moment};
pub use prose::Prose;
pub use refresh::Refresh;
pub use typing::{Asking, first_field};
