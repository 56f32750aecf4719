//! `cargo xtask soak`: long runs against the release build, one function each.

mod edits;
mod half_open;
mod kill_import;
mod kill_mail;
mod listeners;
mod rotation;
mod sign_in;
mod signing;
mod site;
mod walk;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Instant, SystemTime};

use anyhow::{Context, Result, bail};

use crate::build;
use crate::data;
use crate::generated;
use crate::progress::duration;
use crate::project::Project;
use crate::random::Random;
use crate::run;
use crate::server::{Server, Start};
use crate::table;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The soaks to run; all of them when none is named
    names: Vec<String>,
    /// List the soaks and do nothing
    #[arg(long)]
    list: bool,
    /// The OBO file to import, relative to the repository; without it that of the folder which
    /// `RARESHARE_TEST_DATA` names
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// How often to kill; each soak has its own number
    #[arg(long)]
    times: Option<u32>,
    /// How many posts are generated for "listeners" and "walk". A quick run shows with a few thousand
    /// that they work; they are meant for a million
    #[arg(long, default_value_t = generated::POSTS, value_parser = generated::posts())]
    posts: u32,
    /// Use this program instead of building one
    #[arg(long)]
    binary: Option<PathBuf>,
    /// Repeat a run with the seed it printed
    #[arg(long)]
    seed: Option<u64>,
}

/// What every soak gets.
struct Bed<'a> {
    project: &'a Project,
    binary: PathBuf,
    catalogue: Option<PathBuf>,
    times: u32,
    posts: u32,
    random: Random,
    /// An empty folder for this soak alone.
    scratch: PathBuf,
}

impl Bed<'_> {
    /// `rareshare`, away from any real configuration and data.
    fn server(&self) -> Command {
        let command = self.project.command(&self.binary);
        run::isolated(command, &self.scratch)
    }

    /// Where the server of this soak has its data.
    fn data(&self) -> PathBuf {
        self.scratch.join("data")
    }

    /// A running server on this soak's data.
    fn start(&self, arguments: &[&str]) -> Result<Server> {
        Server::start(
            self.project,
            &Start {
                binary: &self.binary,
                subcommand: "serve",
                data: &self.data(),
                arguments,
                address: None,
                core: None,
                page: "/healthz",
                scratch: &self.scratch,
            },
        )
    }
}

struct Soak {
    name: &'static str,
    about: &'static str,
    /// How often it kills where nobody says otherwise.
    times: u32,
    run: fn(&mut Bed<'_>) -> Result<()>,
}

const SOAKS: &[Soak] = &[
    Soak {
        name: "edits",
        about: "1,000 edits of one condition at once, while the server is killed: none lost, none doubled",
        times: 50,
        run: edits::run,
    },
    Soak {
        name: "half-open",
        about: "300 connections that never finish a request, with 256 descriptors, and 8 clients on the dearest page leave other pages 90 % of their speed",
        times: 5,
        run: half_open::run,
    },
    Soak {
        name: "kill-import",
        about: "an import killed at random moments leaves a database that works",
        times: 20,
        run: kill_import::run,
    },
    Soak {
        name: "kill-mail",
        about: "a server killed between a form and its letter sends every letter, and none twice",
        times: 20,
        run: kill_mail::run,
    },
    Soak {
        name: "listeners",
        about: "5,000 open pages hear of a reply within a second, on a site with a million posts, and take 150 MB at most",
        times: 10,
        run: listeners::run,
    },
    Soak {
        name: "rotation",
        about: "people enrol and sign while the key of the site is replaced, and that and the server are killed: everybody opens, nothing is half signed",
        times: 40,
        run: rotation::run,
    },
    Soak {
        name: "sign-in",
        about: "10,000 attempts at one account wait, and its owner does not",
        times: 0,
        run: sign_in::run,
    },
    Soak {
        name: "signing",
        about: "people sign at once while the server is killed: each has signed with text and entry in the log, or not at all",
        times: 25,
        run: signing::run,
    },
    Soak {
        name: "walk",
        about: "10,000 conditions, 100,000 members and a million posts, walked to the end of every list and topic",
        times: 0,
        run: walk::run,
    },
];

pub(crate) fn soak(project: &Project, options: &Options) -> Result<()> {
    if options.list {
        let rows: Vec<Vec<String>> = SOAKS
            .iter()
            .map(|soak| vec![soak.name.to_owned(), soak.about.to_owned()])
            .collect();
        print!("{}", table::plain(&rows));
        return Ok(());
    }
    if let Some(unknown) = options
        .names
        .iter()
        .find(|name| SOAKS.iter().all(|soak| soak.name != name.as_str()))
    {
        bail!("there is no soak `{unknown}`\n  to fix: cargo xtask soak --list");
    }
    let seed = options.seed.unwrap_or_else(seed_of_the_moment);
    let binary = build::given_or_release(project, options.binary.as_deref())?;
    for soak in SOAKS {
        if !options.names.is_empty() && !options.names.iter().any(|name| name == soak.name) {
            continue;
        }
        let times = options.times.unwrap_or(soak.times);
        eprintln!("\n━━ {}: {} (seed {seed})", soak.name, soak.about);
        let begun = Instant::now();
        let scratch = tempfile::Builder::new()
            .prefix("rareshare-soak-")
            .tempdir()
            .context("could not create a temporary folder")?;
        let mut bed = Bed {
            project,
            binary: binary.clone(),
            catalogue: data::catalogue(project, options.catalogue.as_deref()),
            times,
            posts: options.posts,
            random: Random::new(seed),
            scratch: scratch.path().to_path_buf(),
        };
        (soak.run)(&mut bed).with_context(|| {
            format!(
                "the soak `{}` failed\n  to run it again: cargo xtask soak {} --times {times} --seed {seed} --posts {}",
                soak.name, soak.name, options.posts
            )
        })?;
        eprintln!("  passed in {}", duration(begun.elapsed()));
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a seed wants to differ from run to run; it is printed, so that a run can be repeated"
)]
fn seed_of_the_moment() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(1, |time| u64::from(time.subsec_nanos()))
}
