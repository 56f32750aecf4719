//! People: who asks, how they join and sign in, and what they control.

mod country;
mod model;
mod password;
mod person;
mod secret;
mod service;
pub mod throttle;

pub use country::Country;
pub use model::{AccountId, Actor, Member, Role, Roles, SessionId, Standing, Trust};
pub use password::{PASSWORD_LONGEST, PASSWORD_SHORTEST, check_password, check_password_length};
pub use person::{EmailAddress, Relation, display_name};
pub use secret::{Password, Token};
pub use service::{
    Account, AccountList, AccountRecord, Accounts, Authenticated, Client, Device, Join,
    LinkPurpose, ModerationAction, ModerationRecord, People, SESSION_IDLE, SESSION_LONGEST,
    SignedIn, Submission,
};
