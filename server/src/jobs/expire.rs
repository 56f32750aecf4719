use std::time::Duration;

use storage::Storage;
use tokio::time::Instant;

/// Destroys once a day what nobody may keep any more of people who have left the registry. Runs until it is
/// dropped.
pub async fn destroy_consent_keys(storage: Storage) {
    let first = Instant::now() + Duration::from_mins(15);
    let mut ticks = tokio::time::interval_at(first, Duration::from_hours(24));
    loop {
        ticks.tick().await;
        match storage.registry().destroy_consent_keys().await {
            Ok(0) => {}
            Ok(keys) => tracing::info!(keys, "the proof of people who have left is destroyed"),
            Err(error) => {
                tracing::warn!(%error, "could not destroy keys of people who have left");
            }
        }
    }
}
