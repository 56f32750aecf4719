//! Writing sections, and what is decided about them.

pub mod decisions;
pub mod entries;
pub mod texts;

use domain::wiki::Protected;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::{account, answer::Answer, context::Services, ui::form::Done, wiki::paths};
#[cfg(feature = "ssr")]
use domain::{Error, Result, account::Actor, catalogue::Resolved, wiki::SectionKind};

/// What someone has to know before they change a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditTerms {
    /// That not everyone can publish changes directly, and why.
    pub protection: Option<Protected>,
    /// Whether what they save is published directly.
    pub publishes: bool,
    /// Whether a change of theirs to this section is waiting for review.
    pub waiting: bool,
}

/// The answer of a page that is for people who are signed in. `path` makes its address from the
/// condition's slug: where the condition has another slug now, the page is there.
#[cfg(feature = "ssr")]
async fn for_members<T>(
    asked: Result<T>,
    services: &Services,
    actor: Actor,
    (slug, path): (&str, impl Fn(&str) -> String),
) -> Answer<T> {
    match asked {
        Err(Error::Unauthenticated) => account::to_sign_in(&path(slug)),
        Err(Error::NotFound) => match services.catalogue.condition(actor, slug).await {
            Ok(Resolved::Moved { slug }) => Answer::moved(path(&slug)),
            _ => Answer::Refused(Error::NotFound),
        },
        asked => Answer::of(asked),
    }
}

/// A section that an address names.
#[cfg(feature = "ssr")]
fn section(kind: &str) -> Result<SectionKind> {
    SectionKind::parse(kind).ok_or(Error::NotFound)
}

/// A change was sent for review.
#[cfg(feature = "ssr")]
fn proposed(id: &str) -> Done {
    Done::at(format!("{}?done=made", paths::proposal(id)))
}
