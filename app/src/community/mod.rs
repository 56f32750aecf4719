//! A condition's community: joining it, who leads it, what its members write to each other, of what they
//! are told, and what they recommend; the list of communities, and how there come to be others.

mod card;
mod communities_page;
pub mod discussions;
pub mod leaders;
pub mod membership;
pub mod notifications;
pub mod paths;
pub mod requests;
pub mod resources;

pub use card::{CommunityCard, LeadersOfCommunity};
pub use communities_page::CommunitiesPage;
pub use discussions::{
    DeletePostFields, EditPostFields, NewDiscussions, ReplyFields, StartTopicFields,
};
pub use leaders::{
    AcceptInvitationFields, AppointLeaderFields, DeclineInvitationFields, DescribeLeaderFields,
    EndLeadershipFields, LeaderList, PinTopicFields, StepDownFields, UnpinTopicFields,
    WelcomeFields,
};
pub use membership::{
    AddCommunityFields, ChangeMembershipFields, JoinCommunityFields, LeaveFields,
};
pub use notifications::{FollowFields, MarkReadFields, StopFollowingFields, Unread};
pub use requests::RequestCommunityFields;
pub use resources::{
    ApproveResourceFields, DeclineResourceFields, NewResources, RemoveResourceFields,
    SuggestResourceFields, WithdrawResourceFields,
};
