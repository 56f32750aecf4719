//! Tables of what people show of themselves.

pub mod account_condition;
pub mod picture;
pub mod profile;
