//! The sections of a condition page, and the pages on which they are written.

#[cfg(feature = "ssr")]
pub mod administration;
mod agreement;
pub mod api;
mod author;
mod compare_page;
mod condition_section;
mod decision_forms;
mod edit_list_page;
mod edit_page;
mod edit_result;
mod edit_text_page;
mod entry_fields;
mod entry_forms;
mod entry_page;
mod guide;
mod history_page;
pub mod paths;
mod proposal_page;
mod proposals_page;
mod protect_page;
mod references;
mod restore_form;
mod review_page;
mod reviews_page;
mod revision_page;
mod terms;
mod text;
mod text_forms;
mod tips;

pub use author::AuthorName;
pub use compare_page::ComparePage;
pub use condition_section::{ConditionSection, Content};
pub use decision_forms::{
    AcceptEntryFields, AcceptFields, AcceptReferenceFields, AcceptTipFields, DeclineFields,
    EndProtectionFields, ProtectFields, ReviewFields,
};
pub use edit_page::EditPage;
pub use entry_forms::{
    AddCodeFields, AddNameFields, AddReferenceFields, AddTipFields, AmendReferenceFields,
    AmendTipFields, HelpedFields, HideEntryFields, ShowEntryFields,
};
pub use entry_page::EntryPage;
pub use history_page::HistoryPage;
pub use proposal_page::ProposalPage;
pub use proposals_page::ProposalsPage;
pub use protect_page::ProtectPage;
pub use restore_form::RestoreFields;
pub use review_page::ReviewPage;
pub use reviews_page::ReviewsPage;
pub use revision_page::RevisionPage;
pub use text_forms::{DropDraftFields, EditFields};
