//! The keys of the site that a process knows: the current one and, around a rotation, others.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Instant,
};

use domain::{Error, Result};
use sea_orm::{ConnectionTrait, sea_query::LockType};

use super::{
    PLACE,
    cipher::{self, Cipher},
    cursor::Names,
    keep, row,
    source::{KeySource, Looked},
};
use crate::error::internal;

/// The key under which the database has its secrets: 256 random bits that are not in it. While it is being
/// replaced there are two. All clones share what is known.
#[derive(Clone)]
pub struct MasterKey(Arc<Ring>);

struct Ring {
    known: RwLock<Known>,
    source: Box<dyn KeySource>,
    /// When it was asked last.
    looked: Mutex<Option<Looked>>,
}

struct Known {
    current: Arc<SiteKey>,
    others: Vec<Arc<SiteKey>>,
}

impl Known {
    fn has(&self, key: &SiteKey) -> bool {
        *self.current == *key || self.others.iter().any(|other| **other == *key)
    }
}

/// One of them.
#[derive(Clone)]
pub(crate) struct SiteKey {
    cipher: Cipher,
    names: Names,
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MasterKey(…)")
    }
}

impl fmt::Debug for SiteKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SiteKey(…)")
    }
}

impl PartialEq for SiteKey {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl SiteKey {
    pub(super) fn new(bytes: &[u8; cipher::LENGTH]) -> Self {
        let cipher = Cipher::new(bytes);
        let names = cipher.names();
        Self { cipher, names }
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// A name for a text, from which nobody finds the text without the key.
    pub(crate) fn name_of(&self, text: &str) -> String {
        self.names.name_of(text)
    }

    /// Encrypts a text for one `place`, table, column and row: anywhere else it is not opened.
    pub(crate) fn seal(&self, place: &str, text: &[u8]) -> Result<Vec<u8>> {
        self.cipher.seal(place, text)
    }

    /// The text; `None` where it was sealed under another key or for another place, or changed.
    pub(crate) fn unseal(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        self.cipher.unseal(place, sealed)
    }
}

impl MasterKey {
    /// Bytes of a key.
    pub const LENGTH: usize = cipher::LENGTH;

    /// One alone, from its bytes.
    pub fn new(bytes: &[u8; Self::LENGTH]) -> Self {
        Self::ring(bytes, &[], Vec::new)
    }

    /// Several. Which of them is the current one says the database; `current` is, where it does not say yet.
    /// `source` tells all of them anew, when something is met that none of these opens.
    pub fn ring(
        current: &[u8; Self::LENGTH],
        others: &[[u8; Self::LENGTH]],
        source: impl KeySource,
    ) -> Self {
        let known = Known {
            current: Arc::new(SiteKey::new(current)),
            others: Vec::new(),
        };
        let this = Self(Arc::new(Ring {
            known: RwLock::new(known),
            source: Box::new(source),
            looked: Mutex::new(None),
        }));
        for other in others {
            this.add(SiteKey::new(other));
        }
        this
    }

    /// The bytes of a new one.
    pub fn random() -> std::result::Result<[u8; Self::LENGTH], getrandom::Error> {
        Cipher::random()
    }

    /// The one that was current when it was last asked.
    pub(crate) fn first(&self) -> Arc<SiteKey> {
        let known = self.0.known.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&known.current)
    }

    /// All, that one first.
    pub(crate) fn known(&self) -> Vec<Arc<SiteKey>> {
        let known = self.0.known.read().unwrap_or_else(PoisonError::into_inner);
        let mut all = vec![Arc::clone(&known.current)];
        all.extend(known.others.iter().map(Arc::clone));
        all
    }

    /// Whether it is news.
    pub(crate) fn add(&self, key: SiteKey) -> bool {
        let mut known = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = !known.has(&key);
        if is_new {
            known.others.push(Arc::new(key));
        }
        is_new
    }

    pub(crate) fn make_current(&self, key: &Arc<SiteKey>) {
        let mut known = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        if *known.current != **key {
            known.others.retain(|other| **other != **key);
            let former = std::mem::replace(&mut known.current, Arc::clone(key));
            known.others.insert(0, former);
        }
    }

    /// Adds keys that were not known. Of several who meet something that they cannot open, one looks.
    fn learn(&self) {
        let ring = &self.0;
        let mut looked = ring.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let (stamp, now) = (ring.source.stamp(), Instant::now());
        if let (Some(looked), Some(stamp)) = (&*looked, &stamp)
            && !looked.is_due(stamp, now)
        {
            return;
        }
        let mut is_new = false;
        for bytes in ring.source.keys() {
            is_new |= self.add(SiteKey::new(&bytes));
        }
        if is_new {
            tracing::info!("another key of the site is known now");
        }
        *looked = stamp.map(|stamp| Looked::now(looked.take(), stamp, now));
    }

    /// Which key opens something, and what it opens.
    fn opening(&self, place: &str, sealed: &[u8]) -> Option<(Arc<SiteKey>, Vec<u8>)> {
        let find = || {
            let mut known = self.known().into_iter();
            known.find_map(|key| key.unseal(place, sealed).map(|text| (key, text)))
        };
        // Somebody else may have learnt it in between.
        find().or_else(|| {
            self.learn();
            find()
        })
    }

    /// The text, or an error where none of the keys has sealed it for this place, or it was changed.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.unseal(place, sealed)
            .ok_or_else(|| internal(&format!("the key of the site does not open {place}")))
    }

    /// The same where it may be for another place.
    pub(crate) fn unseal(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        self.opening(place, sealed).map(|(_, text)| text)
    }

    /// The key that has sealed the check of the database is the current one.
    pub(super) fn recognise(&self, check: &[u8]) -> Option<Arc<SiteKey>> {
        let (key, _) = self.opening(PLACE, check)?;
        self.make_current(&key);
        Some(key)
    }

    /// The key under which a change seals. Until the change is made, no other becomes the current one.
    pub(crate) async fn current<C: ConnectionTrait>(&self, on: &C) -> Result<Arc<SiteKey>> {
        let mut check = row(on, Some(LockType::Share)).await?;
        if check.is_none() {
            keep(on, &self.first()).await?;
            check = row(on, Some(LockType::Share)).await?;
        }
        let check = check.ok_or(Error::Unavailable)?;
        self.recognise(&check.sealed).ok_or_else(unknown)
    }

    /// Looks which key is the current one, so that names made under it are found.
    pub(crate) async fn catch_up<C: ConnectionTrait>(&self, on: &C) -> Result<()> {
        match row(on, None).await? {
            Some(check) => self.recognise(&check.sealed).map(drop).ok_or_else(unknown),
            None => Ok(()),
        }
    }
}

fn unknown() -> Error {
    internal(&"the database has another key than this process knows")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::encryption::source::Stamp;

    #[test]
    fn a_key_that_comes_later_is_learnt_by_all_clones() {
        let told = Arc::new(Mutex::new(vec![[1; 32]]));
        let source = Arc::clone(&told);
        let master = MasterKey::ring(&[1; 32], &[], move || source.lock().unwrap().clone());
        let clone = master.clone();
        let next = SiteKey::new(&[2; 32]);
        let sealed = next.seal("a.b 1", b"text").unwrap();
        assert_eq!(master.unseal("a.b 1", &sealed), None);
        told.lock().unwrap().push([2; 32]);
        assert_eq!(master.unseal("a.b 1", &sealed).unwrap(), b"text");
        assert_eq!(clone.known().len(), 2);
        assert!(clone.unseal("a.b 2", &sealed).is_none());
        assert_eq!(clone.known().len(), 2, "each is known once");
        // It opens, and does not seal before the database says so.
        assert!(*clone.first() != next);
        let check = next.seal(PLACE, b"RareShare").unwrap();
        assert!(*clone.recognise(&check).unwrap() == next);
        assert!(*master.first() == next);
        let former = SiteKey::new(&[1; 32]);
        assert!(*master.known()[1] == former);
        // What is no longer told stays known, for what is still under it.
        told.lock().unwrap().clear();
        let sealed = former.seal("a.b 1", b"text").unwrap();
        assert!(master.unseal("a.b 1", &sealed).is_some());
    }

    /// A folder of keys that counts how often it is read.
    struct Folder {
        keys: Mutex<Vec<[u8; 32]>>,
        reads: Mutex<u64>,
    }

    struct Source(Arc<Folder>);

    impl KeySource for Source {
        fn keys(&self) -> Vec<[u8; 32]> {
            *self.0.reads.lock().unwrap() += 1;
            self.0.keys.lock().unwrap().clone()
        }

        fn stamp(&self) -> Option<Stamp> {
            let length = self.0.keys.lock().unwrap().len() as u64;
            Some(vec![Some((SystemTime::UNIX_EPOCH, length))])
        }
    }

    #[test]
    fn what_nobody_can_open_does_not_read_the_keys_each_time() {
        let folder = Arc::new(Folder {
            keys: Mutex::new(vec![[1; 32]]),
            reads: Mutex::new(0),
        });
        let master = MasterKey::ring(&[1; 32], &[], Source(Arc::clone(&folder)));
        assert_eq!(master.unseal("a.b 1", b"broken"), None);
        std::thread::sleep(Duration::from_millis(150));
        let begun = Instant::now();
        for _ in 0..500 {
            assert_eq!(master.unseal("a.b 1", b"broken"), None);
        }
        let reads = *folder.reads.lock().unwrap();
        assert!(reads <= 3 + begun.elapsed().as_secs(), "{reads}");
        // A rotation that begins now is noticed at once all the same.
        folder.keys.lock().unwrap().push([2; 32]);
        let sealed = SiteKey::new(&[2; 32]).seal("a.b 1", b"text").unwrap();
        assert_eq!(master.unseal("a.b 1", &sealed).unwrap(), b"text");
    }
}
