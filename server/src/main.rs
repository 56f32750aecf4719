//! `rareshare`: one binary, one command to run a site.

use std::process::ExitCode;

use clap::Parser;

// Gives memory back after imports and index builds, which glibc's allocator keeps.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
