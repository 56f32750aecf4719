//! What hiding, locking and moving change, and how it is undone: by moderators, and by appeals.

use domain::{Result, account::Actor, community::ContentAction};
use sea_orm::{ConnectionTrait, EntityTrait, QueryResult, Set, Value};
use uuid::Uuid;

use crate::{
    Database,
    community::{
        discussions::changing::{is_by_expert, unpin},
        entity::{content_moderation, hidden_text, post},
    },
    error::to_domain,
    search::{self, Document},
    token,
    write::Write,
};

/// The condition that is there now in the place of the one with the parameter's id.
fn present(parameter: &str) -> String {
    format!("(SELECT coalesce(c.merged_into, c.id) FROM condition c WHERE c.id = {parameter})")
}

/// A change of posts and topics under way.
pub(super) struct Change<'a> {
    pub(super) write: &'a Write<'a>,
    pub(super) database: &'a Database,
}

impl Change<'_> {
    async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>> {
        let statement = self.database.statement(sql, values);
        let row = self.write.on().query_one_raw(statement).await;
        row.map_err(to_domain)
    }

    /// Tells whether it has changed anything.
    async fn execute(&self, sql: &str, values: Vec<Value>) -> Result<bool> {
        let statement = self.database.statement(sql, values);
        let done = self.write.on().execute_raw(statement).await;
        Ok(done.map_err(to_domain)?.rows_affected() > 0)
    }

    async fn count_expert_answer(&self, topic: Uuid, more: i64) -> Result<()> {
        // Not counted anew: an answer that is being written would be missed.
        let sql = "UPDATE topic SET expert_answers = expert_answers + $2 WHERE id = $1";
        let values = vec![topic.into(), more.into()];
        self.execute(sql, values).await.map(drop)
    }

    /// Marks a post as hidden, if it is neither hidden nor deleted. An edit under way comes before or not
    /// at all.
    pub(super) async fn mark_hidden(&self, post: Uuid, reason: &str) -> Result<bool> {
        let sql = "UPDATE post SET hidden_at = $1, hidden_reason = $2 \
             WHERE id = $3 AND hidden_at IS NULL AND deleted_at IS NULL";
        let now = self.database.now().0;
        let values = vec![now.into(), reason.into(), post.into()];
        self.execute(sql, values).await
    }

    /// Moves the text of a post that is marked as hidden to where nobody else reads it, with the title
    /// if it is the first one.
    pub(super) async fn put_away(&self, post: &post::Model, decision: Uuid) -> Result<()> {
        let kept = "INSERT INTO hidden_text \
             (post_id, moderation_id, text, html, title, title_words) \
             SELECT p.id, $2, p.text, p.html, CASE p.number WHEN 1 THEN t.title ELSE '' END, \
             CASE p.number WHEN 1 THEN t.title_words ELSE '' END \
             FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.id = $1";
        self.execute(kept, vec![post.id.into(), decision.into()])
            .await?;
        let blank = "UPDATE post SET text = '', html = '' WHERE id = $1";
        self.execute(blank, vec![post.id.into()]).await?;
        if post.number == 1 {
            unpin(self.write, "topic_id = $1", post.topic_id).await?;
            let blank = "UPDATE topic SET title = '', title_words = '', hidden_at = $2 \
                 WHERE id = $1";
            let now = self.database.now().0;
            self.execute(blank, vec![post.topic_id.into(), now.into()])
                .await?;
        }
        if is_by_expert(post) {
            self.count_expert_answer(post.topic_id, -1).await?;
        }
        Ok(())
    }

    /// Shows a post that is hidden and not deleted, as it was.
    pub(super) async fn show(&self, post: &post::Model) -> Result<bool> {
        let sql = "UPDATE post SET hidden_at = NULL, hidden_reason = NULL, \
             text = (SELECT h.text FROM hidden_text h WHERE h.post_id = post.id), \
             html = (SELECT h.html FROM hidden_text h WHERE h.post_id = post.id) \
             WHERE id = $1 AND hidden_at IS NOT NULL AND deleted_at IS NULL RETURNING html";
        let Some(row) = self.row(sql, vec![post.id.into()]).await? else {
            return Ok(false);
        };
        let html: String = row.try_get("", "html").map_err(to_domain)?;
        let mut title = String::new();
        if post.number == 1 {
            let sql = "UPDATE topic SET hidden_at = NULL, \
                 title = (SELECT h.title FROM hidden_text h WHERE h.post_id = $2), \
                 title_words = (SELECT h.title_words FROM hidden_text h WHERE h.post_id = $2) \
                 WHERE id = $1 RETURNING title";
            let values = vec![post.topic_id.into(), post.id.into()];
            if let Some(row) = self.row(sql, values).await? {
                title = row.try_get("", "title").map_err(to_domain)?;
            }
        }
        if is_by_expert(post) {
            self.count_expert_answer(post.topic_id, 1).await?;
        }
        hidden_text::Entity::delete_by_id(post.id)
            .exec(self.write.on())
            .await
            .map_err(to_domain)?;
        let document = Document::post(post.id, &title, &html);
        search::put(self.write.on(), vec![document]).await?;
        Ok(true)
    }

    /// Puts a content note before a post that is neither hidden nor deleted.
    pub(super) async fn set_note(&self, post: Uuid, note: &str) -> Result<bool> {
        let sql = "UPDATE post SET set_note = $1 \
             WHERE id = $2 AND hidden_at IS NULL AND deleted_at IS NULL";
        self.execute(sql, vec![note.into(), post.into()]).await
    }

    /// Takes it off.
    pub(super) async fn remove_note(&self, post: Uuid) -> Result<bool> {
        let sql = "UPDATE post SET set_note = NULL WHERE id = $1 AND set_note IS NOT NULL";
        self.execute(sql, vec![post.into()]).await
    }

    pub(super) async fn lock(&self, topic: Uuid, reason: &str) -> Result<bool> {
        let sql = "UPDATE topic SET lock_reason = $1 WHERE id = $2 AND lock_reason IS NULL";
        self.execute(sql, vec![reason.into(), topic.into()]).await
    }

    pub(super) async fn unlock(&self, topic: Uuid) -> Result<bool> {
        let sql = "UPDATE topic SET lock_reason = NULL WHERE id = $1 AND lock_reason IS NOT NULL";
        self.execute(sql, vec![topic.into()]).await
    }

    /// Moves a topic that is not for one community alone, and is still in the community from which it is
    /// moved. Returns where it is now.
    pub(super) async fn relocate(
        &self,
        topic: Uuid,
        (from, to): (Uuid, Uuid),
    ) -> Result<Option<Uuid>> {
        let sql = format!(
            "UPDATE topic SET condition_id = {} WHERE id = $1 AND condition_id = {} \
             AND audience <> 'community' RETURNING condition_id",
            present("$3"),
            present("$2")
        );
        let row = self.row(&sql, vec![topic.into(), from.into(), to.into()]);
        let Some(row) = row.await? else {
            return Ok(None);
        };
        unpin(self.write, "topic_id = $1", topic).await?;
        let there: Uuid = row.try_get("", "condition_id").map_err(to_domain)?;
        let sql = "UPDATE first_post SET condition_id = $2 WHERE topic_id = $1";
        self.execute(sql, vec![topic.into(), there.into()]).await?;
        Ok(Some(there))
    }

    /// Keeps what is decided about a post, by whom and why, and returns its row, which the event names.
    pub(super) async fn decide(
        &self,
        actor: Actor,
        (topic, number): (Uuid, i64),
        (action, reason): (ContentAction, String),
        moved: Option<(Uuid, Uuid)>,
    ) -> Result<Uuid> {
        let id = Uuid::now_v7();
        let row = content_moderation::ActiveModel {
            id: Set(id),
            public_id: Set(token::public_id()?),
            topic_id: Set(topic),
            post_number: Set(number),
            kind: Set(action.as_str().to_owned()),
            from_condition_id: Set(moved.map(|(from, _)| from)),
            to_condition_id: Set(moved.map(|(_, to)| to)),
            reason: Set(reason),
            actor_id: Set(actor.member().map(|member| member.account.0)),
            created_at: Set(self.database.now().0),
            lifted_at: Set(None),
        };
        content_moderation::Entity::insert(row)
            .exec_without_returning(self.write.on())
            .await
            .map_err(to_domain)?;
        Ok(id)
    }

    /// Notes that what was done with a post is over.
    pub(super) async fn end(&self, topic: Uuid, number: i64, kind: &str) -> Result<()> {
        let sql = "UPDATE content_moderation SET lifted_at = $1 \
             WHERE topic_id = $2 AND post_number = $3 AND kind = $4 AND lifted_at IS NULL";
        let now = self.database.now().0;
        let values = vec![now.into(), topic.into(), number.into(), kind.into()];
        self.execute(sql, values).await.map(drop)
    }

    /// The same of one decision. Tells whether it was not over before.
    pub(super) async fn end_one(&self, decision: Uuid) -> Result<bool> {
        let sql = "UPDATE content_moderation SET lifted_at = $1 \
             WHERE id = $2 AND lifted_at IS NULL";
        let now = self.database.now().0;
        self.execute(sql, vec![now.into(), decision.into()]).await
    }
}
