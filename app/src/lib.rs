//! What people see. Compiled twice: with `ssr` into the server, with `hydrate` into the browser.
//!
//! Pages live in the folder of their feature and own their data, their title and their meta tags.
//! They reach the services through [`context::Services`]; no database is named here.

#![recursion_limit = "256"]

pub mod answer;
pub mod catalogue;
#[cfg(feature = "ssr")]
pub mod context;
pub mod page;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod site;
pub mod ui;
pub mod wiki;

pub use routes::App;
