//! A site that is killed and comes back.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::Bed;
use crate::machine;
use crate::postgres::{self, Cluster};
use crate::run;
use crate::server::{Server, Start};

/// A site that comes back at the same address with the same data.
pub(super) struct Site {
    pub(super) name: &'static str,
    pub(super) address: SocketAddr,
    pub(super) data: PathBuf,
    /// The options that say where the data is.
    pub(super) place: Vec<String>,
}

impl Site {
    pub(super) fn new(bed: &Bed<'_>, name: &'static str, database: Option<&str>) -> Result<Self> {
        let data = bed.scratch.join(name);
        let mut place = vec!["--data-dir".to_owned(), data.display().to_string()];
        if let Some(url) = database {
            place.extend(["--database-url".to_owned(), url.to_owned()]);
        }
        Ok(Self {
            name,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, machine::lasting_port()?)),
            data,
            place,
        })
    }

    pub(super) fn start(&self, bed: &Bed<'_>) -> Result<Server> {
        let mut arguments = vec!["--metrics-address", "off"];
        // The data folder is told anyway.
        arguments.extend(self.place.iter().skip(2).map(String::as_str));
        Server::start(
            bed.project,
            &Start {
                binary: &bed.binary,
                subcommand: "serve",
                data: &self.data,
                arguments: &arguments,
                address: Some(self.address),
                core: None,
                page: "/healthz",
                scratch: &bed.scratch,
            },
        )
    }
}

/// Does the same on both databases.
pub(super) fn on_both(
    bed: &mut Bed<'_>,
    on: impl Fn(&mut Bed<'_>, &Site) -> Result<()>,
) -> Result<()> {
    // Before the long part, because something may have to be installed.
    let programs = postgres::ensure_programs(bed.project)?;
    let sqlite = Site::new(bed, "SQLite", None)?;
    on(bed, &sqlite).context("on SQLite")?;
    let cluster = Cluster::start(bed.project, &programs)?;
    let postgres = Site::new(bed, "PostgreSQL", Some(cluster.url()))?;
    on(bed, &postgres).context("on PostgreSQL")
}

/// What the server of now, or the last one, has said.
pub(super) fn log(bed: &Bed<'_>) -> PathBuf {
    bed.scratch.join("server.txt")
}

/// Fails where the server that has just ended said that something was wrong.
pub(super) fn read_log(bed: &Bed<'_>) -> Result<()> {
    let text = std::fs::read(log(bed)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let wrong = |line: &&str| line.contains("ERROR") || line.contains("panicked");
    match text.lines().find(wrong) {
        Some(line) => bail!("the log of the server says:\n{line}"),
        None => Ok(()),
    }
}

/// What the program says at a command about this site's data.
pub(super) fn ask(bed: &Bed<'_>, site: &Site, words: &[&str]) -> Result<String> {
    let mut command = bed.server();
    command.args(words).args(&site.place);
    run::capture(&mut command)
}
