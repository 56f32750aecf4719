//! Tables of the wiki.

pub mod draft;
pub mod proposal;
pub mod reference;
pub mod review;
pub mod revision;
pub mod section;
pub mod tip;
