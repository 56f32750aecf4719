//! What is new in communities.

pub mod api;
mod feed_page;
mod lines;
mod own_feed_page;

pub use feed_page::FeedPage;
pub use own_feed_page::OwnFeedPage;
