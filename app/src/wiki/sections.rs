//! One section, in each of its shapes: text, names, tips, references, or nothing yet.

use domain::{
    catalogue::{Condition, Scope, Synonym},
    wiki::{Html, Provenance, Reference, SectionKind, Tip, WikiPage},
};
use leptos::prelude::*;

/// The section as it stands on the condition's page.
pub fn section(kind: SectionKind, condition: &Condition, wiki: &WikiPage) -> AnyView {
    let content = match kind {
        SectionKind::Synonyms => {
            (!condition.synonyms.is_empty()).then(|| names(&condition.synonyms))
        }
        SectionKind::Tips => (!wiki.tips.is_empty()).then(|| tips(&wiki.tips)),
        SectionKind::References => {
            (!wiki.references.is_empty()).then(|| references(&wiki.references))
        }
        _ => wiki
            .section(kind)
            .map(|section| text(&section.html, &section.provenance)),
    };
    let empty = content.is_none();
    let content =
        content.unwrap_or_else(|| view! { <p>{kind.placeholder(&condition.name)}</p> }.into_any());
    let id = kind.as_str();
    let title_id = format!("{id}-title");
    let labelled = title_id.clone();
    view! {
        <section id=id class=empty.then_some("empty") aria-labelledby=labelled>
            <h2 id=title_id>{kind.title()}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn text(html: &Html, provenance: &Provenance) -> AnyView {
    view! {
        <div inner_html=html.as_str().to_owned()></div>
        {said_by(provenance)}
    }
    .into_any()
}

fn said_by(provenance: &Provenance) -> AnyView {
    match provenance.clone() {
        Provenance::Imported { source, year, url } => {
            let linked = if url.is_empty() {
                view! { <span>{source}</span> }.into_any()
            } else {
                view! { <a href=url rel="external">{source}</a> }.into_any()
            };
            view! {
                <p class="provenance">
                    "Imported from " {linked} {format!(", {year}, ")}
                    <span class="unreviewed">"not reviewed"</span> "."
                </p>
            }
            .into_any()
        }
        Provenance::Starter { date } => {
            written("Written by the RareShare project".to_owned(), date)
        }
        Provenance::Person { name, date } => {
            let by = match name {
                Some(name) => format!("Written by {name}"),
                None => "Written by the community".to_owned(),
            };
            written(by, date)
        }
    }
}

fn written(by: String, date: String) -> AnyView {
    view! {
        <p class="provenance">
            {format!("{by}, {date}. ")}
            <span class="unreviewed">"Not reviewed by an expert yet."</span>
        </p>
    }
    .into_any()
}

fn names(synonyms: &[Synonym]) -> AnyView {
    view! {
        <ul class="names">
            {synonyms
                .iter()
                .map(|synonym| {
                    let scope = match synonym.scope {
                        Scope::Exact => None,
                        Scope::Narrow => Some("a part of it"),
                        Scope::Broad => Some("wider name"),
                        Scope::Related => Some("related name"),
                    };
                    view! {
                        <li>
                            {synonym.name.clone()}
                            {scope.map(|scope| view! { " " <small>{scope}</small> })}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

fn tips(tips: &[Tip]) -> AnyView {
    view! {
        <dl class="tips">
            {tips
                .iter()
                .map(|tip| {
                    view! {
                        <div>
                            <dt>{tip.name.clone()}</dt>
                            <dd inner_html=tip.html.as_str().to_owned()></dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
    .into_any()
}

fn references(references: &[Reference]) -> AnyView {
    view! {
        <ol class="references">
            {references
                .iter()
                .map(|reference| {
                    let title = reference.title.clone();
                    let title = match reference.href() {
                        Some(href) => {
                            view! {
                                <a href=href rel="external">
                                    <cite>{title}</cite>
                                </a>
                            }
                                .into_any()
                        }
                        None => view! { <cite>{title}</cite> }.into_any(),
                    };
                    let place = match (&reference.source, reference.year) {
                        (Some(source), Some(year)) => format!(". {source}, {year}."),
                        (Some(source), None) => format!(". {source}."),
                        (None, Some(year)) => format!(". {year}."),
                        (None, None) => ".".to_owned(),
                    };
                    view! { <li id=format!("reference-{}", reference.key)>{title} {place}</li> }
                })
                .collect_view()}
        </ol>
    }
    .into_any()
}
