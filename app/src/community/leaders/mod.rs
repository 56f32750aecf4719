//! Who leads communities, and what leaders do there.

pub mod api;
mod forms;
mod lead_page;
mod leaders_page;
mod list;
mod outside_registry;
mod own;
mod pin;

pub use forms::{
    AcceptInvitationFields, AppointLeaderFields, DeclineInvitationFields, DescribeLeaderFields,
    EndLeadershipFields, OutsideRegistryFields, PinTopicFields, StepDownFields, UnpinTopicFields,
    WelcomeFields,
};
pub use lead_page::LeadPage;
pub use leaders_page::LeadersPage;
pub use list::LeaderList;
pub(in crate::community) use own::OwnLeaderships;
pub(in crate::community) use pin::Pin;
