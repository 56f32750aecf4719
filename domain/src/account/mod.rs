//! People: who asks, how they join and sign in, and what they control.

mod country;
mod model;
mod name;
mod network;
mod password;
mod person;
mod secret;
mod service;
pub mod throttle;

pub use country::Country;
pub use model::{AcceptedTexts, AccountId, Actor, Member, Role, Roles, SessionId, Standing, Trust};
pub use name::{display_name, display_name_shape};
pub use network::{Reach, networks};
pub use password::{PASSWORD_LONGEST, PASSWORD_SHORTEST, check_password, check_password_length};
pub use person::{EmailAddress, Relation};
pub use secret::{Password, Token};
pub use service::{
    Account, AccountList, AccountRecord, Accounts, Activity, ActivityKind, Authenticated, Client,
    Device, Join, LinkPurpose, ModerationAction, ModerationRecord, People, SESSION_IDLE,
    SESSION_LONGEST, SignedIn, Submission,
};
