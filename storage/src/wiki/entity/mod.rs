//! Tables of the wiki.

pub mod reference;
pub mod revision;
pub mod section;
pub mod tip;
