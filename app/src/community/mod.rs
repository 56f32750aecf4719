//! A condition's community: joining it, what its members write to each other, and what they recommend.

pub mod api;
mod card;
mod delete_post_page;
mod discussion_page;
mod discussions_page;
mod edit_post_page;
mod follow;
mod forms;
mod join;
mod notifications_page;
mod own_communities_page;
pub mod paths;
mod post;
mod post_form;
mod post_history_page;
mod recent_page;
mod reply_page;
pub mod resources;
mod start_page;
#[cfg(feature = "ssr")]
mod structured;
mod topics;
mod unread;

pub use card::CommunityCard;
pub use delete_post_page::DeletePostPage;
pub use discussion_page::DiscussionPage;
pub use discussions_page::DiscussionsPage;
pub use edit_post_page::EditPostPage;
pub use forms::{
    AddCommunityFields, ChangeMembershipFields, DeletePostFields, EditPostFields, FollowFields,
    JoinCommunityFields, LeaveFields, MarkReadFields, ReplyFields, StartTopicFields,
    StopFollowingFields,
};
pub use notifications_page::NotificationsPage;
pub use own_communities_page::OwnCommunitiesPage;
pub use post_history_page::PostHistoryPage;
pub use recent_page::RecentPage;
pub use reply_page::ReplyPage;
pub use resources::{
    ApproveResourceFields, DeclineResourceFields, NewResources, RemoveResourceFields,
    SuggestResourceFields, WithdrawResourceFields,
};
pub use start_page::StartPage;
pub use topics::NewDiscussions;
pub use unread::Unread;
