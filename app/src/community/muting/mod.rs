//! Muting: folding the posts of somebody whom one does not want to read, for oneself alone.

pub mod api;
mod folded;
pub(super) mod forms;
mod mute_page;
mod muted_page;

pub(super) use folded::{Folded, MuteLink};
pub use forms::{EndMuteFields, MuteFields, UnmuteFields};
pub use mute_page::MutePage;
pub use muted_page::MutedPage;
