//! The wiki on SeaORM.

mod comparing;
pub mod entity;
mod history;
mod import;
pub mod markdown;
mod proposals;
mod reviews;
mod revise;
mod revisions;
mod saving;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{AccountId, Actor},
    catalogue::{Code, ConditionId, ImportReport, Progress},
    policy::{Action, Scope, permit},
    time::Timestamp,
    wiki::{
        Provenance, Reference, ReviewNote, Section, SectionKind, SectionsImport, Tip, Wiki,
        WikiDraft, WikiPage,
    },
};
use serde::Deserialize;

use uuid::Uuid;

use crate::{Database, DatabaseKind, error::to_domain, profile};

/// The language of texts until interface languages come.
pub(crate) const LANGUAGE: &str = "en";

/// [`Wiki`] on a database.
#[derive(Debug)]
pub struct WikiStore {
    database: Arc<Database>,
    /// The page as visitors and as members see it.
    page_sql: [String; 2],
}

impl WikiStore {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self {
            page_sql: [false, true].map(|member| page_sql(database.kind(), member)),
            database,
        }
    }
}

/// All of a condition's sections, tips and references in one statement of one row, for the person
/// `$1`.
fn page_sql(kind: DatabaseKind, member: bool) -> String {
    let scope = if member {
        Scope::Member(AccountId(Uuid::nil()))
    } else {
        Scope::Visitor
    };
    let named = |account: &str| {
        format!(
            "(SELECT account.display_name FROM account \
             JOIN profile ON profile.account_id = account.id \
             WHERE account.id = {account} AND {})",
            profile::admits(scope, "profile.name_audience")
        )
    };
    let sections = kind.json_rows(
        &format!(
            "s.kind, r.html, r.origin, r.source_name, r.source_year, r.source_url, r.created_at, \
             r.number, {}, v.revision_number, v.created_at, v.due_at, {}",
            named("r.author_id"),
            named("v.reviewer_id")
        ),
        "s.kind",
        "section s JOIN revision r ON r.id = s.head_id \
         LEFT JOIN review v ON v.section_id = s.id AND v.is_last \
         WHERE s.condition_id = $2 AND s.language = $3",
    );
    let tips = kind.json_rows(
        "t.name, t.html",
        "t.position, t.created_at",
        "tip t WHERE t.condition_id = $2 AND t.language = $3",
    );
    let references = kind.json_rows(
        "f.citation_key, f.title, f.source, f.year, f.doi, f.pmid, f.url",
        "f.position",
        "reference f WHERE f.condition_id = $2",
    );
    format!("SELECT {sections} AS sections, {tips} AS tips, {references} AS citations")
}

#[derive(Deserialize)]
struct SectionRow(
    SectionKind,
    String,
    String,
    Option<String>,
    Option<i32>,
    Option<String>,
    i64,
    i64,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

impl SectionRow {
    fn section(self, now: Timestamp) -> Section {
        let Self(
            kind,
            html,
            origin,
            source,
            year,
            url,
            created_at,
            number,
            author,
            read,
            reviewed_at,
            due_at,
            reviewer,
        ) = self;
        let review = match (read, reviewed_at, due_at) {
            (Some(read), Some(day), Some(due)) => Some(ReviewNote {
                by: reviewer,
                day: Timestamp(day).into(),
                due: Timestamp(due).into(),
                overdue: due < now.0,
                older: (read != number).then_some(read),
            }),
            _ => None,
        };
        let date = Timestamp(created_at).into();
        let provenance = match (origin.as_str(), source) {
            ("import", Some(source)) => Provenance::Imported {
                source,
                year: year.unwrap_or_default(),
                url: url.unwrap_or_default(),
            },
            ("starter", _) => Provenance::Starter { date },
            _ => Provenance::Person { name: author, date },
        };
        Section {
            kind,
            html: html.into(),
            provenance,
            revision: number,
            review,
        }
    }
}

#[derive(Deserialize)]
struct ReferenceRow(
    String,
    String,
    Option<String>,
    Option<i32>,
    Option<String>,
    Option<String>,
    Option<String>,
);

#[async_trait]
impl Wiki for WikiStore {
    async fn page(&self, actor: Actor, condition: ConditionId) -> Result<WikiPage> {
        permit(actor, Action::ReadCatalogue)?;
        let scope = Scope::of(actor);
        let now = self.database.now();
        let row = self
            .database
            .query_one(
                &self.page_sql[usize::from(scope != Scope::Visitor)],
                vec![
                    profile::parameter(scope),
                    condition.0.into(),
                    LANGUAGE.into(),
                ],
            )
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let column = |name: &str| row.try_get::<String>("", name).map_err(to_domain);
        let mut sections: Vec<Section> = parse::<Vec<SectionRow>>(&column("sections")?)?
            .into_iter()
            .map(|row| row.section(now))
            .collect();
        sections.sort_by_key(|section| section.kind);
        Ok(WikiPage {
            sections,
            tips: parse::<Vec<(String, String)>>(&column("tips")?)?
                .into_iter()
                .map(|(name, html)| Tip {
                    name,
                    html: html.into(),
                })
                .collect(),
            references: parse::<Vec<ReferenceRow>>(&column("citations")?)?
                .into_iter()
                .map(
                    |ReferenceRow(key, title, source, year, doi, pmid, url)| Reference {
                        key,
                        title,
                        source,
                        year,
                        doi,
                        pmid,
                        url,
                    },
                )
                .collect(),
        })
    }

    async fn add_tip(
        &self,
        actor: Actor,
        condition: ConditionId,
        name: &str,
        markdown: &str,
    ) -> Result<()> {
        permit(actor, Action::WriteSection)?;
        revise::add_tip(&self.database, actor, condition, name, markdown).await
    }

    async fn fill(&self, actor: Actor, drafts: Vec<(Code, WikiDraft)>) -> Result<()> {
        permit(actor, Action::ImportSections)?;
        import::fill(&self.database, actor, drafts).await
    }

    async fn import(
        &self,
        actor: Actor,
        import: SectionsImport,
        progress: &dyn Progress,
    ) -> Result<ImportReport> {
        permit(actor, Action::ImportSections)?;
        import::run(&self.database, actor, import, progress).await
    }
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| crate::error::internal(&error))
}
