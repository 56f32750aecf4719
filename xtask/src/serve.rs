//! `cargo xtask serve`: from a fresh clone to a served site. It is the demonstration, unless it is
//! called with `--empty`, or with `--data-dir` or `--database-url` behind `--`; the environment is not
//! asked.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{self, Profile};
use crate::project::Project;
use crate::run;
use crate::server;
use crate::tools;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Serve a real site, empty at first, from the folder `data`, not the demonstration
    #[arg(long)]
    empty: bool,
    /// Arguments for `rareshare serve`, after `--`
    #[arg(last = true)]
    arguments: Vec<String>,
}

pub(crate) fn serve(project: &Project, options: &Options) -> Result<()> {
    if !build::has_bundle(project)? {
        first(project, options)?;
    }
    let binary = build::binary(project, Profile::Quick)?;
    let mut command = serving(project, &binary, options)?;
    // The server takes our place, so that Ctrl-C and signals reach it and nothing else.
    let error = command.exec();
    bail!("could not start `{}`: {error}", run::shown(&command))
}

/// Serves the site while the browser bundle is being built: its pages are complete without one, and
/// whoever has just cloned it waits for half of the work only.
fn first(project: &Project, options: &Options) -> Result<()> {
    tools::prerequisites(project)?;
    // A bundle of other sources than the pages would not fit them.
    build::remove_bundle(project)?;
    let binary = build::binary(project, Profile::Quick)?;
    let mut command = serving(project, &binary, options)?;
    let mut child = command
        .spawn()
        .with_context(|| format!("could not start `{}`", run::shown(&command)))?;
    eprintln!(
        "• every page and form works from now on; what scripts add follows as soon as it is built"
    );
    let built = build::bundle(project);
    server::stop(&mut child);
    built
}

fn serving(project: &Project, binary: &Path, options: &Options) -> Result<Command> {
    let mut command = project.command(binary);
    command.arg("serve");
    if options.shows_demonstration() {
        let folder = project.root.join(DEMONSTRATION);
        if !folder.join("rareshare.db").exists() {
            eprintln!("• making a demonstration in {}", folder.display());
            run::run(elsewhere(&mut project.command(binary)).args([
                "demo",
                "--data-dir",
                DEMONSTRATION,
            ]))?;
        }
        elsewhere(&mut command).args(["--data-dir", DEMONSTRATION]);
    }
    command.args(&options.arguments);
    Ok(command)
}

/// The folder of the demonstration in the repository.
const DEMONSTRATION: &str = "demo";

/// Nothing in the environment may lead the demonstration to a real database or its key.
fn elsewhere(command: &mut Command) -> &mut Command {
    for name in [
        "DATA_DIR",
        "DATABASE_URL",
        "KEY_DIR",
        "MASTER_KEY",
        "NEXT_MASTER_KEY",
    ] {
        command.env_remove(format!("RARESHARE_{name}"));
    }
    command
}

impl Options {
    /// Whoever says where their data is wants to see that.
    fn shows_demonstration(&self) -> bool {
        let is_named = |argument: &String| {
            ["--data-dir", "--database-url"]
                .iter()
                .any(|name| argument.starts_with(name))
        };
        !self.empty && !self.arguments.iter().any(is_named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_names_their_data_is_shown_that() {
        let shows = |empty, arguments: &[&str]| {
            let arguments = arguments.iter().map(|text| (*text).to_owned()).collect();
            Options { empty, arguments }.shows_demonstration()
        };
        assert!(shows(false, &[]));
        assert!(shows(false, &["--address", "127.0.0.1:8080"]));
        assert!(!shows(true, &[]));
        assert!(!shows(false, &["--data-dir", "elsewhere"]));
        assert!(!shows(false, &["--database-url=postgres://x"]));
    }
}
