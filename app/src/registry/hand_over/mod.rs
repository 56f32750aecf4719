//! Handing somebody over to an account of their own, and going on as their legal representative.

pub mod api;
mod forms;
mod link_page;
mod section;

pub use forms::{HandOverFields, RepresentFields, TakeOverFields};
pub use link_page::TakeOverPage;
pub(super) use section::{HandOver, Represent, adult_soon};
