//! Where something is that was reported.

use domain::community::{ReportSubject, TopicKind};
#[cfg(feature = "ssr")]
use domain::wiki::SectionKind;

use crate::{community::paths, profile, wiki};

/// The page that it is on; of a resource only its community would say.
pub(super) fn path(subject: &ReportSubject) -> Option<String> {
    match subject {
        // Of a question this leads on to its own address.
        ReportSubject::Post { topic, number } => {
            Some(paths::post_by_id(TopicKind::Discussion, topic, *number))
        }
        ReportSubject::Resource { .. } => None,
        ReportSubject::Member { handle } => Some(profile::paths::member(handle)),
        ReportSubject::Section { slug, kind } => Some(wiki::paths::section(slug, *kind)),
        ReportSubject::Tip { slug, id } => Some(wiki::paths::tip(slug, id)),
    }
}

/// The page on which a section is protected, or that of the tips.
#[cfg(feature = "ssr")]
pub(super) fn protection(subject: &ReportSubject) -> Option<String> {
    match subject {
        ReportSubject::Section { slug, kind } => Some(wiki::paths::protect(slug, *kind)),
        ReportSubject::Tip { slug, .. } => Some(wiki::paths::protect(slug, SectionKind::Tips)),
        _ => None,
    }
}
