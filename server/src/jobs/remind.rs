use std::time::Duration;

use storage::Storage;
use tokio::time::Instant;

/// Writes once a day to people whom a decision waits for in the registry: not at once, when the first pages
/// are made. Runs until it is dropped.
pub async fn remind(storage: Storage) {
    let first = Instant::now() + Duration::from_mins(10);
    let mut ticks = tokio::time::interval_at(first, Duration::from_hours(24));
    loop {
        ticks.tick().await;
        if let Err(error) = storage.registry().remind_of_majority().await {
            tracing::warn!(%error, "could not remind people of decisions");
        }
    }
}
