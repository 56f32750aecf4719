//! What people see. Compiled twice: with `ssr` into the server, with `hydrate` into the browser.
//!
//! Pages live in the folder of their feature and own their data, their title and their meta tags.
//! They reach the services through [`context::Services`]; no database is named here.

#![recursion_limit = "256"]
#![cfg_attr(
    not(feature = "ssr"),
    allow(
        clippy::needless_update,
        reason = "on the server `PageHead` has one field more"
    )
)]

pub mod account;
pub mod answer;
pub mod catalogue;
pub mod community;
#[cfg(feature = "ssr")]
pub mod context;
pub mod page;
pub mod profile;
pub mod registry;
pub mod routes;
pub mod search;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod site;
pub mod trials;
pub mod ui;
pub mod wiki;

pub use routes::App;
