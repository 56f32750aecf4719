//! What several commands begin with.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result, bail};
use domain::{
    account::Actor,
    catalogue::{Catalogue, Silent},
    site::{Site, SiteIdentity},
    wiki::Wiki,
};
use storage::Storage;
use tracing_subscriber::EnvFilter;

use crate::{
    bundle::Assets,
    clock::SystemClock,
    config::{DataOptions, LogFormat, ServeOptions},
    consent,
    http::{AppState, Live, Proxies},
    import::starter,
    keys::Loaded,
    mail::Mailer,
    page_cache::PageCache,
    texts::Texts,
};

/// Opens the database and brings it up to date.
pub(super) async fn open(data: &DataOptions) -> Result<Storage> {
    let (storage, loaded) = open_with_any_key(data).await?;
    // Else nobody with a second factor could sign in, and the next secrets would have another key.
    if !storage.has_its_key().await? {
        loaded.unmake();
        bail!(
            "the key of the site is not the one under which this database has its secrets: \
             bring that one back (see --key-dir and --master-key); if it is lost, start again with \
             another one (`rareshare replace-key --help`)"
        );
    }
    Ok(storage)
}

/// The same where the key may be another one than the database has.
pub(super) async fn open_with_any_key(data: &DataOptions) -> Result<(Storage, Loaded)> {
    let url = data.url()?;
    data.close();
    let loaded = data.key()?;
    let storage = Storage::open(&url, Arc::new(SystemClock), loaded.key.clone())
        .await
        .context("cannot open the database (see --data-dir and --database-url)")?;
    Ok((storage, loaded))
}

/// Loads the starter catalogue into a database without conditions, and its texts where a former
/// start was cut off before them. Tells whether it did.
pub async fn load_starter(storage: &Storage) -> Result<bool> {
    let catalogue = storage.catalogue();
    let overview = catalogue.overview(Actor::Operator).await?;
    if !overview.complete.is_empty() {
        return Ok(false);
    }
    let starter = starter()?;
    let sources = catalogue.sources(Actor::Operator).await?;
    let begun = sources
        .iter()
        .any(|source| source.name == starter.catalogue.source.name);
    if overview.conditions > 0 && !begun {
        return Ok(false);
    }
    if !begun {
        catalogue
            .import(Actor::Operator, starter.catalogue, &Silent)
            .await?;
    }
    storage.wiki().fill(Actor::Operator, starter.wiki).await?;
    Ok(true)
}

/// Everything that the HTTP stack needs.
pub(super) async fn state(
    data: &DataOptions,
    serve: &ServeOptions,
    listening: SocketAddr,
) -> Result<AppState> {
    let identity = SiteIdentity {
        name: serve.site_name.clone(),
        public_url: serve.origin(listening)?,
        demonstration: false,
        registry: serve.registry()?,
    };
    let texts = Texts::load(identity, &serve.contact, serve.texts_dir.as_deref())?;
    let storage = open(data).await?;
    let texts = texts.of_demonstration(storage.is_demonstration().await?);
    let site: Arc<dyn Site> = Arc::new(texts);
    if load_starter(&storage).await? {
        tracing::info!("loaded the starter catalogue into an empty database");
    }
    consent::put_up(&storage, serve.consent_dir.as_deref()).await?;
    Ok(AppState {
        storage,
        site,
        assets: Assets::load().archived_in(data.data_dir.join("assets")),
        pages: PageCache::new(serve.page_cache),
        live: Arc::new(Live::default()),
        proxies: Proxies(serve.trusted_proxy.clone()),
        security_contact: serve.security_contact()?,
    })
}

/// What sends letters.
pub(super) fn mailer(data: &DataOptions, serve: &ServeOptions, state: &AppState) -> Result<Mailer> {
    let identity = state.site.identity();
    let folder = data.data_dir.join("outbox");
    Mailer::new(
        serve.smtp_url.as_deref(),
        folder,
        &serve.sender(&identity.public_url),
        (&identity.name, &identity.public_url),
    )
}

/// Log lines to standard error; `RUST_LOG` chooses which.
pub(super) fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}
