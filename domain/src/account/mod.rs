//! People: who asks, how they join and sign in, and what they control.

mod model;
mod password;
mod person;
mod secret;
mod service;
pub mod throttle;

pub use model::{AccountId, Actor, Member, Role, Roles, SessionId, Standing};
pub use password::{PASSWORD_LONGEST, PASSWORD_SHORTEST, check_password};
pub use person::{EmailAddress, Relation, display_name};
pub use secret::{Password, Token};
pub use service::{
    Account, AccountRecord, Accounts, Client, Device, Join, LinkPurpose, Measure, SESSION_IDLE,
    SESSION_LONGEST, SignedIn, Submission, Viewer,
};
