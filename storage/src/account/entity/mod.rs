//! Tables of accounts.

pub mod account;
pub mod account_role;
pub mod activity;
pub mod begun_sign_in;
pub mod known_device;
pub mod mail_link;
pub mod member_list_walk;
pub mod moderation_action;
pub mod recovery_code;
pub mod second_factor;
pub mod session;
pub mod throttle;
