//! One section on the page of its condition, in each of its shapes: text, names, tips, references,
//! or nothing yet.

use domain::{
    catalogue::{Scope, Synonym, is_older_name},
    wiki::{ListedReference, Section, SectionKind, Tip, WikiPage},
};
use leptos::prelude::*;

use super::{paths, references::References, text::Text, tips::Tips};

/// What a section holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A text.
    Text(Box<Section>),
    /// Other names of the condition.
    Names(Vec<Synonym>),
    /// What helped others.
    Tips(Vec<Tip>),
    /// Where it is written.
    References(Vec<ListedReference>),
    /// Nothing yet.
    Empty,
}

impl Content {
    /// Of all sections, in the order of the page.
    pub fn of_page(wiki: WikiPage, synonyms: Vec<Synonym>) -> Vec<(SectionKind, Self)> {
        let mut texts = wiki.sections;
        let (mut synonyms, mut tips, mut references) = (synonyms, wiki.tips, wiki.references);
        SectionKind::ALL
            .into_iter()
            .map(|kind| {
                let content = match kind {
                    SectionKind::Synonyms if !synonyms.is_empty() => {
                        Self::Names(std::mem::take(&mut synonyms))
                    }
                    SectionKind::Tips if !tips.is_empty() => Self::Tips(std::mem::take(&mut tips)),
                    SectionKind::References if !references.is_empty() => {
                        Self::References(std::mem::take(&mut references))
                    }
                    kind if kind.is_text() => {
                        match texts.iter().position(|text| text.kind == kind) {
                            Some(at) => Self::Text(Box::new(texts.swap_remove(at))),
                            None => Self::Empty,
                        }
                    }
                    _ => Self::Empty,
                };
                (kind, content)
            })
            .collect()
    }
}

/// A section as it stands on the condition's page.
#[component]
pub fn ConditionSection(
    /// Which one.
    kind: SectionKind,
    /// What it holds.
    content: Content,
    /// The condition's address.
    slug: String,
    /// The condition's name.
    condition: String,
) -> impl IntoView {
    let id = kind.as_str();
    let title_id = format!("{id}-title");
    let labelled = title_id.clone();
    let empty = matches!(content, Content::Empty);
    let ways = view! { <Ways kind empty slug=slug.clone()/> };
    let content = match content {
        Content::Text(section) => view! { <Text section=*section slug/> }.into_any(),
        Content::Names(names) => view! { <Names names/> }.into_any(),
        Content::Tips(tips) => view! { <Tips tips slug/> }.into_any(),
        Content::References(references) => view! { <References references/> }.into_any(),
        Content::Empty => view! { <p>{kind.placeholder(&condition)}</p> }.into_any(),
    };
    view! {
        <section id=id class=empty.then_some("empty") aria-labelledby=labelled>
            <h2 id=title_id>{kind.title()}</h2>
            {content}
            {ways}
        </section>
    }
}

/// What can be done with a section.
#[component]
fn Ways(kind: SectionKind, empty: bool, slug: String) -> impl IntoView {
    let edit = match (empty, kind.is_text()) {
        (true, true) => "Add it",
        (true, false) => "Add the first",
        (false, true) => "Edit",
        (false, false) => "Add or change",
    };
    let history = (!empty).then(|| {
        view! {
            <a href=paths::history(&slug, Some(kind), None)>
                "History" <span class="unseen">{format!(" of {}", kind.title())}</span>
            </a>
        }
    });
    view! {
        <div class="section-ways">
            <a href=paths::edit(&slug, kind)>
                {edit} <span class="unseen">{format!(": {}", kind.title())}</span>
            </a>
            {history}
        </div>
    }
}

#[component]
fn Names(names: Vec<Synonym>) -> impl IntoView {
    let names = names
        .into_iter()
        .map(|synonym| {
            let scope = match synonym.scope {
                _ if is_older_name(&synonym.name) => Some("older name"),
                Scope::Exact => None,
                Scope::Narrow => Some("a part of it"),
                Scope::Broad => Some("wider name"),
                Scope::Related => Some("related name"),
            };
            view! {
                <li>{synonym.name} {scope.map(|scope| view! { " " <small>{scope}</small> })}</li>
            }
        })
        .collect_view();
    view! { <ul class="names">{names}</ul> }
}
