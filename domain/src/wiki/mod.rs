//! The wiki: what is known about a condition, in eleven fixed sections.

mod model;
mod service;

pub use model::{
    Html, Provenance, Reference, Section, SectionDraft, SectionKind, SectionsImport, SourceText,
    Tip, WikiDraft, WikiPage,
};
pub use service::Wiki;
