//! `rareshare keys`: replacing the key of the site.

use anyhow::{Context, Result, anyhow};
use clap::Subcommand;
use domain::Error;
use storage::{Rotation, SealedAnew};

use super::start;
use crate::{config::DataOptions, keys::NextKey};

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Replace the key of the site while the site runs: make another one, and seal under it whatever is
    /// under the former one. Servers that run learn of it by themselves. If it was interrupted, run it
    /// again: it goes on. Where the key is given by --master-key, give every server the next one by
    /// --next-master-key first, and then run this with both.
    Rotate {
        #[command(flatten)]
        data: DataOptions,
    },
}

pub(super) async fn run(what: What) -> Result<()> {
    let What::Rotate { data } = what;
    let storage = start::open(&data).await?;
    let next = match (&data.master_key, &data.next_master_key) {
        (None, _) => NextKey::in_folder(&data.key_folder()?)?,
        (Some(_), Some(next)) => NextKey::given(next)?,
        (Some(_), None) => {
            return Err(anyhow!(
                "the key is given by --master-key, so the next one has to be, too: first give it to \
                 every server with --next-master-key (RARESHARE_NEXT_MASTER_KEY), restart them, and \
                 then run this with both"
            ));
        }
    };
    let sealed = rotate(&storage.rotation(&next.key)).await?;
    say!(
        "Sealed anew: {} second factors, {} keys of participants, {} lists of participants, {} links.",
        sealed.second_factors,
        sealed.keys,
        sealed.holders,
        sealed.links
    );
    if sealed.closed > 0 {
        say!(
            "{} values open under none of the keys, and are as they were.",
            sealed.closed
        );
    }
    if let Some(former) = next.finish()? {
        say!("The former key is {} now.", former.display());
    }
    if data.master_key.is_some() {
        say!("Start the servers with the next key as --master-key from now on.");
    }
    if sealed.closed == 0 {
        say!("Nothing in the database is under the former key any more.");
    }
    say!(
        "Backups that were made before need the former key: keep it, elsewhere, for as long as you keep them."
    );
    Ok(())
}

async fn rotate(rotation: &Rotation<'_>) -> Result<SealedAnew> {
    let sealed = async {
        rotation.switch().await?;
        rotation.seal_anew().await
    };
    match sealed.await {
        Err(Error::Conflict) => Err(anyhow!(
            "another key has become the one of the database meanwhile: see that nobody else replaces it, \
             and run this again"
        )),
        Err(Error::Unavailable) => Err(anyhow!(
            "the database is locked, out of reach, or the disk is full, so this is not finished: run it \
             again, and keep both keys until it is"
        )),
        sealed => sealed.context("this is not finished: keep both keys until it is"),
    }
}
