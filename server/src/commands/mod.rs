//! The commands of `rareshare`.

#[macro_use]
mod output;

mod audit;
mod bench_participants;
mod bench_target;
mod demo;
mod doctor;
mod import;
mod keys;
mod replace_key;
mod serve;
pub mod start;
mod user;

use anyhow::{Context, Result, anyhow};
use clap::{Parser, Subcommand};
use domain::Error;

use crate::{
    config::{DataOptions, ServeOptions},
    private,
};

/// The place for people with a rare disease: wiki, community and registry in one program.
#[derive(Debug, Parser)]
#[command(name = "rareshare", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site. Makes the database and loads the starter catalogue where there is none.
    Serve {
        #[command(flatten)]
        data: DataOptions,
        #[command(flatten)]
        serve: ServeOptions,
    },
    /// Bring the database's schema up to date.
    Migrate {
        #[command(flatten)]
        data: DataOptions,
    },
    /// Read data in. All of a file is stored, or nothing.
    Import {
        #[command(subcommand)]
        what: import::What,
    },
    /// Give roles, suspend and restore: every time with a reason, and an event in the log.
    User {
        #[command(subcommand)]
        what: user::What,
    },
    /// Start again with another key, because the key of the site is lost. What was encrypted under it
    /// is gone: everybody's second factor is turned off, and they get an email.
    ReplaceKey {
        /// Why, in one line. Everybody whose second factor is turned off sees it.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Put another key in the place of the one under which the database has its secrets.
    Keys {
        #[command(subcommand)]
        what: keys::What,
    },
    /// Check that nobody has changed the log of what happened.
    Audit {
        #[command(subcommand)]
        what: audit::What,
    },
    /// Check configuration, database, browser bundle and disk.
    Doctor {
        #[command(flatten)]
        data: DataOptions,
        #[command(flatten)]
        serve: ServeOptions,
    },
    /// Make a demonstration: a database of its own in which all people and conversations are invented.
    /// Removing it is removing its file.
    Demo {
        #[command(flatten)]
        options: demo::Options,
    },
    /// Serve the site with constant bytes beside it, for the benchmark.
    #[command(hide = true)]
    BenchTarget {
        #[command(flatten)]
        data: DataOptions,
        #[command(flatten)]
        serve: ServeOptions,
    },
    /// Add invented participants of the registry, for the benchmark.
    #[command(hide = true)]
    BenchParticipants {
        #[arg(long)]
        count: usize,
        #[command(flatten)]
        data: DataOptions,
    },
}

/// Runs a command to its end.
pub fn run(arguments: Arguments) -> Result<()> {
    private::begin();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    let result = runtime.block_on(async {
        match arguments.command {
            Command::Serve { data, serve } => serve::run(&data, &serve).await,
            Command::Migrate { data } => {
                let storage = start::open(&data).await?;
                say!(
                    "The database is up to date ({:?}).",
                    storage.database().kind()
                );
                Ok(())
            }
            Command::Import { what } => import::run(what).await,
            Command::User { what } => user::run(what).await,
            Command::ReplaceKey { reason, data } => replace_key::run(&reason, &data).await,
            Command::Keys { what } => keys::run(what).await,
            Command::Audit { what } => audit::run(what).await,
            Command::Doctor { data, serve } => doctor::run(&data, &serve).await,
            Command::Demo { options } => demo::run(&options).await,
            Command::BenchTarget { data, serve } => bench_target::run(&data, &serve).await,
            Command::BenchParticipants { count, data } => {
                bench_participants::run(count, &data).await
            }
        }
    });
    result.map_err(for_operator)
}

/// What is wrong with what the operator has given, as people read it.
fn in_words(error: Error) -> anyhow::Error {
    match error {
        Error::Invalid { fields } => {
            let messages: Vec<String> = fields.into_iter().map(|field| field.message).collect();
            anyhow!("{}", messages.join(" "))
        }
        other => other.into(),
    }
}

/// Visitors are told to wait; the operator can do something about it.
fn for_operator(error: anyhow::Error) -> anyhow::Error {
    if error.downcast_ref() == Some(&Error::Unavailable) {
        return error.context(
            "the database cannot be written: it is locked, out of reach, or the disk is full. \
             Nothing was changed; `rareshare doctor` looks closer",
        );
    }
    error
}
