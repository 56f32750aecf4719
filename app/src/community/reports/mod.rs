//! Reports of what should not be here, and what becomes of them.

#[cfg(feature = "ssr")]
pub mod administration;
pub mod api;
mod forms;
mod link;
mod own_reports_page;
mod report_page;
mod subject;

pub use forms::ReportFields;
pub use link::{ReportLink, may_report};
pub use own_reports_page::OwnReportsPage;
pub use report_page::ReportPage;
