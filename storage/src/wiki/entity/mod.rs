//! Tables of the wiki.

pub mod draft;
pub mod held_document;
pub mod held_text;
pub mod helped;
pub mod proposal;
pub mod review;
pub mod revision;
pub mod section;
