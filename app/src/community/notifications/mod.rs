//! Of what people are told: what they follow, what is unread.

pub mod api;
mod follow;
mod forms;
mod notifications_page;
mod unread;

pub(in crate::community) use follow::Follow;
pub use forms::{FollowFields, MarkReadFields, StopFollowingFields};
pub use notifications_page::NotificationsPage;
pub use unread::Unread;
