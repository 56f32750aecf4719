//! What communities cost where there are many posts: on generated data, on both databases.

mod feed;
mod keeping;
mod reads;
mod replies;

use std::time::Duration;

use anyhow::{Context, Result};

use super::Bench;
use super::report::{Row, megabytes, time};
use super::wrk::{self, Load};
use crate::generated::{FEWEST, Generated, Place, slug};
use crate::postgres::{self, Cluster};
use crate::server::Server;
use crate::talking::Talker;

/// As many as one person may join in a day.
const JOINED: usize = 10;
/// As many as are connected at once where memory is measured.
const CONNECTED: u32 = 512;

/// A site, and one with a hundredth of its posts beside it.
struct Sites {
    whole: Generated,
    part: Generated,
}

impl Sites {
    fn make(bench: &Bench<'_>, name: &'static str, databases: [Option<&str>; 2]) -> Result<Self> {
        let make = |size: &str, posts, database| {
            let place = Place {
                name,
                folder: bench.scratch.join(format!("{name}-{size}")),
                database,
            };
            Generated::make(bench.project, &bench.binary, place, posts)
        };
        let [whole, part] = databases;
        Ok(Self {
            part: make("part", (bench.posts / 100).max(FEWEST), part)?,
            whole: make("whole", bench.posts, whole)?,
        })
    }
}

pub(super) fn all(bench: &Bench<'_>) -> Result<Vec<Row>> {
    // Before the long part, because something may have to be installed.
    let programs = postgres::ensure_programs(bench.project)?;
    let mut rows = Vec::new();
    {
        let sites = Sites::make(bench, "SQLite", [None, None])?;
        rows.extend(on(bench, &sites).context("on SQLite")?);
    }
    // Replies are to last, so this one keeps what it has acknowledged.
    let cluster = Cluster::start_durable(bench.project, &programs)?;
    let database = |name| cluster.add_database(bench.project, &programs, name);
    let (whole, part) = (database("whole")?, database("part")?);
    let sites = Sites::make(bench, "PostgreSQL", [Some(&whole), Some(&part)])?;
    rows.extend(on(bench, &sites).context("on PostgreSQL")?);
    rows.push(replies::at_once(bench, &sites.whole).context("on PostgreSQL")?);
    Ok(rows)
}

fn on(bench: &Bench<'_>, sites: &Sites) -> Result<Vec<Row>> {
    eprintln!("• communities on {}: reading", sites.whole.name);
    let mut rows = Vec::new();
    {
        let server = start(bench, &sites.whole, &[])?;
        rows.extend(size(bench, &sites.whole, &server)?);
    }
    {
        // Each page is made anew, so that what it costs is not what it costs to keep it.
        let [whole, part] = [&sites.whole, &sites.part].map(|site| {
            let server = start(bench, site, &["--page-cache", "0"])?;
            anyhow::Ok((site, server))
        });
        let (whole, part) = (whole?, part?);
        let whole = Reader::begin(whole.0, &whole.1)?;
        let part = Reader::begin(part.0, &part.1)?;
        rows.push(reads::topic(bench, &whole)?);
        rows.push(feed::row(bench, &whole)?);
        rows.extend(reads::grown(bench, &whole, &part)?);
    }
    eprintln!("• communities on {}: replying", sites.whole.name);
    rows.push(replies::durable(bench, &sites.whole)?);
    rows.push(keeping::row(bench, &sites.whole)?);
    Ok(rows)
}

fn start(bench: &Bench<'_>, site: &Generated, arguments: &[&str]) -> Result<Server> {
    let mut all = arguments.to_vec();
    if !arguments.contains(&"--metrics-address") {
        all.extend(["--metrics-address", "off"]);
    }
    site.start(bench.project, &all, bench.server_core)
}

/// How long the first page takes, and what is in memory with many connections.
fn size(bench: &Bench<'_>, site: &Generated, server: &Server) -> Result<Vec<Row>> {
    wrk::load(
        bench,
        &Load {
            url: &server.url("/discussions"),
            connections: CONNECTED,
            headers: &[],
            script: None,
        },
    )?;
    let memory = server.memory_kib()?;
    let first = server.first_page;
    let with = format!("with {}, {}", posts(site.posts), site.name);
    Ok(vec![
        Row::new(
            &format!("from start to the first page {with}"),
            time(first),
            "≤ 100 ms",
            first <= Duration::from_millis(100),
        ),
        Row::new(
            &format!("memory after {CONNECTED} connections at once {with}"),
            megabytes(memory),
            "≤ 100 MB",
            memory * 1024 <= 100_000_000,
        ),
    ])
}

/// "1,000,000 posts"
fn posts(number: u32) -> String {
    format!("{} posts", super::report::whole(f64::from(number)))
}

/// A member of the communities in which most is written, who reads.
struct Reader<'a> {
    site: &'a Generated,
    server: &'a Server,
    talker: Talker<'a>,
}

impl<'a> Reader<'a> {
    fn begin(site: &'a Generated, server: &'a Server) -> Result<Self> {
        let talker = Talker::begin(server, site, 0)?;
        for number in 0..JOINED {
            talker.enter(&slug(number))?;
        }
        Ok(Self {
            site,
            server,
            talker,
        })
    }

    /// One request at a time.
    fn load(&self, bench: &Bench<'_>, path: &str) -> Result<wrk::Outcome> {
        let header = format!("Cookie: {}", self.talker.cookie);
        wrk::load(
            bench,
            &Load {
                url: &self.server.url(path),
                connections: 1,
                headers: &[&header],
                script: None,
            },
        )
        .with_context(|| format!("{path} could not be measured"))
    }
}

/// What something is of something else.
fn ratio(of: Duration, to: Duration) -> f64 {
    of.as_secs_f64() / to.as_secs_f64().max(1e-9)
}
