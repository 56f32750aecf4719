//! A fresh database for each test, and what tests do with it all the time.

use std::{
    future::Future,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{
    Error, Result,
    account::Actor,
    catalogue::{
        Catalogue, CatalogueImport, Condition, ConditionId, ConditionLink, Family, ImportReport,
        Resolved, Silent,
    },
    time::{Clock, Timestamp},
    wiki::{
        DraftLink, Edit, Entries, EntryChange, Item, Revisions, Saved, SectionKind, SectionsImport,
        Wiki, WikiDraft, WikiPage,
    },
};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};
use storage::{DatabaseKind, MasterKey, Storage};
use uuid::Uuid;

use crate::{
    postgres::{connect, with_database},
    tables,
};

/// 3 January 2026, when every test begins.
const BEGINNING: i64 = 1_767_398_400_000_000;

/// A clock that stands still until it is told otherwise.
#[derive(Debug)]
struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// One test's database.
pub(crate) struct Bed {
    pub(crate) storage: Storage,
    url: String,
    clock: Arc<TestClock>,
}

pub(crate) fn on_sqlite<F>(test: fn(Bed) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    wait_for(async {
        test(Bed::open(url).await).await;
    });
}

pub(crate) fn on_postgres<F>(test: fn(Bed) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    wait_for(async {
        let template = tables::on_postgres().await;
        with_database(&template, |url| async move {
            test(Bed::open(url).await).await;
        })
        .await;
    });
}

fn wait_for(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

async fn open(url: &str, clock: Arc<TestClock>) -> Storage {
    Storage::open(url, clock, MasterKey::new(&[1; 32]))
        .await
        .unwrap()
}

impl Bed {
    pub(crate) async fn open(url: String) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(BEGINNING)));
        let storage = open(&url, clock.clone()).await;
        Self {
            storage,
            url,
            clock,
        }
    }

    /// The same database as another process sees it.
    pub(crate) async fn second(&self) -> Self {
        Self {
            storage: open(&self.url, self.clock.clone()).await,
            url: self.url.clone(),
            clock: self.clock.clone(),
        }
    }

    /// The same database as whoever has another key sees it.
    pub(crate) async fn with_key(&self, key: MasterKey) -> Storage {
        Storage::open(&self.url, self.clock.clone(), key)
            .await
            .unwrap()
    }

    /// The same as a bed of its own.
    pub(crate) async fn seen_with(&self, key: MasterKey) -> Self {
        Self {
            storage: self.with_key(key).await,
            url: self.url.clone(),
            clock: self.clock.clone(),
        }
    }

    /// A connection that knows nothing of the storage.
    pub(crate) async fn connection(&self) -> DatabaseConnection {
        connect(&self.url).await
    }

    /// Of SQLite: its file, and those beside it.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let file = self.url.trim_start_matches("sqlite:");
        ["", "-wal", "-shm"]
            .map(|end| PathBuf::from(format!("{file}{end}")))
            .into_iter()
            .filter(|path| path.exists())
            .collect()
    }

    pub(crate) fn kind(&self) -> DatabaseKind {
        self.storage.database().kind()
    }

    pub(crate) fn days_pass(&self, days: i64) {
        self.clock
            .0
            .fetch_add(days * 86_400_000_000, Ordering::Relaxed);
    }

    /// The time, in seconds since 1970.
    pub(crate) fn seconds(&self) -> i64 {
        self.clock.now().0 / 1_000_000
    }

    pub(crate) fn seconds_pass(&self, seconds: i64) {
        self.clock
            .0
            .fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    pub(crate) async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let database = self.storage.database();
        let readers = database.readers();
        let statement = Statement::from_string(readers.get_database_backend(), sql);
        readers.query_all_raw(statement).await.unwrap()
    }

    /// The number in the first column of the first row.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].try_get_by_index(0).unwrap()
    }

    /// The texts in the first column.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql).await;
        rows.iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect()
    }

    pub(crate) async fn import(&self, import: impl Into<CatalogueImport>) -> ImportReport {
        self.try_import(import).await.unwrap()
    }

    pub(crate) async fn try_import(
        &self,
        import: impl Into<CatalogueImport>,
    ) -> Result<ImportReport> {
        self.storage
            .catalogue()
            .import(Actor::Operator, import.into(), &Silent)
            .await
    }

    /// Reads texts of a source in.
    pub(crate) async fn read_in(&self, import: SectionsImport) -> ImportReport {
        let wiki = self.storage.wiki();
        wiki.import(Actor::Operator, import, &Silent).await.unwrap()
    }

    /// Puts starter texts in.
    pub(crate) async fn fill(&self, curie: &str, draft: WikiDraft) {
        let wiki = self.storage.wiki();
        let drafts = vec![(curie.parse().unwrap(), draft)];
        wiki.fill(Actor::Operator, drafts).await.unwrap();
    }

    pub(crate) async fn resolve(&self, slug: &str) -> Result<Resolved<Condition>> {
        self.storage
            .catalogue()
            .condition(Actor::Visitor, slug)
            .await
    }

    /// The condition that has its page here.
    pub(crate) async fn condition(&self, slug: &str) -> Condition {
        match self.resolve(slug).await {
            Ok(Resolved::Here(condition)) => condition,
            other => panic!("{slug} leads to {other:?}"),
        }
    }

    pub(crate) async fn id(&self, slug: &str) -> ConditionId {
        self.condition(slug).await.id.unwrap()
    }

    /// Where a redirect from this address leads.
    pub(crate) async fn moved(&self, slug: &str) -> String {
        match self.resolve(slug).await {
            Ok(Resolved::Moved { slug }) => slug,
            other => panic!("{slug} leads to {other:?}"),
        }
    }

    pub(crate) async fn is_missing(&self, slug: &str) -> bool {
        self.resolve(slug).await == Err(Error::NotFound)
    }

    pub(crate) async fn with_code(&self, code: &str) -> Vec<String> {
        let code = code.parse().unwrap();
        let catalogue = self.storage.catalogue();
        catalogue.with_code(Actor::Visitor, &code).await.unwrap()
    }

    pub(crate) async fn family(&self, slug: &str) -> Family {
        let catalogue = self.storage.catalogue();
        match catalogue.family(Actor::Visitor, slug, None).await {
            Ok(Resolved::Here(family)) => family,
            other => panic!("{slug} leads to {other:?}"),
        }
    }

    pub(crate) async fn all(&self) -> Vec<ConditionLink> {
        let catalogue = self.storage.catalogue();
        let list = catalogue.list(Actor::Visitor, None, None).await.unwrap();
        assert_eq!(list.next, None);
        list.conditions
    }

    /// Names of the conditions found, best first.
    pub(crate) async fn found(&self, query: &str) -> Vec<String> {
        let catalogue = self.storage.catalogue();
        let answer = catalogue.search(Actor::Visitor, query, 0).await.unwrap();
        answer.hits.into_iter().map(|hit| hit.name).collect()
    }

    pub(crate) async fn page(&self, slug: &str) -> WikiPage {
        let wiki = self.storage.wiki();
        wiki.page(Actor::Visitor, self.id(slug).await)
            .await
            .unwrap()
    }

    /// A section's HTML.
    pub(crate) async fn section(&self, slug: &str, kind: SectionKind) -> String {
        let page = self.page(slug).await;
        page.section(kind).unwrap().html.as_str().to_owned()
    }

    pub(crate) async fn save(&self, slug: &str, kind: SectionKind, text: &str) {
        self.try_save(self.id(slug).await, kind, text)
            .await
            .unwrap();
    }

    pub(crate) async fn try_save(
        &self,
        condition: ConditionId,
        kind: SectionKind,
        text: &str,
    ) -> Result<()> {
        let sql = format!(
            "SELECT slug FROM condition WHERE lower({}) = '{}'",
            match self.kind() {
                DatabaseKind::Sqlite => "hex(id)",
                DatabaseKind::Postgres => "replace(id::text, '-', '')",
            },
            condition.0.simple()
        );
        let slug = self.texts(&sql).await.pop().unwrap_or_default();
        self.write(Actor::Operator, &slug, kind, text)
            .await
            .map(drop)
    }

    /// Saves a text over the present one.
    pub(crate) async fn write(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        text: &str,
    ) -> Result<Saved> {
        let wiki = self.storage.wiki();
        let base = match wiki.history(actor, slug, Some(kind), None).await? {
            Resolved::Here(history) => history.revisions.first().map(|head| head.number),
            Resolved::Moved { .. } => None,
        };
        let edit = Edit {
            base,
            markdown: text.to_owned(),
            summary: String::new(),
            agreed: true,
            draft: DraftLink::default(),
        };
        let key = Uuid::new_v4().to_string();
        wiki.save(actor, slug, kind, edit, &crate::people::submission(&key))
            .await
    }

    pub(crate) async fn add_tip(&self, slug: &str, name: &str, text: &str) {
        let added = self.try_add_tip(Actor::Operator, slug, name, text).await;
        assert!(matches!(added, Ok(Saved::Published(_))), "{added:?}");
    }

    pub(crate) async fn try_add_tip(
        &self,
        actor: Actor,
        slug: &str,
        name: &str,
        text: &str,
    ) -> Result<Saved> {
        let item = Item::Tip {
            name: name.to_owned(),
            markdown: text.to_owned(),
        };
        let change = EntryChange::Add(item);
        self.change(actor, slug, SectionKind::Tips, None, change)
            .await
    }

    /// Changes a list.
    pub(crate) async fn change(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        base: Option<i64>,
        change: EntryChange,
    ) -> Result<Saved> {
        let key = Uuid::new_v4().to_string();
        let wiki = self.storage.wiki();
        let submission = crate::people::submission(&key);
        Entries::change(&*wiki, actor, slug, kind, base, change, &submission).await
    }

    /// How many changes there were of what visitors are shown, and which was the last of the catalogue.
    pub(crate) fn changed(&self) -> (u64, u64) {
        let changes = self.storage.database().changes();
        let catalogue = ["condition", "synonym", "code", "hidden_name"];
        let last = catalogue.map(|table| changes.last(table));
        (changes.count(), last.into_iter().max().unwrap_or_default())
    }
}

/// Names of links in their order.
pub(crate) fn names(links: &[ConditionLink]) -> Vec<&str> {
    links.iter().map(|link| link.name.as_str()).collect()
}

/// Slugs of links in their order.
pub(crate) fn slugs(links: &[ConditionLink]) -> Vec<&str> {
    links.iter().map(|link| link.slug.as_str()).collect()
}
