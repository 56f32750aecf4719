//! Pages that are for people who are signed in.

use domain::{Error, Result};

use super::paths;
use crate::answer::Answer;

/// For the page at a path that is for people who are signed in: others sign in first.
pub fn for_members<T>(result: Result<T>, path: &str) -> Answer<T> {
    match result {
        Err(Error::Unauthenticated) => to_sign_in(path),
        result => Answer::of(result),
    }
}

/// One has to sign in first, and comes back to the page at a path.
pub fn to_sign_in<T>(path: &str) -> Answer<T> {
    Answer::elsewhere(paths::sign_in(path))
}
