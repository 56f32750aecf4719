//! Keys that open what belongs to one thing, and are destroyed with it.

use std::fmt;

use domain::Result;

use super::{MasterKey, cipher::Cipher, master_key::SiteKey};
use crate::error::internal;

/// A key of its own, which the database has wrapped by the master key. Whoever destroys what is wrapped has
/// destroyed all that it opens.
#[derive(Clone)]
pub(crate) struct DataKey(Cipher);

impl fmt::Debug for DataKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DataKey(…)")
    }
}

impl DataKey {
    /// A new one, and what is stored of it at a `place`.
    pub(crate) fn make(site: &SiteKey, place: &str) -> Result<(Self, Vec<u8>)> {
        let bytes = Cipher::random().map_err(|error| internal(&error))?;
        Ok((Self(Cipher::new(&bytes)), site.seal(place, &bytes)?))
    }

    /// The one that is stored at a `place`.
    pub(crate) fn unwrap(master: &MasterKey, place: &str, wrapped: &[u8]) -> Result<Self> {
        let bytes = master.open(place, wrapped)?;
        let bytes = bytes
            .as_slice()
            .try_into()
            .map_err(|_| internal(&format!("the key at {place} is too short")))?;
        Ok(Self(Cipher::new(bytes)))
    }

    /// A name for a text, from which nobody finds the text without the key. The same key makes the same name,
    /// however it is wrapped.
    pub(crate) fn name_of(&self, text: &str) -> String {
        self.0.names().name_of(text)
    }

    /// Encrypts a text for one `place`: anywhere else it is not opened.
    pub(crate) fn seal(&self, place: &str, text: &[u8]) -> Result<Vec<u8>> {
        self.0.seal(place, text)
    }

    /// The text, or an error where it was sealed under another key or for another place, or changed.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.0
            .unseal(place, sealed)
            .ok_or_else(|| internal(&format!("the key of its own does not open {place}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_data_key_seals_only_it_opens_and_only_in_its_place() {
        let (site, master) = (SiteKey::new(&[7; 32]), MasterKey::new(&[7; 32]));
        let (key, wrapped) = DataKey::make(&site, "a.key 1").unwrap();
        let sealed = key.seal("a.text 1", b"health").unwrap();
        let again = DataKey::unwrap(&master, "a.key 1", &wrapped).unwrap();
        assert_eq!(again.open("a.text 1", &sealed).unwrap(), b"health");
        assert!(again.open("a.text 2", &sealed).is_err());
        assert!(DataKey::unwrap(&master, "a.key 2", &wrapped).is_err());
        assert!(DataKey::unwrap(&MasterKey::new(&[8; 32]), "a.key 1", &wrapped).is_err());
        let (other, _) = DataKey::make(&site, "a.key 1").unwrap();
        assert!(other.open("a.text 1", &sealed).is_err());
        assert_eq!(again.name_of("a"), key.name_of("a"));
        assert_ne!(again.name_of("b"), key.name_of("a"));
        assert_ne!(other.name_of("a"), key.name_of("a"));
        assert!(!wrapped.windows(6).any(|bytes| bytes == b"health"));
    }
}
