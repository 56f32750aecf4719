//! The kit that pages are made of. It knows no feature.

mod address;
#[cfg(feature = "hydrate")]
mod arrival;
mod crumbs;
mod difference;
pub mod form;
mod grow;
#[cfg(feature = "hydrate")]
mod hydration;
mod lists;
mod live;
#[cfg(feature = "hydrate")]
mod menu;
mod moment;
mod prose;
mod refresh;
mod text_area;
mod typing;

pub use address::{query_encoded, query_value};
#[cfg(feature = "hydrate")]
pub use arrival::{
    arrived, begin_journey, focus_after_refresh, is_online, is_returning, leave, load_document,
    meta,
};
pub use crumbs::Crumbs;
pub use difference::{SideBySide, Unified};
pub use grow::{Grow, Load, Portion};
#[cfg(feature = "hydrate")]
pub use hydration::{correct_address, leave_links_until_hydrated, name_build, set_hydrated};
pub use lists::{Link, Links, Pager};
pub use live::{LiveMessage, LiveNews, Show};
#[cfg(feature = "hydrate")]
pub use menu::close_elsewhere;
pub use moment::{Date, Moment};
pub use prose::Prose;
pub use refresh::Refresh;
pub use typing::{Asking, first_field};
