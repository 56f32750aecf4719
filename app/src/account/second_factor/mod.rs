//! `/settings/second-factor`: what signing in takes besides the password.

pub mod api;
pub mod forms;
mod page;
mod qr_code;

pub use page::{SECOND_FACTOR_FIRST, SecondFactorPage};
