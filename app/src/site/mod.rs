//! The frame of every page, and pages about the site itself.

pub mod api;
mod footer;
mod header;
mod help_page;
mod home_page;
pub mod paths;
mod sources_page;
mod text_page;

pub use footer::Footer;
pub use header::Header;
pub use help_page::HelpPage;
pub use home_page::HomePage;
pub use sources_page::SourcesPage;
pub use text_page::TextPage;
