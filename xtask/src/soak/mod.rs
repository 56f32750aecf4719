//! `cargo xtask soak`: long runs against the release build, one function each.

mod kill_import;
mod kill_mail;
mod sign_in;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Instant, SystemTime};

use anyhow::{Context, Result, bail};

use crate::build;
use crate::progress::duration;
use crate::project::Project;
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
    /// The OBO file to import, relative to the repository
    #[arg(long, default_value = crate::bench::CATALOGUE)]
    catalogue: PathBuf,
    /// How often to kill
    #[arg(long, default_value_t = 20)]
    times: u32,
    /// Repeat a run with the seed it printed
    #[arg(long)]
    seed: Option<u64>,
}

/// What every soak gets.
struct Bed<'a> {
    project: &'a Project,
    binary: PathBuf,
    catalogue: PathBuf,
    times: u32,
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
    run: fn(&mut Bed<'_>) -> Result<()>,
}

const SOAKS: &[Soak] = &[
    Soak {
        name: "kill-import",
        about: "an import killed at random moments leaves a database that works",
        run: kill_import::run,
    },
    Soak {
        name: "kill-mail",
        about: "a server killed between a form and its letter sends every letter, and none twice",
        run: kill_mail::run,
    },
    Soak {
        name: "sign-in",
        about: "10,000 attempts at one account wait, and its owner does not",
        run: sign_in::run,
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
    let binary = build::release(project)?;
    for soak in SOAKS {
        if !options.names.is_empty() && !options.names.iter().any(|name| name == soak.name) {
            continue;
        }
        eprintln!("\n━━ {}: {} (seed {seed})", soak.name, soak.about);
        let begun = Instant::now();
        let scratch = tempfile::Builder::new()
            .prefix("rareshare-soak-")
            .tempdir()
            .context("could not create a temporary folder")?;
        let mut bed = Bed {
            project,
            binary: binary.clone(),
            catalogue: project.root.join(&options.catalogue),
            times: options.times,
            random: Random::new(seed),
            scratch: scratch.path().to_path_buf(),
        };
        (soak.run)(&mut bed).with_context(|| {
            format!(
                "the soak `{}` failed\n  to run it again: cargo xtask soak {} --times {} --seed {seed}",
                soak.name, soak.name, options.times
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

/// `SplitMix64`: enough to choose moments, and it repeats from its seed.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which must not be zero.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_its_numbers() {
        let numbers = |seed| -> Vec<u64> {
            let mut random = Random::new(seed);
            (0..20).map(|_| random.below(1000)).collect()
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
        assert!(numbers(7).iter().all(|number| *number < 1000));
    }
}
