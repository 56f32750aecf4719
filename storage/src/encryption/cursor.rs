//! Names made under the key of the site: of places in the event log, as pages and streams name them, so that
//! nobody is told how long the log is; and of accounts, where nobody may tell whose a row is.
//!
//! The same place has always the same name, so that a page that has not changed keeps its bytes. That
//! is a synthetic initialisation vector (RFC 5297) over SHA-256: the tag comes from the number and a
//! key, and hides the number.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::MasterKey;

const TAG: usize = 12;
const NUMBER: usize = 8;

/// Makes names under one key, by which the key is told from others, too.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Names([u8; 32]);

impl Names {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    fn hash<const LENGTH: usize>(&self, purpose: u8, text: &[u8]) -> [u8; LENGTH] {
        // The key is as long as it is and so is the text: nothing can be put behind either.
        let hash = Sha256::new()
            .chain_update(self.0)
            .chain_update([purpose])
            .chain_update(text)
            .finalize();
        std::array::from_fn(|at| hash[at])
    }

    fn masked(&self, tag: [u8; TAG], number: [u8; NUMBER]) -> [u8; NUMBER] {
        let mask: [u8; NUMBER] = self.hash(1, &tag);
        std::array::from_fn(|at| mask[at] ^ number[at])
    }

    /// A name for a text, from which nobody finds the text without the key.
    pub(super) fn name_of(&self, text: &str) -> String {
        let hash: [u8; 32] = self.hash(2, text.as_bytes());
        URL_SAFE_NO_PAD.encode(hash)
    }

    fn seal(&self, sequence: i64) -> String {
        let number = sequence.to_be_bytes();
        let tag: [u8; TAG] = self.hash(0, &number);
        URL_SAFE_NO_PAD.encode([&tag[..], &self.masked(tag, number)].concat())
    }

    fn open(&self, sealed: &[u8]) -> Option<i64> {
        let (tag, rest) = sealed.split_first_chunk::<TAG>()?;
        let number = self.masked(*tag, rest.try_into().ok()?);
        let sequence = i64::from_be_bytes(number);
        (self.hash::<TAG>(0, &number) == *tag).then_some(sequence)
    }
}

/// Names places in the event log.
#[derive(Debug)]
pub(crate) struct Cursors(MasterKey);

impl Cursors {
    /// Under keys derived from those of the site.
    pub(crate) fn of(master: &MasterKey) -> Self {
        Self(master.clone())
    }

    /// The name of a place, under the current key.
    pub(crate) fn seal(&self, sequence: i64) -> String {
        self.0.first().names().seal(sequence)
    }

    /// The place that a name is of, if it is one of ours, under whichever key that is known.
    pub(crate) fn open(&self, name: &str) -> Option<i64> {
        // No longer text is decoded.
        let sealed = (name.len() <= 32).then(|| URL_SAFE_NO_PAD.decode(name).ok())??;
        let known = self.0.known();
        known.iter().find_map(|key| key.names().open(&sealed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_name_alone() {
        let cursors = Cursors::of(&MasterKey::new(&[7; 32]));
        let other = Cursors::of(&MasterKey::new(&[8; 32]));
        for sequence in [0, 1, 2, 1_000_000, i64::MAX, -1] {
            let name = cursors.seal(sequence);
            assert_eq!(name.len(), 27);
            assert_eq!(cursors.open(&name), Some(sequence));
            assert_eq!(cursors.seal(sequence), name, "it stays the same");
            assert_eq!(other.open(&name), None);
            for at in 0..name.len() {
                let mut changed = name.clone().into_bytes();
                changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
                let changed = String::from_utf8(changed).unwrap();
                assert_eq!(cursors.open(&changed), None, "{at}");
                assert_eq!(cursors.open(&name[..at]), None);
            }
        }
        for odd in ["", "1", "é", &"A".repeat(27), &"A".repeat(100_000)] {
            assert_eq!(cursors.open(odd), None);
        }
    }

    #[test]
    fn names_of_the_former_key_are_opened_and_those_of_the_current_one_made() {
        let master = MasterKey::ring(&[7; 32], &[[8; 32]], Vec::new);
        let cursors = Cursors::of(&master);
        let [former, next] = [[7; 32], [8; 32]].map(|key| Cursors::of(&MasterKey::new(&key)));
        assert_eq!(cursors.seal(5), former.seal(5));
        assert_eq!(cursors.open(&next.seal(5)), Some(5));
        let known = master.known();
        master.make_current(&known[1]);
        assert_eq!(cursors.seal(5), next.seal(5));
        assert_eq!(cursors.open(&former.seal(5)), Some(5));
    }
}
