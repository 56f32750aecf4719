//! The fields with which a post is written.

use domain::community::{CONTENT_NOTE_SUGGESTIONS, TopicAudience};
use leptos::prelude::*;

use super::{
    api::{PostConflict, PostPreview},
    forms::ReplyFields,
};
use crate::{
    community::{
        aliases::Anonymously,
        paths,
        saved_drafts::{Begun, DraftState},
    },
    ui::{
        Prose,
        form::{Buttons, Form, Hidden, Input, MarkdownEditor, Offers, Submit, use_form},
    },
};

/// What people have to know before they start a discussion.
pub(in crate::community) const SHOWS_MEMBERSHIP: &str = "This shows that you are in this community. Do not give your full name, address or hospital number.";

/// What people have to know before they reply.
pub(in crate::community) fn readers(audience: TopicAudience) -> &'static str {
    match audience {
        TopicAudience::Everyone => {
            "Everyone can read this, also without an account and through search engines. It shows that you are in this community. Do not give your full name, address or hospital number."
        }
        TopicAudience::Members => {
            "All members can read this. It shows that you are in this community. Do not give your full name, address or hospital number."
        }
        TopicAudience::Community => {
            "Everyone who joins this community can read this, and moderators. Do not give your full name, address or hospital number."
        }
    }
}

/// The text of a post.
#[component]
pub(in crate::community) fn PostText(
    /// The question.
    label: &'static str,
    /// What helps to answer it.
    #[prop(optional)]
    hint: &'static str,
    /// The present text.
    #[prop(optional, into)]
    value: String,
    /// Whether there has to be one.
    #[prop(default = true)]
    required: bool,
    /// Who is offered while a mention is typed.
    #[prop(optional)]
    offers: Offers,
) -> impl IntoView {
    let hint = hint.to_owned();
    view! { <MarkdownEditor name="text" label hint value rows=8 cites=false required offers/> }
}

/// What readers are warned of before a post: a field that is out of the way of those who do not need it.
#[component]
pub(in crate::community) fn ContentNote(
    /// The present note.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let form = use_form();
    let open = !form.value("content_note", value.clone()).is_empty();
    let hint = "A few words, for example “mentions death” or “medical pictures or detail”. Readers see them first, and open the post if they want to.";
    view! {
        <details class="note" open=open>
            <summary>"Warn readers before this post"</summary>
            <NoteInput value hint/>
        </details>
    }
}

/// The field itself, with notes that are used often.
#[component]
pub(in crate::community) fn NoteInput(
    /// The present note.
    value: String,
    /// What is to be typed.
    hint: &'static str,
) -> impl IntoView {
    let list = format!("{}-offered", use_form().id("content_note"));
    let offered = CONTENT_NOTE_SUGGESTIONS
        .map(|note| view! { <option value=note></option> })
        .into_iter()
        .collect_view();
    view! {
        <Input name="content_note" label="Content note" hint value list=list.clone()/>
        <datalist id=list>{offered}</datalist>
    }
}

/// How the text would look, where that was asked.
#[component]
pub(in crate::community) fn Previewed() -> impl IntoView {
    let form = use_form();
    move || {
        form.result().map(|PostPreview { html }| {
            view! {
                <section class="seen" aria-label="Preview">
                    <h2 tabindex="-1" data-news="">
                        "Preview"
                    </h2>
                    <Prose html class="prose"/>
                </section>
                <p class="notice" role="status">
                    "No one else can see this yet."
                </p>
            }
        })
    }
}

/// What is saved by now, where it was changed in another tab.
#[component]
pub(super) fn ChangedElsewhere() -> impl IntoView {
    let form = use_form();
    move || {
        form.result().map(|PostConflict { saved }| {
            view! {
                <details open=true>
                    <summary>"The text that was saved in the other tab"</summary>
                    <pre class="diff">{saved}</pre>
                </details>
            }
        })
    }
}

/// Another post of a topic.
#[component]
pub(super) fn ReplyForm(
    /// The topic.
    id: String,
    /// The words in its address.
    words: String,
    /// Number of the post that it replies to.
    #[prop(optional_no_strip)]
    to: Option<i64>,
    /// Who reads it.
    audience: TopicAudience,
    /// Who is offered while a mention is typed.
    offers: Offers,
    /// What it begins with; on the page of the topic with nothing.
    #[prop(optional)]
    begun: Option<Begun>,
) -> impl IntoView {
    let begun = begun.unwrap_or_else(|| Begun::new(None));
    let (note, version) = (begun.note(), begun.version);
    let of = to.map(|to| to.to_string()).unwrap_or_default();
    view! {
        <Form<ReplyFields> of=of.clone() action=paths::reply(&id, &words)>
            <Previewed/>
            <DraftState version/>
            <Hidden name="id" value=id/>
            <Hidden name="words" value=words/>
            <Hidden name="in_reply_to" value=of/>
            <PostText label="Your reply" hint=readers(audience) value=begun.content.text offers/>
            <ContentNote value=note/>
            <Anonymously/>
            <Buttons>
                <Submit label="Reply"/>
                <Submit label="Preview" action="preview"/>
                <Submit label="Save draft" action="draft"/>
            </Buttons>
        </Form<ReplyFields>>
    }
}
