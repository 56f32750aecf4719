//! Joining, signing in, and a person's control over their own account.

#[cfg(feature = "ssr")]
mod administration;
pub mod api;
#[cfg(feature = "ssr")]
mod ask;
#[cfg(feature = "ssr")]
mod entering;
mod fields;
mod forgotten_password_page;
pub mod forms;
mod join_page;
mod link_pages;
pub mod paths;
#[cfg(feature = "ssr")]
mod settings;
mod sign_in_page;
mod sign_out_page;
#[cfg(feature = "ssr")]
mod submit;
#[cfg(feature = "ssr")]
mod written;

pub use forgotten_password_page::ForgottenPasswordPage;
pub use join_page::JoinPage;
pub use link_pages::{ConfirmPage, NewAddressPage, NewPasswordPage};
pub use sign_in_page::SignInPage;
pub use sign_out_page::{SignOutButton, SignOutPage};
#[cfg(feature = "ssr")]
pub use written::*;
