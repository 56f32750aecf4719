use std::{sync::Arc, time::Duration};

use storage::Storage;

use crate::http::Live;

/// Seals the event log: at once after a change by this process, else within a second. Runs until it
/// is dropped.
pub async fn seal_events(storage: Storage, live: Arc<Live>) {
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
        match storage.events().seal().await {
            Ok(0) => {}
            Ok(_) => live.wake(),
            Err(error) => {
                tracing::warn!(%error, "could not seal the event log");
                tokio::time::sleep(Duration::from_secs(10)).await;
            }
        }
    }
}
