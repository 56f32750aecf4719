//! Pages about the site itself.

pub mod api;
mod home_page;
mod sources_page;
mod text_page;

pub use home_page::HomePage;
pub use sources_page::SourcesPage;
pub use text_page::text_page;
