//! Appeals as those read them who decide.

use domain::{
    Error, Result,
    account::Actor,
    community::{AppealLine, AppealList, AppealObstacle, AppealState, AppealToDecide},
    policy::Scope,
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::{
    decision_kind,
    decisions::{POST_COLUMNS, appeal_of, decided_post},
    lifted,
};
use crate::{
    account::SUSPEND,
    community::{CommunityStore, aliases::is_by, discussions::reading::person, queue::Queue},
    error::to_domain,
    token::storable,
    wiki::{author, author_columns, markdown},
};

/// Appeals on one page of the list.
const PAGE: usize = 30;

/// Appeals `a`, with what they are about: `d` or `o`.
const APPEALS: &str = "FROM appeal a LEFT JOIN content_moderation d ON d.id = a.content_moderation_id \
     LEFT JOIN moderation_action o ON o.id = a.moderation_action_id ";

/// What who decides needs besides.
pub(super) struct Keys {
    pub(super) appeal: Uuid,
    /// What was done with a post or a topic, with the topic and its community.
    pub(super) content: Option<(Uuid, Uuid, Uuid)>,
    /// Where a topic was moved from, and to.
    pub(super) moved: Option<(Uuid, Uuid)>,
    /// Whose account it is about.
    pub(super) account: Option<Uuid>,
    /// Whether it is the last suspension of the account.
    pub(super) is_last: bool,
}

fn line(row: &QueryResult) -> std::result::Result<AppealLine, DbErr> {
    let state: String = row.try_get("", "state")?;
    Ok(AppealLine {
        id: row.try_get("", "public_id")?,
        kind: decision_kind(row)?,
        made: Timestamp(row.try_get("", "made_at")?),
        state: AppealState::from_name(&state),
    })
}

fn keys(row: &QueryResult) -> std::result::Result<Keys, DbErr> {
    let content: Option<Uuid> = row.try_get("", "content_id")?;
    let topic: Option<Uuid> = row.try_get("", "topic_id")?;
    let community: Option<Uuid> = row.try_get("", "community_id")?;
    let from: Option<Uuid> = row.try_get("", "from_condition_id")?;
    let to: Option<Uuid> = row.try_get("", "to_condition_id")?;
    Ok(Keys {
        appeal: row.try_get("", "appeal_id")?,
        content: content
            .zip(topic)
            .zip(community)
            .map(|((content, topic), community)| (content, topic, community)),
        moved: from.zip(to),
        account: row.try_get("", "account_id")?,
        is_last: row.try_get::<i32>("", "is_last")? == 1,
    })
}

fn whole(row: &QueryResult) -> std::result::Result<AppealToDecide, DbErr> {
    let is =
        |column| -> std::result::Result<bool, DbErr> { Ok(row.try_get::<i32>("", column)? == 1) };
    let obstacle = if is("concerned")? {
        Some(AppealObstacle::Concerned)
    } else if is("took")? {
        Some(AppealObstacle::TookDecision)
    } else {
        None
    };
    let missing = || DbErr::Type("an appeal without a state".to_owned());
    let account: Option<Uuid> = row.try_get("", "account_id")?;
    let taker: Option<String> = row.try_get("", "taker")?;
    let html: Option<String> = row.try_get("", "html")?;
    Ok(AppealToDecide {
        id: row.try_get("", "public_id")?,
        appeal: appeal_of(row)?.ok_or_else(missing)?,
        kind: decision_kind(row)?,
        reason: row.try_get("", "reason")?,
        taken: Timestamp(row.try_get("", "taken_at")?),
        // Whom a decision concerns is told why, never by whom.
        by: taker.filter(|_| obstacle != Some(AppealObstacle::Concerned)),
        lifted: lifted(row)?,
        post: decided_post(row)?,
        html: html.map(markdown::stored),
        account: account.map(|_| author(row)).transpose()?,
        obstacle,
    })
}

impl CommunityStore {
    pub(in crate::community) async fn appeal_list(
        &self,
        decided: bool,
        after: Option<&str>,
    ) -> Result<AppealList> {
        let queue = Queue {
            table: "appeal",
            row: "a",
        };
        let (part, values) = self.part_of(queue, decided, after, PAGE).await?;
        let sql = format!(
            "SELECT a.public_id, a.state, a.made_at, d.kind AS content_kind, \
             o.kind AS action_kind, o.role, o.until_at {APPEALS}{part}"
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let appeals: std::result::Result<Vec<_>, _> = rows.iter().map(line).collect();
        let mut appeals = appeals.map_err(to_domain)?;
        let more = appeals.len() > PAGE;
        appeals.truncate(PAGE);
        let next = appeals.last().filter(|_| more).map(|last| last.id.clone());
        Ok(AppealList { appeals, next })
    }

    /// An appeal, for who decides.
    pub(super) async fn appeal_with(
        &self,
        actor: Actor,
        id: &str,
    ) -> Result<(Keys, AppealToDecide)> {
        let sql = format!(
            "SELECT a.id AS appeal_id, a.public_id, a.words, a.state, a.made_at, a.answer, \
             a.decided_at, d.id AS content_id, d.topic_id, d.post_number, d.lifted_at, \
             d.from_condition_id, d.to_condition_id, t.condition_id AS community_id, \
             o.account_id, d.kind AS content_kind, o.kind AS action_kind, o.role, o.until_at, \
             coalesce(d.reason, o.reason) AS reason, \
             coalesce(d.created_at, o.created_at) AS taken_at, taker.display_name AS taker, \
             CASE WHEN coalesce(d.actor_id, o.actor_id) = $1 THEN 1 ELSE 0 END AS took, \
             CASE WHEN o.account_id = $1 OR {concerned} THEN 1 ELSE 0 END AS concerned, \
             CASE WHEN EXISTS (SELECT 1 FROM moderation_action n \
             WHERE n.account_id = o.account_id AND n.kind = '{SUSPEND}' \
             AND (n.created_at, n.id) > (o.created_at, o.id)) THEN 0 ELSE 1 END AS is_last, \
             h.html, {names}, {POST_COLUMNS} {APPEALS}\
             LEFT JOIN topic t ON t.id = d.topic_id LEFT JOIN condition c ON c.id = t.condition_id \
             LEFT JOIN post p ON p.topic_id = d.topic_id AND p.number = d.post_number \
             LEFT JOIN hidden_text h ON h.post_id = p.id \
             LEFT JOIN account ON account.id = o.account_id \
             LEFT JOIN profile ON profile.account_id = account.id \
             LEFT JOIN account taker ON taker.id = coalesce(d.actor_id, o.actor_id) \
             WHERE a.public_id = $2",
            concerned = is_by("p", "p.topic_id", "$1"),
            names = author_columns(Scope::of(actor)),
        );
        let values = vec![person(actor), storable(id)?.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let read = || Ok::<_, DbErr>((keys(&row)?, whole(&row)?));
        read().map_err(to_domain)
    }
}
