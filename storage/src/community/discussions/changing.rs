//! Editing and deleting posts.

use domain::{
    Error, Result,
    account::{Actor, Member},
    community::{
        AnswersAs, Deleting, PostText, TopicKind, TopicLink, check_content_note,
        check_deletion_reason, check_details, check_post,
    },
    event::EventKind,
    policy::{Action, Quota, permit},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, Statement,
};
use uuid::Uuid;

use super::{
    reading::{Topic, passes_locks},
    render,
};
use crate::{
    Database,
    community::{
        CommunityStore,
        aliases::{alias_of, is_by},
        entity::{hidden_text, post, post_version, reaction, topic},
        forbidden, not_joined,
    },
    error::to_domain,
    quota,
    search::{self, Document},
    write::Write,
};

/// Takes the text of posts away, and says when `$1`, whether by the author `$2`, and why `$3`.
const BLANK: &str = "UPDATE post SET text = '', html = '', content_note = NULL, set_note = NULL, \
                     edited_at = NULL, deleted_at = $1, \
                     deleted_by_author = $2, deletion_reason = $3 WHERE deleted_at IS NULL";

/// Says of questions how many answers of experts are left.
const RECOUNT: &str = "UPDATE topic SET expert_answers = (SELECT count(*) FROM post p \
                       WHERE p.topic_id = topic.id AND p.answers_as = 'expert' \
                       AND p.deleted_at IS NULL AND p.hidden_at IS NULL) WHERE";

/// Whether somebody wrote it as an expert.
pub(in crate::community) fn is_by_expert(post: &post::Model) -> bool {
    post.answers_as.as_deref() == Some(AnswersAs::Expert.as_str())
}

impl CommunityStore {
    /// A post of a topic, deleted or not.
    pub(in crate::community) async fn post(&self, topic: Uuid, number: i64) -> Result<post::Model> {
        post::Entity::find()
            .filter(post::Column::TopicId.eq(topic))
            .filter(post::Column::Number.eq(number))
            .one(self.database.readers())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)
    }

    /// Whether a post is by this person, under their name or an alias.
    pub(in crate::community) async fn is_by(
        &self,
        post: &post::Model,
        member: Member,
    ) -> Result<bool> {
        let account = member.account.0;
        if post.alias.is_none() {
            return Ok(post.account_id == Some(account));
        }
        let on = self.database.readers();
        let alias = alias_of(on, &self.database, post.topic_id, account).await?;
        Ok(post.alias == alias)
    }

    /// A post that this person may edit, with its topic.
    async fn own(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        number: i64,
    ) -> Result<(Topic, post::Model)> {
        let topic = self.readable(actor, id).await?;
        let post = self.post(topic.id, number).await?;
        if post.deleted_at.is_some() {
            return Err(Error::NotFound);
        }
        if !self.is_by(&post, member).await? {
            return Err(forbidden("only its author edits a post."));
        }
        if post.hidden_at.is_some() {
            return Err(forbidden("a moderator has hidden this post."));
        }
        topic.refuse_if_locked(actor)?;
        if is_by_expert(&post) {
            permit(actor, Action::AnswerAsExpert)?;
        } else if !topic.joined {
            return Err(not_joined());
        }
        Ok((topic, post))
    }

    pub(super) async fn to_edit(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        number: i64,
    ) -> Result<PostText> {
        let (topic, post) = self.own(actor, member, id, number).await?;
        Ok(PostText {
            topic: topic.link(),
            number,
            version: post.version,
            text: post.text,
            content_note: post.content_note,
            set_note: post.set_note,
        })
    }

    pub(super) async fn edit(
        &self,
        actor: Actor,
        member: Member,
        (id, number): (&str, i64),
        (version, (text, note)): (i64, (&str, Option<&str>)),
    ) -> Result<TopicLink> {
        let (topic, post) = self.own(actor, member, id, number).await?;
        let text = if topic.line.kind() == TopicKind::Question && number == 1 {
            check_details("text", text)?
        } else {
            check_post("text", text)?
        };
        let note = check_content_note("content_note", note)?;
        if post.text == text && post.content_note == note {
            return Ok(topic.link());
        }
        if post.version != version {
            return Err(Error::Conflict);
        }
        let html = render(&text).await?;
        let title = if number == 1 {
            topic.line.title.as_str()
        } else {
            ""
        };
        let document = Document::post(post.id, title, &html);
        let write = Write::begin(&self.database, actor).await?;
        if !is_by_expert(&post) {
            self.joined_still(&write, topic.condition_id).await?;
        }
        quota::spend(&write, &self.database, actor, Quota::Posts).await?;
        let edited = write
            .on()
            .execute_raw(self.database.statement(
                "UPDATE post SET text = $1, html = $2, content_note = $6, edited_at = $3, \
                 version = version + 1 WHERE id = $4 AND version = $5 AND deleted_at IS NULL \
                 AND hidden_at IS NULL AND ($7 OR NOT EXISTS (SELECT 1 FROM topic t \
                 WHERE t.id = post.topic_id AND t.lock_reason IS NOT NULL))",
                vec![
                    text.into(),
                    html.into(),
                    self.database.now().0.into(),
                    post.id.into(),
                    version.into(),
                    note.into(),
                    passes_locks(actor).into(),
                ],
            ))
            .await
            .map_err(to_domain)?;
        if edited.rows_affected() == 0 {
            return Err(Error::Conflict);
        }
        search::put(write.on(), vec![document]).await?;
        // A version never changes, so it is what was read before.
        let former = post_version::ActiveModel {
            post_id: Set(post.id),
            number: Set(version),
            text: Set(post.text),
            html: Set(post.html),
            saved_at: Set(post.edited_at.unwrap_or(post.created_at)),
            content_note: Set(post.content_note),
        };
        post_version::Entity::insert(former)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let (kind, nameless) = (EventKind::PostEdited, post.alias.is_some());
        let condition = Some(topic.condition_id);
        write
            .record_as(nameless, kind, Some(post.id), condition)
            .await?;
        write.commit().await?;
        Ok(topic.link())
    }

    pub(super) async fn to_delete(&self, actor: Actor, id: &str, number: i64) -> Result<Deleting> {
        let topic = self.readable_or_own(actor, id, number).await?;
        let before = number.saturating_sub(1);
        let (posts, _) = self.posts(actor, topic.id, before, 1).await?;
        let post = posts.into_iter().find(|post| post.number == number);
        let post = post.filter(|post| post.deleted.is_none());
        let post = post.ok_or(Error::NotFound)?;
        if !post.own {
            permit(actor, Action::DeletePosts)?;
        }
        Ok(Deleting {
            topic: topic.link(),
            post,
        })
    }

    pub(super) async fn erase(
        &self,
        actor: Actor,
        member: Member,
        (id, number): (&str, i64),
        reason: &str,
    ) -> Result<()> {
        let topic = self.readable_or_own(actor, id, number).await?;
        let post = self.post(topic.id, number).await?;
        let own = self.is_by(&post, member).await?;
        if !own {
            permit(actor, Action::DeletePosts)?;
        }
        let reason = check_deletion_reason("reason", reason, own)?;
        let write = Write::begin(&self.database, actor).await?;
        // First the post, so that an edit under way comes before or not at all.
        let deleted = write
            .on()
            .query_one_raw(self.database.statement(
                &format!("{BLANK} AND id = $4 RETURNING hidden_at"),
                vec![
                    self.database.now().0.into(),
                    own.into(),
                    reason.into(),
                    post.id.into(),
                ],
            ))
            .await
            .map_err(to_domain)?;
        let Some(deleted) = deleted else {
            return Ok(());
        };
        let was_hidden: Option<i64> = deleted.try_get("", "hidden_at").map_err(to_domain)?;
        hidden_text::Entity::delete_by_id(post.id)
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        post_version::Entity::delete_many()
            .filter(post_version::Column::PostId.eq(post.id))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        reaction::Entity::delete_many()
            .filter(reaction::Column::PostId.eq(post.id))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if number == 1 {
            unpin(&write, "topic_id = $1", topic.id).await?;
            // The title is what its author wrote, too.
            let untitled = topic::ActiveModel {
                id: Set(topic.id),
                title: Set(String::new()),
                title_words: Set(String::new()),
                account_id: Set(None),
                alias: Set(None),
                hidden_at: Set(None),
                ..Default::default()
            };
            untitled.update(write.on()).await.map_err(to_domain)?;
        }
        if is_by_expert(&post) && was_hidden.is_none() {
            // Not counted anew: an answer that is being written would be missed.
            let one = "UPDATE topic SET expert_answers = expert_answers - 1 WHERE id = $1";
            write
                .on()
                .execute_raw(self.database.statement(one, vec![topic.id.into()]))
                .await
                .map_err(to_domain)?;
        }
        let kind = EventKind::PostDeleted;
        let nameless = own && post.alias.is_some();
        let condition = Some(topic.condition_id);
        write
            .record_as(nameless, kind, Some(post.id), condition)
            .await?;
        write.commit().await
    }
}

/// Puts topics that have lost their titles back among the others.
pub(in crate::community) async fn unpin(write: &Write<'_>, which: &str, value: Uuid) -> Result<()> {
    let on = write.on();
    let sql = format!("DELETE FROM pinned_topic WHERE {which}");
    let backend = on.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [value.into()]);
    on.execute_raw(statement)
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Erases everything that a person wrote: each post as if they had deleted it, and the titles of the
/// topics that they started.
pub(crate) async fn erase_all(write: &Write<'_>, database: &Database, account: Uuid) -> Result<()> {
    let (theirs, started) = (
        is_by("post", "post.topic_id", "$1"),
        is_by("topic", "topic.id", "$1"),
    );
    let written = format!(
        "SELECT post.id, post.alias, t.condition_id FROM post JOIN topic t ON t.id = post.topic_id \
         WHERE {theirs} AND post.deleted_at IS NULL ORDER BY post.id"
    );
    let written = write
        .on()
        .query_all_raw(database.statement(&written, vec![account.into()]))
        .await
        .map_err(to_domain)?;
    let now = database.now().0;
    let blank = format!("{BLANK} AND {}", is_by("post", "post.topic_id", "$4"));
    unpin(
        write,
        &format!("topic_id IN (SELECT topic.id FROM topic WHERE {started})"),
        account,
    )
    .await?;
    let answered =
        "id IN (SELECT topic_id FROM post WHERE account_id = $1 AND answers_as = 'expert')";
    // Answers that are being written come before or not at all: the next statement sees them.
    let lock = format!("UPDATE topic SET expert_answers = expert_answers WHERE {answered}");
    let recount = format!("{RECOUNT} {answered}");
    let versions = format!(
        "DELETE FROM post_version WHERE post_id IN (SELECT post.id FROM post WHERE {theirs})"
    );
    let reactions =
        format!("DELETE FROM reaction WHERE post_id IN (SELECT post.id FROM post WHERE {theirs})");
    let hidden = format!(
        "DELETE FROM hidden_text WHERE post_id IN (SELECT post.id FROM post WHERE {theirs})"
    );
    let untitle = format!(
        "UPDATE topic SET title = '', title_words = '', hidden_at = NULL, alias = NULL \
         WHERE {started}"
    );
    // First the posts, so that an edit under way comes before or not at all.
    for (sql, values) in [
        (
            &blank,
            vec![now.into(), true.into(), "".into(), account.into()],
        ),
        (&versions, vec![account.into()]),
        (&reactions, vec![account.into()]),
        (&hidden, vec![account.into()]),
        (&untitle, vec![account.into()]),
        (&lock, vec![account.into()]),
        (&recount, vec![account.into()]),
    ] {
        write
            .on()
            .execute_raw(database.statement(sql, values))
            .await
            .map_err(to_domain)?;
    }
    // What reads the log forgets them, too.
    for row in written {
        let post: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let condition: Uuid = row.try_get("", "condition_id").map_err(to_domain)?;
        let alias: Option<i64> = row.try_get("", "alias").map_err(to_domain)?;
        let (kind, nameless) = (EventKind::PostDeleted, alias.is_some());
        write
            .record_as(nameless, kind, Some(post), Some(condition))
            .await?;
    }
    Ok(())
}
