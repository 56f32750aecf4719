//! Looking up who has written under an alias, for moderators. This page is compiled for the server alone
//! and comes without a script.

mod alias_page;
pub mod api;
mod forms;

pub use alias_page::AliasPage;
pub use forms::LookUpAliasFields;
