//! Topics and posts as somebody reads them. What is not for them does not leave here.

use std::fmt::Write as _;

use domain::{
    Error, Result, SafeHtml,
    account::Actor,
    catalogue::{ConditionLink, Resolved},
    community::{
        DELETED_TITLE, Deletion, POSTS_ON_PAGE, Post, PostHistory, PostVersion, RecentTopic,
        RecentTopics, TopicAudience, TopicLine, TopicLink, TopicList, TopicPage, TopicScope,
        topic_words,
    },
    policy::{Action, Scope, permit},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryResult, Value};
use uuid::Uuid;

use crate::{
    catalogue::address,
    community::{CommunityStore, entity::membership},
    error::to_domain,
    profile,
    wiki::{author, author_columns, markdown},
};

/// Topics on one page of a list.
const PAGE: usize = 30;
/// Topics that stand on the page of their condition.
const NEWEST: usize = 3;
/// Texts of a post that are shown.
const VERSIONS: usize = 50;

/// Whether a person has joined a community. Both are given by SQL: the account, and the condition.
fn has_joined(person: &str, condition: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM membership m \
         WHERE m.account_id = {person} AND m.condition_id = {condition})"
    )
}

/// The SQL of a scope: whether the topic in the row `t` is for the person `$1`. Says the same as
/// `TopicAudience::admits` with `TopicScope::reader`.
pub(in crate::community) fn admits(scope: TopicScope) -> String {
    match scope {
        TopicScope::Visitor => "t.audience = 'everyone'".to_owned(),
        TopicScope::Member(_) => format!(
            "(t.audience IN ('everyone', 'members') OR {})",
            has_joined("$1", "t.condition_id")
        ),
        TopicScope::Moderator(_) => "1 = 1".to_owned(),
    }
}

/// Whether the topic in the row `t` is for the person in the row `account`, who is in good standing:
/// the same for many people at once, who do not ask themselves.
pub(in crate::community) fn admits_account() -> String {
    format!(
        "(account.standing = 'good' AND (t.audience IN ('everyone', 'members') OR {} \
         OR (EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = account.id \
         AND r.role IN ('moderator', 'administrator')) \
         AND EXISTS (SELECT 1 FROM second_factor s WHERE s.account_id = account.id \
         AND s.set_up_at IS NOT NULL))))",
        has_joined("account.id", "t.condition_id")
    )
}

/// The rows of topics that a condition admits, as the person `$1` sees them.
pub(in crate::community) fn topic_sql(actor: Actor, admitted: &str) -> String {
    format!(
        "SELECT t.id AS topic_id, t.public_id, t.title, t.audience, t.posts, t.created_at, \
         t.last_post_at, t.condition_id, c.slug, c.name, \
         CASE WHEN {} THEN 1 ELSE 0 END AS joined, \
         CASE WHEN EXISTS (SELECT 1 FROM topic_follow f WHERE f.account_id = $1 \
         AND f.topic_id = t.id) THEN 1 ELSE 0 END AS following, {} \
         FROM topic t JOIN condition c ON c.id = t.condition_id \
         LEFT JOIN account ON account.id = t.account_id \
         LEFT JOIN profile ON profile.account_id = account.id \
         WHERE {admitted} ",
        has_joined("$1", "t.condition_id"),
        author_columns(Scope::of(actor)),
    )
}

/// A topic that is for who asks.
pub(in crate::community) struct Topic {
    pub(in crate::community) id: Uuid,
    pub(in crate::community) condition_id: Uuid,
    /// Whether they have joined its community.
    pub(in crate::community) joined: bool,
    /// Whether they follow it.
    following: bool,
    condition: ConditionLink,
    pub(in crate::community) line: TopicLine,
}

impl Topic {
    pub(in crate::community) fn read(row: &QueryResult) -> std::result::Result<Self, DbErr> {
        let title: String = row.try_get("", "title")?;
        let audience: String = row.try_get("", "audience")?;
        Ok(Self {
            id: row.try_get("", "topic_id")?,
            condition_id: row.try_get("", "condition_id")?,
            joined: row.try_get::<i32>("", "joined")? == 1,
            following: row.try_get::<i32>("", "following")? == 1,
            condition: ConditionLink {
                slug: row.try_get("", "slug")?,
                name: row.try_get("", "name")?,
            },
            line: TopicLine {
                id: row.try_get("", "public_id")?,
                words: topic_words(&title),
                deleted: title.is_empty(),
                title: shown_title(title),
                author: author(row)?,
                audience: TopicAudience::from_name(&audience),
                posts: row.try_get("", "posts")?,
                started: Timestamp(row.try_get("", "created_at")?),
                last_post: Timestamp(row.try_get("", "last_post_at")?),
            },
        })
    }

    pub(in crate::community) fn link(self) -> TopicLink {
        TopicLink {
            id: self.line.id,
            words: self.line.words,
            title: self.line.title,
            condition: self.condition,
        }
    }
}

/// A title, or what stands in its place where it is deleted.
pub(in crate::community) fn shown_title(title: String) -> String {
    if title.is_empty() {
        DELETED_TITLE.to_owned()
    } else {
        title
    }
}

fn post(row: &QueryResult) -> std::result::Result<Post, DbErr> {
    let deleted: Option<i64> = row.try_get("", "deleted_at")?;
    let edited: Option<i64> = row.try_get("", "edited_at")?;
    let reason: Option<String> = row.try_get("", "deletion_reason")?;
    let by_author: Option<bool> = row.try_get("", "deleted_by_author")?;
    Ok(Post {
        number: row.try_get("", "number")?,
        author: author(row)?,
        html: if deleted.is_some() {
            SafeHtml::default()
        } else {
            markdown::stored(row.try_get("", "html")?)
        },
        written: Timestamp(row.try_get("", "created_at")?),
        edited: edited.map(Timestamp),
        in_reply_to: row.try_get("", "in_reply_to")?,
        own: row.try_get::<i32>("", "own")? == 1,
        deleted: deleted.map(|at| Deletion {
            by_author: by_author.unwrap_or_default(),
            reason: reason.unwrap_or_default(),
            at: Timestamp(at),
        }),
    })
}

/// Who asks, as the parameter `$1`.
pub(in crate::community) fn person(actor: Actor) -> Value {
    profile::parameter(Scope::of(actor))
}

fn may_write(actor: Actor, joined: bool) -> bool {
    joined && permit(actor, Action::WritePosts).is_ok()
}

impl CommunityStore {
    /// Topics of a community or of all, so many behind the one with an id, and whether there are more.
    async fn lines(
        &self,
        actor: Actor,
        community: Option<Uuid>,
        (after, pinned_too): (Option<&str>, bool),
        most: usize,
    ) -> Result<(Vec<Topic>, Option<String>)> {
        let mut values = vec![person(actor)];
        // Of one that was deleted before anybody replied nothing is left to read.
        let mut among = "AND (t.title <> '' OR t.posts > 1) ".to_owned();
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
            most + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let topics = rows.iter().map(Topic::read);
        let topics: std::result::Result<Vec<_>, _> = topics.collect();
        let mut topics = topics.map_err(to_domain)?;
        let more = topics.len() > most;
        topics.truncate(most);
        let next = topics
            .last()
            .filter(|_| more)
            .map(|last| last.line.id.clone());
        Ok((topics, next))
    }

    /// Whether who asks has joined a community.
    pub(in crate::community) async fn is_joined(
        &self,
        actor: Actor,
        condition: Uuid,
    ) -> Result<bool> {
        self.is_joined_on(self.database.readers(), actor, condition)
            .await
    }

    /// The same inside of a change.
    pub(in crate::community) async fn is_joined_on<C: ConnectionTrait>(
        &self,
        on: &C,
        actor: Actor,
        condition: Uuid,
    ) -> Result<bool> {
        let Some(member) = actor.member() else {
            return Ok(false);
        };
        membership::Entity::find_by_id((member.account.0, condition))
            .count(on)
            .await
            .map(|rows| rows > 0)
            .map_err(to_domain)
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
        let from = (after, false);
        let (topics, next) = self.lines(actor, Some(condition.id), from, PAGE).await?;
        let pinned = match after {
            None => self.pinned(actor, condition.id).await?,
            Some(_) => Vec::new(),
        };
        let joined = self.is_joined(actor, condition.id).await?;
        Ok(Resolved::Here(TopicList {
            since: condition.since,
            condition: condition.link,
            pinned,
            topics: topics.into_iter().map(|topic| topic.line).collect(),
            next,
            joined,
            may_write: may_write(actor, joined),
        }))
    }

    pub(super) async fn first_lines(
        &self,
        actor: Actor,
        condition: Uuid,
    ) -> Result<Vec<TopicLine>> {
        let (topics, _) = self
            .lines(actor, Some(condition), (None, true), NEWEST)
            .await?;
        Ok(topics.into_iter().map(|topic| topic.line).collect())
    }

    pub(super) async fn everywhere(
        &self,
        actor: Actor,
        after: Option<&str>,
    ) -> Result<RecentTopics> {
        let (topics, next) = self.lines(actor, None, (after, true), PAGE).await?;
        let topics = topics.into_iter().map(|topic| RecentTopic {
            condition: topic.condition,
            topic: topic.line,
        });
        Ok(RecentTopics {
            topics: topics.collect(),
            next,
        })
    }

    /// The topic with an id, if it is for who asks.
    pub(in crate::community) async fn readable(&self, actor: Actor, id: &str) -> Result<Topic> {
        let sql = topic_sql(actor, &admits(TopicScope::of(actor))) + "AND t.public_id = $2";
        let values = vec![person(actor), storable(id)?.into()];
        self.topic_of(&sql, values).await
    }

    /// The same if it is theirs alone to delete a post of it: whoever has left still takes back what
    /// they wrote.
    pub(super) async fn readable_or_own(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
    ) -> Result<Topic> {
        let admitted = format!(
            "({} OR EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id AND p.number = $3 \
             AND p.account_id = $1))",
            admits(TopicScope::of(actor))
        );
        let sql = topic_sql(actor, &admitted) + "AND t.public_id = $2";
        let values = vec![person(actor), storable(id)?.into(), number.into()];
        self.topic_of(&sql, values).await
    }

    async fn topic_of(&self, sql: &str, values: Vec<Value>) -> Result<Topic> {
        let row = self.database.query_one(sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        Topic::read(&row).map_err(to_domain)
    }

    pub(super) async fn page(
        &self,
        actor: Actor,
        id: &str,
        after: Option<i64>,
    ) -> Result<TopicPage> {
        let topic = self.readable(actor, id).await?;
        // Each page has one address, and there is none behind the last post.
        let begins =
            |after: i64| after % POSTS_ON_PAGE == 0 && (1..topic.line.posts).contains(&after);
        if !after.is_none_or(begins) {
            return Err(Error::NotFound);
        }
        let (posts, next) = self
            .posts(actor, topic.id, after.unwrap_or_default(), POSTS_ON_PAGE)
            .await?;
        let pinned = self.pin_of(actor, topic.id, topic.condition_id).await?;
        Ok(TopicPage {
            pinned,
            next,
            posts,
            joined: topic.joined,
            may_write: may_write(actor, topic.joined),
            moderates: permit(actor, Action::DeletePosts).is_ok(),
            following: actor.member().map(|_| topic.following),
            condition: topic.condition,
            line: topic.line,
        })
    }

    /// So many posts of a topic behind the one with a number, and the number of the last one where
    /// there are more.
    pub(super) async fn posts(
        &self,
        actor: Actor,
        topic: Uuid,
        after: i64,
        most: i64,
    ) -> Result<(Vec<Post>, Option<i64>)> {
        let sql = format!(
            "SELECT p.number, p.html, p.created_at, p.edited_at, p.in_reply_to, p.deleted_at, \
             p.deleted_by_author, p.deletion_reason, \
             CASE WHEN account.id = $1 THEN 1 ELSE 0 END AS own, {} FROM post p \
             LEFT JOIN account ON account.id = p.account_id AND p.deleted_at IS NULL \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE p.topic_id = $2 AND p.number > $3 ORDER BY p.number LIMIT {}",
            author_columns(Scope::of(actor)),
            most + 1
        );
        let values = vec![person(actor), topic.into(), after.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let posts: std::result::Result<Vec<_>, _> = rows.iter().map(post).collect();
        let mut posts = posts.map_err(to_domain)?;
        let most = usize::try_from(most).unwrap_or_default();
        let more = posts.len() > most;
        posts.truncate(most);
        let next = posts.last().filter(|_| more).map(|last| last.number);
        Ok((posts, next))
    }

    pub(super) async fn past(&self, actor: Actor, id: &str, number: i64) -> Result<PostHistory> {
        let topic = self.readable(actor, id).await?;
        let one = "p.topic_id = $1 AND p.number = $2 AND p.deleted_at IS NULL";
        let sql = format!(
            "SELECT p.version AS number, p.html, coalesce(p.edited_at, p.created_at) AS saved_at \
             FROM post p WHERE {one} UNION ALL \
             SELECT v.number, v.html, v.saved_at FROM post p \
             JOIN post_version v ON v.post_id = p.id WHERE {one} \
             ORDER BY number DESC LIMIT {VERSIONS}"
        );
        let values = vec![topic.id.into(), number.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        if rows.is_empty() {
            return Err(Error::NotFound);
        }
        let versions = rows.iter().map(|row| {
            Ok(PostVersion {
                number: row.try_get("", "number")?,
                html: markdown::stored(row.try_get("", "html")?),
                saved: Timestamp(row.try_get("", "saved_at")?),
            })
        });
        let versions: std::result::Result<Vec<_>, DbErr> = versions.collect();
        Ok(PostHistory {
            topic: topic.link(),
            number,
            versions: versions.map_err(to_domain)?,
        })
    }
}

/// An id as it can be looked up: PostgreSQL would complain about U+0000, and no id has it.
pub(in crate::community) fn storable(id: &str) -> Result<String> {
    if id.contains('\0') {
        return Err(Error::NotFound);
    }
    Ok(id.to_owned())
}
