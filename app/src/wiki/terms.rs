//! What someone has to know before they change a section, and where they can go from there.

use domain::{
    catalogue::ConditionLink,
    policy::Protection,
    wiki::{Protected, SectionKind},
};
use leptos::prelude::*;

use super::{api::writing::EditTerms, paths};
use crate::{catalogue, page::way, ui::Link};

/// Whether a change is published directly, and what is waiting already.
#[component]
pub(super) fn Terms(terms: EditTerms) -> impl IntoView {
    let review = (!terms.publishes).then_some(
        "What you write or change here is published once an experienced member has checked it. You can follow it under “Proposals”.",
    );
    let waiting = terms
        .waiting
        .then_some("A change of yours to this section is waiting for review.");
    view! {
        {terms.protection.map(|protected| view! { <ProtectedUntil protected/> })}
        {review.map(|words| view! { <p>{words}</p> })}
        {waiting.map(|words| view! { <p>{words}</p> })}
    }
}

/// That not everyone can publish changes directly, and why.
#[component]
pub(super) fn ProtectedUntil(protected: Protected) -> impl IntoView {
    let who = match protected.protection {
        Protection::Trusted => "trusted members, experts and moderators",
        Protection::Experts => "experts and moderators",
    };
    let until = protected.until.spelled();
    let reason = protected.reason;
    view! {
        <p>
            {format!(
                "This section is protected until {until}. Only {who} can publish changes directly. Reason: {reason}",
            )}
        </p>
    }
}

/// The ways on from where a section is written.
pub(super) fn links(condition: &ConditionLink, kind: SectionKind) -> Vec<Link> {
    let slug = &condition.slug;
    vec![
        way(&condition.name, catalogue::paths::condition(slug)),
        way(
            "History of this section",
            paths::history(slug, Some(kind), None),
        ),
        way("Proposals", paths::PROPOSALS),
    ]
}
