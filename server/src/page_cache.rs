//! Finished pages for visitors: bytes and headers, kept as long as nothing has changed.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue},
};
use moka::sync::Cache;

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

/// Pages by path and query, bounded by their size in bytes.
#[derive(Clone, Debug)]
pub struct PageCache {
    pages: Option<Cache<String, (i64, Arc<FinishedPage>)>>,
}

impl PageCache {
    /// A cache of so many megabytes; of 0 keeps nothing.
    pub fn new(megabytes: u64) -> Self {
        let pages = (megabytes > 0).then(|| {
            Cache::builder()
                .max_capacity(megabytes * 1024 * 1024)
                // Pages say what is overdue, and that changes without a commit.
                .time_to_live(KEPT_FOR)
                .weigher(|key: &String, (_, page): &(i64, Arc<FinishedPage>)| {
                    // The compressed forms come later and are at most about half as much again.
                    let size = key.len() + page.identity.len() * 3 / 2 + 2_048;
                    u32::try_from(size).unwrap_or(u32::MAX)
                })
                .build()
        });
        Self { pages }
    }

    /// The page at an address, unless something has changed since it was made.
    pub fn get(&self, address: &str, epoch: i64) -> Option<Arc<FinishedPage>> {
        let (made, page) = self.pages.as_ref()?.get(address)?;
        (made == epoch).then_some(page)
    }

    /// Keeps a page whose rendering began at `began`, unless something has changed meanwhile.
    pub fn put(&self, address: &str, page: &Arc<FinishedPage>, began: i64, epoch: i64) {
        if let Some(pages) = &self.pages
            && began == epoch
        {
            pages.insert(address.to_owned(), (began, Arc::clone(page)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Arc<FinishedPage> {
        Arc::new(FinishedPage::new(
            HeaderMap::new(),
            HeaderValue::from_static("\"x\""),
            Bytes::from_static(b"<p>hello</p>"),
        ))
    }

    #[test]
    fn a_change_makes_every_page_old() {
        let cache = PageCache::new(1);
        cache.put("/a", &page(), 1, 1);
        assert!(cache.get("/a", 1).is_some());
        assert!(cache.get("/a", 2).is_none());
    }

    #[test]
    fn a_page_that_a_change_overtook_is_not_kept() {
        let cache = PageCache::new(1);
        cache.put("/a", &page(), 1, 2);
        assert!(cache.get("/a", 1).is_none() && cache.get("/a", 2).is_none());
    }

    #[test]
    fn no_room_keeps_nothing() {
        let cache = PageCache::new(0);
        cache.put("/a", &page(), 1, 1);
        assert!(cache.get("/a", 1).is_none());
    }
}
