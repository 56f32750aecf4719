//! First posts, for who wrote them and who decides.

use std::collections::HashMap;

use domain::{
    Result, SafeHtml,
    account::Actor,
    catalogue::{ConditionLink, Resolved},
    community::{
        FirstPost, FirstPostList, FirstPostPlace, TopicAudience, TopicKind, TopicLink, TopicScope,
        WaitingFirstPosts,
    },
    policy::{Action, Scope, permit_in},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use crate::{
    account::{IN_GOOD_STANDING, in_good_standing},
    catalogue::address,
    community::{
        CommunityStore,
        discussions::{
            reading::{admits, person, topic_sql},
            render,
        },
    },
    error::to_domain,
    wiki::{author, author_columns, markdown},
};

/// First posts in one list.
const PAGE: usize = 20;

/// Others' that wait, while their authors may write.
const WAITING: &str = concat!(
    "f.account_id <> $1 AND f.declined_at IS NULL AND EXISTS (SELECT 1 FROM account writer \
     WHERE writer.id = f.account_id AND ",
    in_good_standing!("writer"),
    ") ORDER BY f.created_at, f.id"
);

const OWN: &str = "f.account_id = $1 ORDER BY f.created_at DESC, f.id DESC";

/// A first post without its text, and its Markdown; nothing where it is for a topic that is not for who
/// reads.
fn read(
    row: &QueryResult,
    topics: &HashMap<Uuid, TopicLink>,
) -> std::result::Result<Option<(FirstPost, String)>, DbErr> {
    let place = match row.try_get::<Option<Uuid>>("", "topic_id")? {
        None => {
            let kind: String = row.try_get("", "kind")?;
            let audience: Option<String> = row.try_get("", "audience")?;
            let title: Option<String> = row.try_get("", "title")?;
            FirstPostPlace::Topic {
                kind: TopicKind::from_name(&kind),
                title: title.unwrap_or_default(),
                audience: TopicAudience::from_name(&audience.unwrap_or_default()),
            }
        }
        Some(topic) => match topics.get(&topic) {
            Some(topic) => FirstPostPlace::Post {
                topic: topic.clone(),
                in_reply_to: row.try_get("", "in_reply_to")?,
            },
            None => return Ok(None),
        },
    };
    let anonymous: bool = row.try_get("", "anonymous")?;
    let post = FirstPost {
        id: row.try_get("", "public_id")?,
        place,
        author: (!anonymous).then(|| author(row)).transpose()?,
        html: SafeHtml::default(),
        content_note: row.try_get("", "content_note")?,
        written: Timestamp(row.try_get("", "created_at")?),
        declined: row.try_get("", "reason")?,
    };
    Ok(Some((post, row.try_get("", "text")?)))
}

impl CommunityStore {
    pub(super) async fn list_first_posts(
        &self,
        actor: Actor,
        slug: &str,
    ) -> Result<Resolved<FirstPostList>> {
        let condition = match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let role = self.in_community(actor, condition.id).await?.role;
        let decides = permit_in(actor, Action::DecideFirstPosts, role).is_ok();
        let topics = self.topics_with_first_posts(actor, condition.id).await?;
        let which = (condition.id, OWN);
        let own = self.some(actor, which, &topics).await?;
        let mut waiting = if decides {
            let which = (condition.id, WAITING);
            Some(self.some(actor, which, &topics).await?)
        } else {
            None
        };
        let more = waiting.as_ref().is_some_and(|posts| posts.len() > PAGE);
        if let Some(posts) = &mut waiting {
            posts.truncate(PAGE);
        }
        Ok(Resolved::Here(FirstPostList {
            condition: condition.link,
            own,
            waiting,
            more,
        }))
    }

    async fn some(
        &self,
        actor: Actor,
        (condition, which): (Uuid, &str),
        topics: &HashMap<Uuid, TopicLink>,
    ) -> Result<Vec<FirstPost>> {
        let sql = format!(
            "SELECT f.public_id, f.topic_id, f.kind, f.title, f.audience, f.in_reply_to, f.text, \
             f.content_note, f.anonymous, f.created_at, f.reason, {} FROM first_post f \
             LEFT JOIN account ON account.id = f.account_id AND NOT f.anonymous \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE f.condition_id = $2 AND {which} LIMIT {}",
            author_columns(Scope::of(actor)),
            PAGE + 1
        );
        let values = vec![person(actor), condition.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let mut posts = Vec::new();
        for row in &rows {
            if let Some((post, text)) = read(row, topics).map_err(to_domain)? {
                let html = markdown::stored(render(&text).await?);
                posts.push(FirstPost { html, ..post });
            }
        }
        Ok(posts)
    }

    /// The topics for which first posts of a community wait, as far as they are for who asks.
    async fn topics_with_first_posts(
        &self,
        actor: Actor,
        condition: Uuid,
    ) -> Result<HashMap<Uuid, TopicLink>> {
        let sql = topic_sql(actor, &admits(TopicScope::of(actor)))
            + "AND t.id IN (SELECT f.topic_id FROM first_post f WHERE f.condition_id = $2)";
        let topics = self
            .topics_of(&sql, vec![person(actor), condition.into()])
            .await?;
        Ok(topics
            .into_iter()
            .map(|topic| (topic.id, topic.link()))
            .collect())
    }

    /// So many communities in which first posts wait.
    pub(in crate::community) async fn with_first_posts(
        &self,
        most: usize,
    ) -> Result<Vec<WaitingFirstPosts>> {
        let sql = format!(
            "SELECT c.slug, c.name, count(*) AS posts, min(f.created_at) AS since \
             FROM first_post f JOIN condition c ON c.id = f.condition_id \
             JOIN account ON account.id = f.account_id \
             WHERE f.declined_at IS NULL AND {IN_GOOD_STANDING} \
             GROUP BY c.id, c.slug, c.name ORDER BY since, c.slug LIMIT {most}"
        );
        let rows = self.database.query(&sql, vec![]).await.map_err(to_domain)?;
        let found = rows.iter().map(|row| {
            Ok(WaitingFirstPosts {
                condition: ConditionLink {
                    slug: row.try_get("", "slug")?,
                    name: row.try_get("", "name")?,
                },
                posts: row.try_get("", "posts")?,
                since: Timestamp(row.try_get("", "since")?),
            })
        });
        let found: std::result::Result<Vec<_>, DbErr> = found.collect();
        found.map_err(to_domain)
    }
}
