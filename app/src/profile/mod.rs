//! Profiles and lists of members as others see them, and the pages on which people set what is
//! seen. The server writes all of them, so the browser needs nothing of this.

#[cfg(feature = "ssr")]
mod ask;
pub mod paths;
#[cfg(feature = "ssr")]
mod show;
#[cfg(feature = "ssr")]
mod submit;
#[cfg(feature = "ssr")]
mod written;

#[cfg(feature = "ssr")]
pub use written::*;
