//! The addresses of sections: writing them, and what was written before.

use domain::wiki::SectionKind;

/// Changes that wait for review.
pub const PROPOSALS: &str = "/proposals";
/// Reviews that are due.
pub const REVIEWS: &str = "/reviews";

/// Texts of sources that are held back, for moderators.
pub const HELD_TEXTS: &str = "/admin/held-texts";

fn of_section(slug: &str, kind: SectionKind, what: &str) -> String {
    format!("/communities/{slug}/sections/{}/{what}", kind.as_str())
}

/// A section on the page of its condition.
pub fn section(slug: &str, kind: SectionKind) -> String {
    format!("/communities/{slug}#{}", kind.as_str())
}

/// Where a section is written.
pub fn edit(slug: &str, kind: SectionKind) -> String {
    of_section(slug, kind, "edit")
}

/// The same with one of the drafts that somebody has of it.
pub fn draft(slug: &str, kind: SectionKind, id: &str) -> String {
    format!("{}?draft={id}", edit(slug, kind))
}

/// One entry of a section that is a list.
pub fn entry(slug: &str, kind: SectionKind, id: &str) -> String {
    of_section(slug, kind, &format!("entries/{id}"))
}

/// What was written in a section, or with `None` in all sections, before a revision.
pub fn history(slug: &str, kind: Option<SectionKind>, before: Option<i64>) -> String {
    let path = match kind {
        Some(kind) => of_section(slug, kind, "history"),
        None => format!("/communities/{slug}/history"),
    };
    match before {
        Some(before) => format!("{path}?before={before}"),
        None => path,
    }
}

/// The same as a feed.
pub fn history_feed(slug: &str, kind: Option<SectionKind>) -> String {
    format!("{}.atom", history(slug, kind, None))
}

/// Where two revisions of a section are compared.
pub fn comparisons(slug: &str, kind: SectionKind) -> String {
    of_section(slug, kind, "compare")
}

/// Two revisions of a section, compared.
pub fn compare(slug: &str, kind: SectionKind, from: i64, to: i64) -> String {
    format!("{}?from={from}&to={to}", comparisons(slug, kind))
}

/// Where a section is protected.
pub fn protect(slug: &str, kind: SectionKind) -> String {
    of_section(slug, kind, "protect")
}

/// One revision.
pub fn revision(slug: &str, number: i64) -> String {
    format!("/communities/{slug}/revisions/{number}")
}

/// Where an expert reviews a revision.
pub fn review(slug: &str, number: i64) -> String {
    format!("{}/review", revision(slug, number))
}

/// A page of the changes that wait for review.
pub fn proposals(after: Option<&str>) -> String {
    match after {
        Some(after) => format!("{PROPOSALS}?after={after}"),
        None => PROPOSALS.to_owned(),
    }
}

/// A change that was sent for review.
pub fn proposal(id: &str) -> String {
    format!("{PROPOSALS}/{id}")
}

/// A page of the texts that are held back.
pub fn held_texts(after: Option<&str>) -> String {
    match after {
        Some(after) => format!("{HELD_TEXTS}?after={after}"),
        None => HELD_TEXTS.to_owned(),
    }
}

/// A text that is held back.
pub fn held_text(id: &str) -> String {
    format!("{HELD_TEXTS}/{id}")
}

/// A page of the reviews that are due.
pub fn reviews(after: Option<&str>) -> String {
    match after {
        Some(after) => {
            let after = leptos_router::location::Url::escape(after);
            format!("{REVIEWS}?after={after}")
        }
        None => REVIEWS.to_owned(),
    }
}

/// A tip on the page of its condition.
pub fn tip(slug: &str, id: &str) -> String {
    format!("/communities/{slug}#tip-{id}")
}
