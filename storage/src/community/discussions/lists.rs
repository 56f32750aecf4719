//! Lists of topics as somebody reads them.

use std::{cmp::Reverse, fmt::Write as _};

use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    community::{
        ConditionFollow, NewTopics, QuestionState, RecentTopic, RecentTopics, TopicKind, TopicList,
        TopicScope,
    },
};
use uuid::Uuid;

use super::reading::{Topic, admits, listed, may_write, person, topic_sql};
use crate::{
    catalogue::address, changes, community::CommunityStore, error::to_domain, token::storable,
};

/// Topics on one page of a list.
const PAGE: usize = 30;
/// Topics of each kind on the page of their condition.
const NEWEST: usize = 3;
/// Whether an expert has answered the question in the row `t`: 1 or 0, as the index has it.
const ANSWERED: &str = "(CASE WHEN t.expert_answers > 0 THEN 1 ELSE 0 END)";

impl CommunityStore {
    /// A page of topics of a kind, of a community or of all, behind the one with an id, and the id
    /// behind which the next one begins; with those that are pinned or without.
    pub(in crate::community) async fn lines(
        &self,
        actor: Actor,
        kind: TopicKind,
        community: Option<Uuid>,
        (after, pinned_too): (Option<&str>, bool),
    ) -> Result<(Vec<Topic>, Option<String>)> {
        let reading = self.lines_of(actor, kind, community, (after, pinned_too));
        changes::of_condition(community, reading).await
    }

    async fn lines_of(
        &self,
        actor: Actor,
        kind: TopicKind,
        community: Option<Uuid>,
        (after, pinned_too): (Option<&str>, bool),
    ) -> Result<(Vec<Topic>, Option<String>)> {
        let mut values = vec![person(actor)];
        let mut among = listed(kind);
        if let Some(community) = community {
            values.push(community.into());
            among.push_str("AND t.condition_id = $2 ");
        }
        if let Some(after) = after {
            // A topic that is not in this list for who asks has no place in it.
            let mut named = values.clone();
            named.push(storable(after)?.into());
            let sql = format!(
                "SELECT t.last_post_at, t.id FROM topic t WHERE {} {among}AND t.public_id = ${}",
                admits(TopicScope::of(actor)),
                named.len()
            );
            let row = self.database.query_one(&sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let at: i64 = row.try_get("", "last_post_at").map_err(to_domain)?;
            let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
            values.extend([at.into(), id.into()]);
            let first = values.len() - 1;
            // Writing to a String cannot fail.
            let _ = write!(
                among,
                "AND (t.last_post_at, t.id) < (${first}, ${}) ",
                first + 1
            );
        }
        // Behind the above: a topic that is pinned now still is where a page begins.
        if !pinned_too {
            among.push_str(
                "AND NOT EXISTS (SELECT 1 FROM pinned_topic pin WHERE pin.topic_id = t.id) ",
            );
        }
        let sql = format!(
            "{}{among}ORDER BY t.last_post_at DESC, t.id DESC LIMIT {}",
            topic_sql(actor, &admits(TopicScope::of(actor))),
            PAGE + 1
        );
        let mut topics = self.topics_of(&sql, values).await?;
        let more = topics.len() > PAGE;
        topics.truncate(PAGE);
        let next = topics
            .last()
            .filter(|_| more)
            .map(|last| last.line.id.clone());
        Ok((topics, next))
    }

    pub(super) async fn list(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<TopicList>> {
        let condition = match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let (kind, community) = (TopicKind::Discussion, Some(condition.id));
        let (topics, next) = self.lines(actor, kind, community, (after, false)).await?;
        let pinned = match after {
            None => self.pinned(actor, condition.id).await?,
            Some(_) => Vec::new(),
        };
        let joined = self.is_joined(actor, condition.id).await?;
        let followed = self.follows(actor, condition.id).await?;
        let following = followed.contains(&ConditionFollow::Discussions);
        Ok(Resolved::Here(TopicList {
            following: actor.member().map(|_| following),
            since: condition.since,
            condition: condition.link,
            pinned,
            topics: topics.into_iter().map(|topic| topic.line).collect(),
            next,
            joined,
            may_write: may_write(actor, joined),
        }))
    }

    /// Both kinds by one statement.
    pub(super) async fn first_lines(&self, actor: Actor, condition: Uuid) -> Result<NewTopics> {
        let topics = topic_sql(actor, &admits(TopicScope::of(actor)));
        let sql = format!(
            "SELECT * FROM ({topics}{}AND t.condition_id = $2 \
             ORDER BY t.last_post_at DESC, t.id DESC LIMIT {NEWEST}) AS discussions \
             UNION ALL SELECT * FROM ({topics}{}AND t.condition_id = $2 \
             AND t.decline_reason IS NULL ORDER BY {ANSWERED} DESC, \
             t.last_post_at DESC, t.id DESC LIMIT {NEWEST}) AS questions",
            listed(TopicKind::Discussion),
            listed(TopicKind::Question),
        );
        let reading = self.topics_of(&sql, vec![person(actor), condition.into()]);
        let mut topics = changes::of_condition(condition, reading).await?;
        // A union promises no order.
        topics.sort_by_key(|topic| {
            let answered = topic.line.question == Some(QuestionState::Answered);
            Reverse((answered, topic.line.last_post, topic.id))
        });
        let (discussions, questions) = topics
            .into_iter()
            .map(|topic| topic.line)
            .partition(|line| line.kind() == TopicKind::Discussion);
        Ok(NewTopics {
            discussions,
            questions,
        })
    }

    pub(super) async fn everywhere(
        &self,
        actor: Actor,
        after: Option<&str>,
    ) -> Result<RecentTopics> {
        let kind = TopicKind::Discussion;
        let (topics, next) = self.lines(actor, kind, None, (after, true)).await?;
        let topics = topics.into_iter().map(|topic| RecentTopic {
            condition: topic.condition,
            topic: topic.line,
        });
        Ok(RecentTopics {
            topics: topics.collect(),
            next,
        })
    }
}
