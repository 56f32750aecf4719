//! `cargo xtask serve`: from a fresh clone to a served site.

use std::os::unix::process::CommandExt;

use anyhow::{Result, bail};

use crate::build;
use crate::project::Project;
use crate::run;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Arguments for `rareshare serve`, after `--`
    #[arg(last = true)]
    arguments: Vec<String>,
}

pub(crate) fn serve(project: &Project, options: &Options) -> Result<()> {
    let binary = build::release(project)?;
    let mut command = project.command(binary);
    command.arg("serve").args(&options.arguments);
    // The server takes our place, so that Ctrl-C and signals reach it and nothing else.
    let error = command.exec();
    bail!("could not start `{}`: {error}", run::shown(&command))
}
