//! From what the domain says of a value to what a form says of its fields.

use domain::{Error, FieldError, Result};

/// What is wrong, if anything.
pub(super) fn wrong<T>(checked: Result<T>) -> Vec<FieldError> {
    match checked {
        Err(Error::Invalid { fields }) => fields,
        _ => Vec::new(),
    }
}
