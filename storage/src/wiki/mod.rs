//! The wiki on SeaORM.

pub mod entity;
mod import;
pub mod markdown;
mod revise;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    catalogue::{Code, ConditionId, ImportReport, Progress},
    policy::{Action, permit},
    time::Timestamp,
    wiki::{
        Provenance, Reference, Section, SectionDraft, SectionKind, SectionsImport, Tip, Wiki,
        WikiDraft, WikiPage,
    },
};
use serde::Deserialize;

use crate::{Database, DatabaseKind, error::to_domain};

/// The language of texts until interface languages come.
pub(crate) const LANGUAGE: &str = "en";

/// [`Wiki`] on a database.
#[derive(Debug)]
pub struct WikiStore {
    database: Arc<Database>,
    page_sql: String,
}

impl WikiStore {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self {
            page_sql: page_sql(database.kind()),
            database,
        }
    }
}

/// All of a condition's sections, tips and references in one statement of one row.
fn page_sql(kind: DatabaseKind) -> String {
    let sections = kind.json_rows(
        "s.kind, r.html, r.origin, r.source_name, r.source_year, r.source_url, r.created_at",
        "s.kind",
        "section s JOIN revision r ON r.id = s.head_id \
         WHERE s.condition_id = $1 AND s.language = $2",
    );
    let tips = kind.json_rows(
        "t.name, t.html",
        "t.position, t.created_at",
        "tip t WHERE t.condition_id = $1 AND t.language = $2",
    );
    let references = kind.json_rows(
        "f.citation_key, f.title, f.source, f.year, f.doi, f.pmid, f.url",
        "f.position",
        "reference f WHERE f.condition_id = $1",
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
);

impl From<SectionRow> for Section {
    fn from(row: SectionRow) -> Self {
        let SectionRow(kind, html, origin, source, year, url, created_at) = row;
        let date = Timestamp(created_at).into();
        let provenance = match (origin.as_str(), source) {
            ("import", Some(source)) => Provenance::Imported {
                source,
                year: year.unwrap_or_default(),
                url: url.unwrap_or_default(),
            },
            ("starter", _) => Provenance::Starter { date },
            _ => Provenance::Person { name: None, date },
        };
        Self {
            kind,
            html: html.into(),
            provenance,
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
        let row = self
            .database
            .query_one(&self.page_sql, vec![condition.0.into(), LANGUAGE.into()])
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let column = |name: &str| row.try_get::<String>("", name).map_err(to_domain);
        let mut sections: Vec<Section> = parse::<Vec<SectionRow>>(&column("sections")?)?
            .into_iter()
            .map(Section::from)
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

    async fn save_section(
        &self,
        actor: Actor,
        condition: ConditionId,
        draft: SectionDraft,
    ) -> Result<()> {
        permit(actor, Action::WriteSection)?;
        revise::save_section(&self.database, actor, condition, draft).await
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
