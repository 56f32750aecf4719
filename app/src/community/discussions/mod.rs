//! Discussions: topics and their posts, as they are read and written.

pub mod api;
mod delete_post_page;
mod discussion_page;
mod discussions_page;
mod edit_post_page;
pub(super) mod forms;
mod offered;
pub(super) mod post;
pub(super) mod post_body;
mod post_content;
pub(super) mod post_form;
mod post_history_page;
mod recent_page;
mod reply_page;
mod start_page;
#[cfg(feature = "ssr")]
mod structured;
pub(super) mod topics;

pub use delete_post_page::DeletePostPage;
pub use discussion_page::DiscussionPage;
pub use discussions_page::DiscussionsPage;
pub use edit_post_page::EditPostPage;
pub use forms::{DeletePostFields, EditPostFields, ReplyFields, StartTopicFields};
pub(super) use offered::offered;
pub(super) use post_body::PostBody;
pub(super) use post_content::PostContent;
pub use post_history_page::PostHistoryPage;
pub use recent_page::RecentPage;
pub use reply_page::ReplyPage;
pub use start_page::StartPage;
pub use topics::NewDiscussions;
