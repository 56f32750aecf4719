//! Tables of accounts.

pub mod account;
pub mod account_role;
pub mod activity;
pub mod known_device;
pub mod mail_link;
pub mod moderation_action;
pub mod session;
pub mod throttle;
