//! What was written before, and by whom, as far as who asks may know.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    policy::Scope,
    time::Timestamp,
    wiki::{
        Author, Comparison, DraftLink, Editing, History, Origin, Preview, Revision, RevisionText,
        SectionKind, check_draft, readability,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryResult, QuerySelect, Value};

use super::{
    LANGUAGE, WikiStore, content, drafts,
    entity::proposal,
    markdown, revise,
    saving::{self, tidy},
};
use crate::{
    account::IN_GOOD_STANDING,
    catalogue::address::{self, Present},
    changes, diff,
    error::{internal, to_domain},
    profile, token,
};

/// Revisions on one page of a history.
const PAGE: usize = 50;

/// Columns of an account that wrote something, joined as `account`: the name, where it is for the
/// person `$1`.
pub(crate) fn author_columns(scope: Scope) -> String {
    let admits = profile::admits(scope, "profile.name_audience");
    format!(
        "CASE WHEN {admits} THEN account.display_name END AS author_name, \
         CASE WHEN {admits} AND {IN_GOOD_STANDING} THEN account.handle END AS author_handle"
    )
}

pub(crate) fn author(row: &QueryResult) -> std::result::Result<Author, sea_orm::DbErr> {
    Ok(Author {
        handle: row.try_get("", "author_handle")?,
        name: row.try_get("", "author_name")?,
    })
}

fn revision_sql(scope: Scope, more: &str) -> String {
    format!(
        "SELECT r.number, s.kind, r.origin, r.source_name, r.created_at, r.summary, \
         r.restored_number, CASE WHEN s.head_id = r.id THEN 1 ELSE 0 END AS is_head, \
         (SELECT max(v.created_at) FROM review v WHERE v.revision_number = r.number) AS reviewed_at, \
         {}{more} FROM revision r JOIN section s ON s.id = r.section_id \
         LEFT JOIN account ON account.id = r.author_id \
         LEFT JOIN profile ON profile.account_id = account.id \
         WHERE s.condition_id = $2 AND s.language = '{LANGUAGE}' ",
        author_columns(scope)
    )
}

fn revision(row: &QueryResult) -> Result<Revision> {
    let read = || -> std::result::Result<_, sea_orm::DbErr> {
        let origin: String = row.try_get("", "origin")?;
        let source: Option<String> = row.try_get("", "source_name")?;
        let kind: String = row.try_get("", "kind")?;
        Ok((
            kind,
            Revision {
                number: row.try_get("", "number")?,
                kind: SectionKind::Description,
                origin: match (origin.as_str(), source) {
                    ("import", Some(source)) => Origin::Imported(source),
                    ("starter", _) => Origin::Starter,
                    _ => Origin::Person(author(row)?),
                },
                saved: Timestamp(row.try_get("", "created_at")?),
                summary: row.try_get("", "summary")?,
                restores: row.try_get("", "restored_number")?,
                is_head: row.try_get::<i32>("", "is_head")? == 1,
                reviewed: row
                    .try_get::<Option<i64>>("", "reviewed_at")?
                    .map(Timestamp),
            },
        ))
    };
    let (kind, revision) = read().map_err(to_domain)?;
    let kind = SectionKind::parse(&kind)
        .ok_or_else(|| internal(&format!("a section of the kind {kind}")))?;
    Ok(Revision { kind, ..revision })
}

impl WikiStore {
    /// The condition whose present address it is.
    pub(super) async fn present(&self, slug: &str) -> Result<Present> {
        address::present(&self.database, slug).await
    }

    pub(super) async fn past(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<SectionKind>,
        before: Option<i64>,
    ) -> Result<Resolved<History>> {
        let condition = match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let scope = Scope::of(actor);
        let mut sql = revision_sql(scope, "");
        let mut values = vec![profile::parameter(scope), condition.id.into()];
        if let Some(kind) = kind {
            values.push(kind.as_str().into());
            // The section by itself, so that its index gives the revisions in order.
            sql.push_str(
                "AND r.section_id = (SELECT o.id FROM section o \
                 WHERE o.condition_id = $2 AND o.kind = $3 AND o.language = 'en') ",
            );
        }
        if let Some(before) = before {
            values.push(before.into());
            let _ = write!(sql, "AND r.number < ${} ", values.len());
        }
        let _ = write!(sql, "ORDER BY r.number DESC LIMIT {}", PAGE + 1);
        let reading = self.database.query(&sql, values);
        let rows = changes::of_condition(condition.id, reading).await;
        let rows = rows.map_err(to_domain)?;
        let mut revisions = rows.iter().map(revision).collect::<Result<Vec<_>>>()?;
        let more = revisions.len() > PAGE;
        revisions.truncate(PAGE);
        Ok(Resolved::Here(History {
            condition: condition.link,
            since: condition.since,
            kind,
            next: revisions.last().filter(|_| more).map(|last| last.number),
            revisions,
        }))
    }

    /// A revision of a condition, with its Markdown and HTML.
    async fn whole_revision(
        &self,
        actor: Actor,
        condition: &Present,
        number: i64,
    ) -> Result<(Revision, QueryResult)> {
        let scope = Scope::of(actor);
        let more = ", r.markdown, r.html, \
                    (SELECT max(b.number) FROM revision b \
                     WHERE b.section_id = r.section_id AND b.number < r.number) AS before";
        let sql = revision_sql(scope, more) + "AND r.number = $3";
        let values: Vec<Value> = vec![
            profile::parameter(scope),
            condition.id.into(),
            number.into(),
        ];
        let row = self
            .database
            .query_one(&sql, values)
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        Ok((revision(&row)?, row))
    }

    pub(super) async fn one_revision(
        &self,
        actor: Actor,
        slug: &str,
        number: i64,
    ) -> Result<RevisionText> {
        let condition = self.present(slug).await?;
        let (revision, row) = self.whole_revision(actor, &condition, number).await?;
        let html: String = row.try_get("", "html").map_err(to_domain)?;
        let html = markdown::elsewhere(&html, &condition.link.slug);
        Ok(RevisionText {
            condition: condition.link,
            revision,
            before: row.try_get("", "before").map_err(to_domain)?,
            markdown: row.try_get("", "markdown").map_err(to_domain)?,
            html,
        })
    }

    pub(super) async fn beside(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        (from, to): (i64, i64),
    ) -> Result<Comparison> {
        let condition = self.present(slug).await?;
        let (older, older_row) = self.whole_revision(actor, &condition, from).await?;
        let (newer, newer_row) = self.whole_revision(actor, &condition, to).await?;
        if older.kind != kind || newer.kind != kind {
            return Err(Error::NotFound);
        }
        let text = |row: &QueryResult| row.try_get::<String>("", "markdown").map_err(to_domain);
        let (from, to) = (text(&older_row)?, text(&newer_row)?);
        let changes = tokio::task::spawn_blocking(move || diff::changes(&from, &to))
            .await
            .map_err(|error| internal(&error))?;
        Ok(Comparison {
            condition: condition.link,
            from: older,
            to: newer,
            changes,
        })
    }

    pub(super) async fn to_edit(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        asked: Option<&str>,
    ) -> Result<Editing> {
        let condition = self.present(slug).await?;
        let readers = self.database.readers();
        let section = revise::find(readers, condition.id, kind).await?;
        let now = self.database.now();
        let keys = content::reference_keys(readers, condition.id).await?;
        let mut editing = Editing {
            condition: condition.link,
            head: None,
            markdown: String::new(),
            draft: None,
            other_drafts: Vec::new(),
            link: DraftLink {
                id: token::public_id()?,
                grown_from: String::new(),
            },
            protection: None,
            publishes: domain::policy::publishes(actor, None),
            keys,
            waiting: vec![],
        };
        let Some(section) = section else {
            return Ok(editing);
        };
        if let Some(head) = saving::head(readers, &section).await? {
            editing.head = Some(head.number);
            editing.markdown = head.markdown;
        }
        let protection = saving::protection(&section, now.0);
        editing.publishes = domain::policy::publishes(actor, protection);
        editing.protection = saving::protected(&section, now.0);
        let Some(member) = actor.member() else {
            return Ok(editing);
        };
        let place = (member.account.0, section.id);
        drafts::offer(readers, place, asked, &mut editing).await?;
        editing.waiting = proposal::Entity::find()
            .select_only()
            .column(proposal::Column::PublicId)
            .filter(proposal::Column::SectionId.eq(section.id))
            .filter(proposal::Column::State.eq("waiting"))
            .filter(proposal::Column::AuthorId.eq(member.account.0))
            .limit(20)
            .into_tuple()
            .all(readers)
            .await
            .map_err(to_domain)?;
        Ok(editing)
    }

    pub(super) async fn look_ahead(
        &self,
        slug: &str,
        kind: SectionKind,
        typed: &str,
    ) -> Result<Preview> {
        let text = tidy(typed);
        check_draft("text", kind, &text)?;
        let condition = self.present(slug).await?;
        let readers = self.database.readers();
        let keys = content::reference_keys(readers, condition.id).await?;
        let head = revise::find(readers, condition.id, kind).await?;
        let present = match head {
            Some(section) => saving::head(readers, &section).await?,
            None => None,
        };
        let before = present.map(|head| head.markdown).unwrap_or_default();
        tokio::task::spawn_blocking(move || Preview {
            html: markdown::elsewhere(
                &markdown::render(&text, &keys, kind.as_str()),
                &condition.link.slug,
            ),
            readability: readability(&text),
            changes: diff::changes(before.trim_end(), &text),
        })
        .await
        .map_err(|error| internal(&error))
    }
}
