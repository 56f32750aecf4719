//! `rareshare audit`: whether the event log is what it was.

use anyhow::{Result, bail};
use clap::Subcommand;
use domain::event::SealFault;

use super::start;
use crate::config::DataOptions;

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Check the seal of every event. Names the first row that was changed or removed and ends with
    /// exit code 1; changes nothing.
    Verify {
        #[command(flatten)]
        data: DataOptions,
    },
}

pub(super) async fn run(what: What) -> Result<()> {
    let What::Verify { data } = what;
    let storage = start::open(&data).await?;
    let found = storage.events().verify().await?;
    let Some(broken) = found.broken else {
        say!(
            "{} events are sealed and hold; {} wait for the next seal.",
            found.sealed,
            found.waiting
        );
        return Ok(());
    };
    let number = broken.sequence;
    match (broken.fault, broken.id) {
        (SealFault::Missing, _) => bail!("event number {number} is missing from the log"),
        (SealFault::Changed, Some(id)) => {
            bail!("event number {number} (id {id}) was changed after it was sealed")
        }
        (SealFault::Changed, None) => {
            bail!("the log does not end as it was sealed: its end, number {number}, was replaced")
        }
    }
}
