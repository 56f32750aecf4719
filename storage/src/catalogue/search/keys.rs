use std::ops::Range;

use fst::{IntoStreamer, Map, MapBuilder, Streamer};

use super::lists::narrow;

/// Distinct texts in byte order, each known by its place in that order.
///
/// That a key's number is its place makes all keys with one beginning a range of numbers, and
/// costs the map next to nothing to store.
pub(super) struct Keys {
    places: Map<Vec<u8>>,
}

impl Keys {
    /// Keys that come in strictly ascending order; none may be empty.
    pub(super) fn from_sorted<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mut builder = MapBuilder::memory();
        for (place, key) in (0u64..).zip(keys) {
            builder
                .insert(key, place)
                .expect("keys ascend, and memory takes every write");
        }
        let places = builder.into_map();
        Self { places }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Bytes that the keys occupy.
    pub(super) fn bytes(&self) -> usize {
        self.places.as_fst().size()
    }

    /// The place of a key.
    pub(super) fn place(&self, key: &str) -> Option<u32> {
        self.places.get(key).map(narrow)
    }

    /// The key at a place.
    pub(super) fn key(&self, place: u32) -> Option<String> {
        // Values ascend with keys, so that this is the only one of its value.
        let key = self.places.as_fst().get_key(u64::from(place))?;
        String::from_utf8(key).ok()
    }

    /// The places of all keys that begin so.
    pub(super) fn beginning(&self, beginning: &str) -> Range<u32> {
        // No byte of UTF-8 is as great, so this sorts behind every key that begins so.
        let mut behind = beginning.as_bytes().to_vec();
        behind.push(u8::MAX);
        self.first_from(beginning.as_bytes())..self.first_from(&behind)
    }

    fn first_from(&self, bound: &[u8]) -> u32 {
        let mut stream = self.places.range().ge(bound).into_stream();
        stream
            .next()
            .map_or_else(|| narrow(self.len()), |(_, place)| narrow(place))
    }
}
