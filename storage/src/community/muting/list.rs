//! Whom somebody has muted, as they see them now.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{Mute, MuteList, Muted, TopicKind, TopicLink, TopicScope},
    policy::Scope,
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use crate::{
    community::{
        CommunityStore,
        discussions::reading::{admits, person, shown_title},
    },
    error::to_domain,
    token::storable,
    wiki::{author, author_columns},
};

/// Lines on one page.
const PAGE: usize = 30;

/// The topic of a mute, where it is for who asks.
fn topic(row: &QueryResult) -> std::result::Result<Option<TopicLink>, DbErr> {
    let Some(id) = row.try_get::<Option<String>>("", "topic")? else {
        return Ok(None);
    };
    let kind: String = row.try_get("", "kind")?;
    let kind = TopicKind::from_name(&kind);
    let title: String = row.try_get("", "title")?;
    let hidden: Option<i64> = row.try_get("", "hidden_at")?;
    Ok(Some(TopicLink {
        kind,
        id,
        words: kind.words(&title),
        title: shown_title(kind, title, hidden.is_some()),
        condition: ConditionLink {
            slug: row.try_get("", "slug")?,
            name: row.try_get("", "name")?,
        },
    }))
}

fn read(row: &QueryResult) -> std::result::Result<Mute, DbErr> {
    let in_topic: Option<Uuid> = row.try_get("", "topic_id")?;
    let alias: Option<i64> = row.try_get("", "alias")?;
    Ok(Mute {
        id: row.try_get("", "public_id")?,
        muted: match (in_topic, alias) {
            (_, Some(number)) => Muted::Alias {
                number,
                topic: topic(row)?,
            },
            (Some(_), None) => Muted::Unnamed(topic(row)?),
            (None, None) => Muted::Person(author(row)?),
        },
        since: Timestamp(row.try_get("", "created_at")?),
    })
}

impl CommunityStore {
    pub(super) async fn muted_list(&self, actor: Actor, after: Option<&str>) -> Result<MuteList> {
        let mut values: Vec<Value> = vec![person(actor)];
        let mut behind = "";
        if let Some(after) = after {
            let sql = "SELECT mute.created_at, mute.id FROM mute \
                 WHERE mute.account_id = $1 AND mute.public_id = $2";
            let named = vec![person(actor), storable(after)?.into()];
            let row = self.database.query_one(sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let time: i64 = row.try_get("", "created_at").map_err(to_domain)?;
            let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
            values.extend([time.into(), id.into()]);
            behind = "AND (mute.created_at, mute.id) < ($2, $3) ";
        }
        let sql = format!(
            "SELECT mute.public_id, mute.topic_id, mute.alias, mute.created_at, \
             t.public_id AS topic, t.kind, \
             t.title, t.hidden_at, c.slug, c.name, {} FROM mute \
             LEFT JOIN topic t ON t.id = mute.topic_id AND {} \
             LEFT JOIN condition c ON c.id = t.condition_id \
             LEFT JOIN account ON account.id = mute.muted_account_id \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE mute.account_id = $1 {behind}\
             ORDER BY mute.created_at DESC, mute.id DESC LIMIT {}",
            author_columns(Scope::of(actor)),
            admits(TopicScope::of(actor)),
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let mutes: std::result::Result<Vec<_>, _> = rows.iter().map(read).collect();
        let mut mutes = mutes.map_err(to_domain)?;
        let more = mutes.len() > PAGE;
        mutes.truncate(PAGE);
        Ok(MuteList {
            next: mutes.last().filter(|_| more).map(|last| last.id.clone()),
            mutes,
        })
    }
}
