//! Of what people are told: what they follow, what is unread.

pub mod api;
mod follow;
mod forms;
mod mail_page;
mod notifications_page;
mod unread;
mod unsubscribe_page;

pub(in crate::community) use follow::{Follow, FollowCondition};
pub use forms::{
    FollowConditionFields, FollowFields, MarkReadFields, NotificationMailFields,
    StopFollowingConditionFields, StopFollowingFields, UnsubscribeFields,
};
pub use mail_page::NotificationMailPage;
pub use notifications_page::NotificationsPage;
pub use unread::Unread;
pub use unsubscribe_page::UnsubscribePage;
