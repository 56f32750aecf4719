//! Tables of the wiki.

pub mod draft;
pub mod helped;
pub mod proposal;
pub mod review;
pub mod revision;
pub mod section;
