//! The sections of a condition page.

mod sections;

pub use sections::section;
