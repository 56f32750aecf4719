//! The editor of a text.

use domain::{
    time::Timestamp,
    wiki::{OtherDraft, SectionKind},
};
use leptos::prelude::*;

use super::{
    agreement::Agreement,
    api::writing::texts::{self, TextView},
    edit_result::EditResults,
    guide::Guide,
    paths,
    terms::{Terms, links},
    text_forms::{DropDraftFields, EditFields},
};
use crate::{
    page::{Column, Page, page_data, use_part, use_query_value},
    ui::{
        Moment,
        form::{Buttons, Form, Hidden, Input, MarkdownEditor, Submit, answered_state},
    },
};

/// Where a text is written.
#[component]
pub(super) fn EditTextPage() -> impl IntoView {
    let (slug, kind) = (use_part("slug"), use_part("kind"));
    let draft = use_query_value("draft");
    let data = page_data(
        move || (slug(), kind(), draft()),
        |(slug, kind, draft)| texts::read_text(slug, kind, draft),
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
        other_drafts,
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
    let others = paths_of(&slug, kind, other_drafts);
    let link = edit.draft;
    let dropped_link = link.clone();
    let base = edit.base.map(|base| base.to_string()).unwrap_or_default();
    let save = if terms.publishes {
        "Save"
    } else {
        "Send for review"
    };
    view! {
        <Column title notice links>
            <Terms terms/>
            <OtherDrafts others/>
            <Guide kind>
                <Style keys/>
            </Guide>
            <Form<EditFields> autosave="draft">
                <EditResults has_draft/>
                <Hidden name="slug" value=slug/>
                <Hidden name="kind" value=kind.as_str()/>
                <Hidden name="base" value=base/>
                <Hidden name="draft" value=link.id/>
                <Hidden name="grown_from" value=link.grown_from/>
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
                let link = dropped_link.clone();
                has_draft
                    .get()
                    .then(|| {
                        view! {
                            <Form<DropDraftFields> danger=true>
                                <Hidden name="slug" value=slug/>
                                <Hidden name="kind" value=kind.as_str()/>
                                <Hidden name="draft" value=link.id/>
                                <Hidden name="grown_from" value=link.grown_from/>
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

/// Where the other drafts are, and when each was saved.
fn paths_of(slug: &str, kind: SectionKind, drafts: Vec<OtherDraft>) -> Vec<(String, Timestamp)> {
    drafts
        .into_iter()
        .map(|draft| (paths::draft(slug, kind, &draft.id), draft.kept))
        .collect()
}

/// What was begun in other tabs, and is not saved.
#[component]
fn OtherDrafts(
    /// The way to each, and when it was saved.
    others: Vec<(String, Timestamp)>,
) -> impl IntoView {
    (!others.is_empty()).then(|| {
        let links = others
            .into_iter()
            .map(|(path, time)| {
                view! { <li><a href=path>"Draft saved on " <Moment time/></a></li> }
            })
            .collect_view();
        view! {
            <section aria-labelledby="other-drafts">
                <h2 id="other-drafts">"Your other drafts of this section"</h2>
                <ul>{links}</ul>
            </section>
        }
    })
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
