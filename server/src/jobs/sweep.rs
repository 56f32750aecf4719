use std::time::Duration;

use storage::Storage;

/// Removes what has expired, once an hour. Runs until it is dropped.
pub async fn sweep(storage: Storage) {
    let mut ticks = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        ticks.tick().await;
        if let Err(error) = storage.accounts().sweep().await {
            tracing::warn!(%error, "could not remove what has expired");
        }
    }
}
