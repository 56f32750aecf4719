//! `/settings/muted`: whom you have muted.

use domain::community::{Mute, MuteList, Muted, alias_name};
use leptos::prelude::*;

use super::{api, forms::EndMuteFields};
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    profile::saved,
    ui::{
        Date, Pager,
        form::{Form, Hidden, Submit},
    },
    wiki::AuthorName,
};

/// Whom you have muted.
#[component]
pub fn MutedPage() -> impl IntoView {
    let (after, done) = (use_query_value("after"), use_query_value("done"));
    let data = page_data(after, api::read_muted);
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                let notice = saved(done());
                view! { <List list continued notice/> }.into_any()
            }
        />
    }
}

#[component]
fn List(list: MuteList, continued: bool, notice: Option<String>) -> impl IntoView {
    let MuteList { mutes, next } = list;
    let links = vec![way("Settings", account::paths::SETTINGS)];
    let first = continued.then(|| paths::MUTED.to_owned());
    let next = next.map(|after| paths::muted(Some(&after)));
    let empty = mutes
        .is_empty()
        .then(|| view! { <p class="empty">"You have not muted anyone."</p> });
    let mutes = mutes
        .into_iter()
        .map(|mute| view! { <One mute/> })
        .collect_view();
    view! {
        <Column title="Muted people" notice links>
            <p>
                "Posts of people you mute are folded for you, and we do not tell you about them. Only you can see this list. To mute someone, choose “Mute” below one of their posts."
            </p>
            <div>{empty} <ul class="topics">{mutes}</ul> <Pager first next/></div>
        </Column>
    }
}

#[component]
fn One(mute: Mute) -> impl IntoView {
    let Mute { id, muted, since } = mute;
    let (who, about) = match muted {
        Muted::Person(author) => {
            let about = author.name.clone().unwrap_or_else(|| "a member".to_owned());
            let who = view! { <AuthorName author fallback="A member"/> };
            (who.into_any(), about)
        }
        Muted::Alias {
            number,
            topic: Some(topic),
        } => {
            let name = alias_name(number);
            let about = format!("{name} in “{}”", topic.title);
            let path = paths::of_topic(topic.kind, &topic.id, &topic.words, None);
            let who = view! { {name} " in “" <a href=path>{topic.title}</a> "”" };
            (who.into_any(), about)
        }
        Muted::Alias {
            number,
            topic: None,
        } => {
            let name = alias_name(number);
            let who = format!("{name} in a discussion that you can no longer read");
            (who.into_any(), name)
        }
        Muted::Unnamed(Some(topic)) => {
            let about = format!("a member in “{}”", topic.title);
            let path = paths::of_topic(topic.kind, &topic.id, &topic.words, None);
            let who = view! { "A member in “" <a href=path>{topic.title}</a> "”" };
            (who.into_any(), about)
        }
        Muted::Unnamed(None) => {
            let who = "A member in a discussion that you can no longer read";
            (who.into_any(), "this member".to_owned())
        }
    };
    view! {
        <li>
            <p>{who} <span class="soft">", since " <Date time=since/></span></p>
            <Form<EndMuteFields> of=id.clone()>
                <Hidden name="id" value=id/>
                <Submit label="Unmute" quiet=true about/>
            </Form<EndMuteFields>>
        </li>
    }
}
