use std::time::Duration;

use storage::Storage;

/// Seals the event log: at once after a change by this process, else within a second. Runs until it
/// is dropped.
pub async fn seal_events(storage: Storage) {
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut events = 0;
    let mut idle = 0;
    loop {
        ticks.tick().await;
        let now = storage.database().changes().events();
        idle += 1;
        // Ten ticks are a second: changes by others.
        if now == events && idle < 10 {
            continue;
        }
        (events, idle) = (now, 0);
        if let Err(error) = storage.events().seal().await {
            tracing::warn!(%error, "could not seal the event log");
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
    }
}
