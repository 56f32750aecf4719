use std::time::Duration;

use storage::Storage;

/// Reads the event log once a second, and tells people of posts that they want to know of. Runs until
/// it is dropped.
pub async fn tell_people(storage: Storage) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = storage.communities().tell().await {
            tracing::warn!(%error, "could not tell people of posts");
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
    }
}
