//! The wiki: what is known about a condition, in eleven fixed sections.

mod edit;
mod model;
mod readability;
mod revisions;
mod service;

pub use edit::{
    Author, Change, Collision, Comparison, Decision, DueReview, DueReviewList, Edit, Editing,
    History, KeptDraft, Origin, Preview, Proposal, ProposalList, ProposalState, ProposalText,
    Protected, Review, Revision, RevisionText, SUMMARY_LONGEST, Saved, TEXT_LONGEST, check_line,
    check_reason, check_text,
};
pub use model::{
    Html, Provenance, Reference, ReviewNote, Section, SectionDraft, SectionKind, SectionsImport,
    SourceText, Tip, WikiDraft, WikiPage,
};
pub use readability::{Readability, readability};
pub use revisions::Revisions;
pub use service::Wiki;
