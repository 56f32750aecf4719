//! `/communities/{slug}/sections/{kind}/entries/{id}`: one entry of a list.

use domain::{
    community::ReportSubject,
    wiki::{Item, Reference, SectionKind},
};
use leptos::prelude::*;

use super::{
    api::writing::entries::{self, EntryCollision, EntryView},
    entry_fields::{ReferenceInputs, TipInputs},
    entry_forms::{
        AmendReferenceFields, AmendTipFields, HelpedFields, HideEntryFields, ShowEntryFields,
    },
    paths,
    terms::{Terms, links},
};
use crate::{
    community,
    page::{Column, Page, Unsent, page_data, use_part, way},
    ui::{
        Prose,
        form::{Buttons, Form, Hidden, Input, PageForm, Submit, use_form},
    },
};

/// What an entry says, and what can be done with it.
#[component]
pub fn EntryPage() -> impl IntoView {
    let (slug, kind, id) = (use_part("slug"), use_part("kind"), use_part("id"));
    let data = page_data(
        move || (slug(), kind(), id()),
        |(slug, kind, id)| entries::read_entry(slug, kind, id),
    );
    view! { <Page data view=|entry| view! { <WholeEntry entry/> }.into_any()/> }
}

/// What the forms about an entry carry.
#[derive(Clone, Debug)]
struct Which {
    slug: String,
    kind: SectionKind,
    id: String,
    base: String,
}

#[component]
fn WholeEntry(entry: EntryView) -> impl IntoView {
    let EntryView {
        condition,
        kind,
        base,
        id,
        item,
        html,
        source,
        hidden,
        helped,
        terms,
    } = entry;
    let title = item.title();
    let mut links = links(&condition, kind);
    links.insert(
        1,
        way(
            format!("All in this section: {}", kind.title()),
            paths::edit(&condition.slug, kind),
        ),
    );
    if kind == SectionKind::Tips && hidden.is_none() {
        let (slug, id) = (condition.slug.clone(), id.clone());
        let report = community::paths::report(&ReportSubject::Tip { slug, id });
        links.push(way("Report this tip", report));
    }
    let which = Which {
        slug: condition.slug,
        kind,
        id,
        base: base.map(|base| base.to_string()).unwrap_or_default(),
    };
    let save = if terms.publishes {
        "Save"
    } else {
        "Send for review"
    };
    let is_hidden = hidden.is_some();
    let present = if is_hidden {
        vec![ShowEntryFields::name()]
    } else {
        vec![
            HelpedFields::name(),
            AmendTipFields::name(),
            AmendReferenceFields::name(),
            HideEntryFields::name(),
        ]
    };
    let reason = hidden.map(|reason| view! { <p>"It is hidden. Reason: " <q>{reason}</q></p> });
    let source = source.map(|source| {
        view! {
            <p>"It comes from " {source} ". Hiding it and showing it again does not change that."</p>
        }
    });
    // Empty on the page that is hydrated: it is read back from there.
    let text = (kind == SectionKind::Tips).then(|| {
        view! {
            <h2 class="unseen">"What it says"</h2>
            <Prose html class="seen prose"/>
        }
    });
    let forms = if is_hidden {
        view! { <Show which/> }.into_any()
    } else {
        let amend = match item {
            Item::Tip { name, markdown } => {
                view! { <AmendTip which=which.clone() name markdown save/> }.into_any()
            }
            Item::Reference(work) => {
                view! { <AmendReference which=which.clone() work save/> }.into_any()
            }
            // A wrong name or code is hidden, and the right one added.
            Item::Name(_) | Item::Code(_) => ().into_any(),
        };
        view! {
            {helped.map(|helped| view! { <Help which=which.clone() helped/> })}
            {amend}
            <Hide which/>
        }
        .into_any()
    };
    view! {
        <Column title links>
            <Terms terms/>
            <div>
                <Unsent present/>
                {reason}
                {source}
                {text}
            </div>
            {forms}
        </Column>
    }
}

/// What the entry says now, where someone else has changed it.
#[component]
fn CurrentVersion() -> impl IntoView {
    let form = use_form();
    move || {
        form.result().map(|EntryCollision { theirs }| {
            view! { <pre class="diff">{theirs}</pre> }
        })
    }
}

/// Which entry a form is about, and what it builds on.
#[component]
fn About(which: Which) -> impl IntoView {
    view! {
        <CurrentVersion/>
        <Hidden name="slug" value=which.slug/>
        <Hidden name="id" value=which.id/>
        <Hidden name="base" value=which.base/>
    }
}

#[component]
fn Help(which: Which, helped: bool) -> impl IntoView {
    let (value, label) = if helped {
        ("no", "Undo")
    } else {
        ("yes", "This helped me")
    };
    let said = if helped {
        "You said that this helped you. "
    } else {
        ""
    };
    let text = format!("{said}Others see only the number of people, never who they are.");
    view! {
        <Form<HelpedFields> text>
            <Hidden name="slug" value=which.slug/>
            <Hidden name="id" value=which.id/>
            <Hidden name="helped" value=value/>
            <Buttons>
                <Submit label/>
            </Buttons>
        </Form<HelpedFields>>
    }
}

#[component]
fn AmendTip(which: Which, name: String, markdown: String, save: &'static str) -> impl IntoView {
    view! {
        <Form<AmendTipFields> heading="Change it">
            <About which/>
            <TipInputs name description=markdown/>
            <Buttons>
                <Submit label=save/>
            </Buttons>
        </Form<AmendTipFields>>
    }
}

#[component]
fn AmendReference(which: Which, work: Reference, save: &'static str) -> impl IntoView {
    view! {
        <Form<AmendReferenceFields> heading="Change it">
            <About which/>
            <ReferenceInputs work/>
            <Buttons>
                <Submit label=save/>
            </Buttons>
        </Form<AmendReferenceFields>>
    }
}

#[component]
fn Hide(which: Which) -> impl IntoView {
    let kind = which.kind.as_str();
    view! {
        <Form<HideEntryFields>
            heading="Hide it"
            text="It is no longer shown on the page. It stays in the history and in the list, and can be shown again."
            danger=true
        >
            <About which/>
            <Hidden name="kind" value=kind/>
            <Input name="reason" label="Reason" hint="One line. Everyone can see this." required=true/>
            <Buttons>
                <Submit label="Hide it" danger=true/>
            </Buttons>
        </Form<HideEntryFields>>
    }
}

#[component]
fn Show(which: Which) -> impl IntoView {
    let kind = which.kind.as_str();
    view! {
        <Form<ShowEntryFields>>
            <About which/>
            <Hidden name="kind" value=kind/>
            <Buttons>
                <Submit label="Show it again"/>
            </Buttons>
        </Form<ShowEntryFields>>
    }
}
