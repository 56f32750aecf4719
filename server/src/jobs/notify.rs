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

/// Writes letters about notifications: those that go at once are due half a minute after the first, so
/// looking every ten seconds is often enough. Runs until it is dropped.
pub async fn write_letters(storage: Storage) {
    let mut ticks = tokio::time::interval(Duration::from_secs(10));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = storage.communities().write_letters().await {
            tracing::warn!(%error, "could not write letters about notifications");
        }
    }
}
