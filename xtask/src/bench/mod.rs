//! `cargo xtask bench`: the project's numbers, measured in one run and printed as one table.
//!
//! Machines are noisy, so speed is told as ratios of loads that take turns; see
//! `measure::throughput`.

mod accounts;
mod community;
mod dearest;
mod measure;
mod registry;
pub(crate) mod report;
mod searches;
mod sizes;
mod wiki;
mod wrk;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::apt;
use crate::build;
use crate::data;
use crate::generated;
use crate::machine;
use crate::project::Project;
use crate::run;
use crate::table;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The OBO file to import before measuring, relative to the repository; without it that of
    /// the folder which `RARESHARE_TEST_DATA` names
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// How often the loads that are compared take turns
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds of each load in each round
    #[arg(long, default_value_t = 2)]
    seconds: u32,
    /// How many posts are generated for the part "community". A quick run shows with a few thousand
    /// that all of it works; the numbers are meant for a million
    #[arg(long, default_value_t = generated::POSTS, value_parser = generated::posts())]
    posts: u32,
    /// Measure this part alone; can be given several times
    #[arg(long, value_parser = measure::PARTS)]
    only: Vec<String>,
    /// Use this program instead of building one
    #[arg(long)]
    binary: Option<PathBuf>,
    /// Put the table into README.md, between `<!-- bench -->` and `<!-- /bench -->`
    #[arg(long, conflicts_with = "only")]
    write_readme: bool,
}

/// What every measurement gets.
struct Bench<'a> {
    project: &'a Project,
    binary: PathBuf,
    /// A temporary folder, and the server's data inside it.
    scratch: PathBuf,
    data: PathBuf,
    rounds: usize,
    seconds: u32,
    posts: u32,
    /// The parts to measure; all where none is named.
    only: &'a [String],
    /// The cores of server and load; none on a machine with one.
    server_core: Option<usize>,
    load_core: Option<usize>,
}

impl Bench<'_> {
    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == part)
    }
}

pub(crate) fn bench(project: &Project, options: &Options) -> Result<()> {
    if options.rounds == 0 || options.seconds == 0 {
        bail!("--rounds and --seconds must be at least 1");
    }
    if project.which("wrk").is_none() {
        apt::install(project, &["wrk"], "the load generator `wrk`")?;
    }
    let separate = machine::cores() > 1 && project.which("taskset").is_some();
    if !separate {
        eprintln!(
            "• server and load share their cores here (one core, or no `taskset`): \
             the numbers are lower than they could be"
        );
    }
    if let Some(load) = machine::load().filter(|load| *load > 0.5) {
        eprintln!(
            "• the machine is busy (load {load}): wait for other work to end, or expect noise"
        );
    }
    let scratch = tempfile::Builder::new()
        .prefix("rareshare-bench-")
        .tempdir()
        .context("could not create a temporary folder")?;
    let bench = Bench {
        project,
        binary: build::given_or_release(project, options.binary.as_deref())?,
        data: scratch.path().join("data"),
        scratch: scratch.path().to_path_buf(),
        rounds: options.rounds,
        seconds: options.seconds,
        posts: options.posts,
        only: &options.only,
        server_core: separate.then_some(0),
        load_core: separate.then_some(1),
    };
    let named = data::catalogue(project, options.catalogue.as_deref());
    if let Some(absent) = named.as_ref().filter(|file| !file.is_file()) {
        eprintln!("• there is no {}", absent.display());
    }
    let catalogue = named.filter(|file| file.is_file());
    if catalogue.is_none() {
        eprintln!(
            "• measuring with the starter catalogue alone; for a whole one: --catalogue FILE, or \
             {}=FOLDER",
            data::VARIABLE
        );
    }

    let rows = measure::all(&bench, catalogue.as_deref())?;
    let table = table::markdown(&report::cells(&rows));
    println!("\n{table}");
    if options.write_readme {
        write_readme(project, &table, catalogue.is_some(), separate)?;
    }
    Ok(())
}

fn write_readme(project: &Project, table: &str, full: bool, separate: bool) -> Result<()> {
    let path = project.root.join("README.md");
    let text =
        fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let today = run::capture(
        project
            .command("date")
            .args(["-u", "+%-d %B %Y"])
            .env("LC_ALL", "C"),
    )?;
    let catalogue = if full {
        "the whole catalogue"
    } else {
        "the starter catalogue"
    };
    let cores = if separate {
        ", server and load on one core each"
    } else {
        ", server and load sharing the cores"
    };
    let new = format!(
        "\n\nMeasured on {} with {catalogue} on {}{cores}.\n\n{table}\n",
        today.trim(),
        machine::describe()
    );
    let Some(text) = table::replace_between(&text, "<!-- bench -->", "<!-- /bench -->", &new)
    else {
        bail!(
            "README.md has no place for the table\n  \
             to fix: add the lines <!-- bench --> and <!-- /bench --> to it"
        );
    };
    fs::write(&path, text).with_context(|| format!("could not write {}", path.display()))
}
