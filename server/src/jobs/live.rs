use std::{sync::Arc, time::Duration};

use storage::Storage;

use crate::http::Live;

/// Reads the event log for the pages that are open: at once after this process has sealed events, else
/// twice a second, for those of others. Runs until it is dropped.
pub async fn tell_streams(storage: Storage, live: Arc<Live>) {
    loop {
        // At once when the process begins: what is sealed before the first look is told to nobody.
        if let Err(error) = live.read_log(&storage).await {
            tracing::warn!(%error, "could not read the event log for open pages");
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
        let _ = tokio::time::timeout(Duration::from_millis(500), live.woken()).await;
    }
}
