//! What RareShare knows: its words, rules and policies, and the traits through which pages reach
//! the services.
//!
//! No I/O happens here, and neither Leptos nor a database is named. The same code runs in the
//! server and in the browser. Each feature has one folder of the same name in every crate.

pub mod account;
pub mod catalogue;
pub mod community;
pub mod error;
pub mod event;
mod html;
pub mod mail;
pub mod policy;
pub mod profile;
pub mod registry;
pub mod search;
pub mod site;
pub mod text;
pub mod time;
pub mod trials;
pub mod wiki;

pub use error::{Error, FieldError, Result};
pub use html::SafeHtml;
