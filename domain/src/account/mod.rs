//! People: who asks, how they join and sign in, and what they control.

mod country;
mod model;
mod moderation;
mod name;
mod network;
mod password;
mod person;
mod second_factor;
mod secret;
mod service;
mod suspension;
pub mod throttle;

pub use country::Country;
pub use model::{AcceptedTexts, AccountId, Actor, Member, Role, Roles, SessionId, Standing, Trust};
pub use moderation::{
    AccountList, AccountRecord, MemberAction, MemberDecision, MemberListWalk, MemberListWalks,
    MemberObstacle, ModeratedMember, ModerationAction, ModerationRecord, People, WALK_COUNTED,
    WALKS_KEPT,
};
pub use name::{display_name, display_name_shape};
pub use network::{Reach, networks};
pub use password::{PASSWORD_LONGEST, PASSWORD_SHORTEST, check_password, check_password_length};
pub use person::{EmailAddress, Relation};
pub use second_factor::{
    RECOVERY_CODE_DIGITS, RECOVERY_CODES, SET_UP_BEGUN_FOR, SIGN_IN_BEGUN_FOR, SecondFactor,
    SecondFactorCode, SecondFactors, TIME_CODE_DIGITS, needs_second_factor,
};
pub use secret::{Password, Token};
pub use service::{
    Account, Accounts, Activity, ActivityKind, Authenticated, Client, Device, Entered, Join,
    LinkPurpose, SESSION_IDLE, SESSION_LONGEST, SignedIn, Submission,
};
pub use suspension::{
    SUSPENSION_BY_MODERATORS_LONGEST, Suspension, SuspensionLength, hour_of, suspension_end,
};
