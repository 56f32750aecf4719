//! `rareshare bench-participants`: a registry full of people.

use anyhow::Result;

use super::start;
use crate::config::DataOptions;

pub(super) async fn run(count: usize, data: &DataOptions) -> Result<()> {
    let storage = start::open(data).await?;
    storage.generate_participants(count).await?;
    say!("Participants added: {count}.");
    Ok(())
}
