//! The catalogue on SeaORM: reads, imports and the search index in memory.

pub(crate) mod address;
pub(crate) mod community_only;
pub mod entity;
mod family;
mod import;
mod known_names;
pub(crate) mod names;
mod naming;
mod page;
mod relatives;
mod search;
mod tree;

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    catalogue::{
        Catalogue, CatalogueImport, Code, Condition, ConditionLink, ConditionList, Family,
        FamilyGroup, ImportReport, Letter, MECHANISMS, Overview, Progress, Resolved, SearchAnswer,
        SearchHit, SitemapEntry, SourceRelease,
    },
    policy::{Action, permit},
    text,
};

pub(crate) use self::names::MEMBERS;
use self::search::{Entry, IndexBuilder, SearchIndex};
pub(crate) use self::{import::record_source, known_names::known_names};
use crate::{
    Database,
    changes::{self, Memo, Reads, recording},
    error::to_domain,
};

/// How many suggestions are offered while somebody types.
const SUGGESTIONS: usize = 8;

/// [`Catalogue`] on a database.
#[derive(Debug)]
pub struct CatalogueStore {
    database: Arc<Database>,
    page_sql: String,
    /// The index with what it was built from.
    index: RwLock<Option<(Reads, Arc<SearchIndex>)>>,
    building: tokio::sync::Mutex<()>,
    /// The families at the top: thousands are looked through for a handful.
    families: Memo<Vec<FamilyGroup>>,
    /// The addresses for search engines: the whole catalogue is looked through.
    sitemap: Memo<Vec<SitemapEntry>>,
}

impl CatalogueStore {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self {
            page_sql: page::sql(database.kind()),
            database,
            index: RwLock::new(None),
            building: tokio::sync::Mutex::new(()),
            families: Memo::default(),
            sitemap: Memo::default(),
        }
    }

    /// Builds the search index if the catalogue has changed since.
    pub async fn refresh_index(&self) -> Result<()> {
        self.index().await.map(|_| ())
    }

    fn ready_index(&self) -> Option<Arc<SearchIndex>> {
        let (changes, now) = (self.database.changes(), self.database.now());
        self.index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .filter(|(reads, _)| changes.is_fresh(reads, now))
            .map(|(reads, index)| {
                changes::include(reads);
                Arc::clone(index)
            })
    }

    async fn index(&self) -> Result<Arc<SearchIndex>> {
        if let Some(index) = self.ready_index() {
            return Ok(index);
        }
        let _building = self.building.lock().await;
        if let Some(index) = self.ready_index() {
            return Ok(index);
        }
        let (builder, reads) = recording(self.database.changes(), self.gather()).await;
        let builder = builder?;
        let index = tokio::task::spawn_blocking(move || builder.build())
            .await
            .map_err(|error| crate::error::internal(&error))?;
        let index = Arc::new(index);
        *self.index.write().unwrap_or_else(PoisonError::into_inner) =
            Some((reads.clone(), Arc::clone(&index)));
        changes::include(&reads);
        Ok(index)
    }

    /// All that the index holds, some conditions at a time: rows of the driver weigh many times what
    /// is in them. A family of one would only stand before its condition: who looks for influenza does
    /// not mean the one rare form of it.
    async fn gather(&self) -> Result<IndexBuilder> {
        let kind = self.database.kind();
        let names = kind.json_rows(
            "s.name, CASE WHEN s.source_id = $1 THEN 1 ELSE 0 END",
            "s.position, s.id",
            &names::synonyms_of_c(),
        );
        let codes = kind.json_rows(
            "k.system, k.value",
            "k.position, k.value",
            &names::codes_of_c(),
        );
        let mechanisms = MECHANISMS.map(|curie| format!("'{curie}'")).join(", ");
        let sql = format!(
            "SELECT c.slug, c.name, c.ontology_name, c.summary, c.definition, c.curie, c.sort_key, c.rank, \
             {names} AS names, {codes} AS codes FROM condition c \
             WHERE (c.rank = 'condition' OR c.rank = 'family' AND c.members > 1 \
             AND c.curie NOT IN ({mechanisms})) AND c.merged_into IS NULL \
             AND (c.sort_key, c.slug, c.rank) > ($2, $3, $4) \
             ORDER BY c.sort_key, c.slug, c.rank LIMIT 250"
        );
        let former = self.former_codes().await?;
        let mut builder = IndexBuilder::default();
        let mut after = (String::new(), String::new(), String::new());
        loop {
            let values = vec![
                names::EVERYDAY.into(),
                after.0.clone().into(),
                after.1.clone().into(),
                after.2.clone().into(),
            ];
            let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
            let Some(last) = rows.last() else {
                return Ok(builder);
            };
            after = (
                last.try_get("", "sort_key").map_err(to_domain)?,
                last.try_get("", "slug").map_err(to_domain)?,
                last.try_get("", "rank").map_err(to_domain)?,
            );
            for row in &rows {
                let mut entry = entry(row)?;
                for code in former.get(&entry.slug).into_iter().flatten() {
                    if !entry.codes.contains(code) {
                        entry.codes.push(code.clone());
                    }
                }
                builder.add(&entry);
            }
        }
    }

    /// Identifiers and codes of conditions that were replaced, by the address of what each leads to.
    async fn former_codes(&self) -> Result<HashMap<String, Vec<Code>>> {
        let sql = "SELECT c.slug, m.curie AS code FROM condition m \
                   JOIN condition c ON c.id = m.merged_into \
                   UNION ALL SELECT c.slug, k.system || ':' || k.value AS code FROM condition m \
                   JOIN condition c ON c.id = m.merged_into JOIN code k ON k.condition_id = m.id";
        let rows = self.database.query(sql, vec![]).await.map_err(to_domain)?;
        let mut codes: HashMap<String, Vec<Code>> = HashMap::new();
        for row in rows {
            let slug = row.try_get("", "slug").map_err(to_domain)?;
            let code: String = row.try_get("", "code").map_err(to_domain)?;
            if let Ok(code) = code.parse() {
                codes.entry(slug).or_default().push(code);
            }
        }
        Ok(codes)
    }
}

/// One condition as the index takes it.
fn entry(row: &sea_orm::QueryResult) -> Result<Entry> {
    let column = |name: &str| row.try_get::<String>("", name).map_err(to_domain);
    let optional = |name: &str| row.try_get::<Option<String>>("", name).map_err(to_domain);
    let name = column("name")?;
    let ontology_name = column("ontology_name")?;
    let names: Vec<(String, u8)> = parse_json(&column("names")?)?;
    let (everyday, names): (Vec<_>, Vec<_>) = names.into_iter().partition(|(_, mark)| *mark == 1);
    let strings = |names: Vec<(String, u8)>| names.into_iter().map(|(name, _)| name);
    let codes: Vec<(String, String)> = parse_json(&column("codes")?)?;
    let own = column("curie")?.parse().ok();
    let other_names = Some(ontology_name)
        .filter(|ontology_name| text::fold(ontology_name) != text::fold(&name))
        .into_iter()
        .chain(strings(names))
        .collect();
    Ok(Entry {
        slug: column("slug")?,
        is_family: column("rank")? == "family",
        name,
        everyday_names: strings(everyday).collect(),
        other_names,
        codes: own
            .into_iter()
            .chain(
                codes
                    .into_iter()
                    .filter_map(|(system, value)| format!("{system}:{value}").parse().ok()),
            )
            .collect(),
        summary: optional("summary")?
            .or(optional("definition")?)
            .map(|text| text::shorten(&text, 200)),
    })
}

#[async_trait]
impl Catalogue for CatalogueStore {
    async fn condition(&self, actor: Actor, slug: &str) -> Result<Resolved<Condition>> {
        permit(actor, Action::ReadCatalogue)?;
        if text::is_slug(slug) {
            return page::condition(&self.database, &self.page_sql, slug).await;
        }
        let slug = address::as_slug(slug).ok_or(Error::NotFound)?;
        match page::condition(&self.database, &self.page_sql, &slug).await? {
            Resolved::Here(condition) => Ok(Resolved::Moved {
                slug: condition.slug,
            }),
            moved @ Resolved::Moved { .. } => Ok(moved),
        }
    }

    async fn with_code(&self, actor: Actor, code: &Code) -> Result<Vec<String>> {
        permit(actor, Action::ReadCatalogue)?;
        let rows = self
            .database
            .query(
                // Codes of a condition that was replaced lead to its replacement.
                "WITH RECURSIVE found (id) AS (\
                 SELECT f.id FROM condition f WHERE f.curie = $1 UNION \
                 SELECT k.condition_id FROM code k WHERE k.system = $2 AND k.value = $3 UNION \
                 SELECT m.merged_into FROM found JOIN condition m ON m.id = found.id \
                 WHERE m.merged_into IS NOT NULL) \
                 SELECT c.slug FROM found JOIN condition c ON c.id = found.id \
                 WHERE c.rank = 'condition' AND c.merged_into IS NULL \
                 ORDER BY c.sort_key, c.slug LIMIT 50",
                vec![
                    code.to_string().into(),
                    code.system.prefix().into(),
                    code.value.clone().into(),
                ],
            )
            .await
            .map_err(to_domain)?;
        rows.iter()
            .map(|row| row.try_get("", "slug").map_err(to_domain))
            .collect()
    }

    async fn list(
        &self,
        actor: Actor,
        letter: Option<Letter>,
        after: Option<&str>,
    ) -> Result<ConditionList> {
        permit(actor, Action::ReadCatalogue)?;
        page::list(&self.database, letter, after).await
    }

    async fn families(&self, actor: Actor) -> Result<Vec<FamilyGroup>> {
        permit(actor, Action::ReadCatalogue)?;
        let groups = self
            .families
            .get(&self.database, family::groups(&self.database))
            .await?;
        Ok(groups.to_vec())
    }

    async fn family(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<Family>> {
        permit(actor, Action::ReadCatalogue)?;
        if !text::is_slug(slug) {
            return Err(Error::NotFound);
        }
        family::family(&self.database, slug, after).await
    }

    async fn suggest(&self, actor: Actor, query: &str) -> Result<Vec<SearchHit>> {
        permit(actor, Action::SearchCatalogue)?;
        Ok(self.index().await?.suggest(query, SUGGESTIONS))
    }

    async fn search(&self, actor: Actor, query: &str, from: usize) -> Result<SearchAnswer> {
        permit(actor, Action::SearchCatalogue)?;
        Ok(self.index().await?.search(query, from))
    }

    async fn named(&self, actor: Actor, field: &str, typed: &str) -> Result<ConditionLink> {
        let answer = self.search(actor, typed, 0).await?;
        naming::meant(field, typed, answer)
    }

    async fn overview(&self, actor: Actor) -> Result<Overview> {
        permit(actor, Action::ReadCatalogue)?;
        page::overview(&self.database).await
    }

    async fn sources(&self, actor: Actor) -> Result<Vec<SourceRelease>> {
        permit(actor, Action::ReadCatalogue)?;
        page::sources(&self.database).await
    }

    async fn sitemap(&self, actor: Actor, page: u64, size: u64) -> Result<Vec<SitemapEntry>> {
        permit(actor, Action::ReadCatalogue)?;
        let entries = self
            .sitemap
            .get(&self.database, page::sitemap(&self.database))
            .await?;
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (from, size) = (number(page.saturating_mul(size)), number(size));
        Ok(entries.iter().skip(from).take(size).cloned().collect())
    }

    async fn import(
        &self,
        actor: Actor,
        import: CatalogueImport,
        progress: &dyn Progress,
    ) -> Result<ImportReport> {
        permit(actor, Action::ImportCatalogue)?;
        import::run(&self.database, actor, import, progress).await
    }
}

/// Reads a list of `[slug, name]` pairs out of a JSON column.
fn links(json: &str) -> Result<Vec<ConditionLink>> {
    let pairs: Vec<(String, String)> = parse_json(json)?;
    Ok(pairs
        .into_iter()
        .map(|(slug, name)| ConditionLink { slug, name })
        .collect())
}

fn parse_json<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| crate::error::internal(&error))
}
