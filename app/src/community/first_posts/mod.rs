//! First posts: what new people write and a leader reads before others.

pub mod api;
mod first_posts_page;
pub(super) mod forms;
mod waits;

pub use first_posts_page::FirstPostsPage;
pub use forms::{DeclineFirstPostFields, PublishFirstPostFields, WithdrawFirstPostFields};
pub(super) use waits::Waits;
