//! The measurements, in the order in which they disturb each other least.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};

use super::Bench;
use super::accounts;
use super::community;
use super::dearest;
use super::registry;
use super::report::{Row, median, median_time, megabytes, time, whole};
use super::searches;
use super::sizes;
use super::wiki;
use super::wrk::{self, Load};
use crate::http;
use crate::run;
use crate::server::{Server, Start, run_to_end};

/// A condition of the starter catalogue with all its sections.
pub(super) const PAGE: &str = "/communities/multiple-myeloma";
/// Enough to keep one core busy, not so many that they only wait.
const CONNECTIONS: u32 = 32;

/// What can be measured alone.
pub(super) const PARTS: [&str; 11] = [
    "sizes",
    "imports",
    "start",
    "cached",
    "searches",
    "uncached",
    "dearest",
    "accounts",
    "wiki",
    "registry",
    "community",
];

pub(crate) fn all(bench: &Bench<'_>, catalogue: Option<&Path>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    if bench.wants("sizes") {
        eprintln!("• sizes of page and bundle");
        // The first start of all: it creates the database and loads the starter catalogue.
        let server = start(bench, &[])?;
        rows.extend(sizes::rows(&server)?);
    }
    if let Some(catalogue) = catalogue.filter(|_| bench.wants("imports")) {
        eprintln!("• importing {}, twice", catalogue.display());
        rows.extend(imports(bench, catalogue)?);
    }
    if bench.wants("start") {
        eprintln!("• start and memory");
        rows.extend(start_and_memory(bench)?);
    }
    if bench.wants("cached") {
        eprintln!(
            "• cached pages against constant bytes, {} rounds",
            bench.rounds
        );
        let server = start(bench, &[])?;
        rows.extend(throughput(bench, &server)?);
        eprintln!("• suggestions");
        rows.push(suggestions(bench, &server)?);
    }
    if bench.wants("searches") {
        eprintln!("• searches of the lists");
        rows.extend(searches::all(bench)?);
    }
    if bench.wants("uncached") {
        eprintln!("• pages without the cache");
        rows.extend(uncached(bench)?);
    }
    if bench.wants("dearest") {
        eprintln!("• the dearest that a visitor can ask");
        rows.push(dearest::row(bench)?);
    }
    if bench.wants("accounts") {
        eprintln!("• members, and people who sign in");
        rows.extend(accounts::all(bench)?);
    }
    if bench.wants("wiki") {
        eprintln!("• saving, histories and comparisons");
        rows.extend(wiki::all(bench)?);
    }
    if bench.wants("registry") {
        eprintln!("• enrolling in the registry");
        rows.extend(registry::rows(bench)?);
    }
    if bench.wants("community") {
        eprintln!("• communities, with {} generated posts", bench.posts);
        rows.extend(community::all(bench)?);
    }
    Ok(rows)
}

pub(super) fn start(bench: &Bench<'_>, arguments: &[&str]) -> Result<Server> {
    Server::start(
        bench.project,
        &Start {
            binary: &bench.binary,
            // The site as `serve` has it, plus constant bytes to compare with.
            subcommand: "bench-target",
            data: &bench.data,
            arguments,
            address: None,
            core: bench.server_core,
            page: PAGE,
            scratch: &bench.scratch,
        },
    )
}

fn imports(bench: &Bench<'_>, catalogue: &Path) -> Result<Vec<Row>> {
    let import = || {
        let command = bench.project.command(&bench.binary);
        let mut command = run::isolated(command, &bench.scratch);
        command
            .args(["import", "conditions"])
            .arg(catalogue)
            .arg("--data-dir")
            .arg(&bench.data);
        run_to_end(command)
    };
    let first = import()?;
    let again = import()?;
    let peak = first.peak_kib.max(again.peak_kib);
    Ok(vec![
        Row::new(
            "importing the catalogue",
            time(first.time),
            "≤ 10 s",
            first.time <= Duration::from_secs(10),
        ),
        Row::new(
            "importing it again, nothing changed",
            time(again.time),
            "≤ 5 s",
            again.time <= Duration::from_secs(5),
        ),
        Row::new(
            "most memory while importing",
            megabytes(peak),
            "≤ 150 MB",
            peak * 1024 <= 150_000_000,
        ),
    ])
}

fn start_and_memory(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let mut starts = Vec::new();
    let mut memory = 0;
    for _ in 0..5 {
        let server = start(bench, &[])?;
        starts.push(server.first_page);
        // Background work of the start, such as building the search index, is over by then.
        std::thread::sleep(Duration::from_secs(3));
        memory = server.memory_kib()?;
    }
    let first_page = median_time(starts);
    Ok(vec![
        Row::new(
            "from start to the first page",
            time(first_page),
            "≤ 100 ms",
            first_page <= Duration::from_millis(100),
        ),
        Row::new(
            "idle memory after one page",
            megabytes(memory),
            "≤ 45 MB",
            memory * 1024 <= 45_000_000,
        ),
    ])
}

/// Loads that are compared take turns in short rounds, and the ratio is taken within each round:
/// a machine that slows down for a while slows them all.
fn throughput(bench: &Bench<'_>, server: &Server) -> Result<Vec<Row>> {
    let bytes = http::get(server.address, PAGE, None)?.body.len();
    let bare = server.url(&format!("/bench/bare?bytes={bytes}"));
    let constant = server.url(&format!("/bench/constant?bytes={bytes}"));
    let page = server.url(PAGE);
    let speed = |url: &str, headers: &[&str]| -> Result<f64> {
        let outcome = wrk::load(
            bench,
            &Load {
                url,
                connections: CONNECTIONS,
                headers,
                script: None,
            },
        )?;
        Ok(outcome.per_second)
    };
    let mut rounds = Vec::new();
    for round in 0..bench.rounds {
        let times = [
            speed(&bare, &[])?,
            speed(&constant, &[])?,
            speed(&page, &[])?,
            speed(&page, &["Accept-Encoding: br"])?,
        ];
        eprintln!(
            "  round {}: bare {}, constant {}, page {}, page in brotli {} a second",
            round + 1,
            whole(times[0]),
            whole(times[1]),
            whole(times[2]),
            whole(times[3])
        );
        rounds.push(times);
    }
    let middle = |of: fn(&[f64; 4]) -> f64| median(rounds.iter().map(of).collect());
    let of_constant = middle(|round| round[2] / round[1]);
    let of_bare = middle(|round| round[2] / round[0]);
    Ok(vec![
        Row::plain(
            &format!("bare axum, {bytes} constant bytes"),
            format!("{}/s", whole(middle(|round| round[0]))),
        ),
        Row::plain(
            "the same bytes behind our middleware",
            format!("{}/s", whole(middle(|round| round[1]))),
        ),
        Row::plain(
            "condition page from the cache, as it is",
            format!("{}/s", whole(middle(|round| round[2]))),
        ),
        Row::plain(
            "condition page from the cache, brotli",
            format!("{}/s", whole(middle(|round| round[3]))),
        ),
        Row::new(
            "cached page : constant bytes, same middleware",
            format!("{of_constant:.2}"),
            "≥ 0.95",
            of_constant >= 0.95,
        ),
        Row::new(
            "cached page : bare axum",
            format!("{of_bare:.2}"),
            "≥ 0.80",
            of_bare >= 0.80,
        ),
    ])
}

fn suggestions(bench: &Bench<'_>, server: &Server) -> Result<Row> {
    let script = bench.project.root.join("xtask/bench/suggest.lua");
    let outcome = wrk::load(
        bench,
        &Load {
            url: &server.url("/"),
            connections: 4,
            headers: &[],
            script: Some(&script),
        },
    )
    .context("the suggestions could not be measured")?;
    Ok(Row::new(
        "search as you type, p99, 4 people at once",
        format!("{} ({}/s)", time(outcome.p99), whole(outcome.per_second)),
        "≤ 5 ms",
        outcome.p99 <= Duration::from_millis(5),
    ))
}

fn uncached(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let server = start(bench, &["--page-cache", "0"])?;
    let url = server.url(PAGE);
    let load = |connections| {
        wrk::load(
            bench,
            &Load {
                url: &url,
                connections,
                headers: &[],
                script: None,
            },
        )
    };
    let mut speeds = Vec::new();
    let mut p50 = Vec::new();
    let mut p99 = Vec::new();
    for _ in 0..bench.rounds {
        speeds.push(load(CONNECTIONS)?.per_second);
        // Latency of a page, not of a queue: one request at a time.
        let alone = load(1)?;
        p50.push(alone.p50);
        p99.push(alone.p99);
    }
    let speed = median(speeds);
    let p50 = median_time(p50);
    let p99 = median_time(p99);
    Ok(vec![
        Row::new(
            "condition page rendered each time, one core",
            format!("{}/s", whole(speed)),
            "≥ 2,000/s",
            speed >= 2000.0,
        ),
        Row::new(
            "the same, p50 (p99) of one request at a time",
            format!("{} ({})", time(p50), time(p99)),
            "p50 ≤ 500 µs",
            p50 <= Duration::from_micros(500),
        ),
    ])
}
