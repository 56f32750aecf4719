//! The wiki on SeaORM.

mod content;
mod drafts;
pub mod entity;
mod held;
mod helped;
mod history;
mod import;
mod lists;
pub mod markdown;
mod merge;
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
        Citation, Item, ListedReference, Provenance, ReviewNote, Section, SectionKind,
        SectionsImport, Tip, Wiki, WikiDraft, WikiPage,
    },
};
use serde::Deserialize;

use uuid::Uuid;

use self::content::Stored;
pub(crate) use self::content::entries as entries_of;
pub(crate) use self::history::{author, author_columns};
use crate::{Database, DatabaseKind, changes, error::to_domain, profile};

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
            "s.kind, CASE WHEN r.entries IS NULL THEN r.html ELSE '' END, r.entries, r.origin, r.source_name, r.source_year, r.source_url, CASE WHEN r.source_incomplete THEN 1 ELSE 0 END, r.created_at, \
             r.number, {}, v.revision_number, v.created_at, v.due_at, {}, v.interests",
            named("r.author_id"),
            named("v.reviewer_id")
        ),
        "s.kind",
        "section s JOIN revision r ON r.id = s.head_id \
         LEFT JOIN review v ON v.section_id = s.id AND v.is_last \
         WHERE s.condition_id = $2 AND s.language = $3",
    );
    let helped = kind.json_rows(
        "t.tip, t.people, t.mine",
        "t.tip",
        "(SELECT h.tip, count(*) AS people, \
         max(CASE WHEN h.account_id = $1 THEN 1 ELSE 0 END) AS mine \
         FROM helped h WHERE h.condition_id = $2 GROUP BY h.tip) AS t",
    );
    format!("SELECT {sections} AS sections, {helped} AS helped")
}

#[derive(Deserialize)]
struct SectionRow(
    SectionKind,
    String,
    Option<String>,
    String,
    Option<String>,
    Option<i32>,
    Option<String>,
    u8,
    i64,
    i64,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<String>,
);

impl SectionRow {
    fn section(self, now: Timestamp) -> Section {
        let Self(
            kind,
            html,
            _,
            origin,
            source,
            year,
            url,
            incomplete,
            created_at,
            number,
            author,
            read,
            reviewed_at,
            due_at,
            reviewer,
            interests,
        ) = self;
        let review = match (read, reviewed_at, due_at) {
            (Some(read), Some(day), Some(due)) => {
                if due >= now.0 {
                    // From then on it says that it is overdue.
                    changes::until(Timestamp(due + 1));
                }
                Some(ReviewNote {
                    by: reviewer,
                    day: Timestamp(day).into(),
                    due: Timestamp(due).into(),
                    overdue: due < now.0,
                    interests: interests.unwrap_or_default(),
                    older: (read != number).then_some(read),
                })
            }
            _ => None,
        };
        let date = Timestamp(created_at).into();
        let provenance = match (origin.as_str(), source) {
            ("import", Some(source)) => Provenance::Imported {
                source,
                year: year.unwrap_or_default(),
                url: url.unwrap_or_default(),
                incomplete: incomplete == 1,
            },
            ("starter", _) => Provenance::Starter { date },
            _ => Provenance::Person { name: author, date },
        };
        Section {
            kind,
            html: markdown::stored(html),
            provenance,
            revision: number,
            review,
        }
    }
}

/// How many people each tip of a condition has helped, and whether who asks is one of them.
type Helped = Vec<(String, u32, u8)>;

/// What stands in the lists of a page.
#[derive(Default)]
struct Lists {
    tips: Vec<Tip>,
    references: Vec<ListedReference>,
}

impl Lists {
    fn add(&mut self, stored: Stored, helped: &Helped) {
        match stored.entry.item {
            Item::Tip { name, .. } if stored.entry.hidden.is_none() => {
                let (people, mine) = helped
                    .iter()
                    .find(|(tip, ..)| *tip == stored.entry.id)
                    .map_or((0, 0), |(_, people, mine)| (*people, *mine));
                self.tips.push(Tip {
                    id: stored.entry.id,
                    name,
                    html: markdown::stored(stored.html),
                    helped: people,
                    mine: mine == 1,
                });
            }
            Item::Reference(reference) => self.references.push(ListedReference {
                reference,
                hidden: stored.entry.hidden,
                cited: Vec::new(),
            }),
            // Names and codes are the catalogue's.
            _ => {}
        }
    }

    /// Lets references know where they are cited.
    fn link_back(&mut self, sections: &[Section]) {
        if self.references.is_empty() {
            return;
        }
        let sections = sections.iter().map(|section| {
            let place = section.kind.as_str();
            (place, section.kind.title(), section.html.as_str())
        });
        let tips = self.tips.iter();
        let tips = tips.map(|tip| (tip.id.as_str(), tip.name.as_str(), tip.html.as_str()));
        for (place, title, html) in sections.chain(tips) {
            for (key, id) in markdown::citations(html, place) {
                let cites = |listed: &&mut ListedReference| listed.reference.key == key;
                if let Some(listed) = self.references.iter_mut().find(cites) {
                    listed.cited.push(Citation {
                        place: title.to_owned(),
                        anchor: format!("cited-{place}-{id}"),
                    });
                }
            }
        }
    }
}

#[async_trait]
impl Wiki for WikiStore {
    async fn page(&self, actor: Actor, condition: ConditionId) -> Result<WikiPage> {
        permit(actor, Action::ReadCatalogue)?;
        let scope = Scope::of(actor);
        let now = self.database.now();
        let reading = self.database.query_one(
            &self.page_sql[usize::from(scope != Scope::Visitor)],
            vec![
                profile::parameter(scope),
                condition.0.into(),
                LANGUAGE.into(),
            ],
        );
        let row = changes::of_condition(condition.0, reading)
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let column = |name: &str| row.try_get::<String>("", name).map_err(to_domain);
        let helped: Helped = parse(&column("helped")?)?;
        let mut lists = Lists::default();
        let mut sections = Vec::new();
        for mut row in parse::<Vec<SectionRow>>(&column("sections")?)? {
            for stored in content::read(row.2.take().as_deref())? {
                lists.add(stored, &helped);
            }
            sections.push(row.section(now));
        }
        sections.sort_by_key(|section| section.kind);
        lists.link_back(&sections);
        Ok(WikiPage {
            sections,
            tips: lists.tips,
            references: lists.references,
        })
    }

    async fn texts(&self, actor: Actor, condition: ConditionId) -> Result<WikiDraft> {
        permit(actor, Action::ReadCatalogue)?;
        let reading = content::texts(self.database.readers(), condition.0);
        changes::of_condition(condition.0, reading).await
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
