//! `rareshare`: one binary, one command to run a site.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = server::commands::Arguments::parse();
    match server::commands::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rareshare: {error:#}");
            ExitCode::FAILURE
        }
    }
}
