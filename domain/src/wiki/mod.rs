//! The wiki: what is known about a condition, in eleven fixed sections.

mod collision;
mod draft;
mod edit;
mod entries;
mod entry;
mod held;
mod identifiers;
mod list;
mod lost_characters;
mod model;
mod readability;
mod reference;
mod revisions;
mod service;
mod source_document;

pub use collision::{
    Collision, DRAFT_LONGEST, MARK_BETWEEN, MARK_MINE, MARK_THEIRS, check_marks,
    check_middle_marks, has_marks, middle_marks,
};
pub use draft::{DraftLink, KeptDraft, MOST_DRAFTS, OtherDraft};
pub use edit::{
    Author, Comparison, Decision, DueReview, DueReviewList, Edit, Editing, History, Origin,
    Preview, Proposal, ProposalList, ProposalState, ProposalText, Protected, Review, Revision,
    RevisionText, SUMMARY_LONGEST, Saved, TEXT_LONGEST, check_agreed, check_draft, check_line,
    check_reason, check_text,
};
pub use entries::{Entries, EntryList, ListedEntry};
pub use entry::{Entry, Item, NAME_LONGEST, TIP_LONGEST};
pub use held::{HeldDecision, HeldList, HeldText, HeldTexts, HoldReason};
pub use list::{EntryChange, LIST_LONGEST, merge_lists};
pub use lost_characters::{damaged_words, lost_characters};
pub use model::{
    Citation, ListedReference, Provenance, ReviewNote, Section, SectionDraft, SectionKind, Tip,
    WikiDraft, WikiPage,
};
pub use readability::{Readability, readability};
pub use reference::Reference;
pub use revisions::Revisions;
pub use service::Wiki;
pub use source_document::{KnownNames, SectionsImport, SourceDocument, SourceText};
