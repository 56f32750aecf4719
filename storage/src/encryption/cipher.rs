//! What one key of 256 bits does.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use domain::Result;

use super::cursor::Names;
use crate::error::internal;

/// Bytes of a key.
pub(super) const LENGTH: usize = 32;

/// Bytes of the nonce of XChaCha20-Poly1305: enough to be chosen at random for every text.
const NONCE: usize = 24;

/// What the nonce begins with under which the key of names is made.
const CURSORS: &[u8] = b"event log cursors";

/// What can be read that was written by another version of this: the first byte of all of it.
const VERSION: u8 = 1;

/// Encrypts and decrypts under one key.
#[derive(Clone)]
pub(super) struct Cipher(XChaCha20Poly1305);

impl Cipher {
    pub(super) fn new(bytes: &[u8; LENGTH]) -> Self {
        Self(XChaCha20Poly1305::new(bytes.into()))
    }

    /// The bytes of a new key.
    pub(super) fn random() -> std::result::Result<[u8; LENGTH], getrandom::Error> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map(|()| bytes)
    }

    /// What makes names under this key. Its own key is what this one makes of nothing under a nonce that no
    /// text gets: those are random.
    pub(super) fn names(&self) -> Names {
        let mut nonce = [0; NONCE];
        nonce[..CURSORS.len()].copy_from_slice(CURSORS);
        let made = self.0.encrypt(&nonce.into(), &[0; 32][..]);
        let mut key = [0; 32];
        if let Some(made) = made.as_deref().ok().and_then(|made| made.first_chunk()) {
            key = *made;
        }
        Names::new(key)
    }

    /// Encrypts a text for one `place`, table, column and row: anywhere else it is not opened.
    pub(super) fn seal(&self, place: &str, text: &[u8]) -> Result<Vec<u8>> {
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

    /// The text; `None` where it was sealed under another key or for another place, or changed.
    pub(super) fn unseal(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_opened_with_its_key_at_its_place() {
        let key = Cipher::new(&[7; 32]);
        let sealed = key.seal("table.column row", b"a secret").unwrap();
        assert_eq!(
            key.unseal("table.column row", &sealed).unwrap(),
            b"a secret"
        );
        assert!(key.unseal("table.column other", &sealed).is_none());
        let other = Cipher::new(&[8; 32]);
        assert!(other.unseal("table.column row", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.unseal("table.column row", &changed).is_none(), "{at}");
            let cut = &sealed[..at];
            assert!(key.unseal("table.column row", cut).is_none(), "{at}");
        }
        let again = key.seal("table.column row", b"a secret").unwrap();
        assert!(again != sealed && !sealed.windows(8).any(|bytes| bytes == b"a secret"));
    }
}
