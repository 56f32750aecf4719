//! What the forms show of a draft: its text in the fields, what became of saving it, and the button that
//! deletes it.

use domain::{
    community::{DraftText, SavedDraft},
    time::Timestamp,
};
use leptos::prelude::*;

use super::{
    api::DraftResult,
    forms::{DeleteDraftFields, DraftForm},
};
use crate::{
    community::paths,
    ui::{
        Moment,
        form::{Buttons, Form, FormState, Hidden, Submit, answered_state, use_form},
    },
};

/// What a form begins with.
#[derive(Clone, Debug)]
pub(in crate::community) struct Begun {
    /// The text of the draft, or nothing.
    pub(in crate::community) content: DraftText,
    /// The version of the draft that its person may delete here: none while they have another text
    /// before them that is not saved.
    pub(in crate::community) version: RwSignal<String>,
}

impl Begun {
    /// With a draft, or with nothing.
    pub(in crate::community) fn new(draft: Option<SavedDraft>) -> Self {
        let (version, content) = draft
            .map(|draft| (draft.version, draft.content))
            .unwrap_or_default();
        let shown = match answered_state() {
            None => version,
            Some(state) if has_other(&state) => String::new(),
            // What its person has before them.
            Some(state) => state.value("draft").unwrap_or_default().to_owned(),
        };
        Self {
            content,
            version: RwSignal::new(shown),
        }
    }

    /// The note that readers would be warned with.
    pub(in crate::community) fn note(&self) -> String {
        self.content.content_note.clone().unwrap_or_default()
    }
}

/// Whether a plain post was answered with the draft that was saved elsewhere.
fn has_other(state: &FormState) -> bool {
    let result = state.result.as_deref().unwrap_or_default();
    matches!(
        serde_json::from_str(result),
        Ok(DraftResult::DraftDiffers { .. })
    )
}

/// What is said above a form that begins with a draft. Not where it was sent: what it was answered with is
/// newer.
pub(in crate::community) fn begun_again(draft: Option<&SavedDraft>) -> Option<String> {
    let draft = draft.filter(|_| answered_state().is_none())?;
    Some(format!(
        "You saved this draft on {}. Only you can see it. Continue, or delete the draft below.",
        draft.saved.spelled_with_time()
    ))
}

/// Inside of a form: which draft its text is, and what became of saving it.
#[component]
pub(in crate::community) fn DraftState(version: RwSignal<String>) -> impl IntoView {
    let form = use_form();
    let shown = version.get_untracked();
    Effect::new(move |_| {
        let next = match form.result::<DraftResult>() {
            Some(DraftResult::DraftSaved { version }) => version,
            Some(DraftResult::DraftDiffers { .. }) => String::new(),
            None => return,
        };
        version.try_set(next);
    });
    view! {
        <Hidden name="draft" value=shown/>
        {move || {
            form.result()
                .map(|result| match result {
                    DraftResult::DraftSaved { .. } => view! { <Saved/> }.into_any(),
                    DraftResult::DraftDiffers { other } => view! { <Other other/> }.into_any(),
                })
        }}
    }
}

#[component]
fn Saved() -> impl IntoView {
    view! {
        <p class="notice" role="status" tabindex="-1">
            "Draft saved. Only you can see it. You will find it here again, and in "
            <a href=paths::SAVED_DRAFTS>"your drafts"</a> "."
        </p>
    }
}

/// The draft that was saved elsewhere.
#[component]
fn Other(other: SavedDraft) -> impl IntoView {
    view! {
        <details open=true>
            <summary>"The other draft, saved on " <Moment time=other.saved/></summary>
            <DraftWords content=other.content/>
        </details>
    }
}

/// A draft, to be read and copied.
#[component]
pub(super) fn DraftWords(content: DraftText) -> impl IntoView {
    let DraftText {
        title,
        text,
        content_note,
        ..
    } = content;
    let title = (!title.is_empty()).then(|| view! { <p><b>{title}</b></p> });
    let note = content_note.map(|note| view! { <p>"Content note: " {note}</p> });
    view! {
        {title}
        {note}
        <pre class="diff">{text}</pre>
    }
}

/// Below a form: deletes the draft, where there is one.
#[component]
pub(in crate::community) fn DeleteDraft(
    /// As it is shown.
    version: RwSignal<String>,
    /// On which page.
    page: DraftForm,
    /// The slug of its community, or the id of its topic.
    of: String,
    /// The words in the topic's address.
    #[prop(optional)]
    words: String,
) -> impl IntoView {
    move || {
        let version = version.get();
        let (of, words) = (of.clone(), words.clone());
        (!version.is_empty()).then(|| {
            view! {
                <Form<DeleteDraftFields> danger=true>
                    <Hidden name="draft" value=version/>
                    <Hidden name="page" value=page.as_str()/>
                    <Hidden name="of" value=of/>
                    <Hidden name="words" value=words/>
                    <Buttons>
                        <Submit label="Delete draft" danger=true/>
                    </Buttons>
                </Form<DeleteDraftFields>>
            }
        })
    }
}

/// On the page of a topic: where its reader goes on with what they have begun.
#[component]
pub(in crate::community) fn DraftLink(
    /// When they saved it.
    saved: Timestamp,
    /// Where they go on.
    path: String,
) -> impl IntoView {
    view! {
        <p>
            "You saved a draft here on " <Moment time=saved/> ". "
            <a href=path>"Continue your draft"</a>
        </p>
    }
}
