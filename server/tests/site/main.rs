//! The whole router on a real database in a temporary file, asked as a browser asks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod account;
mod addresses;
mod administration;
mod bad_input;
mod canaries;
mod cheap;
mod commands;
mod community_sendings;
mod demonstration;
mod discussions;
mod drafts;
mod feeds;
mod first_posts;
mod forms;
mod functions;
mod held_texts;
mod keeping;
mod kept_pages;
mod key_rotation;
mod leaders;
mod leading_sendings;
mod leaks;
mod lists;
mod live;
mod measures;
mod moderated_members;
mod moderation;
mod moderation_sendings;
mod muting;
mod news;
mod notification_mail;
mod notification_sendings;
mod notifications;
mod open_data;
mod origin;
mod pages;
#[path = "../../../storage/tests/common/postgres.rs"]
mod postgres;
mod profiles;
mod question_sendings;
mod questions;
mod reactions;
mod real_data;
mod registry;
mod registry_answers;
mod registry_data;
mod registry_desk;
mod registry_fhir;
mod registry_majority;
mod registry_outside;
mod registry_sendings;
mod reports;
mod resources;
mod running;
mod saved_drafts;
mod searches;
mod second_factor;
mod sendings;
mod serving;
#[path = "../../../storage/tests/common/strings.rs"]
mod strings;
mod structured_discussions;
mod structured_questions;
mod syndication;
mod table_changes;
#[path = "../../../storage/tests/common/test_data.rs"]
mod test_data;
mod text_search;
mod trials;
mod two_processes;
mod walk;
mod words;
mod writing;

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Request, StatusCode},
};
use domain::{
    account::{Actor, Submission},
    catalogue::{Catalogue, CatalogueImport, Code, ConditionTerm, Resolved, Silent, SourceRelease},
    registry::OutsideRegistry,
    site::SiteIdentity,
    time::{Clock, Timestamp},
    wiki::{DraftLink, Edit, Revisions, Saved, SectionKind},
};
use http_body_util::BodyExt;
use server::{
    bundle::Assets,
    commands::start::load_starter,
    consent,
    http::{AppState, Front, Live, site},
    page_cache::PageCache,
    texts::Texts,
};
use storage::{MasterKey, Storage};
use tower::ServiceExt;

/// 23 November 2026, noon.
struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp(1_795_435_200_000_000)
    }
}

/// A site with the starter catalogue. Its database goes when it is dropped.
struct Site {
    front: Front,
    storage: Storage,
    live: Arc<Live>,
    folder: tempfile::TempDir,
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Without the marks that the renderer leaves beside texts.
    fn markup(&self) -> String {
        self.text().replace("<!---->", "")
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// The site on a database, with a page cache of so many megabytes.
fn front(storage: &Storage, folder: &tempfile::TempDir, live: &Arc<Live>, megabytes: u64) -> Front {
    front_with(storage, folder, live, megabytes, None)
}

/// The same, where it sends people to a registry elsewhere.
fn front_with(
    storage: &Storage,
    folder: &tempfile::TempDir,
    live: &Arc<Live>,
    megabytes: u64,
    registry: Option<OutsideRegistry>,
) -> Front {
    let identity = SiteIdentity {
        name: "RareShare".to_owned(),
        public_url: "https://rareshare.example".to_owned(),
        demonstration: false,
        registry,
    };
    let texts = Texts::load(identity, "help@rareshare.example", None).unwrap();
    site(AppState {
        storage: storage.clone(),
        site: Arc::new(texts),
        assets: Assets::load().archived_in(folder.path().join("assets")),
        pages: PageCache::new(megabytes),
        live: Arc::clone(live),
        proxies: server::http::Proxies::default(),
        security_contact: Some("mailto:security@rareshare.example".to_owned()),
    })
}

impl Site {
    async fn open() -> Self {
        Self::open_with(Arc::new(Noon), Live::default()).await
    }

    async fn open_at(clock: Arc<dyn Clock>) -> Self {
        Self::open_with(clock, Live::default()).await
    }

    async fn open_with(clock: Arc<dyn Clock>, live: Live) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::open_on(&url, clock, live, folder).await
    }

    /// On an empty database.
    async fn open_on(
        url: &str,
        clock: Arc<dyn Clock>,
        live: Live,
        folder: tempfile::TempDir,
    ) -> Self {
        let storage = Storage::open(url, clock, MasterKey::new(&[1; 32]))
            .await
            .unwrap();
        assert!(load_starter(&storage).await.unwrap());
        consent::put_up(&storage, None).await.unwrap();
        let live = Arc::new(live);
        Self {
            front: front(&storage, &folder, &live, 8),
            storage,
            live,
            folder,
        }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.front.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Saves a text over the present one, as the operator.
    async fn write(&self, slug: &str, kind: SectionKind, text: &str) {
        let wiki = self.storage.wiki();
        let editing = wiki
            .editing(Actor::Operator, slug, kind, None)
            .await
            .unwrap();
        let edit = Edit {
            base: editing.head,
            markdown: text.to_owned(),
            summary: String::new(),
            agreed: true,
            draft: DraftLink::default(),
        };
        let submission = Submission {
            key: uuid::Uuid::new_v4().to_string(),
            body: String::new(),
        };
        let saved = wiki.save(Actor::Operator, slug, kind, edit, &submission);
        assert!(matches!(saved.await, Ok(Saved::Published(_))));
    }

    /// Adds a condition without any text and returns its id.
    async fn bare_condition(&self, name: &str, curie: &str) -> domain::catalogue::ConditionId {
        let curie: Code = curie.parse().unwrap();
        let term = ConditionTerm {
            curie: curie.clone(),
            name: name.to_owned(),
            display_name: Some(name.to_owned()),
            slug: None,
            summary: None,
            definition: None,
            synonyms: vec![],
            former_names: vec![],
            codes: vec![],
            parents: vec![],
            is_family: false,
            withdrawn: false,
            replaced_by: None,
            line: 1,
        };
        let import = CatalogueImport {
            source: SourceRelease {
                name: format!("Test source of {name}"),
                release: "1".to_owned(),
                licence: "CC0 1.0".to_owned(),
                attribution: "Nobody".to_owned(),
                url: "https://example.org".to_owned(),
            },
            read: 1,
            terms: vec![term],
            display_names: std::collections::BTreeMap::new(),
            everyday_names: std::collections::BTreeMap::new(),
            refused: vec![],
            complete: false,
        };
        let catalogue = self.storage.catalogue();
        catalogue
            .import(Actor::Operator, import, &Silent)
            .await
            .unwrap();
        let slugs = catalogue.with_code(Actor::Operator, &curie).await.unwrap();
        match catalogue.condition(Actor::Operator, &slugs[0]).await {
            Ok(Resolved::Here(condition)) => condition.id.unwrap(),
            other => panic!("{other:?}"),
        }
    }
}

/// Percent-encodes everything but letters and digits.
fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
