//! What is read once, and holds until what it was read from changes.

use std::sync::Arc;

use domain::Result;
use tokio::sync::Mutex;

use super::{Reads, include, recording};
use crate::Database;

/// A value with what it was made of. Whoever asks while it is being made waits for it: many who ask at
/// once cost no more than one.
#[derive(Debug)]
pub(crate) struct Memo<T>(Mutex<Option<(Reads, Arc<T>)>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Memo<T> {
    /// The value, made anew if the one that is here is old.
    pub(crate) async fn get(
        &self,
        database: &Database,
        making: impl Future<Output = Result<T>> + Send,
    ) -> Result<Arc<T>> {
        let mut kept = self.0.lock().await;
        let now = database.now();
        let is_fresh = |reads: &Reads| database.changes().is_fresh(reads, now);
        if let Some((reads, value)) = kept.as_ref().filter(|(reads, _)| is_fresh(reads)) {
            include(reads);
            return Ok(Arc::clone(value));
        }
        let (made, reads) = recording(database.changes(), making).await;
        let value = Arc::new(made?);
        include(&reads);
        *kept = Some((reads, Arc::clone(&value)));
        Ok(value)
    }
}
