//! What goes with an account, and with the key of the site.

use domain::{Result, registry::Withdrawal};
use uuid::Uuid;

use super::{hand_over, holding, log, log::Happening, record};
use crate::{Database, MasterKey, write::Write};

/// What becomes of the participants of an account that is deleted: who they are and what they have answered
/// goes; what was signed for them stays under its key, as the consent says.
pub(crate) async fn forget(
    write: &Write<'_>,
    database: &Database,
    master: &MasterKey,
    account: Uuid,
) -> Result<()> {
    holding::lock(write, database, account).await?;
    let mut all = holding::of(write.on(), master, account).await?;
    // All of them first: whoever writes to the log holds the lock of one already.
    all.sort_by(|one, other| one.pseudonym.cmp(&other.pseudonym));
    for held in &all {
        record::lock(write, database, &held.pseudonym).await?;
    }
    for held in all {
        let whose = held.pseudonym.as_str();
        let signed = log::has_any(write.on(), whose).await?;
        // A row that is damaged keeps nobody from leaving.
        if signed && let Ok(mut known) = record::read(write.on(), database, master, whose).await {
            let left = Happening::Withdrawal(Withdrawal::Deletion);
            hand_over::end(write, &known, whose).await?;
            record::happens(write, database, &mut known, whose, left).await?;
        }
        record::erase(write, database, whose, !signed).await?;
    }
    holding::remove(write, master, account).await
}

/// Deletes what nobody can read any more, because the key of the site is lost.
pub(crate) async fn forget_all(write: &Write<'_>) -> Result<()> {
    holding::remove_all(write).await?;
    hand_over::end_all(write).await?;
    record::remove_all(write).await
}
