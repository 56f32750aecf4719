//! `/topics/{id}/{words}/posts/{number}/mute`: where the author of a post is muted, and that is ended.

use domain::community::MuteTerms;
use leptos::prelude::*;

use super::{
    api,
    forms::{MuteFields, UnmuteFields},
};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, Submit},
};

/// Where the author of a post is muted.
#[component]
pub fn MutePage() -> impl IntoView {
    let (id, words, number) = (use_part("id"), use_part("words"), use_part("number"));
    let data = page_data(
        move || (id(), words(), number().parse().unwrap_or_default()),
        |(id, words, number)| api::read_muting(id, words, number),
    );
    view! { <Page data view=|terms| view! { <Terms terms/> }.into_any()/> }
}

#[component]
fn Terms(terms: MuteTerms) -> impl IntoView {
    let MuteTerms {
        topic,
        number,
        author,
        by_alias,
        muted,
    } = terms;
    let links = vec![
        way(
            format!("Back to “{}”", topic.title),
            paths::post_of(&topic, number),
        ),
        way("Muted people", paths::MUTED),
    ];
    let act = if muted { "Unmute" } else { "Mute" };
    let (title, scope) = match author.name {
        Some(name) if by_alias => (
            format!("{act} {name}"),
            format!(
                "You see only a line in place of posts by {name}, in this {} only. If the same person also writes under their own name, or elsewhere, you still see those posts.",
                topic.kind.as_str()
            ),
        ),
        Some(name) => (
            format!("{act} {name}"),
            "You see only a line in place of their posts, in every discussion and question."
                .to_owned(),
        ),
        None => (
            format!("{act} the author of post {number}"),
            format!(
                "This member shows you no name, so you mute them in this {} only. You see only a line in place of their posts here.",
                topic.kind.as_str()
            ),
        ),
    };
    let number = number.to_string();
    let form = if muted {
        view! {
            <Form<UnmuteFields> text="You see their posts again, and we tell you about new ones.">
                <Hidden name="id" value=topic.id/>
                <Hidden name="number" value=number/>
                <Buttons>
                    <Submit label="Unmute"/>
                </Buttons>
            </Form<UnmuteFields>>
        }
        .into_any()
    } else {
        view! {
            <p>
                {scope}
                " You can open each post. We do not tell you when they reply to you or mention you."
            </p>
            <p>
                "They are not told, and no one else can see it. If someone breaks the rules, muting them does not stop them for others."
            </p>
            <Form<MuteFields>>
                <Hidden name="id" value=topic.id/>
                <Hidden name="number" value=number/>
                <Buttons>
                    <Submit label="Mute"/>
                </Buttons>
            </Form<MuteFields>>
        }
        .into_any()
    };
    view! { <Column title links>{form}</Column> }
}
