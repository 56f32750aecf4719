//! The entries of a list, and the forms with which new ones are added.

use domain::wiki::SectionKind;
use leptos::prelude::*;

use super::{
    api::writing::entries::{self, EntryLine, ListView},
    entry_fields::{CodeInput, NameInputs, ReferenceInputs, TipInputs},
    entry_forms::{AddCodeFields, AddNameFields, AddReferenceFields, AddTipFields},
    guide::Guide,
    paths,
    terms::{Terms, links},
};
use crate::{
    page::{Column, Page, page_data, use_part, use_query_value},
    ui::form::{Buttons, Form, Hidden, Submit},
};

/// Where a list is changed.
#[component]
pub(super) fn EditListPage() -> impl IntoView {
    let (slug, kind, done) = (use_part("slug"), use_part("kind"), use_query_value("done"));
    let data = page_data(
        move || (slug(), kind()),
        |(slug, kind)| entries::read_list(slug, kind),
    );
    view! {
        <Page
            data
            view=move |list| {
                let done = done();
                view! { <WholeList list done/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeList(list: ListView, done: Option<String>) -> impl IntoView {
    let ListView {
        condition,
        kind,
        entries,
        terms,
    } = list;
    let title = format!("Edit: {} of {}", kind.title(), condition.name);
    let notice = match done.as_deref() {
        Some("saved") => Some("Done. It is on the page now.".to_owned()),
        Some("hidden") => {
            Some("Done. It is no longer on the page, but still in this list.".to_owned())
        }
        _ => None,
    };
    let links = links(&condition, kind);
    let slug = condition.slug;
    let button = if terms.publishes {
        "Add it"
    } else {
        "Send for review"
    };
    // On a phone, a long list is a long way from its end.
    let ways = (entries.len() > 3).then(|| {
        ways(kind)
            .iter()
            .map(|(href, words)| view! { <a href=*href rel="external">{*words}</a> })
            .collect_view()
    });
    let forms = match kind {
        SectionKind::Synonyms => view! {
            <AddName slug=slug.clone() button/>
            <AddCode slug=slug.clone() button/>
        }
        .into_any(),
        SectionKind::Tips => view! { <AddTip slug=slug.clone() button/> }.into_any(),
        SectionKind::References => view! { <AddReference slug=slug.clone() button/> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <Column title notice links>
            <Terms terms/>
            <div>
                <Guide kind/>
                <div class="section-ways">{ways}</div>
                <Entries entries slug kind/>
            </div>
            {forms}
        </Column>
    }
}

/// The ways to the forms below the list.
fn ways(kind: SectionKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        SectionKind::Synonyms => &[
            ("#add-name-name", "Add a name"),
            ("#add-code-code", "Add a code"),
        ],
        SectionKind::Tips => &[("#add-tip-name", "Add a tip")],
        SectionKind::References => &[("#add-reference-title", "Add a reference")],
        _ => &[],
    }
}

#[component]
fn Entries(entries: Vec<EntryLine>, slug: String, kind: SectionKind) -> impl IntoView {
    if entries.is_empty() {
        return view! { <p>"There are no entries yet."</p> }.into_any();
    }
    let rows = entries
        .into_iter()
        .map(|entry| {
            let path = paths::entry(&slug, kind, &entry.id);
            view! { <Row entry path/> }
        })
        .collect_view();
    view! {
        <p class="hint">"Choose an entry to change or hide it."</p>
        <ul class="history">{rows}</ul>
    }
    .into_any()
}

#[component]
fn Row(entry: EntryLine, path: String) -> impl IntoView {
    let source = entry
        .source
        .map(|source| view! { <div class="soft">"From " {source}</div> });
    let key = entry.citable.then(|| {
        view! {
            <div class="soft">"Cite it as " <code>{format!("[@{}]", entry.id)}</code></div>
        }
    });
    let hidden = entry.hidden.map(|reason| {
        view! {
            <div>
                <b class="mark">"Hidden"</b>
                " "
                <q>{reason}</q>
            </div>
        }
    });
    view! {
        <li>
            <div>
                <a href=path>{entry.title}</a>
                {source}
                {key}
                {hidden}
            </div>
        </li>
    }
}

#[component]
fn AddName(slug: String, button: &'static str) -> impl IntoView {
    view! {
        <Form<AddNameFields> heading="Add a name">
            <Hidden name="slug" value=slug/>
            <NameInputs/>
            <Buttons>
                <Submit label=button/>
            </Buttons>
        </Form<AddNameFields>>
    }
}

#[component]
fn AddCode(slug: String, button: &'static str) -> impl IntoView {
    view! {
        <Form<AddCodeFields> heading="Add a code">
            <Hidden name="slug" value=slug/>
            <CodeInput/>
            <Buttons>
                <Submit label=button/>
            </Buttons>
        </Form<AddCodeFields>>
    }
}

#[component]
fn AddTip(slug: String, button: &'static str) -> impl IntoView {
    view! {
        <Form<AddTipFields> heading="Add a tip">
            <Hidden name="slug" value=slug/>
            <TipInputs/>
            <Buttons>
                <Submit label=button/>
            </Buttons>
        </Form<AddTipFields>>
    }
}

#[component]
fn AddReference(slug: String, button: &'static str) -> impl IntoView {
    view! {
        <Form<AddReferenceFields> heading="Add a reference">
            <Hidden name="slug" value=slug/>
            <ReferenceInputs/>
            <Buttons>
                <Submit label=button/>
            </Buttons>
        </Form<AddReferenceFields>>
    }
}
