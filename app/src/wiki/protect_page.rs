//! `/communities/{slug}/sections/{kind}/protect`: where a section is protected.

use domain::{policy::Protection, wiki::SectionKind};
use leptos::prelude::*;

use super::{
    api::writing::decisions::{self, ProtectView},
    decision_forms::{EndProtectionFields, ProtectFields},
    paths,
    terms::ProtectedUntil,
};
use crate::{
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Choice, Form, Hidden, Input, Submit},
};

/// Who can publish changes of a section directly, and until when.
#[component]
pub fn ProtectPage() -> impl IntoView {
    let (slug, kind) = (use_part("slug"), use_part("kind"));
    let data = page_data(
        move || (slug(), kind()),
        |(slug, kind)| decisions::read_protection(slug, kind),
    );
    view! { <Page data view=|found| view! { <Protect found/> }.into_any()/> }
}

#[component]
fn Protect(found: ProtectView) -> impl IntoView {
    let ProtectView {
        condition,
        kind,
        protection,
    } = found;
    let title = format!("Protect: {} of {}", kind.title(), condition.name);
    let slug = condition.slug;
    let links = vec![
        way(condition.name, paths::section(&slug, kind)),
        way("Edit this section", paths::edit(&slug, kind)),
    ];
    let is_protected = protection.is_some();
    view! {
        <Column title links>
            {protection.map(|protected| view! { <ProtectedUntil protected/> })}
            <ProtectForm slug=slug.clone() kind/>
            {is_protected.then(|| view! { <EndForm slug kind/> })}
        </Column>
    }
}

#[component]
fn Reason() -> impl IntoView {
    view! {
        <Input name="reason" label="Reason" hint="One line. Everyone can see this." required=true/>
    }
}

#[component]
fn ProtectForm(slug: String, kind: SectionKind) -> impl IntoView {
    let options = Protection::ALL
        .map(|protection| {
            (
                protection.as_str().to_owned(),
                protection.label().to_owned(),
            )
        })
        .to_vec();
    view! {
        <Form<ProtectFields>>
            <Hidden name="slug" value=slug/>
            <Hidden name="kind" value=kind.as_str()/>
            <Choice
                name="protection"
                label="Who can publish changes directly?"
                hint="The changes of others are sent for review."
                options
                value=Protection::Trusted.as_str()
                required=true
            />
            <Input name="days" label="For how many days?" hint="From 1 to 366." value="7" required=true/>
            <Reason/>
            <Buttons>
                <Submit label="Protect it"/>
            </Buttons>
        </Form<ProtectFields>>
    }
}

#[component]
fn EndForm(slug: String, kind: SectionKind) -> impl IntoView {
    view! {
        <Form<EndProtectionFields> heading="End the protection">
            <Hidden name="slug" value=slug/>
            <Hidden name="kind" value=kind.as_str()/>
            <Reason/>
            <Buttons>
                <Submit label="End it"/>
            </Buttons>
        </Form<EndProtectionFields>>
    }
}
