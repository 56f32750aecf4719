//! Names under which people write who do not show theirs.

#[cfg(feature = "ssr")]
pub mod administration;
mod anonymously;
pub mod paths;

pub(in crate::community) use anonymously::{Anonymously, LookUp};
