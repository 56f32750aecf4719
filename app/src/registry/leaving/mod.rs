//! Taking the agreement back.

pub mod api;
mod forms;
mod leave_page;

pub use forms::WithdrawFields;
pub use leave_page::LeaveRegistryPage;
