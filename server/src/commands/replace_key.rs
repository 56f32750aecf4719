//! `rareshare replace-key`: for who has lost the key of the site.

use anyhow::{Result, bail};
use domain::Error;

use super::{in_words, start};
use crate::config::DataOptions;

pub(super) async fn run(reason: &str, data: &DataOptions) -> Result<()> {
    let (storage, loaded) = start::open_with_any_key(data).await?;
    match storage.replace_key(reason).await {
        Ok(turned_off) => {
            say!("The site has another key. Second factors turned off: {turned_off}.");
            Ok(())
        }
        Err(Error::Conflict) => bail!(
            "the key is the one under which this database has its secrets: there is nothing to replace"
        ),
        Err(error) => {
            loaded.unmake();
            Err(in_words(error))
        }
    }
}
