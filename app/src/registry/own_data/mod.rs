//! What whoever enrolled somebody reads and takes home: all data, and all that has happened.

pub mod api;
mod data_page;
mod history_page;
mod ledger_page;

pub use data_page::OwnDataPage;
pub use history_page::OwnHistoryPage;
pub use ledger_page::{OwnLedgerPage, told};
