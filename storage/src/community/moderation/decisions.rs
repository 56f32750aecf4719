//! What was decided about a person, as that person reads it, and their appeals.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{
        Appeal, AppealState, DecidedPost, Decision, DecisionList, TopicKind, TopicLink, TopicScope,
        appeal_until, check_appeal,
    },
    event::EventKind,
    time::Timestamp,
};
use sea_orm::{DbErr, EntityTrait, QueryResult, Set, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    decision_kind, lifted,
    reading::{MOVED_COLUMNS, MOVED_JOINS, moved},
};
use crate::{
    community::{
        CommunityStore,
        aliases::is_by,
        discussions::reading::{admits, person, shown_title},
        entity::appeal,
        forbidden,
    },
    error::to_domain,
    token::{self, storable},
    write::Write,
};

/// Decisions on one page.
const PAGE: usize = 30;

/// Decisions about the person `$1`, as rows `d`: about what they have written, and about their account.
fn own() -> String {
    format!(
        "(SELECT m.id, m.public_id, m.created_at, m.kind AS content_kind, \
     NULL AS action_kind, NULL AS role, NULL AS until_at, m.reason, m.lifted_at, m.topic_id, m.post_number, \
     m.from_condition_id, m.to_condition_id FROM post p \
     JOIN content_moderation m ON m.topic_id = p.topic_id AND m.post_number = p.number \
     WHERE {} UNION ALL \
     SELECT o.id, o.public_id, o.created_at, NULL, o.kind, o.role, o.until_at, o.reason, NULL, NULL, NULL, \
     NULL, NULL FROM moderation_action o WHERE o.account_id = $1) AS d",
        is_by("p", "p.topic_id", "$1")
    )
}

/// A decision's key, and whether it is about what somebody has written.
pub(super) struct Key {
    id: Uuid,
    is_content: bool,
}

/// A topic by the columns `topic_public_id` and so on, if who asks reads it.
pub(super) fn decided_post(row: &QueryResult) -> std::result::Result<Option<DecidedPost>, DbErr> {
    let Some(id) = row.try_get::<Option<String>>("", "topic_public_id")? else {
        return Ok(None);
    };
    let kind: String = row.try_get("", "topic_kind")?;
    let kind = TopicKind::from_name(&kind);
    let title: String = row.try_get("", "title")?;
    let hidden: Option<i64> = row.try_get("", "topic_hidden_at")?;
    Ok(Some(DecidedPost {
        topic: TopicLink {
            kind,
            id,
            words: kind.words(&title),
            title: shown_title(kind, title, hidden.is_some()),
            condition: ConditionLink {
                slug: row.try_get("", "slug")?,
                name: row.try_get("", "name")?,
            },
        },
        number: row.try_get("", "post_number")?,
    }))
}

/// The columns that [`decided_post`] reads, of the topic `t` and its condition `c`.
pub(super) const POST_COLUMNS: &str = "t.public_id AS topic_public_id, t.kind AS topic_kind, \
     t.title, t.hidden_at AS topic_hidden_at, c.slug, c.name";

/// An appeal by the columns of its row.
pub(super) fn appeal_of(row: &QueryResult) -> std::result::Result<Option<Appeal>, DbErr> {
    let Some(state) = row.try_get::<Option<String>>("", "state")? else {
        return Ok(None);
    };
    let decided: Option<i64> = row.try_get("", "decided_at")?;
    Ok(Some(Appeal {
        words: row.try_get("", "words")?,
        made: Timestamp(row.try_get("", "made_at")?),
        state: AppealState::from_name(&state),
        answer: row.try_get("", "answer")?,
        decided: decided.map(Timestamp),
    }))
}

fn decision(row: &QueryResult, now: i64) -> std::result::Result<(Key, Decision), DbErr> {
    let kind = decision_kind(row)?;
    let taken = Timestamp(row.try_get("", "created_at")?);
    let (appeal, lifted) = (appeal_of(row)?, lifted(row)?);
    let until = appeal_until(taken);
    let may_appeal =
        kind.can_be_appealed() && appeal.is_none() && lifted.is_none() && now < until.0;
    let content: Option<String> = row.try_get("", "content_kind")?;
    let key = Key {
        id: row.try_get("", "id")?,
        is_content: content.is_some(),
    };
    let decision = Decision {
        id: row.try_get("", "public_id")?,
        kind,
        reason: row.try_get("", "reason")?,
        taken,
        lifted,
        post: decided_post(row)?,
        moved: moved(row)?,
        appeal,
        may_appeal_until: may_appeal.then_some(until),
    };
    Ok((key, decision))
}

/// Selects decisions about the person `$1`.
fn own_sql(actor: Actor) -> String {
    format!(
        "SELECT d.id, d.public_id, d.created_at, d.content_kind, d.action_kind, d.role, d.until_at, d.reason, \
         d.lifted_at, d.post_number, a.words, a.state, a.made_at, a.answer, a.decided_at, \
         {POST_COLUMNS}, {MOVED_COLUMNS} FROM {} \
         LEFT JOIN appeal a ON a.content_moderation_id = d.id OR a.moderation_action_id = d.id \
         LEFT JOIN topic t ON t.id = d.topic_id AND {} \
         LEFT JOIN condition c ON c.id = t.condition_id {MOVED_JOINS} WHERE 1 = 1 ",
        own(),
        admits(TopicScope::of(actor))
    )
}

impl CommunityStore {
    pub(super) async fn decisions_of(
        &self,
        actor: Actor,
        after: Option<&str>,
    ) -> Result<DecisionList> {
        let mut values = vec![person(actor)];
        let mut behind = "";
        if let Some(after) = after {
            let sql = format!(
                "SELECT d.created_at, d.id FROM {} WHERE d.public_id = $2",
                own()
            );
            let named = vec![person(actor), storable(after)?.into()];
            let row = self.database.query_one(&sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let at: i64 = row.try_get("", "created_at").map_err(to_domain)?;
            let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
            values.extend([at.into(), id.into()]);
            behind = "AND (d.created_at, d.id) < ($2, $3) ";
        }
        let sql = format!(
            "{}{behind}ORDER BY d.created_at DESC, d.id DESC LIMIT {}",
            own_sql(actor),
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let now = self.database.now().0;
        let read = rows.iter().map(|row| decision(row, now));
        let found: std::result::Result<Vec<_>, _> = read.collect();
        let found = found.map_err(to_domain)?.into_iter();
        let mut decisions: Vec<_> = found.map(|(_, decision)| decision).collect();
        let more = decisions.len() > PAGE;
        decisions.truncate(PAGE);
        let next = decisions
            .last()
            .filter(|_| more)
            .map(|last| last.id.clone());
        Ok(DecisionList { decisions, next })
    }

    pub(super) async fn decision_of(&self, actor: Actor, id: &str) -> Result<(Key, Decision)> {
        let sql = format!("{}AND d.public_id = $2", own_sql(actor));
        let values = vec![person(actor), storable(id)?.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        decision(&row, self.database.now().0).map_err(to_domain)
    }

    pub(super) async fn make_appeal(&self, actor: Actor, id: &str, words: &str) -> Result<()> {
        let (key, decision) = self.decision_of(actor, id).await?;
        let words = check_appeal("words", words)?;
        if let Some(appeal) = decision.appeal {
            // The same form sent twice.
            return if appeal.words == words {
                Ok(())
            } else {
                Err(forbidden("you have appealed already."))
            };
        }
        if !decision.kind.can_be_appealed() || decision.lifted.is_some() {
            return Err(forbidden("there is nothing to appeal against."));
        }
        if decision.may_appeal_until.is_none() {
            return Err(forbidden("the time to appeal is over."));
        }
        let appeal = Uuid::now_v7();
        let row = appeal::ActiveModel {
            id: Set(appeal),
            public_id: Set(token::public_id()?),
            content_moderation_id: Set(Some(key.id).filter(|_| key.is_content)),
            moderation_action_id: Set(Some(key.id).filter(|_| !key.is_content)),
            words: Set(words),
            state: Set(AppealState::Waiting.as_str().to_owned()),
            made_at: Set(self.database.now().0),
            answer: Set(String::new()),
            decided_at: Set(None),
        };
        let write = Write::begin(&self.database, actor).await?;
        let made = appeal::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        if made == 0 {
            return Err(Error::Conflict);
        }
        // An appeal must not tell whose post it is about.
        write
            .record_as(true, EventKind::AppealMade, Some(appeal), None)
            .await?;
        write.commit().await
    }
}
