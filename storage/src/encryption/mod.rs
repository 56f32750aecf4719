//! What is encrypted at rest: whoever has the database alone cannot read it.

mod cursor;
mod data_key;
pub mod entity;

pub(crate) use cursor::Cursors;
pub(crate) use data_key::DataKey;

use std::fmt;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use domain::{Error, Result};
use sea_orm::{ConnectionTrait, EntityTrait, Set, sea_query::OnConflict};

use crate::{
    Database,
    error::{internal, to_domain},
    write::Write,
};

/// Bytes of the nonce of XChaCha20-Poly1305: enough to be chosen at random for every text.
const NONCE: usize = 24;

/// What the nonce begins with under which the key of cursors is made.
const CURSORS: &[u8] = b"event log cursors";

/// What can be read that was written by another version of this: the first byte of all of it.
const VERSION: u8 = 1;

/// The key under which the database has its secrets: 256 random bits that are not in it.
#[derive(Clone)]
pub struct MasterKey(XChaCha20Poly1305);

impl fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MasterKey(…)")
    }
}

impl MasterKey {
    /// Bytes of a key.
    pub const LENGTH: usize = 32;

    /// From its bytes.
    pub fn new(bytes: &[u8; Self::LENGTH]) -> Self {
        Self(XChaCha20Poly1305::new(bytes.into()))
    }

    /// The bytes of a new one.
    pub fn random() -> std::result::Result<[u8; Self::LENGTH], getrandom::Error> {
        let mut bytes = [0; Self::LENGTH];
        getrandom::fill(&mut bytes).map(|()| bytes)
    }

    /// What names places in the event log. Its key is what this one makes of nothing under a nonce that
    /// no text gets: those are random.
    fn cursors(&self) -> Cursors {
        let mut nonce = [0; NONCE];
        nonce[..CURSORS.len()].copy_from_slice(CURSORS);
        let made = self.0.encrypt(&nonce.into(), &[0; 32][..]);
        let mut key = [0; 32];
        if let Some(made) = made.as_deref().ok().and_then(|made| made.first_chunk()) {
            key = *made;
        }
        Cursors::new(key)
    }

    /// Encrypts a text for one `place`, table, column and row: anywhere else it is not opened.
    pub(crate) fn seal(&self, place: &str, text: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| internal(&error))?;
        let payload = Payload {
            msg: text,
            aad: place.as_bytes(),
        };
        let sealed = self.0.encrypt(&nonce.into(), payload);
        let sealed = sealed.map_err(|_| internal(&"a text is too long to be encrypted"))?;
        Ok([&[VERSION], &nonce[..], &sealed].concat())
    }

    /// The text, or an error where it was sealed under another key or for another place, or changed.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.unseal(place, sealed)
            .ok_or_else(|| internal(&format!("the key of the site does not open {place}")))
    }

    /// The same where it may be for another place.
    pub(crate) fn unseal(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed
            .strip_prefix(&[VERSION])?
            .split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: text,
            aad: place.as_bytes(),
        };
        self.0.decrypt(nonce.into(), payload).ok()
    }
}

/// Where what is known is sealed.
const PLACE: &str = "key_check.sealed";

/// Whether the key is the one under which this database has its secrets. The first one that is asked
/// about is.
pub(crate) async fn is_key_of(database: &Database, key: &MasterKey) -> Result<bool> {
    keep(database.writer(), key).await?;
    let row = entity::Entity::find_by_id(1)
        .one(database.writer())
        .await
        .map_err(to_domain)?
        .ok_or(Error::Unavailable)?;
    Ok(key.unseal(PLACE, &row.sealed).is_some())
}

/// Makes the key that of the database in place of the one that is.
pub(crate) async fn replace(write: &Write<'_>, key: &MasterKey) -> Result<()> {
    entity::Entity::delete_by_id(1)
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    keep(write.on(), key).await
}

/// Makes the key that of the database, if it has none.
async fn keep<C: ConnectionTrait>(on: &C, key: &MasterKey) -> Result<()> {
    let first = entity::ActiveModel {
        id: Set(1),
        sealed: Set(key.seal(PLACE, b"RareShare")?),
    };
    entity::Entity::insert(first)
        .on_conflict(
            OnConflict::column(entity::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(on)
        .await
        .map(|_| ())
        .map_err(to_domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_opened_with_its_key_at_its_place() {
        let key = MasterKey::new(&[7; 32]);
        let sealed = key.seal("table.column row", b"a secret").unwrap();
        assert_eq!(key.open("table.column row", &sealed).unwrap(), b"a secret");
        assert!(key.open("table.column other", &sealed).is_err());
        assert!(
            MasterKey::new(&[8; 32])
                .open("table.column row", &sealed)
                .is_err()
        );
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open("table.column row", &changed).is_err(), "{at}");
            assert!(key.open("table.column row", &sealed[..at]).is_err(), "{at}");
        }
        let again = key.seal("table.column row", b"a secret").unwrap();
        assert!(again != sealed && !sealed.windows(8).any(|bytes| bytes == b"a secret"));
    }
}
