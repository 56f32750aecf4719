//! `rareshare doctor`: checks configuration, database, browser bundle and disk.

use std::sync::Arc;

use anyhow::{Result, bail};
use domain::{account::Actor, catalogue::Catalogue, site::SiteIdentity};
use storage::{Database, DatabaseKind, migration};

use crate::{
    bundle::Assets,
    clock::SystemClock,
    config::{DataOptions, ServeOptions},
    texts::Texts,
};

/// Free space below which a warning is due, in bytes.
const LITTLE_SPACE: u64 = 500 * 1024 * 1024;

pub(super) async fn run(data: &DataOptions, serve: &ServeOptions) -> Result<()> {
    let mut findings = Findings::default();
    configuration(&mut findings, serve);
    database(&mut findings, data).await;
    bundle();
    disk(data);
    if findings.wrong > 0 {
        bail!("{} of these must be put right", findings.wrong);
    }
    Ok(())
}

#[derive(Default)]
struct Findings {
    wrong: usize,
}

impl Findings {
    fn good(what: &str, detail: &str) {
        say!("ok       {what}: {detail}");
    }

    fn note(what: &str, detail: &str) {
        say!("note     {what}: {detail}");
    }

    fn wrong(&mut self, what: &str, detail: &str) {
        self.wrong += 1;
        say!("WRONG    {what}: {detail}");
    }
}

fn configuration(findings: &mut Findings, serve: &ServeOptions) {
    match serve.origin(serve.address) {
        Ok(origin) if is_open(&origin) => Findings::note(
            "public address",
            &format!("{origin} is not encrypted: everybody on the way can read passwords"),
        ),
        Ok(origin) => Findings::good("public address", &origin),
        Err(error) => findings.wrong("public address", &format!("{error:#}")),
    }
    if let Err(error) = serve.metrics() {
        findings.wrong("metrics", &format!("{error:#}"));
    }
    match serve.registry() {
        Ok(Some(registry)) => Findings::good(
            "registry",
            &format!("people are sent to {}, {}", registry.name, registry.link),
        ),
        Ok(None) => {}
        Err(error) => findings.wrong("registry", &format!("{error:#}")),
    }
    let identity = SiteIdentity {
        name: serve.site_name.clone(),
        public_url: String::new(),
        demonstration: false,
        registry: None,
    };
    match Texts::load(identity, &serve.contact, serve.texts_dir.as_deref()) {
        Ok(_) => Findings::good("texts", "all can be read"),
        Err(error) => findings.wrong("texts", &format!("{error:#}")),
    }
}

/// Plain HTTP to anywhere but this machine.
fn is_open(origin: &str) -> bool {
    origin.strip_prefix("http://").is_some_and(|host| {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
        name != "localhost" && !address.is_ok_and(|address| address.is_loopback())
    })
}

async fn database(findings: &mut Findings, data: &DataOptions) {
    if data.database_url.is_none() && !data.file().exists() {
        return Findings::note("database", "there is none yet; `rareshare serve` makes it");
    }
    let url = match data.url() {
        Ok(url) => url,
        Err(error) => return findings.wrong("database", &format!("{error:#}")),
    };
    let database = match Database::connect(&url, Arc::new(SystemClock)).await {
        Ok(database) => database,
        Err(error) => return findings.wrong("database", &error.to_string()),
    };
    let kind = match database.kind() {
        DatabaseKind::Sqlite => "SQLite",
        DatabaseKind::Postgres => "PostgreSQL",
    };
    match migration::pending(&database).await {
        Ok(0) => Findings::good("database", &format!("{kind}, its schema is up to date")),
        Ok(number) => {
            return Findings::note(
                "database",
                &format!(
                    "{kind}, {number} migrations are due; `rareshare serve` or `rareshare migrate` applies them"
                ),
            );
        }
        Err(error) => return findings.wrong("database", &error.to_string()),
    }
    match database.check().await {
        Ok(None) => Findings::good("integrity", "nothing is damaged"),
        Ok(Some(damage)) => findings.wrong("integrity", &damage),
        Err(error) => findings.wrong("integrity", &error.to_string()),
    }
    let loaded = match data.key() {
        Ok(loaded) => loaded,
        Err(error) => return findings.wrong("key", &format!("{error:#}")),
    };
    match storage::Storage::open(&url, Arc::new(SystemClock), loaded.key.clone()).await {
        Ok(storage) => {
            match storage.has_its_key().await {
                Ok(true) if loaded.has_next => Findings::note(
                    "key",
                    "another one is taking its place: run `rareshare keys rotate` again if nobody runs it now",
                ),
                Ok(true) => Findings::good("key", "it opens what is encrypted"),
                Ok(false) => {
                    loaded.unmake();
                    findings.wrong(
                        "key",
                        "it does not open what is encrypted: bring the old one back, or, if it is lost, see `rareshare replace-key --help`",
                    );
                }
                Err(error) => findings.wrong("key", &error.to_string()),
            }
            match storage.catalogue().overview(Actor::Operator).await {
                Ok(overview) => {
                    Findings::good("catalogue", &format!("{} conditions", overview.conditions));
                }
                Err(error) => findings.wrong("catalogue", &error.to_string()),
            }
        }
        Err(error) => findings.wrong("catalogue", &error.to_string()),
    }
}

fn bundle() {
    if Assets::load().bundle.script.is_some() {
        Findings::good("browser bundle", "embedded");
    } else {
        Findings::note(
            "browser bundle",
            "missing, so nothing is interactive and every page works as plain HTML; `cargo xtask package` builds it into the program",
        );
    }
}

fn disk(data: &DataOptions) {
    if !data.data_dir.exists() {
        return Findings::note(
            "data folder",
            "there is none yet; `rareshare serve` makes it",
        );
    }
    match fs4::available_space(&data.data_dir) {
        Ok(free) if free < LITTLE_SPACE => Findings::note(
            "disk",
            &format!("only {} MB are free in the data folder", free / 1024 / 1024),
        ),
        Ok(free) => Findings::good("disk", &format!("{} MB are free", free / 1024 / 1024)),
        Err(error) => Findings::note("disk", &format!("cannot tell the free space: {error}")),
    }
}
