//! Pages about the site itself.

#[cfg(feature = "ssr")]
pub(crate) mod answers;
mod home_page;
mod sources_page;
mod text_page;

pub(crate) use home_page::home;
pub(crate) use sources_page::sources;
pub(crate) use text_page::text;
