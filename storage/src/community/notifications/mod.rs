//! What a person is told of, and which topics they follow.

mod telling;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{
        AnswersAs, Notification, NotificationKind, NotificationList, Notifications, TopicKind,
        TopicLink, TopicScope, UNREAD_MOST,
    },
    policy::{Action, Scope},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryResult, Set,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    CommunityStore,
    discussions::reading::{admits, person, shown_title, storable},
    entity::{notification, topic_follow},
};
use crate::{
    error::to_domain,
    wiki::{author, author_columns},
    write::Write,
};

/// Notifications on one page.
const PAGE: usize = 30;

/// Makes a person follow a topic; where they do, nothing changes.
pub(in crate::community) async fn put_follow(
    write: &Write<'_>,
    account: Uuid,
    topic: Uuid,
    now: i64,
) -> Result<()> {
    let row = topic_follow::ActiveModel {
        account_id: Set(account),
        topic_id: Set(topic),
        since: Set(now),
    };
    topic_follow::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// The rows that the person `$1` sees, with what else is asked of them.
fn visible(actor: Actor, more: &str) -> String {
    format!(
        "FROM notification n JOIN topic t ON t.id = n.topic_id \
         JOIN post p ON p.topic_id = n.topic_id AND p.number = n.post_number {more}\
         WHERE n.account_id = $1 AND p.deleted_at IS NULL AND {} ",
        admits(TopicScope::of(actor))
    )
}

fn read(row: &QueryResult) -> std::result::Result<Notification, DbErr> {
    let title: String = row.try_get("", "title")?;
    let kind: String = row.try_get("", "kind")?;
    let read_at: Option<i64> = row.try_get("", "read_at")?;
    let topic_kind: String = row.try_get("", "topic_kind")?;
    let topic_kind = TopicKind::from_name(&topic_kind);
    let answers_as: Option<String> = row.try_get("", "answers_as")?;
    Ok(Notification {
        kind: NotificationKind::from_name(&kind),
        topic: TopicLink {
            id: row.try_get("", "public_id")?,
            kind: topic_kind,
            words: topic_kind.words(&title),
            title: shown_title(topic_kind, title),
            condition: ConditionLink {
                slug: row.try_get("", "slug")?,
                name: row.try_get("", "name")?,
            },
        },
        number: row.try_get("", "post_number")?,
        author: author(row)?,
        by_expert: answers_as.as_deref() == Some(AnswersAs::Expert.as_str()),
        time: Timestamp(row.try_get("", "created_at")?),
        read: read_at.is_some(),
    })
}

/// How a page's address names the last notification of the page before.
fn place(last: &Notification) -> String {
    format!("{}-{}", last.topic.id, last.number)
}

impl CommunityStore {
    /// How many are unread, for the person `actor`.
    async fn count_unread(&self, actor: Actor) -> Result<u64> {
        let sql = format!(
            "SELECT count(*) AS unread FROM (SELECT 1 AS one {}AND n.read_at IS NULL \
             LIMIT {UNREAD_MOST}) AS counted",
            visible(actor, "")
        );
        let row = self.database.query_one(&sql, vec![person(actor)]).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let unread: i64 = row.try_get("", "unread").map_err(to_domain)?;
        Ok(u64::try_from(unread).unwrap_or_default())
    }
}

#[async_trait]
impl Notifications for CommunityStore {
    async fn notifications(&self, actor: Actor, after: Option<&str>) -> Result<NotificationList> {
        Self::person(actor, Action::ReadOwnAccount)?;
        let mut values = vec![person(actor)];
        let mut behind = "";
        if let Some(after) = after {
            let (topic, number) = after.rsplit_once('-').ok_or(Error::NotFound)?;
            let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
            let sql = format!(
                "SELECT n.created_at, n.topic_id {}AND t.public_id = $2 AND n.post_number = $3",
                visible(actor, "")
            );
            let named = vec![person(actor), storable(topic)?.into(), number.into()];
            let row = self.database.query_one(&sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let time: i64 = row.try_get("", "created_at").map_err(to_domain)?;
            let topic: Uuid = row.try_get("", "topic_id").map_err(to_domain)?;
            values.extend([time.into(), topic.into(), number.into()]);
            behind = "AND (n.created_at, n.topic_id, n.post_number) < ($2, $3, $4) ";
        }
        let joins = "JOIN condition c ON c.id = t.condition_id \
             LEFT JOIN account ON account.id = p.account_id \
             LEFT JOIN profile ON profile.account_id = account.id ";
        let sql = format!(
            "SELECT n.kind, n.post_number, n.created_at, n.read_at, t.public_id, t.kind AS topic_kind, \
             t.title, p.answers_as, c.slug, c.name, {} {}{behind}\
             ORDER BY n.created_at DESC, n.topic_id DESC, n.post_number DESC LIMIT {}",
            author_columns(Scope::of(actor)),
            visible(actor, joins),
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let found: std::result::Result<Vec<_>, _> = rows.iter().map(read).collect();
        let mut notifications = found.map_err(to_domain)?;
        let more = notifications.len() > PAGE;
        notifications.truncate(PAGE);
        Ok(NotificationList {
            next: notifications.last().filter(|_| more).map(place),
            notifications,
            unread: self.count_unread(actor).await?,
        })
    }

    async fn unread(&self, actor: Actor) -> Result<u64> {
        Self::person(actor, Action::ReadOwnAccount)?;
        self.count_unread(actor).await
    }

    async fn mark_read(&self, actor: Actor, until: Timestamp) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let write = Write::begin(&self.database, actor).await?;
        let now = self.database.now().0;
        notification::Entity::update_many()
            .col_expr(notification::Column::ReadAt, Expr::value(now))
            .filter(notification::Column::AccountId.eq(member.account.0))
            .filter(notification::Column::ReadAt.is_null())
            .filter(notification::Column::CreatedAt.lte(until.0))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        write.commit().await
    }

    async fn follow(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let topic = self.readable(actor, id).await?.id;
        let write = Write::begin(&self.database, actor).await?;
        let now = self.database.now().0;
        put_follow(&write, member.account.0, topic, now).await?;
        write.commit().await
    }

    async fn stop_following(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let write = Write::begin(&self.database, actor).await?;
        write
            .on()
            .execute_raw(self.database.statement(
                "DELETE FROM topic_follow WHERE account_id = $1 \
                 AND topic_id IN (SELECT t.id FROM topic t WHERE t.public_id = $2)",
                vec![member.account.0.into(), id.replace('\0', "").into()],
            ))
            .await
            .map_err(to_domain)?;
        write.commit().await
    }
}
