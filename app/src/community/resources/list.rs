//! Resources in lists.

use domain::community::{
    ReportSubject, Resource, ResourceKind, ResourceLanguage, ResourceLine, ResourceState, site_of,
};
use leptos::prelude::*;

use crate::{
    community::{
        paths,
        reports::{ReportLink, may_report},
    },
    ui::Date,
};

/// A resource in a list.
pub(super) struct Listed {
    /// The resource.
    pub(super) line: ResourceLine,
    /// Name and address of its community, where that is not said elsewhere.
    pub(super) community: Option<(String, String)>,
    /// The address where it is removed, where who reads may do that.
    pub(super) manage: Option<String>,
}

/// A list of resources.
#[component]
pub(super) fn Resources(
    /// The resources.
    resources: Vec<Listed>,
    /// Whether members may report them here.
    #[prop(optional)]
    report: bool,
) -> impl IntoView {
    let resources = resources
        .into_iter()
        .map(|listed| {
            let Listed {
                line,
                community,
                manage,
            } = listed;
            let id = format!("resource-{}", line.id);
            let about = line.title.clone();
            let community = community.map(|(name, path)| view! { <a href=path>{name}</a> ". " });
            let report = (report && may_report()).then(|| {
                let subject = ReportSubject::Resource {
                    id: line.id.clone(),
                };
                view! { <ReportLink subject about=about.clone()/> }
            });
            let manage = manage.map(|path| {
                view! {
                    <a href=path>"Remove" <span class="unseen">{format!(": {about}")}</span></a>
                }
            });
            let acts = (manage.is_some() || report.is_some())
                .then(|| view! { <div class="acts">{manage} {report}</div> });
            view! {
                <li id=id>
                    <About line community=community.into_any()/>
                    {acts}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="topics">{resources}</ol> }
}

/// What is said of a resource. The link leads to a site that nobody here answers for.
#[component]
pub(super) fn About(
    /// The resource.
    line: ResourceLine,
    /// Its community.
    #[prop(optional)]
    community: Option<AnyView>,
) -> impl IntoView {
    let ResourceLine {
        title,
        description,
        link,
        date,
        kind,
        language,
        ..
    } = line;
    let site = site_of(&link).to_owned();
    let foreign = language != ResourceLanguage::ENGLISH;
    let spoken = foreign.then(|| format!(" In {}.", language.label()));
    let date = date.map(|date| {
        view! { " Published " <time datetime=date.to_string()>{date.spelled()}</time> "." }
    });
    let description = (!description.is_empty()).then(|| view! { <p>{description}</p> });
    view! {
        <div>
            <a
                class="title"
                href=link
                rel="nofollow ugc noopener external"
                hreflang=foreign.then(|| language.code())
            >
                {title}
            </a>
            <div class="soft">
                {community} {format!("{}, {site}.", kind.label())} {spoken} {date}
            </div>
            {description}
        </div>
    }
}

/// The ways to one kind, and to all.
#[component]
pub(super) fn Kinds(
    /// Those that there may be.
    kinds: Vec<ResourceKind>,
    /// The one that is shown.
    present: Option<ResourceKind>,
    /// The address of one, or of all.
    path: fn(&str, Option<ResourceKind>) -> String,
    /// The condition's address, where it is about one.
    #[prop(optional, into)]
    slug: String,
) -> impl IntoView {
    let items = std::iter::once(None)
        .chain(kinds.into_iter().map(Some))
        .map(|kind| {
            let words = kind.map_or("All", ResourceKind::plural);
            let current = (kind == present).then_some("page");
            view! {
                <a href=path(&slug, kind) aria-current=current>
                    {words}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="acts" aria-label="Kinds of resources">
            {items}
        </nav>
    }
}

/// Suggestions that are not in the list, each with a way to its page.
#[component]
pub(super) fn Suggestions(
    /// What they have in common.
    heading: &'static str,
    /// At least one.
    suggestions: Vec<Resource>,
) -> impl IntoView {
    let items = suggestions
        .into_iter()
        .map(|suggestion| view! { <Suggestion suggestion/> })
        .collect_view();
    view! {
        <section>
            <h2>{heading}</h2>
            <ol class="topics">{items}</ol>
        </section>
    }
}

#[component]
fn Suggestion(suggestion: Resource) -> impl IntoView {
    let Resource {
        condition,
        line,
        state,
        reason,
        own,
        may_decide,
        ..
    } = suggestion;
    let path = paths::resource(&condition.slug, &line.id);
    let words = if may_decide {
        "Approve or decline"
    } else {
        "See your suggestion"
    };
    let since = line.since;
    let about = line.title.clone();
    view! {
        <li>
            <About line/>
            <p class="soft">
                {own.then_some("Suggested by you. ")} {state_words(state)} <Date time=since/> "."
            </p>
            <Reason reason/>
            <div class="acts">
                <a href=path>{words} <span class="unseen">{format!(": {about}")}</span></a>
            </div>
        </li>
    }
}

/// What a day is, of which these words are the beginning.
pub(super) fn state_words(state: ResourceState) -> &'static str {
    match state {
        ResourceState::Waiting => "Waiting for review since ",
        ResourceState::Approved => "In the list since ",
        ResourceState::Declined => "Declined on ",
        ResourceState::Removed => "Removed from the list on ",
    }
}

/// Why, where somebody has said so.
#[component]
pub(super) fn Reason(reason: String) -> impl IntoView {
    (!reason.is_empty()).then(|| view! { <p>"Reason: " <q>{reason}</q></p> })
}

/// The resources of a condition that were approved last, on its page.
#[component]
pub fn NewResources(
    /// The condition's address.
    slug: String,
    /// A few of them.
    resources: Vec<ResourceLine>,
) -> impl IntoView {
    let suggest = paths::suggest(&slug);
    let content = if resources.is_empty() {
        view! {
            <p class="empty">
                "There are no resources yet. " <a href=suggest>"Suggest the first one."</a>
            </p>
        }
        .into_any()
    } else {
        let resources = resources
            .into_iter()
            .map(|line| Listed {
                line,
                community: None,
                manage: None,
            })
            .collect();
        view! {
            <Resources resources/>
            <p>
                <a href=paths::resources(&slug, None, None)>"All resources"</a> " · "
                <a href=suggest>"Suggest a resource"</a>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="section" id="resources" aria-labelledby="resources-title">
            <h2 id="resources-title">"Resources"</h2>
            {content}
        </section>
    }
}
