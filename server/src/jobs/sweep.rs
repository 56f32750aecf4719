use std::time::Duration;

use storage::Storage;

/// Removes what has expired, once an hour. Runs until it is dropped.
pub async fn sweep(storage: Storage) {
    let mut ticks = tokio::time::interval(Duration::from_hours(1));
    loop {
        ticks.tick().await;
        if let Err(error) = storage.sweep().await {
            tracing::warn!(%error, "could not remove what has expired");
        }
    }
}
