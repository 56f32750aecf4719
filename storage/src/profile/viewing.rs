//! Profiles, pictures and lists as somebody sees them. What is not for them does not leave here.

use domain::{
    Error, Result,
    account::{AccountId, Actor, Member},
    catalogue::{ConditionLink, Resolved},
    community::Membership,
    event::EventKind,
    policy::{Audience, Quota, Scope, Viewer},
    profile::{Listed, MemberList, OwnProfile, Picture, Profile},
};
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use super::ProfileStore;
use crate::{
    DatabaseKind,
    account::{IN_GOOD_STANDING, count_walk, in_good_standing},
    catalogue::address::{self, Present},
    changes, community,
    error::{internal, to_domain},
    quota,
    write::Write,
};

/// Members on one page of a list.
const PAGE: usize = 50;
/// Of how many members, in the order of their names, a page is looked for at first. Of as many it is
/// nearly always full; where it is not, all are looked through.
const AT_FIRST: usize = 200;

/// Whether a person, by SQL, shares a community with the owner of the row of `account`: both have
/// named the condition, and both show that to fellow members. Says the same as
/// `policy::share_a_community`. With the offset PostgreSQL asks it of each row for itself; else it would
/// first look for everybody with whom the person shares one.
fn shares(person: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM membership theirs \
         JOIN membership mine ON mine.condition_id = theirs.condition_id \
         WHERE theirs.account_id = account.id AND mine.account_id = {person} \
         AND theirs.audience IN ('communities', 'members', 'everyone') \
         AND mine.audience IN ('communities', 'members', 'everyone') LIMIT 1 OFFSET 0)"
    )
}

/// Everything of one person's profile in one row of one statement, for the person `$1`.
fn sql(kind: DatabaseKind) -> String {
    let conditions = kind.json_rows(
        "c.slug, c.name, ac.audience, CASE WHEN ac.home THEN 1 ELSE 0 END",
        "CASE WHEN ac.home THEN 0 ELSE 1 END, c.sort_key, c.slug",
        "membership ac JOIN condition c ON c.id = ac.condition_id \
         WHERE ac.account_id = account.id",
    );
    format!(
        "SELECT account.id, account.handle, account.display_name, \
         CASE WHEN {IN_GOOD_STANDING} THEN 1 ELSE 0 END AS in_good_standing, \
         profile.name_audience, profile.about, profile.about_html, profile.about_audience, \
         profile.picture_audience, profile.listed_audience, profile.for_search_engines, \
         picture.version, {conditions} AS conditions, \
         CASE WHEN {} THEN 1 ELSE 0 END AS shares \
         FROM account JOIN profile ON profile.account_id = account.id \
         LEFT JOIN picture ON picture.account_id = account.id ",
        shares("$1")
    )
}

/// The SQL of a scope: whether the item with the audience in `column`, of the owner in the row of
/// `account`, is for the person `$1`. Says the same as `Audience::admits` with `Scope::viewer`.
pub(crate) fn admits(scope: Scope, column: &str) -> String {
    match scope {
        Scope::Visitor => format!("{column} = 'everyone'"),
        Scope::Member(_) => admits_member("$1", column),
    }
}

/// The same for a member whom SQL names.
pub(crate) fn admits_member(person: &str, column: &str) -> String {
    format!(
        "(account.id = {person} OR {column} IN ('everyone', 'members') \
         OR ({column} = 'communities' AND {}))",
        shares(person)
    )
}

/// Who asks, as the parameter `$1`. Nobody has the nil UUID.
pub(crate) fn parameter(scope: Scope) -> Value {
    match scope {
        Scope::Visitor => Uuid::nil().into(),
        Scope::Member(account) => account.0.into(),
    }
}

/// A row of the statement.
struct Row {
    account: AccountId,
    suspended: bool,
    shares: bool,
    about_html: String,
    whole: OwnProfile,
}

impl Row {
    fn read(row: &QueryResult) -> Result<Self> {
        let text = |column: &str| row.try_get::<String>("", column).map_err(to_domain);
        let audience = |column: &str| text(column).map(|name| Audience::from_name(&name));
        let conditions: Vec<(String, String, String, i32)> =
            serde_json::from_str(&text("conditions")?).map_err(|error| internal(&error))?;
        Ok(Self {
            account: AccountId(row.try_get("", "id").map_err(to_domain)?),
            suspended: row
                .try_get::<i32>("", "in_good_standing")
                .map_err(to_domain)?
                == 0,
            shares: row.try_get::<i32>("", "shares").map_err(to_domain)? == 1,
            about_html: text("about_html")?,
            whole: OwnProfile {
                handle: text("handle")?,
                name: text("display_name")?,
                name_audience: audience("name_audience")?,
                about: text("about")?,
                about_audience: audience("about_audience")?,
                picture: row.try_get("", "version").map_err(to_domain)?,
                picture_audience: audience("picture_audience")?,
                listed_audience: audience("listed_audience")?,
                for_search_engines: row.try_get("", "for_search_engines").map_err(to_domain)?,
                memberships: conditions
                    .into_iter()
                    .map(|(slug, name, audience, home)| Membership {
                        condition: ConditionLink { slug, name },
                        audience: Audience::from_name(&audience),
                        home: home == 1,
                    })
                    .collect(),
            },
        })
    }

    /// What of it is for somebody who stands like this to the person.
    fn seen_from(self, viewer: Viewer) -> Profile {
        let whole = self.whole;
        Profile {
            name: whole.name_audience.admits(viewer).then_some(whole.name),
            picture: whole
                .picture
                .filter(|_| whole.picture_audience.admits(viewer)),
            about: Some(self.about_html)
                .filter(|html| !html.is_empty() && whole.about_audience.admits(viewer))
                .map(crate::wiki::markdown::stored),
            conditions: whole
                .memberships
                .into_iter()
                .filter(|named| named.audience.admits(viewer))
                .map(|named| named.condition)
                .collect(),
            own: viewer == Viewer::Owner,
            for_search_engines: whole.for_search_engines,
            handle: whole.handle,
        }
    }
}

impl ProfileStore {
    async fn row(&self, scope: Scope, rest: &str, value: Value) -> Result<Option<Row>> {
        let sql = sql(self.database.kind()) + rest;
        self.database
            .query_one(&sql, vec![parameter(scope), value])
            .await
            .map_err(to_domain)?
            .as_ref()
            .map(Row::read)
            .transpose()
    }

    pub(super) async fn as_seen_by(&self, actor: Actor, handle: &str) -> Result<Profile> {
        let scope = Scope::of(actor);
        let row = self
            .row(scope, "WHERE account.handle = $2", storable(handle).into())
            .await?
            .ok_or(Error::NotFound)?;
        let viewer = scope.viewer(row.account, row.shares);
        if row.suspended && viewer != Viewer::Owner {
            return Err(Error::NotFound);
        }
        let profile = row.seen_from(viewer);
        if profile.is_empty() {
            return Err(Error::NotFound);
        }
        Ok(profile)
    }

    async fn own_row(&self, member: Member) -> Result<Row> {
        let rest = "WHERE account.id = $2";
        self.row(Scope::Member(member.account), rest, member.account.0.into())
            .await?
            // Deleted on another device a moment ago.
            .ok_or(Error::Unauthenticated)
    }

    pub(super) async fn whole(&self, member: Member) -> Result<OwnProfile> {
        self.own_row(member).await.map(|row| row.whole)
    }

    pub(super) async fn as_if(&self, member: Member, viewer: Viewer) -> Result<Profile> {
        let row = self.own_row(member).await?;
        Ok(row.seen_from(viewer))
    }

    pub(super) async fn picture_for(&self, actor: Actor, handle: &str) -> Result<Picture> {
        let scope = Scope::of(actor);
        let admits = admits(scope, "profile.picture_audience");
        // A suspended person still sees their own.
        let sql = format!(
            "SELECT picture.version, picture.jpeg FROM account \
             JOIN profile ON profile.account_id = account.id \
             JOIN picture ON picture.account_id = account.id \
             WHERE account.handle = $2 AND {admits} \
             AND ({IN_GOOD_STANDING} OR account.id = $1)"
        );
        let row = self
            .database
            .query_one(&sql, vec![parameter(scope), storable(handle).into()])
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        Ok(Picture {
            version: row.try_get("", "version").map_err(to_domain)?,
            bytes: row.try_get("", "jpeg").map_err(to_domain)?,
        })
    }

    /// Counts one page of members that somebody looks at behind the first. Who has come to the end of what
    /// they may is shown to administrators, and the log says it once a day.
    async fn count_page(&self, actor: Actor) -> Result<()> {
        let Some(member) = actor.member() else {
            return Ok(());
        };
        let write = Write::begin(&self.database, actor).await?;
        let used_up = match quota::spend(&write, &self.database, actor, Quota::MemberPages).await {
            Ok(()) => return write.commit().await,
            Err(error @ Error::LimitReached { .. }) => error,
            Err(other) => return Err(other),
        };
        let account = member.account.0;
        let told = ["member-lists-walked", &account.simple().to_string()];
        let once = (1, Quota::MemberPages.period());
        let first = quota::take(&write, &self.database, &told, once).await?;
        if first {
            let kind = EventKind::MemberListsWalked;
            write.record(kind, Some(account), None).await?;
        }
        if count_walk(&write, &self.database, account).await? || first {
            write.commit().await?;
        }
        Err(used_up)
    }

    /// A page of the members of a community, and the one behind it, if any.
    async fn rows(&self, scope: Scope, id: Uuid, after: Option<&str>) -> Result<Vec<QueryResult>> {
        // A name that is not for who asks must not show by its place in the order either.
        let [listed, named, condition_named, picture] = [
            "account.listed_audience",
            "account.name_audience",
            "account.audience",
            "account.picture_audience",
        ]
        .map(|column| admits(scope, column));
        // An index has those alone whom visitors may find; what each of them shows is asked nevertheless.
        let found = match scope {
            Scope::Visitor => "m.public",
            Scope::Member(_) => "(m.audience <> 'only-me' OR m.account_id = $1)",
        };
        // What a limit is put to is joined first, row by row, in the order of the index.
        let joined = |among: &str| {
            format!(
                "FROM (SELECT m.account_id AS id, m.name_key, m.audience, a.handle, a.display_name, \
                 p.listed_audience, p.name_audience, p.picture_audience \
                 FROM membership m JOIN account a ON a.id = m.account_id \
                 JOIN profile p ON p.account_id = m.account_id \
                 WHERE m.condition_id = $2 AND {found} AND {} {among}) account \
                 LEFT JOIN picture ON picture.account_id = account.id \
                 WHERE {listed} AND {named} AND {condition_named}",
                in_good_standing!("a")
            )
        };
        let mut values = vec![parameter(scope), id.into()];
        let mut behind = "";
        if let Some(after) = after {
            values.push(storable(after).into());
            // A person who is not in this list for who asks has no place in it: where the next page
            // began would tell where the name sorts.
            let sql = format!(
                "SELECT account.name_key, account.id {} AND account.handle = $3",
                joined("")
            );
            let row = self.database.query_one(&sql, values.clone()).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let account: Uuid = row.try_get("", "id").map_err(to_domain)?;
            let name: String = row.try_get("", "name_key").map_err(to_domain)?;
            values[2] = account.into();
            values.push(name.into());
            behind = "AND (m.name_key, m.account_id) > ($4, $3)";
        }
        let page = |among: &str| {
            format!(
                "SELECT account.handle, account.display_name, \
                 CASE WHEN {picture} THEN picture.version END AS version {} \
                 ORDER BY account.name_key, account.id LIMIT {}",
                joined(among),
                PAGE + 1
            )
        };
        let in_order = format!("{behind} ORDER BY m.name_key, m.account_id LIMIT");
        let sql = page(&format!("{in_order} {AT_FIRST}"));
        let rows = self.database.query(&sql, values.clone()).await;
        let mut rows = rows.map_err(to_domain)?;
        if rows.len() <= PAGE {
            let sql = format!(
                "SELECT m.account_id FROM membership m \
                 WHERE m.condition_id = $2 AND {found} {in_order} 1 OFFSET {AT_FIRST}"
            );
            let further = self.database.query_one(&sql, values.clone()).await;
            if further.map_err(to_domain)?.is_some() {
                let all = self.database.query(&page(behind), values).await;
                rows = all.map_err(to_domain)?;
            }
        }
        Ok(rows)
    }

    pub(super) async fn list(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<MemberList>> {
        let Present {
            id,
            link: condition,
            ..
        } = match address::at(&self.database, slug).await? {
            Resolved::Here(found) => found,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        if after.is_some() {
            self.count_page(actor).await?;
        }
        let reading = self.rows(Scope::of(actor), id, after);
        let rows = changes::of_condition(id, reading).await?;
        let mut members = rows
            .iter()
            .map(|row| {
                Ok(Listed {
                    handle: row.try_get("", "handle")?,
                    name: row.try_get("", "display_name")?,
                    picture: row.try_get("", "version")?,
                })
            })
            .collect::<std::result::Result<Vec<_>, sea_orm::DbErr>>()
            .map_err(to_domain)?;
        let more = members.len() > PAGE;
        members.truncate(PAGE);
        let leaders = match after {
            None => community::leaders_of(&self.database, id).await?,
            Some(_) => Vec::new(),
        };
        Ok(Resolved::Here(MemberList {
            leaders,
            condition,
            next: members
                .last()
                .filter(|_| more)
                .map(|last| last.handle.clone()),
            members,
        }))
    }
}

/// PostgreSQL stores no null and would complain about one.
fn storable(handle: &str) -> String {
    handle.replace('\0', "")
}
