//! Whom members have muted. What it changes is in one condition, [`has_muted`].

mod list;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Member},
    community::{MuteList, MuteTerms, Muting, Post, TopicLink},
    policy::{Action, Quota},
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{CommunityStore, aliases::is_by, discussions::reading::Topic};
use crate::{error::to_domain, profile, quota, token, token::storable, write::Write};

/// Who has written something, in SQL. One of `account` and `alias` is empty.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    /// Who did so without an alias.
    pub(super) account: &'a str,
    /// The topic that it belongs to.
    pub(super) topic: &'a str,
    /// Under which alias there.
    pub(super) alias: &'a str,
}

impl Writer<'static> {
    /// Of the post `p`.
    pub(super) const OF_POST: Self = Self {
        account: "p.account_id",
        topic: "p.topic_id",
        alias: "p.alias",
    };

    /// Of the post `q`.
    pub(super) const OF_OTHER_POST: Self = Self {
        account: "q.account_id",
        topic: "q.topic_id",
        alias: "q.alias",
    };
}

/// Whether a reader, given by SQL, has muted a writer. A mute of a name holds where the reader can read
/// that name, so that it does not tell who wrote without one. One of an alias asks for no account.
pub(super) fn has_muted(reader: &str, writer: Writer<'_>) -> String {
    let Writer {
        account,
        topic,
        alias,
    } = writer;
    let named = profile::admits_member("mute.account_id", "profile.name_audience");
    format!(
        "(EXISTS (SELECT 1 FROM mute WHERE mute.account_id = {reader} \
         AND mute.muted_account_id = {account} AND (mute.topic_id = {topic} \
         OR (mute.topic_id IS NULL AND EXISTS (SELECT 1 FROM account \
         JOIN profile ON profile.account_id = account.id \
         WHERE account.id = mute.muted_account_id AND {named})))) \
         OR ({alias} IS NOT NULL AND EXISTS (SELECT 1 FROM mute WHERE mute.account_id = {reader} \
         AND mute.topic_id = {topic} AND mute.alias = {alias})))"
    )
}

/// Whether who asks, the person `$1`, has muted a writer, as 0 or 1.
pub(super) fn muted_by(actor: Actor, writer: Writer<'_>) -> String {
    match actor.member() {
        Some(_) => format!("CASE WHEN {} THEN 1 ELSE 0 END", has_muted("$1", writer)),
        None => "0".to_owned(),
    }
}

/// The same of the author of the post `p`, joined as `account`: empty where there is nobody whom who
/// asks could mute.
pub(super) fn muted_author(actor: Actor) -> String {
    match actor.member() {
        Some(_) => format!(
            "CASE WHEN account.id <> $1 OR (p.alias IS NOT NULL AND p.deleted_at IS NULL \
             AND p.hidden_at IS NULL AND NOT {}) THEN {} END",
            is_by("p", "p.topic_id", "$1"),
            muted_by(
                actor,
                Writer {
                    account: "account.id",
                    ..Writer::OF_POST
                }
            )
        ),
        None => "CAST(NULL AS INTEGER)".to_owned(),
    }
}

impl CommunityStore {
    /// The topic and the post by whose author somebody is muted.
    async fn mutable(&self, actor: Actor, id: &str, number: i64) -> Result<(Topic, Post)> {
        let topic = self.readable(actor, id).await?;
        let before = number.saturating_sub(1);
        let (posts, _) = self.posts(actor, topic.id, before, 1).await?;
        let post = posts.into_iter().find(|post| post.number == number);
        let post = post.filter(|post| post.muted.is_some());
        Ok((topic, post.ok_or(Error::NotFound)?))
    }

    async fn begin_mute(
        &self,
        actor: Actor,
        member: Member,
        (topic, post): (&Topic, &Post),
    ) -> Result<()> {
        let is_named = post.author.name.is_some() && post.alias.is_none();
        let only_here = (!is_named).then_some(topic.id);
        let write = Write::begin(&self.database, actor).await?;
        // Of who writes under an alias there is no account in it: what is not there, nothing shows.
        let sql = "INSERT INTO mute \
             (id, public_id, account_id, muted_account_id, topic_id, alias, created_at) \
             SELECT $1, $2, $3, p.account_id, $4, p.alias, $5 FROM post p \
             WHERE p.topic_id = $6 AND p.number = $7 \
             AND (p.account_id <> $3 OR p.alias IS NOT NULL) \
             ON CONFLICT DO NOTHING";
        let values: Vec<Value> = vec![
            Uuid::now_v7().into(),
            token::public_id()?.into(),
            member.account.0.into(),
            only_here.into(),
            self.database.now().0.into(),
            topic.id.into(),
            post.number.into(),
        ];
        let muted = write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map_err(to_domain)?;
        if muted.rows_affected() > 0 {
            quota::spend(&write, &self.database, actor, Quota::Mutes).await?;
            write.commit().await?;
        }
        Ok(())
    }

    async fn unmute_by(&self, actor: Actor, sql: &str, values: Vec<Value>) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map_err(to_domain)?;
        write.commit().await
    }
}

#[async_trait]
impl Muting for CommunityStore {
    async fn muting(&self, actor: Actor, id: &str, number: i64) -> Result<MuteTerms> {
        Self::person(actor, Action::ReadOwnAccount)?;
        let (topic, post) = self.mutable(actor, id, number).await?;
        Ok(MuteTerms {
            topic: topic.link(),
            number,
            author: post.author,
            by_alias: post.alias.is_some(),
            muted: post.muted == Some(true),
        })
    }

    async fn mute(&self, actor: Actor, id: &str, number: i64) -> Result<TopicLink> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let (topic, post) = self.mutable(actor, id, number).await?;
        self.begin_mute(actor, member, (&topic, &post)).await?;
        Ok(topic.link())
    }

    async fn unmute(&self, actor: Actor, id: &str, number: i64) -> Result<TopicLink> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let (topic, post) = self.mutable(actor, id, number).await?;
        // One of a name stays where the name is not to be read: it has no part in this.
        let named = post.author.name.is_some();
        let sql = "DELETE FROM mute WHERE account_id = $1 AND ((muted_account_id = \
             (SELECT p.account_id FROM post p WHERE p.topic_id = $2 AND p.number = $3) \
             AND (topic_id = $2 OR (topic_id IS NULL AND $4))) \
             OR (topic_id = $2 AND alias = \
             (SELECT p.alias FROM post p WHERE p.topic_id = $2 AND p.number = $3)))";
        let values = vec![
            member.account.0.into(),
            topic.id.into(),
            number.into(),
            named.into(),
        ];
        self.unmute_by(actor, sql, values).await?;
        Ok(topic.link())
    }

    async fn mutes(&self, actor: Actor, after: Option<&str>) -> Result<MuteList> {
        Self::person(actor, Action::ReadOwnAccount)?;
        self.muted_list(actor, after).await
    }

    async fn end_mute(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        // One that cannot be is not there, as one that has ended.
        let Ok(id) = storable(id) else {
            return Ok(());
        };
        let sql = "DELETE FROM mute WHERE account_id = $1 AND public_id = $2";
        let values = vec![member.account.0.into(), id.into()];
        self.unmute_by(actor, sql, values).await
    }
}
