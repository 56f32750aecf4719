use std::time::Duration;

use crate::http::AppState;

/// Keeps the files of this bundle for the pages that were opened with it, at once and twice a day. Runs
/// until it is dropped.
pub async fn keep_assets(state: AppState) {
    // While the site is being developed, every change of a line makes a bundle.
    if cfg!(debug_assertions) {
        return;
    }
    let mut ticks = tokio::time::interval(Duration::from_hours(12));
    loop {
        ticks.tick().await;
        let now = state.storage.database().now();
        let assets = state.assets.clone();
        let kept = tokio::task::spawn_blocking(move || assets.keep_archive(now)).await;
        if let Ok(Err(error)) = kept {
            tracing::warn!(%error, "could not keep the browser bundle for the time after an update");
        }
    }
}
