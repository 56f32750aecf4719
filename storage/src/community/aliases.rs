//! Names under which people write who do not show theirs. The table `alias` alone says who they are: a
//! topic, a post and an event of theirs have no account.

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    community::{Alias, AliasLookup, Aliases, alias_name, check_alias_reason},
    event::EventKind,
    policy::{Action, Scope, permit},
    time::Timestamp,
    wiki::Author,
};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryResult, Set};
use uuid::Uuid;

use super::{
    CommunityStore,
    discussions::reading::{Topic, person},
    entity::alias_lookup,
};
use crate::{
    Database,
    error::to_domain,
    wiki::{author, author_columns},
    write::Write,
};

/// For how long somebody is shown whose an alias is after they have given a reason.
const SHOWN_FOR: i64 = 3_600_000_000;
/// Lookups of an alias that are shown.
const LOOKUPS: usize = 50;

const DAY: i64 = 86_400_000_000;

/// Whether a row of topics or posts is by a person, under their name or an alias. All are given by SQL:
/// the row, the topic that it belongs to, and the account.
pub(super) fn is_by(row: &str, topic: &str, person: &str) -> String {
    format!(
        "(({row}.account_id IS NOT NULL AND {row}.account_id = {person}) \
         OR ({row}.alias IS NOT NULL AND EXISTS (SELECT 1 FROM alias o WHERE o.topic_id = {topic} \
         AND o.number = {row}.alias AND o.account_id = {person})))"
    )
}

/// The account of who wrote the post in a row, under their name or an alias: for telling them.
pub(super) fn author_of(row: &str) -> String {
    format!(
        "coalesce({row}.account_id, (SELECT o.account_id FROM alias o \
         WHERE o.topic_id = {row}.topic_id AND o.number = {row}.alias))"
    )
}

/// Who wrote what is in a row with the columns of [`author_columns`] and `alias`.
pub(super) fn author_or_alias(row: &QueryResult) -> std::result::Result<Author, DbErr> {
    let alias: Option<i64> = row.try_get("", "alias")?;
    match alias {
        Some(number) => Ok(Author {
            handle: None,
            name: Some(alias_name(number)),
        }),
        None => author(row),
    }
}

/// A time at which somebody is said to have begun to follow what they write in under an alias: the
/// beginning of the day, so that it does not tell who wrote at this moment.
pub(super) fn since_today(now: i64) -> i64 {
    now - now.rem_euclid(DAY)
}

/// The alias of a person in a topic, if they have one.
pub(super) async fn alias_of<C: ConnectionTrait>(
    on: &C,
    database: &Database,
    topic: Uuid,
    account: Uuid,
) -> Result<Option<i64>> {
    let sql = "SELECT number FROM alias WHERE topic_id = $1 AND account_id = $2";
    let statement = database.statement(sql, vec![topic.into(), account.into()]);
    let row = on.query_one_raw(statement).await.map_err(to_domain)?;
    row.map(|row| row.try_get("", "number"))
        .transpose()
        .map_err(to_domain)
}

/// The same, or the next one that nobody has had. To be called with the topic locked.
pub(super) async fn take_alias(
    write: &Write<'_>,
    database: &Database,
    topic: Uuid,
    account: Uuid,
) -> Result<i64> {
    if let Some(number) = alias_of(write.on(), database, topic, account).await? {
        return Ok(number);
    }
    // The alias of an account that is deleted is not given to anybody else.
    let sql = "INSERT INTO alias (topic_id, number, account_id) \
               SELECT $1, 1 + coalesce(max(taken.number), 0), $2 FROM \
               (SELECT max(a.number) AS number FROM alias a WHERE a.topic_id = $1 UNION ALL \
               SELECT max(p.alias) FROM post p WHERE p.topic_id = $1) AS taken RETURNING number";
    let statement = database.statement(sql, vec![topic.into(), account.into()]);
    let row = write.on().query_one_raw(statement).await;
    let row = row.map_err(to_domain)?.ok_or(Error::Unavailable)?;
    row.try_get("", "number").map_err(to_domain)
}

impl CommunityStore {
    /// The topic of an alias, for who may look up whose it is.
    async fn topic_of_alias(&self, actor: Actor, topic: &str, number: i64) -> Result<Topic> {
        permit(actor, Action::LookUpAliases)?;
        let topic = self.readable(actor, topic).await?;
        let sql = "SELECT 1 AS one FROM alias WHERE topic_id = $1 AND number = $2";
        let values = vec![topic.id.into(), number.into()];
        let row = self.database.query_one(sql, values).await;
        row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        Ok(topic)
    }

    async fn lookups(&self, actor: Actor, topic: Uuid, number: i64) -> Result<Vec<AliasLookup>> {
        let sql = format!(
            "SELECT l.reason, l.looked_up_at, {} FROM alias_lookup l \
             LEFT JOIN account ON account.id = l.account_id \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE l.topic_id = $2 AND l.number = $3 \
             ORDER BY l.looked_up_at DESC, l.id DESC LIMIT {LOOKUPS}",
            author_columns(Scope::of(actor))
        );
        let values = vec![person(actor), topic.into(), number.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let lookups = rows.iter().map(|row| {
            Ok(AliasLookup {
                by: author(row)?,
                reason: row.try_get("", "reason")?,
                time: Timestamp(row.try_get("", "looked_up_at")?),
            })
        });
        let lookups: std::result::Result<Vec<_>, DbErr> = lookups.collect();
        lookups.map_err(to_domain)
    }

    /// Whose an alias is, if who asks has looked it up lately.
    async fn person_of_alias(
        &self,
        actor: Actor,
        topic: Uuid,
        number: i64,
    ) -> Result<Option<Author>> {
        let sql = "SELECT account.display_name, account.handle FROM alias a \
                   JOIN account ON account.id = a.account_id \
                   WHERE a.topic_id = $2 AND a.number = $3 AND EXISTS (SELECT 1 FROM alias_lookup l \
                   WHERE l.topic_id = $2 AND l.number = $3 AND l.account_id = $1 \
                   AND l.looked_up_at > $4)";
        let since = self.database.now().0 - SHOWN_FOR;
        let values = vec![person(actor), topic.into(), number.into(), since.into()];
        let row = self.database.query_one(sql, values).await;
        let person = row.map_err(to_domain)?.map(|row| {
            Ok(Author {
                handle: row.try_get("", "handle")?,
                name: row.try_get("", "display_name")?,
            })
        });
        let person: std::result::Result<Option<_>, DbErr> = person.transpose();
        person.map_err(to_domain)
    }
}

#[async_trait]
impl Aliases for CommunityStore {
    async fn alias(&self, actor: Actor, topic: &str, number: i64) -> Result<Alias> {
        let topic = self.topic_of_alias(actor, topic, number).await?;
        Ok(Alias {
            number,
            lookups: self.lookups(actor, topic.id, number).await?,
            person: self.person_of_alias(actor, topic.id, number).await?,
            topic: topic.link(),
        })
    }

    async fn look_up_alias(
        &self,
        actor: Actor,
        topic: &str,
        number: i64,
        reason: &str,
    ) -> Result<()> {
        let topic = self.topic_of_alias(actor, topic, number).await?;
        let reason = check_alias_reason("reason", reason)?;
        let write = Write::begin(&self.database, actor).await?;
        let row = alias_lookup::ActiveModel {
            id: Set(Uuid::now_v7()),
            topic_id: Set(topic.id),
            number: Set(number),
            account_id: Set(actor.member().map(|member| member.account.0)),
            reason: Set(reason),
            looked_up_at: Set(self.database.now().0),
        };
        alias_lookup::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let kind = EventKind::AliasLookedUp;
        write
            .record(kind, Some(topic.id), Some(topic.condition_id))
            .await?;
        write.commit().await
    }
}
