use std::time::Duration;

use storage::Storage;
use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

/// Looks once a second whether another process has changed the database, and keeps the search
/// index ready. Runs until it is dropped.
pub async fn notice_changes(storage: Storage) {
    // Not at once: the first pages would wait for the search index. A search that comes before it builds
    // it.
    let mut ticks = tokio::time::interval_at(Instant::now() + SECOND, SECOND);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = storage.notice_changes().await {
            tracing::warn!(%error, "could not look for changes");
        }
    }
}
