//! What the list of drafts gets from the server, and how drafts are saved, published and deleted.

use domain::community::{SavedDraft, SavedDraftLine};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::forms::DeleteDraftFields;
#[cfg(feature = "ssr")]
use crate::{
    account,
    community::{first_posts::api::done_at, paths},
    context,
    ui::form::{Call, Done},
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    Result as DomainResult,
    community::{DraftPlace, DraftSaving, DraftText, FirstPostDraft, Published, TopicKind},
};

/// What a text is answered with that was to be saved as a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum DraftResult {
    /// It is saved.
    DraftSaved {
        /// As which version.
        version: String,
    },
    /// It is not: another one was saved in another tab or on another device.
    DraftDiffers {
        /// That one.
        other: SavedDraft,
    },
}

#[cfg(feature = "ssr")]
const DIFFERS: &str = "Not saved. You saved another draft here in another tab or on another device. It is shown below, so that you can copy what you need. If you now save or publish your text, that draft is replaced.";

/// One's own drafts.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/drafts")]
pub async fn read_saved_drafts() -> Result<Answer<Vec<SavedDraftLine>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let drafts = services.saved_drafts.saved_drafts(actor).await;
    Ok(account::for_members(drafts, paths::SAVED_DRAFTS))
}

/// Deletes a draft.
#[server(prefix = "/api", endpoint = "community/delete-draft", input = Json)]
pub async fn delete_draft(posted: Posted<DeleteDraftFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let drafts = &call.services.saved_drafts;
            drafts.delete_draft(call.actor(), &fields.draft).await?;
            let (of, words) = (
                fields.of.unwrap_or_default(),
                fields.words.unwrap_or_default(),
            );
            // The fields begin anew.
            Ok(Done::anew(fields.page.path(&of, &words)))
        })
        .await
}

/// Saves what somebody has begun to write.
#[cfg(feature = "ssr")]
pub(in crate::community) async fn save(
    call: &Call,
    place: DraftPlace,
    version: Option<&str>,
    content: DraftText,
) -> DomainResult<Done> {
    let drafts = &call.services.saved_drafts;
    let saving = drafts
        .save_draft(call.actor(), place, version, content)
        .await?;
    Ok(match saving {
        DraftSaving::Saved(version) => {
            let replaced = vec![("draft", version.clone())];
            Done::show(&DraftResult::DraftSaved { version })?.with_values(replaced)
        }
        DraftSaving::Differs(other) => {
            let replaced = vec![("draft", other.version.clone())];
            Done::show(&DraftResult::DraftDiffers { other })?.in_place(replaced, DIFFERS)
        }
    })
}

/// Publishes what somebody has written, or keeps it until a leader has read it, and says where its author
/// goes on. The draft of which it was made is deleted. `words` are those in the topic's address.
#[cfg(feature = "ssr")]
pub(in crate::community) async fn publish(
    call: &Call,
    post: FirstPostDraft,
    version: Option<&str>,
    words: &str,
) -> DomainResult<Done> {
    let (kind, topic) = match &post {
        FirstPostDraft::Discussion(..) => (TopicKind::Discussion, String::new()),
        FirstPostDraft::Question(..) => (TopicKind::Question, String::new()),
        FirstPostDraft::Reply(id, _) => (TopicKind::Discussion, id.clone()),
        FirstPostDraft::Answer(id, _) => (TopicKind::Question, id.clone()),
    };
    let drafts = &call.services.saved_drafts;
    let submission = call.submission();
    let published = drafts
        .publish(call.actor(), post, version, &submission)
        .await?;
    Ok(match published {
        Published::Waits(slug) => done_at(&slug, "waits"),
        Published::Topic(id) => Done::at(paths::of_topic(kind, &id, words, None)),
        Published::Post(number) => Done::at(paths::post_in(kind, &topic, words, number)),
    })
}
