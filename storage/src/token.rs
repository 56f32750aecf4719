//! Random secrets and their hashes.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Result, account::Token};
use sha2::{Digest, Sha256};

use crate::error::internal;

/// A token that nobody can guess.
pub(crate) fn random() -> Result<Token> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| internal(&error))?;
    Token::parse(&URL_SAFE_NO_PAD.encode(bytes)).ok_or_else(|| internal(&"a token is malformed"))
}

/// Ten random characters that people can read aloud.
pub(crate) fn public_id() -> Result<String> {
    digits::<10>()
}

/// Random digits of Crockford's base32 in lower case, five bits each.
pub(crate) fn digits<const COUNT: usize>() -> Result<String> {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut bytes = [0_u8; COUNT];
    getrandom::fill(&mut bytes).map_err(|error| internal(&error))?;
    Ok(bytes
        .into_iter()
        .map(|byte| char::from(DIGITS[usize::from(byte % 32)]))
        .collect())
}

/// What is stored of a token. Fast, because 256 random bits cannot be guessed.
pub(crate) fn hash(token: &Token) -> Vec<u8> {
    Sha256::digest(token.expose().as_bytes()).to_vec()
}

/// SHA-256 of several texts; no two lists of texts are the same to it.
pub(crate) fn hash_of(texts: &[&str]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().to_vec()
}

/// In the unit of [`domain::time::Timestamp`].
pub(crate) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// An id as it can be looked up: PostgreSQL would complain about U+0000, and no id has it.
pub(crate) fn storable(id: &str) -> Result<String> {
    if id.contains('\0') {
        return Err(domain::Error::NotFound);
    }
    Ok(id.to_owned())
}
