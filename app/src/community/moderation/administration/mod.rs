//! Posts and topics for moderators, and appeals. These pages are compiled for the server alone and come
//! without a script.

pub mod api;
mod appeal_page;
mod appeals_page;
mod forms;
mod post_page;

pub use appeal_page::DecideAppealPage;
pub use appeals_page::AppealsPage;
pub use forms::{
    HidePostFields, KeepDecisionFields, LiftDecisionFields, LockTopicFields, MoveTopicFields,
    ShowPostFields, UnlockTopicFields, WarnAuthorFields,
};
pub use post_page::ModeratePostPage;

pub(in crate::community) use appeals_page::Appeals;
