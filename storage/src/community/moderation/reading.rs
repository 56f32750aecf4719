//! Posts and topics as moderators see them, and hidden texts as those see them who may.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{AppealState, ContentAction, ModerationEntry, Post, PostModeration},
    policy::{Action, permit},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::lifted;
use crate::{
    community::{CommunityStore, aliases::is_by, discussions::reading::person},
    error::to_domain,
    wiki::markdown,
};

/// What was done that is shown of one topic.
const SHOWN: usize = 50;

/// From where to where a topic was moved: the joins of a decision in the row `d`, and the columns.
pub(super) const MOVED_JOINS: &str = "LEFT JOIN condition f ON f.id = d.from_condition_id \
     LEFT JOIN condition g ON g.id = d.to_condition_id";
pub(super) const MOVED_COLUMNS: &str =
    "f.slug AS from_slug, f.name AS from_name, g.slug AS to_slug, g.name AS to_name";

/// The same as it is read.
pub(super) fn moved(
    row: &QueryResult,
) -> std::result::Result<Option<(ConditionLink, ConditionLink)>, DbErr> {
    let link = |slug: &str, name: &str| -> std::result::Result<Option<ConditionLink>, DbErr> {
        let slug: Option<String> = row.try_get("", slug)?;
        let name: Option<String> = row.try_get("", name)?;
        Ok(slug
            .zip(name)
            .map(|(slug, name)| ConditionLink { slug, name }))
    };
    Ok(link("from_slug", "from_name")?.zip(link("to_slug", "to_name")?))
}

fn entry(row: &QueryResult) -> std::result::Result<Option<ModerationEntry>, DbErr> {
    let kind: String = row.try_get("", "kind")?;
    let state: Option<String> = row.try_get("", "state")?;
    let Some(action) = ContentAction::from_name(&kind) else {
        return Ok(None);
    };
    Ok(Some(ModerationEntry {
        action,
        number: row.try_get("", "post_number")?,
        reason: row.try_get("", "reason")?,
        by: row.try_get("", "taker")?,
        taken: Timestamp(row.try_get("", "created_at")?),
        lifted: lifted(row)?,
        moved: moved(row)?,
        appeal: state.as_deref().map(AppealState::from_name),
    }))
}

impl CommunityStore {
    pub(super) async fn to_moderate(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
    ) -> Result<PostModeration> {
        let topic = self.readable(actor, id).await?;
        let before = number.saturating_sub(1);
        let (posts, _) = self.posts(actor, topic.id, before, 1).await?;
        let post = posts.into_iter().find(|post| post.number == number);
        let post = post.ok_or(Error::NotFound)?;
        let sql = format!(
            "SELECT d.kind, d.post_number, d.reason, d.created_at, d.lifted_at, a.state, \
             a.decided_at, taker.display_name AS taker, {MOVED_COLUMNS} \
             FROM content_moderation d LEFT JOIN appeal a ON a.content_moderation_id = d.id \
             LEFT JOIN account taker ON taker.id = d.actor_id {MOVED_JOINS} \
             WHERE d.topic_id = $1 AND (d.post_number = $2 OR d.kind IN ('lock', 'unlock', 'move')) \
             ORDER BY d.created_at DESC, d.id DESC LIMIT {SHOWN}"
        );
        let values = vec![topic.id.into(), number.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let history: std::result::Result<Vec<_>, _> = rows.iter().map(entry).collect();
        let mut history: Vec<_> = history.map_err(to_domain)?.into_iter().flatten().collect();
        // Whom a decision concerns is told why, never by whom.
        for entry in &mut history {
            let concerned = if entry.action.is_of_topic() {
                topic.own
            } else {
                post.own
            };
            if concerned {
                entry.by = None;
            }
        }
        Ok(PostModeration {
            audience: topic.line.audience,
            own: post.own,
            own_topic: topic.own,
            post,
            locked: topic.locked.clone(),
            history,
            topic: topic.link(),
        })
    }

    /// Puts the texts of hidden posts of a topic in, for who may read them: moderators, and the author,
    /// who is told by which decision.
    pub(in crate::community) async fn reveal(
        &self,
        actor: Actor,
        topic: Uuid,
        posts: &mut [Post],
    ) -> Result<()> {
        // The operator reads like a visitor.
        let moderates = actor.member().is_some() && permit(actor, Action::ModerateContent).is_ok();
        let numbers = posts
            .iter()
            .filter(|post| post.hidden.is_some() && (moderates || post.own))
            .map(|post| post.number);
        let (Some(first), Some(last)) = (numbers.clone().min(), numbers.max()) else {
            return Ok(());
        };
        let sql = format!(
            "SELECT p.number, h.html, h.title, m.public_id, \
             CASE WHEN {} THEN 1 ELSE 0 END AS own \
             FROM post p JOIN hidden_text h ON h.post_id = p.id \
             JOIN content_moderation m ON m.id = h.moderation_id \
             WHERE p.topic_id = $2 AND p.number BETWEEN $3 AND $4",
            is_by("p", "p.topic_id", "$1")
        );
        let values = vec![person(actor), topic.into(), first.into(), last.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        for row in rows {
            let mut read = || -> std::result::Result<(), DbErr> {
                let number: i64 = row.try_get("", "number")?;
                let own = row.try_get::<i32>("", "own")? == 1;
                let post = posts.iter_mut().find(|post| post.number == number);
                let Some(post) = post.filter(|_| moderates || own) else {
                    return Ok(());
                };
                let Some(hidden) = &mut post.hidden else {
                    return Ok(());
                };
                let title: String = row.try_get("", "title")?;
                let decision: String = row.try_get("", "public_id")?;
                hidden.title = Some(title).filter(|title| !title.is_empty());
                hidden.decision = Some(decision).filter(|_| own);
                post.html = markdown::stored(row.try_get("", "html")?);
                Ok(())
            };
            read().map_err(to_domain)?;
        }
        Ok(())
    }
}
