//! `/communities/{slug}`: everything about one condition, as the server writes it.

use domain::{
    catalogue::{Code, Condition, ConditionLink, FamilyLink, Synonym},
    wiki::{SectionKind, WikiPage},
};
use leptos::{either::Either, prelude::*};

use super::ConditionData;
use crate::{
    context::Services,
    form::written,
    ui::{self, PageHead},
    wiki,
};

/// The page, written out.
pub(super) fn write(services: &Services, condition: Condition, wiki: &WikiPage) -> ConditionData {
    let head = head(services, &condition, wiki);
    let name = condition.name.clone();
    let mut steps = vec![("Conditions".to_owned(), "/conditions".to_owned())];
    if let Some(family) = &condition.family {
        steps.push((family.name.clone(), family_path(family)));
    }
    let members = format!("/communities/{}/members", condition.slug);
    let also = also_called(&condition.synonyms);
    let from_source = condition.summary.is_none() && condition.definition.is_some();
    let summary = condition
        .summary
        .clone()
        .or_else(|| condition.definition.clone());
    let source = condition.source.clone();
    let definition_source = source.clone().filter(|_| from_source).map(|source| {
        view! {
            <p class="provenance">
                "Definition from " <a href=source.url rel="external">{source.name.clone()}</a>
                {format!(", release {}, {}. ", source.release, source.licence)}
                <span class="unreviewed">"Not reviewed."</span>
            </p>
        }
    });
    let sections = SectionKind::ALL
        .into_iter()
        .map(|kind| wiki::section(kind, &condition, wiki))
        .collect_view();
    let html = written(view! {
        <header class="head">
            <h1 tabindex="-1" class=(name.chars().count() > 60).then_some("long")>{name.clone()}</h1>
            {summary
                .map(|summary| {
                    view! {
                        <h2 class="quiet">{format!("What is {name}?")}</h2>
                        <p class="summary">{summary}</p>
                    }
                })}
            {definition_source}
            {also}
        </header>
        <nav class="contents" aria-label="On this page">
            <details>
                <summary>"On this page"</summary>
                <ol>
                    {SectionKind::ALL
                        .into_iter()
                        .map(|kind| {
                            view! {
                                <li>
                                    <a href=format!("#{}", kind.as_str())>{kind.title()}</a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ol>
            </details>
        </nav>
        <div class="sections">{sections}</div>
        <aside class="aside" aria-label="Codes, community and family">
            {codes(condition.codes, &condition.slug)}
            <section class="card" aria-labelledby="community-title">
                <h2 id="community-title">"Community"</h2>
                <p>
                    <a href=members>"Members who want to be found"</a>
                </p>
            </section>
            {relatives(
                condition.family,
                condition.families,
                condition.parents,
                condition.children,
                condition.neighbours,
            )}
        </aside>
        <p class="source">
            "This page as data: "
            <a href=format!("/api/conditions/{}", condition.slug) rel="external">"JSON"</a> " "
            <a href=format!("/communities/{}.md", condition.slug) rel="external">"Markdown"</a>
            " "
            <a href="/api/openapi.json" rel="external">"What it means"</a>
        </p>
        {source
            .map(|source| {
                view! {
                    <p class="source">
                        {format!(
                            "Names, codes and hierarchy: {}, release {}, {}. See ",
                            source.name,
                            source.release,
                            source.licence,
                        )}
                        <a href="/sources">"Sources"</a>
                        "."
                    </p>
                }
            })}
    });
    ConditionData {
        name: condition.name,
        steps,
        html: html.into(),
        head,
    }
}

fn head(services: &Services, condition: &Condition, wiki: &WikiPage) -> PageHead {
    let human = condition.summary.is_some() || wiki.has_human_content();
    let description = condition
        .summary
        .clone()
        .or_else(|| condition.definition.clone())
        .unwrap_or_else(|| format!("What is known about {}.", condition.name));
    PageHead {
        title: condition.name.clone(),
        description,
        canonical: Some(format!("/communities/{}", condition.slug)),
        index: human,
        structured: super::structured::condition(
            &services.site.identity().public_url,
            condition,
            wiki,
        ),
    }
}

/// The first three exact names, and how many more there are.
fn also_called(synonyms: &[Synonym]) -> impl IntoView + use<> {
    let shown = synonyms.len().min(3);
    let names: Vec<_> = synonyms[..shown]
        .iter()
        .map(|synonym| synonym.name.as_str())
        .collect();
    let more = synonyms.len() - shown;
    (shown > 0).then(|| {
        view! {
            <p class="also">
                <b>"Also called"</b>
                {format!(" {} ", names.join(", "))}
                {(more > 0).then(|| view! { <a href="#synonyms">{format!("+ {more} more")}</a> })}
            </p>
        }
    })
}

fn codes(mut codes: Vec<Code>, slug: &str) -> impl IntoView + use<> {
    let edit = format!("/communities/{slug}/sections/synonyms/edit");
    codes.sort_by_key(|code| code.system);
    view! {
        <section class="card" aria-labelledby="codes-title">
            <h2 id="codes-title">"Codes"</h2>
            <dl class="codes">
                {codes.chunk_by(|a, b| a.system == b.system).map(codes_of_system).collect_view()}
            </dl>
            <p>
                <a href=edit>"Add or change codes"</a>
            </p>
        </section>
    }
}

fn codes_of_system(codes: &[Code]) -> impl IntoView + use<> {
    let values = codes
        .iter()
        .map(|code| {
            let value = code.value.clone();
            let value = match code.url() {
                Some(url) => Either::Left(view! { <a href=url rel="external">{value}</a> }),
                None => Either::Right(value),
            };
            view! { <dd>{value}</dd> }
        })
        .collect_view();
    view! {
        <dt>{codes[0].system.prefix()}</dt>
        {values}
    }
}

fn relatives(
    family: Option<FamilyLink>,
    families: Vec<FamilyLink>,
    parents: Vec<ConditionLink>,
    children: Vec<ConditionLink>,
    neighbours: Vec<ConditionLink>,
) -> impl IntoView {
    let pages = |links: Vec<ConditionLink>| -> Vec<(String, String)> {
        links
            .into_iter()
            .map(|link| (format!("/communities/{}", link.slug), link.name))
            .collect()
    };
    let belongs = families
        .iter()
        .map(|family| (family_path(family), family.name.clone()))
        .chain(pages(parents))
        .collect::<Vec<_>>();
    let any = !(belongs.is_empty() && children.is_empty() && neighbours.is_empty());
    // Without neighbours the family has nothing else to show.
    let family = family.filter(|_| !neighbours.is_empty());
    any.then(|| {
        view! {
            <section class="card" aria-labelledby="family-title">
                <h2 id="family-title">"In the family"</h2>
                {ui::terms("Belongs to", belongs)}
                {ui::terms("More specific", pages(children))}
                {ui::terms("Close to it", pages(neighbours))}
                {family
                    .map(|family| {
                        view! {
                            <p>
                                <a href=family_path(&family)>
                                    {format!("All in the family: {}", family.name)}
                                </a>
                            </p>
                        }
                    })}
            </section>
        }
    })
}

fn family_path(family: &FamilyLink) -> String {
    format!("/conditions/families/{}", family.slug)
}
