//! Reactions to posts: given, taken back, and counted for whoever reads the post.

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Member},
    community::{Reacting, ReactionCount, ReactionKind, Reactions, TopicLink},
    policy::{Action, Quota},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::{CommunityStore, discussions::reading::Topic, entity::post, forbidden, not_joined};
use crate::{DatabaseKind, error::to_domain, quota, write::Write};

/// The column of what the post in the row `p` was given, with whether the person `$1` is among those
/// who gave it. A deleted post has lost what it was given; a hidden one has it
/// again when it is shown.
pub(super) fn column(kind: DatabaseKind) -> String {
    let rows = kind.json_rows(
        "given.kind, given.people, given.own",
        "given.kind",
        "(SELECT r.kind, count(*) AS people, \
         max(CASE WHEN r.account_id = $1 THEN 1 ELSE 0 END) AS own \
         FROM reaction r WHERE r.post_id = p.id AND p.hidden_at IS NULL GROUP BY r.kind) AS given",
    );
    format!("{rows} AS reactions")
}

/// What it says.
pub(super) fn counts(row: &QueryResult) -> std::result::Result<Vec<ReactionCount>, DbErr> {
    let given: String = row.try_get("", "reactions")?;
    let given: Vec<(String, i64, i64)> =
        serde_json::from_str(&given).map_err(|error| DbErr::Type(error.to_string()))?;
    let of = |kind: ReactionKind| {
        given
            .iter()
            .find(|(name, ..)| name == kind.as_str())
            .map(|(_, count, own)| ReactionCount {
                kind,
                count: *count,
                own: *own == 1,
            })
    };
    Ok(ReactionKind::ALL.into_iter().filter_map(of).collect())
}

impl CommunityStore {
    /// A post to which somebody can react.
    async fn of_others(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        number: i64,
    ) -> Result<(Topic, post::Model)> {
        let topic = self.readable(actor, id).await?;
        let post = self.post(topic.id, number).await?;
        if post.deleted_at.is_some() || post.hidden_at.is_some() {
            return Err(Error::NotFound);
        }
        if self.is_by(&post, member).await? {
            return Err(forbidden("you cannot react to your own post."));
        }
        if !topic.joined {
            return Err(not_joined());
        }
        Ok((topic, post))
    }
}

#[async_trait]
impl Reactions for CommunityStore {
    async fn reacting(&self, actor: Actor, id: &str, number: i64) -> Result<Reacting> {
        let member = Self::person(actor, Action::React)?;
        let (topic, _) = self.of_others(actor, member, id, number).await?;
        let (posts, _) = self.posts(actor, topic.id, number - 1, 1).await?;
        let post = posts.into_iter().find(|post| post.number == number);
        Ok(Reacting {
            topic: topic.link(),
            post: post.ok_or(Error::NotFound)?,
        })
    }

    async fn react(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        kind: ReactionKind,
    ) -> Result<TopicLink> {
        let member = Self::person(actor, Action::React)?;
        let (topic, post) = self.of_others(actor, member, id, number).await?;
        let write = Write::begin(&self.database, actor).await?;
        self.joined_still(&write, topic.condition_id).await?;
        // Locks the post, so that what is deleted at the same time is left with nothing.
        let sql = format!(
            "INSERT INTO reaction (post_id, kind, account_id, created_at) \
             SELECT p.id, $2, $3, $4 FROM post p WHERE p.id = $1 AND p.deleted_at IS NULL \
             AND p.hidden_at IS NULL{} \
             ON CONFLICT DO NOTHING",
            self.database.kind().locked()
        );
        let values = vec![
            post.id.into(),
            kind.as_str().into(),
            member.account.0.into(),
            self.database.now().0.into(),
        ];
        let given = write
            .on()
            .execute_raw(self.database.statement(&sql, values))
            .await
            .map_err(to_domain)?;
        if given.rows_affected() > 0 {
            quota::spend(&write, &self.database, actor, Quota::Reactions).await?;
            write.commit().await?;
        }
        Ok(topic.link())
    }

    async fn take_reaction_back(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        kind: ReactionKind,
    ) -> Result<TopicLink> {
        let member = Self::person(actor, Action::DeleteOwnPosts)?;
        let topic = self.readable(actor, id).await?;
        let write = Write::begin(&self.database, actor).await?;
        let sql = "DELETE FROM reaction WHERE account_id = $1 AND kind = $2 AND post_id IN \
             (SELECT p.id FROM post p WHERE p.topic_id = $3 AND p.number = $4)";
        let values = vec![
            member.account.0.into(),
            kind.as_str().into(),
            topic.id.into(),
            number.into(),
        ];
        write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map_err(to_domain)?;
        write.commit().await?;
        Ok(topic.link())
    }
}
