//! `cargo xtask serve`: from a fresh clone to a served site.

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
    /// Arguments for `rareshare serve`, after `--`
    #[arg(last = true)]
    arguments: Vec<String>,
}

pub(crate) fn serve(project: &Project, options: &Options) -> Result<()> {
    if !build::has_bundle(project)? {
        first(project, options)?;
    }
    let binary = build::binary(project, Profile::Quick)?;
    let mut command = serving(project, &binary, options);
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
    let mut command = serving(project, &binary, options);
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

fn serving(project: &Project, binary: &Path, options: &Options) -> Command {
    let mut command = project.command(binary);
    command.arg("serve").args(&options.arguments);
    command
}
