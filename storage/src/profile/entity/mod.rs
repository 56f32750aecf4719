//! Tables of what people show of themselves.

pub mod picture;
pub mod profile;
