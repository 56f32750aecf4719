//! `/communities/{slug}`: everything about one condition.

use domain::wiki::{SectionKind, WikiPage};
use leptos::prelude::*;

use super::{
    also_called::AlsoCalled,
    api::{self, CommunityView, ConditionView},
    codes::Codes,
    credit::{CatalogueSource, DefinitionSource},
    paths,
    relatives::Relatives,
};
use crate::{
    community::{
        CommunityCard, CommunityTab, CommunityTabs, NewDiscussions, NewQuestions, NewResources,
    },
    page::{LONG, Page, PageHead, page_data, set_head, use_part},
    registry::RegistrySection,
    trials::NewTrials,
    ui::Crumbs,
    wiki::{self, ConditionSection, Content},
};

/// The page of a condition.
#[component]
pub fn ConditionPage() -> impl IntoView {
    let data = page_data(use_part("slug"), api::read_condition);
    view! { <Page data view=|condition| view! { <WholeCondition condition/> }.into_any()/> }
}

#[component]
fn WholeCondition(condition: ConditionView) -> impl IntoView {
    set_head(head(&condition));
    let ConditionView {
        slug,
        name,
        name_in_sentence,
        summary,
        defined,
        synonyms,
        codes,
        family,
        families,
        parents,
        children,
        neighbours,
        source,
        wiki,
        community,
        registry,
        ..
    } = condition;
    let CommunityView {
        topics,
        resources,
        trials,
        membership,
        following,
        leaders,
    } = community;
    let mut steps = vec![("Conditions".to_owned(), paths::CONDITIONS.to_owned())];
    if let Some(family) = &family {
        steps.push((family.name.clone(), paths::family(&family.slug)));
    }
    let long = (name.chars().count() > LONG).then_some("long");
    let data = (
        paths::condition_json(&slug),
        paths::condition_markdown(&slug),
    );
    let also = synonyms.clone();
    let in_sentence = name_in_sentence.clone();
    let contents = Content::of_page(wiki, synonyms);
    view! {
        <Crumbs steps here=name.clone()/>
        <main id="main" class="wrap condition" tabindex="-1">
            <header class="head">
                <h1 tabindex="-1" class=long>{name.clone()}</h1>
                <CommunityTabs slug=slug.clone() here=CommunityTab::About/>
                {summary.map(|summary| view! { <Summary summary name=name_in_sentence/> })}
                {defined.then(|| view! { <DefinitionSource/> })}
                <AlsoCalled synonyms=also shown=3 all="#synonyms"/>
            </header>
            <nav class="contents" aria-label="On this page">
                <details>
                    <summary>"On this page"</summary>
                    <ol>
                        {SectionKind::ALL
                            .into_iter()
                            .map(|kind| {
                                let href = format!("#{}", kind.as_str());
                                view! { <li><a href=href>{kind.title()}</a></li> }
                            })
                            .collect_view()}
                        <li><a href="#discussions">"Discussions"</a></li>
                        <li><a href="#questions">"Questions to experts"</a></li>
                        <li><a href="#resources">"Resources"</a></li>
                        <li><a href="#trials">"Clinical trials"</a></li>
                        <li><a href="#registry">"Patient registry"</a></li>
                    </ol>
                </details>
            </nav>
            <div class="sections">
                {contents
                    .into_iter()
                    .map(|(kind, content)| {
                        view! {
                            <ConditionSection
                                kind
                                content
                                slug=slug.clone()
                                condition=name.clone()
                            />
                        }
                    })
                    .collect_view()}
                <NewDiscussions slug=slug.clone() topics=topics.discussions/>
                <NewQuestions slug=slug.clone() questions=topics.questions/>
                <NewResources slug=slug.clone() resources/>
                <NewTrials slug=slug.clone() condition=name.clone() trials/>
                <RegistrySection condition=in_sentence outside=registry/>
            </div>
            <aside class="aside" aria-label="Codes, community and family">
                <CommunityCard slug=slug.clone() condition=name.clone() membership following leaders/>
                <Codes codes slug=slug.clone()/>
                <Relatives family families parents children neighbours/>
            </aside>
            <p class="source">
                "This page as data: " <a href=data.0 rel="external">"JSON"</a> " "
                <a href=data.1 rel="external">"Markdown"</a> " "
                <a href=paths::OPEN_API rel="external">"How to read it"</a>
            </p>
            {match source {
                Some(source) => view! { <CatalogueSource source/> }.into_any(),
                None => {
                    view! {
                        <p class="source">
                            "Members asked for this community. No catalogue of rare conditions has this condition yet."
                        </p>
                    }
                        .into_any()
                }
            }}
        </main>
    }
}

fn head(condition: &ConditionView) -> PageHead {
    let human = (condition.summary.is_some() && !condition.defined)
        || WikiPage::has_human_content(&condition.wiki);
    let description = condition
        .summary
        .clone()
        .unwrap_or_else(|| format!("What is known about {}.", condition.name_in_sentence));
    PageHead {
        title: condition.name.clone(),
        description,
        canonical: Some(paths::condition(&condition.slug)),
        index: human,
        feed: Some(wiki::paths::history_feed(&condition.slug, None)),
        #[cfg(feature = "ssr")]
        structured: super::structured::condition(condition),
    }
}

#[component]
fn Summary(summary: String, name: String) -> impl IntoView {
    view! {
        <h2 class="quiet">{format!("What is {name}?")}</h2>
        <p class="summary">{summary}</p>
    }
}
