//! `/admin/aliases/{id}/{number}`

use domain::community::{Alias, AliasLookup, alias_name};
use leptos::prelude::*;

use super::{api, forms::LookUpAliasFields};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::{
        Moment,
        form::{Buttons, Form, Hidden, Input, Submit},
    },
    wiki::AuthorName,
};

/// An alias, who has looked up whose it is, and a form to do so.
#[component]
pub fn AliasPage() -> impl IntoView {
    let (id, number) = (use_part("id"), use_part("number"));
    let data = page_data(
        move || (id(), number()),
        |(id, number)| api::read_alias(id, number),
    );
    view! { <Page data view=|alias| view! { <OneAlias alias/> }.into_any()/> }
}

#[component]
fn OneAlias(alias: Alias) -> impl IntoView {
    let Alias {
        topic,
        number,
        lookups,
        person,
    } = alias;
    let title = alias_name(number);
    let there = paths::post_of(&topic, 1);
    let links = vec![way(topic.title.clone(), there)];
    let shown = match person {
        Some(author) => view! {
            <section aria-labelledby="person-title">
                <h2 id="person-title">"Who it is"</h2>
                <p>
                    <AuthorName author/>
                </p>
                <p>
                    "You can see this for one hour after you have looked it up. Do not tell anyone who does not need to know."
                </p>
            </section>
        }
        .into_any(),
        None => view! {
            <Form<LookUpAliasFields>
                heading="Look up who it is"
                text="Only do this if you cannot keep order without it. Other moderators see that you did, and why."
            >
                <Hidden name="id" value=topic.id/>
                <Hidden name="number" value=number.to_string()/>
                <Input name="reason" label="Why do you need to know?" hint="One line." required=true/>
                <Buttons>
                    <Submit label="Look up" danger=true/>
                </Buttons>
            </Form<LookUpAliasFields>>
        }
        .into_any(),
    };
    view! {
        <Column title links>
            {shown}
            <section aria-labelledby="lookups-title">
                <h2 id="lookups-title">"Who has looked it up"</h2>
                <Lookups lookups/>
            </section>
        </Column>
    }
}

#[component]
fn Lookups(lookups: Vec<AliasLookup>) -> impl IntoView {
    if lookups.is_empty() {
        return view! { <p>"Nobody so far."</p> }.into_any();
    }
    let lookups = lookups
        .into_iter()
        .map(|lookup| {
            view! {
                <li>
                    <Moment time=lookup.time/>
                    ": "
                    <AuthorName author=lookup.by/>
                    ". "
                    <q>{lookup.reason}</q>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{lookups}</ul> }.into_any()
}
