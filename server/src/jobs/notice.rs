use std::time::Duration;

use storage::Storage;

/// Looks once a second whether another process has changed the database, and keeps the search
/// index ready. Runs until it is dropped.
pub async fn notice_changes(storage: Storage) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = storage.notice_changes().await {
            tracing::warn!(%error, "could not look for changes");
        }
    }
}
