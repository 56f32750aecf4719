//! Developer commands. `cargo xtask --help` lists them.

mod apt;
mod bench;
mod build;
mod data;
mod dear;
mod dev;
mod generated;
mod house;
mod http;
mod machine;
mod node;
mod notes;
mod people;
mod postgres;
mod progress;
mod project;
mod random;
mod run;
mod serve;
mod server;
mod soak;
mod split;
mod table;
mod talking;
mod test;
mod tools;
mod writing;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::project::Project;

#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    about = "Developer commands of RareShare"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build and serve the site; install what is missing and build the browser bundle meanwhile
    Serve(serve::Options),
    /// Build the program that a site needs, with the browser bundle inside
    Package,
    /// Install what tests need and run every check, stopping at the first failure
    Test(test::Options),
    /// Serve a debug build; rebuild and restart when sources change
    Dev(dev::Options),
    /// Measure the numbers the project has set itself, as one table
    Bench(bench::Options),
    /// Split the browser bundle into the main module and chunks; Trunk runs it after its build
    #[command(hide = true)]
    Split,
    /// Long runs that belong before a release: kills and floods
    Soak(soak::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            for cause in error.chain().skip(1) {
                eprintln!("  because: {cause}");
            }
            ExitCode::FAILURE
        }
    }
}

fn execute(arguments: Arguments) -> anyhow::Result<()> {
    let project = Project::find()?;
    match arguments.command {
        Command::Serve(options) => serve::serve(&project, &options),
        Command::Package => build::package(&project),
        Command::Test(options) => test::test(&project, &options),
        Command::Dev(options) => dev::dev(&project, &options),
        Command::Bench(options) => bench::bench(&project, &options),
        Command::Split => split::split(&project),
        Command::Soak(options) => soak::soak(&project, &options),
    }
}
