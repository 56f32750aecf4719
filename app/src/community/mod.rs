//! A condition's community: joining it, who leads it, what its members write to each other and ask
//! experts, what of it a leader reads first, what they have begun to write, how they react, whom they mute, of what they are told, what they recommend, what is new, and what
//! should not be here; what moderators do, and who writes under an alias; the list of communities, and how
//! there come to be others.

#[cfg(feature = "ssr")]
mod administration;
pub mod aliases;
mod card;
mod communities_page;
pub mod discussions;
pub mod feed;
pub mod first_posts;
pub mod leaders;
pub mod membership;
pub mod moderation;
pub mod muting;
pub mod notifications;
pub mod paths;
pub mod questions;
pub mod reactions;
pub mod reports;
pub mod requests;
pub mod resources;
pub mod saved_drafts;
mod tabs;

pub use card::{CommunityCard, LeadersOfCommunity};
pub use communities_page::CommunitiesPage;
pub use discussions::{
    DeletePostFields, EditPostFields, NewDiscussions, ReplyFields, StartTopicFields,
};
pub use first_posts::{DeclineFirstPostFields, PublishFirstPostFields, WithdrawFirstPostFields};
pub use leaders::{
    AcceptInvitationFields, AppointLeaderFields, DeclineInvitationFields, DescribeLeaderFields,
    EndLeadershipFields, LeaderList, OutsideRegistryFields, PinTopicFields, StepDownFields,
    UnpinTopicFields, WelcomeFields,
};
pub use membership::{
    AddCommunityFields, ChangeMembershipFields, JoinCommunityFields, LeaveFields,
};
pub use moderation::{AppealFields, ContentNoteFields};
pub use muting::{EndMuteFields, MuteFields, UnmuteFields};
pub use notifications::{
    FollowConditionFields, FollowFields, MarkReadFields, NotificationMailFields,
    StopFollowingConditionFields, StopFollowingFields, Unread, UnsubscribeFields,
};
pub use questions::{
    AnswerFields, AskFields, DeclineQuestionFields, NewQuestions, ReopenQuestionFields,
};
pub use reactions::ReactFields;
pub use reports::{ReportFields, ReportLink, may_report};
pub use requests::RequestCommunityFields;
pub use resources::{
    ApproveResourceFields, DeclineResourceFields, NewResources, RemoveResourceFields,
    SuggestResourceFields, WithdrawResourceFields,
};
pub use saved_drafts::DeleteDraftFields;
pub use tabs::{CommunityTab, CommunityTabs};
