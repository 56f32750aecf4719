//! Tables of the catalogue.

pub mod code;
pub mod condition;
pub mod condition_slug;
pub mod hidden_name;
pub mod lineage;
pub mod relative;
pub mod replacement;
pub mod source;
pub mod synonym;
