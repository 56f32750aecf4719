//! Finished pages for visitors: bytes and headers, kept as long as nothing changes that they show.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue},
};
use domain::time::Timestamp;
use moka::sync::Cache;
use storage::changes::{Changes, Reads};

use crate::bundle::{brotli, gzip};

/// No page is kept longer.
const KEPT_FOR: Duration = Duration::from_hours(1);

/// A sealed page.
#[derive(Debug)]
pub struct FinishedPage {
    /// Headers that do not depend on the encoding.
    pub headers: HeaderMap,
    /// Strong entity tag of the identity bytes.
    pub etag: HeaderValue,
    /// The bytes as they are.
    pub identity: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl FinishedPage {
    /// A page that has just been sealed.
    pub fn new(headers: HeaderMap, etag: HeaderValue, identity: Bytes) -> Self {
        Self {
            headers,
            etag,
            identity,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// The bytes in brotli, made when the first browser asks.
    pub fn brotli(&self) -> Bytes {
        self.brotli
            .get_or_init(|| brotli(&self.identity, 6))
            .clone()
    }

    /// The bytes in gzip, made when the first browser asks.
    pub fn gzip(&self) -> Bytes {
        self.gzip.get_or_init(|| gzip(&self.identity)).clone()
    }
}

/// A page with what it was made of.
#[derive(Debug)]
struct Kept {
    reads: Reads,
    page: Arc<FinishedPage>,
}

/// Pages by path and query, bounded by their size in bytes.
#[derive(Clone, Debug)]
pub struct PageCache {
    pages: Option<Cache<String, Arc<Kept>>>,
}

impl PageCache {
    /// A cache of so many megabytes; of 0 keeps nothing.
    pub fn new(megabytes: u64) -> Self {
        let pages = (megabytes > 0).then(|| {
            Cache::builder()
                .max_capacity(megabytes * 1024 * 1024)
                .time_to_live(KEPT_FOR)
                .weigher(|key: &String, kept: &Arc<Kept>| {
                    // The compressed forms come later and are at most about half as much again.
                    let page = kept.page.identity.len() * 3 / 2 + 2_048;
                    let size = key.len() + page + kept.reads.size();
                    u32::try_from(size).unwrap_or(u32::MAX)
                })
                .build()
        });
        Self { pages }
    }

    /// The page at an address, unless something has changed of what it was made of.
    pub fn get(
        &self,
        address: &str,
        changes: &Changes,
        now: Timestamp,
    ) -> Option<Arc<FinishedPage>> {
        let kept = self.pages.as_ref()?.get(address)?;
        changes
            .is_fresh(&kept.reads, now)
            .then(|| Arc::clone(&kept.page))
    }

    /// Keeps a page. Nobody knows when one is old of which is not known what it was made of.
    pub fn put(&self, address: &str, page: &Arc<FinishedPage>, reads: Reads) {
        if let Some(pages) = self.pages.as_ref().filter(|_| reads.are_known()) {
            let page = Arc::clone(page);
            pages.insert(address.to_owned(), Arc::new(Kept { reads, page }));
        }
    }
}

#[cfg(test)]
mod tests {
    use storage::changes::{never_changes, recording};

    use super::*;

    const NOW: Timestamp = Timestamp(1);

    fn page() -> Arc<FinishedPage> {
        Arc::new(FinishedPage::new(
            HeaderMap::new(),
            HeaderValue::from_static("\"x\""),
            Bytes::from_static(b"<p>hello</p>"),
        ))
    }

    async fn constant(changes: &Changes) -> Reads {
        recording(changes, async { never_changes() }).await.1
    }

    #[tokio::test]
    async fn a_page_is_kept_if_it_is_known_what_it_is_made_of() {
        let (cache, changes) = (PageCache::new(1), Changes::default());
        cache.put("/a", &page(), Reads::default());
        assert!(cache.get("/a", &changes, NOW).is_none());
        cache.put("/a", &page(), constant(&changes).await);
        assert!(cache.get("/a", &changes, NOW).is_some());
    }

    #[tokio::test]
    async fn no_room_keeps_nothing() {
        let (cache, changes) = (PageCache::new(0), Changes::default());
        cache.put("/a", &page(), constant(&changes).await);
        assert!(cache.get("/a", &changes, NOW).is_none());
    }
}
