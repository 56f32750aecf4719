//! Which pages there are about the writing of sections.

use std::collections::HashMap;

use domain::{Error, Result, catalogue::Resolved, wiki::SectionKind};
use leptos::prelude::*;

use super::{edit, entry, lists, proposals, reviews};
use crate::{
    account::{elsewhere, sign_in_path},
    answer::Answer,
    context::{Services, Visit},
    form::{Fields, FormPage, Outcome, written},
    page::CachePolicy,
};

/// A page about the writing of sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WritingPage {
    /// `/communities/{slug}/sections/{kind}/edit?done=`
    Edit {
        /// The condition's address.
        slug: String,
        /// The section.
        kind: SectionKind,
        /// What has just been done.
        done: Option<String>,
    },
    /// `/communities/{slug}/sections/{kind}/entries/{id}`
    Entry {
        /// The condition's address.
        slug: String,
        /// The section, which is a list.
        kind: SectionKind,
        /// Which entry.
        id: String,
    },
    /// `/communities/{slug}/sections/{kind}/protect`
    Protect {
        /// The condition's address.
        slug: String,
        /// The section.
        kind: SectionKind,
    },
    /// `/communities/{slug}/revisions/{number}/review`
    Review {
        /// The condition's address.
        slug: String,
        /// The revision.
        number: i64,
    },
    /// `/proposals/{id}?done=`
    Proposal {
        /// Which one.
        id: String,
        /// What has just been done.
        done: Option<String>,
    },
}

impl WritingPage {
    /// The page at an address, if there is one.
    pub(crate) fn of(segments: &[&str], query: &HashMap<String, String>) -> Option<Self> {
        let text = |name: &str| query.get(name).cloned();
        Some(match segments {
            ["communities", slug, "sections", kind, "entries", id] => Self::Entry {
                slug: (*slug).to_owned(),
                kind: SectionKind::parse(kind).filter(|kind| !kind.is_text())?,
                id: (*id).to_owned(),
            },
            ["communities", slug, "sections", kind, what] => {
                let slug = (*slug).to_owned();
                let kind = SectionKind::parse(kind)?;
                match *what {
                    "edit" => Self::Edit {
                        slug,
                        kind,
                        done: text("done"),
                    },
                    "protect" => Self::Protect { slug, kind },
                    _ => return None,
                }
            }
            ["communities", slug, "revisions", number, "review"] => Self::Review {
                slug: (*slug).to_owned(),
                number: number.parse().ok()?,
            },
            ["proposals", id] => Self::Proposal {
                id: (*id).to_owned(),
                done: text("done"),
            },
            _ => return None,
        })
    }

    /// The shape of the address, for logs.
    pub(crate) fn route(&self) -> &'static str {
        match self {
            Self::Edit { .. } => "/communities/{slug}/sections/{kind}/edit",
            Self::Entry { .. } => "/communities/{slug}/sections/{kind}/entries/{id}",
            Self::Protect { .. } => "/communities/{slug}/sections/{kind}/protect",
            Self::Review { .. } => "/communities/{slug}/revisions/{number}/review",
            Self::Proposal { .. } => "/proposals/{id}",
        }
    }

    /// The path of this very page.
    pub(super) fn path(&self) -> String {
        let of = |slug: &str, rest: String| format!("/communities/{slug}{rest}");
        match self {
            Self::Edit { slug, kind, .. } => edit_path(slug, *kind),
            Self::Entry { slug, kind, id } => entry_path(slug, *kind, id),
            Self::Protect { slug, kind } => {
                of(slug, format!("/sections/{}/protect", kind.as_str()))
            }
            Self::Review { slug, number } => of(slug, format!("/revisions/{number}/review")),
            Self::Proposal { id, .. } => format!("/proposals/{id}"),
        }
    }

    /// Who may keep the page.
    pub(crate) fn policy(&self) -> CachePolicy {
        let _ = self;
        CachePolicy::NoStore
    }

    /// Whether something can be sent to it.
    pub(crate) fn takes_forms(&self) -> bool {
        matches!(
            self,
            Self::Edit { .. }
                | Self::Entry { .. }
                | Self::Protect { .. }
                | Self::Review { .. }
                | Self::Proposal { .. }
        )
    }
}

pub(super) fn condition_path(slug: &str) -> String {
    format!("/communities/{slug}")
}

pub(super) fn section_path(slug: &str, kind: SectionKind) -> String {
    format!("/communities/{slug}#{}", kind.as_str())
}

pub(super) fn edit_path(slug: &str, kind: SectionKind) -> String {
    format!("/communities/{slug}/sections/{}/edit", kind.as_str())
}

pub(super) fn entry_path(slug: &str, kind: SectionKind, id: &str) -> String {
    format!(
        "/communities/{slug}/sections/{}/entries/{id}",
        kind.as_str()
    )
}

pub(super) fn history_path(slug: &str, kind: SectionKind) -> String {
    format!("/communities/{slug}/sections/{}/history", kind.as_str())
}

pub(super) fn revision_path(slug: &str, number: i64) -> String {
    format!("/communities/{slug}/revisions/{number}")
}

/// The page at an address, or where else to go.
pub(crate) async fn form(
    services: &Services,
    visit: &Visit,
    page: &WritingPage,
) -> Answer<FormPage> {
    let asked = match page {
        WritingPage::Edit { slug, kind, done } if !kind.is_text() => {
            lists::list(services, visit, (slug, *kind), done.as_deref()).await
        }
        WritingPage::Entry { slug, kind, id } => {
            entry::page(services, visit, (slug, *kind), id).await
        }
        WritingPage::Edit { slug, kind, done } => {
            edit::page(services, visit, (slug, *kind), done.as_deref()).await
        }
        WritingPage::Protect { slug, kind } => reviews::protect(services, visit, slug, *kind).await,
        WritingPage::Review { slug, number } => {
            reviews::review(services, visit, slug, *number).await
        }
        WritingPage::Proposal { id, done } => {
            proposals::one(services, visit, id, done.is_some()).await
        }
    };
    match asked {
        Ok(asked) => Answer::Found(FormPage {
            path: page.path(),
            ..asked
        }),
        Err(Error::Unauthenticated) => elsewhere(&sign_in_path(&page.path())),
        Err(error) => Answer::Refused(error),
    }
}

/// Carries out the form of a page.
pub(crate) async fn submit(
    services: &Services,
    visit: &Visit,
    page: &WritingPage,
    fields: &Fields,
) -> Result<Outcome> {
    match carry_out(services, visit, page, fields).await {
        Err(Error::NotFound) => gone(services, visit, page, fields).await,
        outcome => outcome,
    }
}

/// Where a form was sent to is not there any more: what was typed in it is.
async fn gone(
    services: &Services,
    visit: &Visit,
    page: &WritingPage,
    fields: &Fields,
) -> Result<Outcome> {
    let typed = ["text", "description"].map(|name| fields.get(name));
    let Some(typed) = typed.into_iter().find(|typed| !typed.trim().is_empty()) else {
        return Err(Error::NotFound);
    };
    let mut links = vec![("Conditions".to_owned(), "/conditions".to_owned())];
    if let WritingPage::Edit { slug, kind, .. } = page
        && let Ok(Resolved::Moved { slug }) = services.catalogue.condition(visit.actor, slug).await
    {
        links.insert(0, ("Write it there".to_owned(), edit_path(&slug, *kind)));
    }
    let typed = typed.to_owned();
    Ok(Outcome::Page(Box::new(FormPage {
        title: "This page is not there any more".to_owned(),
        path: page.path(),
        content: Some(written(view! {
            <div class="errors" role="alert" tabindex="-1">
                <p>
                    "Nothing was saved: what you wrote for has been removed, or has another address now. Below is what you had written. Copy it, so that it is not lost."
                </p>
            </div>
            <pre class="diff">{typed}</pre>
        })),
        links,
        ..FormPage::default()
    })))
}

async fn carry_out(
    services: &Services,
    visit: &Visit,
    page: &WritingPage,
    fields: &Fields,
) -> Result<Outcome> {
    match page {
        WritingPage::Edit { slug, kind, .. } if !kind.is_text() => {
            lists::add(services, visit, (slug, *kind), fields).await
        }
        WritingPage::Entry { slug, kind, id } => {
            entry::change(services, visit, (slug, *kind), id, fields).await
        }
        WritingPage::Edit { slug, kind, .. } => {
            edit::submit(services, visit, slug, *kind, fields).await
        }
        WritingPage::Protect { slug, kind } => {
            reviews::submit_protection(services, visit, slug, *kind, fields).await
        }
        WritingPage::Review { slug, number } => {
            let interests = fields.get("interests");
            services
                .revisions
                .review(visit.actor, slug, *number, interests)
                .await?;
            Ok(Outcome::done(format!(
                "{}?done=reviewed",
                revision_path(slug, *number)
            )))
        }
        WritingPage::Proposal { id, .. } => proposals::decide(services, visit, id, fields).await,
    }
}
