//! A condition's community: joining it, what its members write to each other and ask experts, of what
//! they are told, what they recommend, and what is new.

mod card;
pub mod discussions;
pub mod feed;
pub mod membership;
pub mod notifications;
pub mod paths;
pub mod questions;
pub mod resources;

pub use card::CommunityCard;
pub use discussions::{
    DeletePostFields, EditPostFields, NewDiscussions, ReplyFields, StartTopicFields,
};
pub use membership::{
    AddCommunityFields, ChangeMembershipFields, JoinCommunityFields, LeaveFields,
};
pub use notifications::{
    FollowConditionFields, FollowFields, MarkReadFields, NotificationMailFields,
    StopFollowingConditionFields, StopFollowingFields, Unread, UnsubscribeFields,
};
pub use questions::{
    AnswerFields, AskFields, DeclineQuestionFields, NewQuestions, ReopenQuestionFields,
};
pub use resources::{
    ApproveResourceFields, DeclineResourceFields, NewResources, RemoveResourceFields,
    SuggestResourceFields, WithdrawResourceFields,
};
