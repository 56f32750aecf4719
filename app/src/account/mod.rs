//! Joining, signing in, and a person's control over their own account.

mod address_page;
#[cfg(feature = "ssr")]
pub mod administration;
pub mod api;
mod delete_page;
mod devices_page;
#[cfg(feature = "ssr")]
mod entering;
mod fields;
mod forgotten_password_page;
pub mod forms;
mod join_page;
mod link_pages;
#[cfg(feature = "ssr")]
mod members_only;
mod moderation;
mod password_page;
pub mod paths;
pub mod second_factor;
pub mod settings_api;
pub mod settings_forms;
mod settings_page;
mod sign_in_page;
mod sign_out_page;

pub use address_page::AddressPage;
pub use delete_page::DeletePage;
pub use devices_page::DevicesPage;
pub use forgotten_password_page::ForgottenPasswordPage;
pub use join_page::JoinPage;
pub use link_pages::{ConfirmPage, NewAddressPage, NewPasswordPage};
#[cfg(feature = "ssr")]
pub use members_only::{for_members, to_sign_in};
pub use moderation::{ModerationView, moderation_words};
pub use password_page::PasswordPage;
pub use settings_page::SettingsPage;
pub use sign_in_page::SignInPage;
pub use sign_out_page::{SignOutButton, SignOutPage};
