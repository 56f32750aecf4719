//! What members write to each other: as others read it ([`reading`], [`lists`], [`history`]), and how it is written
//! ([`writing`], [`publishing`], [`changing`]).

pub(super) mod changing;
mod history;
mod lists;
pub(super) mod publishing;
pub(super) mod reading;
mod writing;

use async_trait::async_trait;
use domain::{
    Result, SafeHtml,
    account::{Actor, Submission},
    catalogue::{ConditionId, Resolved},
    community::{
        Deleting, Discussions, NewTopics, PostDraft, PostHistory, PostText, RecentTopics, Replying,
        Starting, TopicDraft, TopicKind, TopicLink, TopicList, TopicPage, check_post,
    },
    policy::{Action, Quota, permit},
};

use super::CommunityStore;
use crate::{error::internal, quota, wiki::markdown, write::Write};

pub(crate) use changing::erase_all;

/// The HTML of a text, which takes a while for a long one.
pub(super) async fn render(text: &str) -> Result<String> {
    let text = text.to_owned();
    tokio::task::spawn_blocking(move || markdown::render_post(&text))
        .await
        .map_err(|error| internal(&error))
}

#[async_trait]
impl Discussions for CommunityStore {
    async fn topics(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<TopicList>> {
        permit(actor, Action::ReadDiscussions)?;
        self.list(actor, slug, after).await
    }

    async fn newest(&self, actor: Actor, condition: ConditionId) -> Result<NewTopics> {
        permit(actor, Action::ReadDiscussions)?;
        self.first_lines(actor, condition.0).await
    }

    async fn recent(&self, actor: Actor, after: Option<&str>) -> Result<RecentTopics> {
        permit(actor, Action::ReadDiscussions)?;
        self.everywhere(actor, after).await
    }

    async fn topic(&self, actor: Actor, id: &str, after: Option<i64>) -> Result<TopicPage> {
        permit(actor, Action::ReadDiscussions)?;
        self.page(actor, id, after).await
    }

    async fn starting(&self, actor: Actor, slug: &str) -> Result<Resolved<Starting>> {
        Self::person(actor, Action::WritePosts)?;
        self.before_writing(actor, slug, Some(TopicKind::Discussion))
            .await
    }

    async fn preview(&self, actor: Actor, text: &str) -> Result<SafeHtml> {
        permit(actor, Action::WritePosts)?;
        let text = check_post("text", text)?;
        // Rendering is work.
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::Previews).await?;
        write.commit().await?;
        render(&text).await.map(markdown::stored)
    }

    async fn start(
        &self,
        actor: Actor,
        slug: &str,
        draft: TopicDraft,
        submission: &Submission,
    ) -> Result<String> {
        self.start_discussion(actor, slug, draft, submission.into())
            .await
    }

    async fn replying(&self, actor: Actor, id: &str, to: Option<i64>) -> Result<Replying> {
        Self::person(actor, Action::WritePosts)?;
        self.to_reply(actor, id, to).await
    }

    async fn reply(
        &self,
        actor: Actor,
        id: &str,
        draft: PostDraft,
        submission: &Submission,
    ) -> Result<i64> {
        self.add_post(actor, id, draft, submission.into()).await
    }

    async fn own_post(&self, actor: Actor, id: &str, number: i64) -> Result<PostText> {
        let member = Self::person(actor, Action::WritePosts)?;
        self.to_edit(actor, member, id, number).await
    }

    async fn edit_post(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        version: i64,
        text: &str,
        content_note: Option<&str>,
    ) -> Result<TopicLink> {
        let member = Self::person(actor, Action::WritePosts)?;
        let edited = (text, content_note);
        self.edit(actor, member, (id, number), (version, edited))
            .await
    }

    async fn versions(&self, actor: Actor, id: &str, number: i64) -> Result<PostHistory> {
        permit(actor, Action::ReadDiscussions)?;
        self.past(actor, id, number).await
    }

    async fn deleting(&self, actor: Actor, id: &str, number: i64) -> Result<Deleting> {
        Self::person(actor, Action::DeleteOwnPosts)?;
        self.to_delete(actor, id, number).await
    }

    async fn delete_post(&self, actor: Actor, id: &str, number: i64, reason: &str) -> Result<()> {
        let member = Self::person(actor, Action::DeleteOwnPosts)?;
        self.erase(actor, member, (id, number), reason).await
    }
}
