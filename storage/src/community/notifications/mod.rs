//! What a person is told of: what they follow ([`following`]), who is told ([`telling`], [`deciding`],
//! [`approving`], [`inviting`]),
//! which of it they also get by email ([`mail`], [`letters`]).

mod approving;
mod deciding;
mod following;
mod inviting;
mod letters;
mod mail;
mod telling;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Token},
    catalogue::{ConditionId, ConditionLink},
    community::{
        AnswersAs, ConditionFollow, MailChoices, Notification, NotificationKind, NotificationList,
        NotificationSubject, Notifications, TopicKind, TopicLink, TopicScope, UNREAD_MOST,
    },
    policy::{Action, Scope, permit},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{
    CommunityStore,
    aliases::author_or_alias,
    discussions::reading::{admits, person, shown_title},
    moderation::decision_kind,
    muting::{Writer, has_muted},
};
use crate::{error::to_domain, token::storable, wiki::author_columns, write::Write};

pub(super) use following::{move_follows, put_follow};

/// Notifications on one page.
const PAGE: usize = 30;

/// How often marking as read is tried: the reader of the log may be in the way.
const TRIES: u32 = 3;

/// Whose community or page a notification is about, if it is about one.
const CONDITION: &str = "LEFT JOIN condition c ON c.id = coalesce(t.condition_id, n.condition_id) ";

/// The rows that the person `$1` sees, with what else is asked of them.
fn visible(actor: Actor, more: &str) -> String {
    format!(
        "FROM notification n LEFT JOIN topic t ON t.id = n.topic_id \
         LEFT JOIN post p ON p.topic_id = n.topic_id AND p.number = n.post_number {more}\
         WHERE n.account_id = $1 AND (n.topic_id IS NULL \
         OR (p.id IS NOT NULL AND p.deleted_at IS NULL AND p.hidden_at IS NULL AND {} AND NOT {})) ",
        admits(TopicScope::of(actor)),
        has_muted("$1", Writer::OF_POST),
    )
}

fn read(row: &QueryResult) -> std::result::Result<Notification, DbErr> {
    let kind: String = row.try_get("", "kind")?;
    let read_at: Option<i64> = row.try_get("", "read_at")?;
    let topic: Option<String> = row.try_get("", "public_id")?;
    let decision: Option<String> = row.try_get("", "decision")?;
    let kind = NotificationKind::from_name(&kind);
    let condition = || -> std::result::Result<_, DbErr> {
        Ok(ConditionLink {
            slug: row.try_get("", "slug")?,
            name: row.try_get("", "name")?,
        })
    };
    let subject = match (topic, decision) {
        _ if kind == NotificationKind::Report => NotificationSubject::Reports,
        (Some(id), _) => {
            let hidden: Option<i64> = row.try_get("", "topic_hidden_at")?;
            let title: String = row.try_get("", "title")?;
            let topic_kind: String = row.try_get("", "topic_kind")?;
            let topic_kind = TopicKind::from_name(&topic_kind);
            let answers_as: Option<String> = row.try_get("", "answers_as")?;
            NotificationSubject::Post {
                topic: TopicLink {
                    id,
                    kind: topic_kind,
                    words: topic_kind.words(&title),
                    title: shown_title(topic_kind, title, hidden.is_some()),
                    condition: condition()?,
                },
                number: row.try_get("", "post_number")?,
                author: author_or_alias(row)?,
                by_expert: answers_as.as_deref() == Some(AnswersAs::Expert.as_str()),
            }
        }
        (None, Some(id)) if id.is_empty() => NotificationSubject::SomeDecision,
        (None, Some(id)) => NotificationSubject::Decision {
            id,
            kind: decision_kind(row)?,
        },
        (None, None) if kind == NotificationKind::Invitation => NotificationSubject::Invitation {
            condition: condition()?,
        },
        (None, None) if matches!(kind, NotificationKind::Waiting | NotificationKind::Approval) => {
            NotificationSubject::FirstPosts {
                condition: condition()?,
            }
        }
        (None, None) => NotificationSubject::Page {
            condition: condition()?,
            day: row.try_get("", "day")?,
        },
    };
    Ok(Notification {
        kind,
        subject,
        time: Timestamp(row.try_get("", "created_at")?),
        read: read_at.is_some(),
    })
}

/// How a page's address names the last notification of the page before.
fn place(last: &Notification) -> String {
    match &last.subject {
        NotificationSubject::Post { topic, number, .. } => format!("{}-{number}", topic.id),
        NotificationSubject::Page { condition, day } => format!("page-{day}-{}", condition.slug),
        NotificationSubject::Decision { id, .. } => format!("{}:{id}", last.kind.as_str()),
        NotificationSubject::SomeDecision => format!("{}:", last.kind.as_str()),
        NotificationSubject::Reports
        | NotificationSubject::Invitation { .. }
        | NotificationSubject::FirstPosts { .. } => {
            format!("{}-{}", last.kind.as_str(), last.time.0)
        }
    }
}

/// What a place names, as a condition with `$2` and `$3`.
fn named(after: &str) -> Result<(&'static str, [Value; 2])> {
    if let Some((kind, id)) = after.split_once(':') {
        let values = [storable(id)?.into(), storable(kind)?.into()];
        return Ok(("AND n.decision = $2 AND n.kind = $3", values));
    }
    // No id of a topic has four characters.
    let (sql, name, number) = if let Some(page) = after.strip_prefix("page-") {
        let (day, slug) = page.split_once('-').ok_or(Error::NotFound)?;
        ("AND c.slug = $2 AND n.day = $3", slug, day)
    } else if let Some((kind @ ("report" | "waiting" | "approval" | "invitation"), time)) =
        after.split_once('-')
    {
        ("AND n.kind = $2 AND n.created_at = $3", kind, time)
    } else {
        let (topic, number) = after.rsplit_once('-').ok_or(Error::NotFound)?;
        ("AND t.public_id = $2 AND n.post_number = $3", topic, number)
    };
    let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
    Ok((sql, [storable(name)?.into(), number.into()]))
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

    async fn mark(&self, actor: Actor, account: Uuid, until: Timestamp) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        // In one order, so that a second sending waits and does not stand in the way.
        let sql = format!(
            "UPDATE notification SET read_at = $2, mail_at = NULL WHERE id IN \
             (SELECT id FROM notification WHERE account_id = $1 AND read_at IS NULL \
             AND created_at <= $3 ORDER BY id{})",
            self.database.kind().locked()
        );
        let now = self.database.now().0;
        let values = vec![account.into(), now.into(), until.0.into()];
        self.execute(&write, &sql, values).await?;
        write.commit().await
    }

    async fn execute(&self, write: &Write<'_>, sql: &str, values: Vec<Value>) -> Result<()> {
        write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map(|_| ())
            .map_err(to_domain)
    }
}

#[async_trait]
impl Notifications for CommunityStore {
    async fn notifications(&self, actor: Actor, after: Option<&str>) -> Result<NotificationList> {
        Self::person(actor, Action::ReadOwnAccount)?;
        let mut values = vec![person(actor)];
        let mut behind = "";
        if let Some(after) = after {
            let (of, place) = named(after)?;
            let sql = format!(
                "SELECT n.created_at, n.id {}{of}",
                visible(actor, CONDITION)
            );
            let mut named = values.clone();
            named.extend(place);
            let row = self.database.query_one(&sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let time: i64 = row.try_get("", "created_at").map_err(to_domain)?;
            let id: i64 = row.try_get("", "id").map_err(to_domain)?;
            values.extend([time.into(), id.into()]);
            behind = "AND (n.created_at, n.id) < ($2, $3) ";
        }
        let joins = format!(
            "{CONDITION}LEFT JOIN content_moderation m ON m.public_id = n.decision \
             LEFT JOIN moderation_action o ON o.public_id = n.decision \
             LEFT JOIN account ON account.id = p.account_id \
             LEFT JOIN profile ON profile.account_id = account.id "
        );
        let sql = format!(
            "SELECT n.kind, n.post_number, n.day, n.created_at, n.read_at, n.decision, \
             m.kind AS content_kind, o.kind AS action_kind, o.role, o.until_at, t.public_id, \
             t.kind AS topic_kind, t.hidden_at AS topic_hidden_at, t.title, p.answers_as, p.alias, c.slug, c.name, {} \
             {}{behind}ORDER BY n.created_at DESC, n.id DESC LIMIT {}",
            author_columns(Scope::of(actor)),
            visible(actor, &joins),
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
        let mut tries = 0;
        loop {
            tries += 1;
            match self.mark(actor, member.account.0, until).await {
                Err(Error::Unavailable) if tries < TRIES => {}
                marked => return marked,
            }
        }
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
        let sql = "DELETE FROM topic_follow WHERE account_id = $1 \
             AND topic_id IN (SELECT t.id FROM topic t WHERE t.public_id = $2)";
        let values = vec![member.account.0.into(), id.replace('\0', "").into()];
        self.execute(&write, sql, values).await?;
        write.commit().await
    }

    async fn followed(&self, actor: Actor, condition: ConditionId) -> Result<Vec<ConditionFollow>> {
        permit(actor, Action::ReadDiscussions)?;
        self.follows(actor, condition.0).await
    }

    async fn follow_condition(
        &self,
        actor: Actor,
        slug: &str,
        what: ConditionFollow,
    ) -> Result<()> {
        let account = Self::person(actor, Action::ReadOwnAccount)?.account.0;
        self.put_condition_follow(actor, account, slug, what).await
    }

    async fn stop_following_condition(
        &self,
        actor: Actor,
        slug: &str,
        what: ConditionFollow,
    ) -> Result<()> {
        let account = Self::person(actor, Action::ReadOwnAccount)?.account.0;
        self.end_condition_follow(actor, account, slug, what).await
    }

    async fn mail_choices(&self, actor: Actor) -> Result<MailChoices> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.chosen(member.account.0).await
    }

    async fn choose_mail(&self, actor: Actor, choices: MailChoices) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.choose(actor, member.account.0, choices).await
    }

    async fn unsubscribing(&self, actor: Actor, token: &Token) -> Result<()> {
        permit(actor, Action::EnterAccount)?;
        self.recipient(token).await.map(drop)
    }

    async fn unsubscribe(&self, actor: Actor, token: &Token) -> Result<()> {
        permit(actor, Action::EnterAccount)?;
        let account = self.recipient(token).await?;
        self.end_mail(actor, account).await
    }
}
