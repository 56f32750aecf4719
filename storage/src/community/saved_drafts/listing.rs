//! The drafts of somebody, wherever they belong.

use std::collections::HashMap;

use domain::{
    Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{
        DraftText, SavedDraft, SavedDraftLine, SavedDraftPlace, TopicKind, TopicLink, TopicScope,
    },
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use crate::{
    community::{
        CommunityStore,
        discussions::reading::{admits, person, topic_sql},
    },
    error::to_domain,
};

fn read(
    row: &QueryResult,
    topics: &HashMap<Uuid, TopicLink>,
) -> std::result::Result<SavedDraftLine, DbErr> {
    let place = if let Some(topic) = row.try_get::<Option<Uuid>>("", "topic_id")? {
        SavedDraftPlace::Adds(topics.get(&topic).cloned())
    } else {
        let kind: String = row.try_get("", "kind")?;
        SavedDraftPlace::Begins {
            kind: TopicKind::from_name(&kind),
            condition: ConditionLink {
                slug: row.try_get("", "slug")?,
                name: row.try_get("", "name")?,
            },
        }
    };
    Ok(SavedDraftLine {
        place,
        draft: SavedDraft {
            version: row.try_get("", "version")?,
            content: DraftText {
                title: row.try_get("", "title")?,
                text: row.try_get("", "text")?,
                content_note: row.try_get("", "content_note")?,
                in_reply_to: row.try_get("", "in_reply_to")?,
            },
            saved: Timestamp(row.try_get("", "saved_at")?),
        },
    })
}

impl CommunityStore {
    pub(super) async fn list_drafts(&self, actor: Actor) -> Result<Vec<SavedDraftLine>> {
        let topics = self.topics_with_drafts(actor).await?;
        // There are few: see `SAVED_DRAFTS_MOST`.
        let sql = "SELECT d.version, d.topic_id, d.kind, d.title, d.text, d.content_note, \
                   d.in_reply_to, d.saved_at, c.slug, c.name FROM post_draft d \
                   LEFT JOIN condition c ON c.id = d.condition_id \
                   WHERE d.account_id = $1 ORDER BY d.saved_at DESC, d.id DESC";
        let values = vec![person(actor)];
        let rows = self.database.query(sql, values).await.map_err(to_domain)?;
        let lines: std::result::Result<Vec<_>, DbErr> =
            rows.iter().map(|row| read(row, &topics)).collect();
        lines.map_err(to_domain)
    }

    /// The topics for which who asks has drafts, as far as they are for them.
    async fn topics_with_drafts(&self, actor: Actor) -> Result<HashMap<Uuid, TopicLink>> {
        let sql = topic_sql(actor, &admits(TopicScope::of(actor)))
            + "AND t.id IN (SELECT d.topic_id FROM post_draft d WHERE d.account_id = $1)";
        let topics = self.topics_of(&sql, vec![person(actor)]).await?;
        Ok(topics
            .into_iter()
            .map(|topic| (topic.id, topic.link()))
            .collect())
    }
}
