//! What is reported, as who reports it reads it.

use domain::{
    Error, Result,
    account::{Actor, Member},
    catalogue::Resolved,
    community::{ReportSubject, Reporting},
    policy::Scope,
    text::{plain_line, shorten},
    wiki::{Author, Item, SectionKind},
};
use sea_orm::Value;
use uuid::Uuid;

use super::CommunityStore;
use crate::{
    catalogue::address::{self, Present},
    community::{
        aliases::{author_or_alias, is_by},
        discussions::reading::person,
    },
    error::to_domain,
    profile,
    token::storable,
    wiki::{LANGUAGE, author_columns, entries_of},
};

/// Characters of a text that who reports it is shown.
const EXCERPT: usize = 500;
/// Most characters of a title.
const TITLE: usize = 200;

/// Something that is there for who reports it.
pub(super) struct Found {
    /// What tells it from all others.
    pub(super) key: String,
    pub(super) topic: Option<(Uuid, i64)>,
    pub(super) resource: Option<Uuid>,
    pub(super) member: Option<Uuid>,
    pub(super) condition: Option<Uuid>,
    pub(super) section: Option<SectionKind>,
    pub(super) tip: Option<String>,
    pub(super) revision: Option<i64>,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) author: Option<Author>,
    /// Whether it is theirs.
    own: bool,
}

impl Found {
    fn new(subject: &ReportSubject, key: &str) -> Self {
        Self {
            key: format!("{}:{key}", subject.kind()),
            topic: None,
            resource: None,
            member: None,
            condition: None,
            section: None,
            tip: None,
            revision: None,
            title: String::new(),
            text: String::new(),
            author: None,
            own: false,
        }
    }
}

impl CommunityStore {
    pub(super) async fn before_reporting(
        &self,
        actor: Actor,
        member: Member,
        subject: &ReportSubject,
    ) -> Result<Reporting> {
        let found = self.to_report(actor, subject).await?;
        let sql = "SELECT 1 FROM report x JOIN report_case k ON k.id = x.case_id \
             WHERE x.account_id = $1 AND k.subject = $2 AND k.closed_at IS NULL";
        let values = vec![member.account.0.into(), found.key.into()];
        let already = self.database.query_one(sql, values).await;
        Ok(Reporting {
            subject: subject.clone(),
            title: found.title,
            author: found.author,
            excerpt: shorten(&found.text, EXCERPT),
            already: already.map_err(to_domain)?.is_some(),
        })
    }

    /// What somebody may report.
    pub(super) async fn to_report(&self, actor: Actor, subject: &ReportSubject) -> Result<Found> {
        let found = match subject {
            ReportSubject::Post { topic, number } => {
                self.post_to_report(actor, topic, *number).await
            }
            ReportSubject::Resource { id } => self.resource_to_report(actor, id).await,
            ReportSubject::Member { handle } => self.member_to_report(actor, handle).await,
            ReportSubject::Section { slug, kind } => self.section_to_report(slug, *kind).await,
            ReportSubject::Tip { slug, id } => self.tip_to_report(slug, id).await,
        }?;
        if found.own {
            return Err(crate::community::forbidden(
                "this is your own. You can change or delete it yourself.",
            ));
        }
        Ok(found)
    }

    async fn post_to_report(&self, actor: Actor, id: &str, number: i64) -> Result<Found> {
        let topic = self.readable(actor, id).await?;
        let sql = format!(
            "SELECT p.text, p.alias, CASE WHEN {} THEN 1 ELSE 0 END AS own, {} FROM post p \
             LEFT JOIN account ON account.id = p.account_id \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE p.topic_id = $2 AND p.number = $3 AND p.deleted_at IS NULL \
             AND p.hidden_at IS NULL",
            is_by("p", "p.topic_id", "$1"),
            author_columns(Scope::of(actor))
        );
        let values = vec![person(actor), topic.id.into(), number.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let title = &topic.line.title;
        let subject = ReportSubject::Post {
            topic: id.to_owned(),
            number,
        };
        Ok(Found {
            topic: Some((topic.id, number)),
            title: if number == 1 {
                title.clone()
            } else {
                format!("Post {number} in “{title}”")
            },
            text: row.try_get("", "text").map_err(to_domain)?,
            author: Some(author_or_alias(&row).map_err(to_domain)?),
            own: row.try_get::<i32>("", "own").map_err(to_domain)? == 1,
            ..Found::new(&subject, &format!("{}:{number}", topic.id.simple()))
        })
    }

    async fn resource_to_report(&self, actor: Actor, id: &str) -> Result<Found> {
        // Who has suggested it is nobody's business.
        let sql = "SELECT r.id, r.title, r.description, r.link, \
             CASE WHEN r.account_id = $1 THEN 1 ELSE 0 END AS own \
             FROM resource r WHERE r.public_id = $2 AND r.state = 'approved'";
        let values = vec![person(actor), storable(id)?.into()];
        let row = self.database.query_one(sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let text = |column: &str| row.try_get::<String>("", column).map_err(to_domain);
        let key: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let subject = ReportSubject::Resource { id: id.to_owned() };
        Ok(Found {
            resource: Some(key),
            title: text("title")?,
            text: format!("{}\n{}", text("description")?, text("link")?)
                .trim()
                .to_owned(),
            own: row.try_get::<i32>("", "own").map_err(to_domain)? == 1,
            ..Found::new(&subject, &key.simple().to_string())
        })
    }

    async fn member_to_report(&self, actor: Actor, handle: &str) -> Result<Found> {
        let profile = profile::seen_by(&self.database, actor, handle).await?;
        let sql = "SELECT account.id, profile.about FROM account \
             JOIN profile ON profile.account_id = account.id WHERE account.handle = $1";
        let row = self.database.query_one(sql, vec![storable(handle)?.into()]);
        let row = row.await.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let key: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let about: String = row.try_get("", "about").map_err(to_domain)?;
        let subject = ReportSubject::Member {
            handle: handle.to_owned(),
        };
        Ok(Found {
            member: Some(key),
            // What is not for who reports it is not for moderators by that.
            text: profile.about.map(|_| about).unwrap_or_default(),
            title: profile.name.unwrap_or_else(|| "A member".to_owned()),
            own: profile.own,
            ..Found::new(&subject, &key.simple().to_string())
        })
    }

    async fn condition_to_report(&self, slug: &str) -> Result<Present> {
        match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => Ok(condition),
            Resolved::Moved { slug } => address::present(&self.database, &slug).await,
        }
    }

    async fn section_to_report(&self, slug: &str, kind: SectionKind) -> Result<Found> {
        let condition = self.condition_to_report(slug).await?;
        let sql = format!(
            "SELECT v.markdown, v.number FROM section s JOIN revision v ON v.id = s.head_id \
             WHERE s.condition_id = $1 AND s.kind = $2 AND s.language = '{LANGUAGE}'"
        );
        let values: Vec<Value> = vec![condition.id.into(), kind.as_str().into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let key = format!("{}:{}", condition.id.simple(), kind.as_str());
        let subject = ReportSubject::Section {
            slug: slug.to_owned(),
            kind,
        };
        Ok(Found {
            condition: Some(condition.id),
            section: Some(kind),
            revision: Some(row.try_get("", "number").map_err(to_domain)?),
            title: format!("{}: {}", kind.title(), condition.link.name),
            text: row.try_get("", "markdown").map_err(to_domain)?,
            ..Found::new(&subject, &key)
        })
    }

    async fn tip_to_report(&self, slug: &str, id: &str) -> Result<Found> {
        let condition = self.condition_to_report(slug).await?;
        // Whose it is says the first revision that has it.
        let sql = format!(
            "SELECT v.entries, (SELECT min(f.number) FROM revision f \
             WHERE f.section_id = s.id AND f.entries LIKE $2 ESCAPE '!') AS number \
             FROM section s JOIN revision v ON v.id = s.head_id \
             WHERE s.condition_id = $1 AND s.kind = 'tips' AND s.language = '{LANGUAGE}'"
        );
        let quoted = serde_json::Value::from(id).to_string();
        let quoted = ["!", "%", "_"].iter().fold(quoted, |quoted, sign| {
            quoted.replace(sign, &format!("!{sign}"))
        });
        let like = format!("%\"id\":{quoted}%");
        let values: Vec<Value> = vec![condition.id.into(), storable(&like)?.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let entries: Option<String> = row.try_get("", "entries").map_err(to_domain)?;
        let entries = entries_of(entries.as_deref())?;
        let entry = entries
            .into_iter()
            .find(|entry| entry.id == id && entry.hidden.is_none());
        let Some(Item::Tip { name, markdown }) = entry.map(|entry| entry.item) else {
            return Err(Error::NotFound);
        };
        let subject = ReportSubject::Tip {
            slug: slug.to_owned(),
            id: id.to_owned(),
        };
        Ok(Found {
            condition: Some(condition.id),
            tip: Some(id.to_owned()),
            revision: row.try_get("", "number").map_err(to_domain)?,
            title: plain_line(&name, TITLE),
            text: markdown,
            ..Found::new(&subject, &format!("{}:{id}", condition.id.simple()))
        })
    }
}
