//! The editor of a text.

use leptos::prelude::*;

use super::{
    agreement::Agreement,
    api::writing::texts::{self, TextView},
    edit_result::EditResults,
    guide::Guide,
    terms::{Terms, links},
    text_forms::{DropDraftFields, EditFields},
};
use crate::{
    page::{Column, Page, page_data, use_part},
    ui::form::{Buttons, Form, Hidden, Input, MarkdownEditor, Submit, answered_state},
};

/// Where a text is written.
#[component]
pub(super) fn EditTextPage() -> impl IntoView {
    let (slug, kind) = (use_part("slug"), use_part("kind"));
    let data = page_data(
        move || (slug(), kind()),
        |(slug, kind)| texts::read_text(slug, kind),
    );
    view! { <Page data view=|text| view! { <TextEditor text/> }.into_any()/> }
}

#[component]
fn TextEditor(text: TextView) -> impl IntoView {
    let TextView {
        condition,
        kind,
        edit,
        begun,
        keys,
        terms,
    } = text;
    let title = format!("Edit: {} of {}", kind.title(), condition.name);
    // What a form was answered with is newer than that.
    let notice = begun.filter(|_| answered_state().is_none()).map(|begun| {
        format!(
            "You began this text on {} and have not saved it. Continue, or delete the draft below.",
            begun.spelled()
        )
    });
    let has_draft = RwSignal::new(begun.is_some());
    let links = links(&condition, kind);
    let slug = condition.slug;
    let dropped = slug.clone();
    let base = edit.base.map(|base| base.to_string()).unwrap_or_default();
    let save = if terms.publishes {
        "Save"
    } else {
        "Send for review"
    };
    view! {
        <Column title notice links>
            <Terms terms/>
            <Guide kind>
                <Style keys/>
            </Guide>
            <Form<EditFields> autosave="draft">
                <EditResults has_draft/>
                <Hidden name="slug" value=slug/>
                <Hidden name="kind" value=kind.as_str()/>
                <Hidden name="base" value=base/>
                <MarkdownEditor
                    name="text"
                    label=kind.title()
                    hint="Leave an empty line between paragraphs. Start a heading with ### and an item of a list with -, and put *stars* around words for italics."
                    value=edit.markdown
                />
                <Input
                    name="summary"
                    label="What did you change, and why?"
                    hint="One line for the history."
                    value=edit.summary
                />
                <Agreement kind agreed=edit.agreed/>
                <Buttons>
                    <Submit label=save/>
                    <Submit label="Preview" action="preview"/>
                    <Submit label="Save draft" action="draft"/>
                </Buttons>
            </Form<EditFields>>
            {move || {
                let slug = dropped.clone();
                has_draft
                    .get()
                    .then(|| {
                        view! {
                            <Form<DropDraftFields> danger=true>
                                <Hidden name="slug" value=slug/>
                                <Hidden name="kind" value=kind.as_str()/>
                                <Buttons>
                                    <Submit label="Delete draft" danger=true/>
                                </Buttons>
                            </Form<DropDraftFields>>
                        }
                    })
            }}
        </Column>
    }
}

/// How to write.
#[component]
fn Style(
    /// Keys of references that can be cited.
    keys: Vec<String>,
) -> impl IntoView {
    let keys = (!keys.is_empty()).then(|| {
        view! {
            <li>"References of this page that you can cite: " <code>{keys.join(", ")}</code></li>
        }
    });
    view! {
        <ul>
            <li>
                "Write short sentences. Put the plain word first and the medical term after it. Write “you”, not “the patient”."
            </li>
            <li>"Give your source: " <code>"[@key]"</code> " cites a reference."</li>
            <li>
                "Use your own words. Give no advice for or against a treatment, and no doses."
            </li>
            {keys}
        </ul>
    }
}
