//! The statements that find texts. A text counts only as far as the scope of who asks admits it, in the
//! same statement: nothing is ranked by what others may read.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{TopicKind, TopicScope, content_note},
    policy::Scope,
    search::{SearchIn, SnippetPart, TEXT_HITS_ON_PAGE, TextHit, TextPlace},
    time::Timestamp,
    wiki::SectionKind,
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{
    TextSearchStore,
    snippet::{plain, snippet},
    words::TextQuery,
};
use crate::{DatabaseKind, community, error::to_domain, profile, token::storable};

/// What of a kind of texts there is to find.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Those with the words in their title.
    Titled,
    /// The others.
    Others,
}

/// A statement under way, with the values of its parameters.
struct Finding<'a> {
    kind: DatabaseKind,
    scope: TopicScope,
    query: &'a TextQuery,
    community: Option<Uuid>,
    values: Vec<Value>,
}

/// Where a page begins: behind this text.
struct Behind {
    titled: bool,
    number: i64,
}

/// A text that was found.
struct Row {
    titled: bool,
    number: i64,
    within: SearchIn,
    /// The name by which a page begins behind it.
    name: String,
    hit: TextHit,
}

fn document_kind(within: SearchIn) -> &'static str {
    match within {
        SearchIn::Texts => "section",
        SearchIn::Discussions => "post",
        SearchIn::Resources => "resource",
    }
}

/// The column of the condition that a text belongs to.
fn condition_column(within: SearchIn) -> &'static str {
    match within {
        SearchIn::Texts => "s.condition_id",
        SearchIn::Discussions => "t.condition_id",
        SearchIn::Resources => "r.condition_id",
    }
}

impl<'a> Finding<'a> {
    fn new(
        kind: DatabaseKind,
        actor: Actor,
        query: &'a TextQuery,
        community: Option<Uuid>,
    ) -> Self {
        let scope = TopicScope::of(actor);
        // The scope of a topic speaks of `$1`.
        let values = match scope {
            TopicScope::Member(_) => vec![profile::parameter(Scope::of(actor))],
            TopicScope::Visitor | TopicScope::Moderator(_) => Vec::new(),
        };
        Self {
            kind,
            scope,
            query,
            community,
            values,
        }
    }

    /// A parameter with a value.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// SQLite's index of the words of a part. There are far fewer titles than texts.
    fn index(part: Part) -> &'static str {
        match part {
            Part::Titled => "search_title",
            Part::Others => "search_index",
        }
    }

    /// The documents with the words, as the row `d`, and what is behind `WHERE`.
    fn documents(&mut self, within: SearchIn, part: Part) -> (String, String) {
        let kind = document_kind(within);
        match self.kind {
            DatabaseKind::Sqlite => {
                let words = self.query.fts5();
                let matching = match (within, part) {
                    (SearchIn::Texts, _) => {
                        format!("{{kind}} : \"{kind}\" AND {{body}} : ({words})")
                    }
                    (_, Part::Titled) => words,
                    (_, Part::Others) => format!(
                        "({{kind}} : \"{kind}\" AND {{title body}} : ({words})) NOT {{title}} : ({words})"
                    ),
                };
                let matching = self.value(matching);
                let index = Self::index(part);
                (
                    // In this order, so that the newest come first and the search ends with the page.
                    format!("{index} CROSS JOIN search_document d ON d.number = {index}.rowid"),
                    format!("{index} MATCH {matching} AND d.kind = '{kind}'"),
                )
            }
            DatabaseKind::Postgres => {
                let words = self.value(self.query.tsquery());
                let words = format!("to_tsquery('simple', {words})");
                let matching = match (within, part) {
                    (SearchIn::Texts, _) => format!("d.words @@ {words}"),
                    (_, Part::Titled) => format!("d.title <> '' AND d.title_words @@ {words}"),
                    (_, Part::Others) => {
                        format!("d.words @@ {words} AND NOT d.title_words @@ {words}")
                    }
                };
                (
                    "search_document d".to_owned(),
                    format!("d.kind = '{kind}' AND {matching}"),
                )
            }
        }
    }

    /// What a document is of, with the tables and the condition of those that are for who asks.
    fn subjects(&mut self, within: SearchIn) -> (String, String) {
        let join = match self.kind {
            DatabaseKind::Sqlite => "CROSS JOIN",
            DatabaseKind::Postgres => "JOIN",
        };
        let condition = condition_column(within);
        let (tables, mut admitted) = match within {
            SearchIn::Texts => (
                format!(
                    "{join} section s ON s.id = d.subject_id \
                     {join} revision v ON v.id = s.head_id"
                ),
                "c.merged_into IS NULL".to_owned(),
            ),
            SearchIn::Discussions => (
                format!("{join} post p ON p.id = d.subject_id {join} topic t ON t.id = p.topic_id"),
                format!(
                    "p.deleted_at IS NULL AND p.hidden_at IS NULL AND {}",
                    community::admits(self.scope)
                ),
            ),
            SearchIn::Resources => (
                format!("{join} resource r ON r.id = d.subject_id"),
                "r.state = 'approved'".to_owned(),
            ),
        };
        if let Some(community) = self.community {
            let community = self.value(community);
            admitted = format!("{admitted} AND {condition} = {community}");
        }
        (
            format!("{tables} {join} condition c ON c.id = {condition}"),
            admitted,
        )
    }

    /// Selects so many texts of a kind, the newest first.
    fn select(&mut self, within: SearchIn, part: Part, before: Option<i64>, most: usize) -> String {
        let (documents, matching) = self.documents(within, part);
        let (subjects, admitted) = self.subjects(within);
        let number = match self.kind {
            DatabaseKind::Sqlite => format!("{}.rowid", Self::index(part)),
            DatabaseKind::Postgres => "d.number".to_owned(),
        };
        let columns = match within {
            SearchIn::Texts => {
                "s.kind AS name, '' AS topic_kind, 0 AS hidden, 0 AS post, '' AS title, v.html AS text, \
                 '' AS content_note, v.created_at AS at"
            }
            SearchIn::Discussions => {
                "t.public_id AS name, t.kind AS topic_kind, \
                 CASE WHEN t.hidden_at IS NULL THEN 0 ELSE 1 END AS hidden, p.number AS post, t.title, \
                 p.html AS text, coalesce(p.set_note, p.content_note, '') AS content_note, p.created_at AS at"
            }
            SearchIn::Resources => {
                "r.public_id AS name, '' AS topic_kind, 0 AS hidden, 0 AS post, r.title, r.description AS text, '' AS content_note, \
                 coalesce(r.decided_at, r.created_at) AS at"
            }
        };
        let before = match before {
            Some(before) => format!(" AND {number} < {}", self.value(before)),
            None => String::new(),
        };
        format!(
            "SELECT '{}' AS within, {} AS titled, {number} AS number, {columns}, c.slug, \
             c.name AS condition_name FROM {documents} {subjects} \
             WHERE {matching} AND {admitted}{before} ORDER BY {number} DESC LIMIT {most}",
            within.as_str(),
            i32::from(part == Part::Titled),
        )
    }

    /// The parts of a kind: sections have no title of their own.
    fn parts(within: SearchIn) -> &'static [Part] {
        match within {
            SearchIn::Texts => &[Part::Others],
            _ => &[Part::Titled, Part::Others],
        }
    }

    /// Finds the place of a text, which is named as on the page before, among those of who asks.
    fn place(&mut self, within: SearchIn, name: &str) -> Result<String> {
        let (subjects, admitted) = self.subjects(within);
        let titled = match self.kind {
            DatabaseKind::Sqlite => {
                let words = self.value(self.query.fts5());
                format!(
                    "EXISTS (SELECT 1 FROM search_title WHERE search_title MATCH {words} \
                     AND rowid = d.number)"
                )
            }
            DatabaseKind::Postgres => {
                let words = self.value(self.query.tsquery());
                format!("d.title_words @@ to_tsquery('simple', {words})")
            }
        };
        let name = match (within, name.rsplit_once('.')) {
            (SearchIn::Texts, Some((slug, kind))) => {
                format!(
                    "c.slug = {} AND s.kind = {}",
                    self.value(slug),
                    self.value(kind)
                )
            }
            (SearchIn::Discussions, Some((topic, post))) => {
                let post: i64 = post.parse().map_err(|_| Error::NotFound)?;
                format!(
                    "t.public_id = {} AND p.number = {}",
                    self.value(topic),
                    self.value(post)
                )
            }
            (SearchIn::Resources, None) => format!("r.public_id = {}", self.value(name)),
            _ => return Err(Error::NotFound),
        };
        // One text, found by its name and not by its words.
        let subjects = subjects.replace("CROSS JOIN", "JOIN");
        Ok(format!(
            "SELECT d.number, CASE WHEN {titled} THEN 1 ELSE 0 END AS titled \
             FROM search_document d {subjects} WHERE {name} AND {admitted}"
        ))
    }
}

impl TextSearchStore {
    fn finding<'a>(
        &self,
        actor: Actor,
        query: &'a TextQuery,
        community: Option<Uuid>,
    ) -> Finding<'a> {
        Finding::new(self.database.kind(), actor, query, community)
    }

    async fn behind(
        &self,
        actor: Actor,
        query: &TextQuery,
        within: SearchIn,
        community: Option<Uuid>,
        name: &str,
    ) -> Result<Behind> {
        let name = storable(name)?;
        let mut finding = self.finding(actor, query, community);
        let sql = finding.place(within, &name)?;
        let row = self.database.query_one(&sql, finding.values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        Ok(Behind {
            titled: row.try_get::<i32>("", "titled").map_err(to_domain)? == 1,
            number: row.try_get("", "number").map_err(to_domain)?,
        })
    }

    /// A page of hits of one kind, and the name of the last one where there are more.
    pub(super) async fn page(
        &self,
        actor: Actor,
        query: &TextQuery,
        within: SearchIn,
        community: Option<Uuid>,
        after: Option<&str>,
    ) -> Result<(Vec<TextHit>, Option<String>)> {
        let behind = match after {
            Some(name) => Some(self.behind(actor, query, within, community, name).await?),
            None => None,
        };
        let mut finding = self.finding(actor, query, community);
        let mut selects = Vec::new();
        for part in Finding::parts(within) {
            let before = match &behind {
                Some(Behind { titled: false, .. }) if *part == Part::Titled => continue,
                Some(behind) if behind.titled == (*part == Part::Titled) => Some(behind.number),
                _ => None,
            };
            selects.push(finding.select(within, *part, before, TEXT_HITS_ON_PAGE + 1));
        }
        let mut rows = self.rows(finding, selects).await?;
        let more = rows.len() > TEXT_HITS_ON_PAGE;
        rows.truncate(TEXT_HITS_ON_PAGE);
        let next = rows.last().filter(|_| more).map(|row| row.name.clone());
        Ok((rows.into_iter().map(|row| row.hit).collect(), next))
    }

    /// The first hits of each kind that has any, and whether there are more, in one statement.
    pub(super) async fn first(
        &self,
        actor: Actor,
        query: &TextQuery,
        most: usize,
    ) -> Result<Vec<(SearchIn, Vec<TextHit>, bool)>> {
        let mut finding = self.finding(actor, query, None);
        let mut selects = Vec::new();
        for within in SearchIn::ALL {
            for part in Finding::parts(within) {
                selects.push(finding.select(within, *part, None, most + 1));
            }
        }
        let rows = self.rows(finding, selects).await?;
        let groups = SearchIn::ALL.into_iter().filter_map(|within| {
            let hits = rows.iter().filter(|row| row.within == within);
            let mut hits: Vec<TextHit> = hits.map(|row| row.hit.clone()).collect();
            let more = hits.len() > most;
            hits.truncate(most);
            (!hits.is_empty()).then_some((within, hits, more))
        });
        Ok(groups.collect())
    }

    /// What the selects find, those with the words in their title first, then the newest first.
    async fn rows(&self, finding: Finding<'_>, selects: Vec<String>) -> Result<Vec<Row>> {
        let selects = selects
            .into_iter()
            .enumerate()
            .map(|(index, select)| format!("SELECT * FROM ({select}) AS part_{index}"))
            .collect::<Vec<_>>()
            .join(" UNION ALL ");
        let rows = self.database.query(&selects, finding.values).await;
        let rows = rows.map_err(to_domain)?;
        let rows = rows.iter().map(|row| read(row, finding.query));
        let rows: std::result::Result<Vec<_>, DbErr> = rows.collect();
        let mut rows = rows.map_err(to_domain)?;
        rows.sort_by_key(|row| std::cmp::Reverse((row.titled, row.number)));
        Ok(rows)
    }
}

fn read(row: &QueryResult, query: &TextQuery) -> std::result::Result<Row, DbErr> {
    let within: String = row.try_get("", "within")?;
    let within = SearchIn::from_name(&within).unwrap_or(SearchIn::Texts);
    let name: String = row.try_get("", "name")?;
    let title: String = row.try_get("", "title")?;
    let text: String = row.try_get("", "text")?;
    let note: String = row.try_get("", "content_note")?;
    let condition = ConditionLink {
        slug: row.try_get("", "slug")?,
        name: row.try_get("", "condition_name")?,
    };
    let (place, title, text, name) = match within {
        SearchIn::Texts => {
            let kind = SectionKind::parse(&name).unwrap_or(SectionKind::Description);
            let name = format!("{}.{name}", condition.slug);
            (
                TextPlace::Section { kind },
                kind.title().to_owned(),
                plain(&text),
                name,
            )
        }
        SearchIn::Discussions => {
            let number: i64 = row.try_get("", "post")?;
            let kind: String = row.try_get("", "topic_kind")?;
            let kind = TopicKind::from_name(&kind);
            let place = TextPlace::Post {
                kind,
                words: kind.words(&title),
                topic: name.clone(),
                number,
            };
            let title = community::shown_title(kind, title, row.try_get::<i32>("", "hidden")? == 1);
            (place, title, plain(&text), format!("{name}.{number}"))
        }
        SearchIn::Resources => (TextPlace::Resource { id: name.clone() }, title, text, name),
    };
    Ok(Row {
        titled: row.try_get::<i32>("", "titled")? == 1,
        number: row.try_get("", "number")?,
        within,
        name,
        hit: TextHit {
            place,
            title,
            condition,
            date: Timestamp(row.try_get("", "at")?),
            snippet: if note.is_empty() {
                snippet(&text, query)
            } else {
                // Readers decide on its page whether they want to read it.
                vec![SnippetPart {
                    text: content_note(&note),
                    marked: false,
                }]
            },
        },
    })
}
