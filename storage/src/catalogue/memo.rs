//! What is read once, and holds until the database changes.

use std::sync::Arc;

use domain::Result;
use tokio::sync::Mutex;

/// A value with the epoch that it was read at. Whoever asks while it is being read waits for it: many
/// who ask at once cost no more than one.
#[derive(Debug)]
pub(crate) struct Memo<T>(Mutex<Option<(i64, Arc<T>)>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Memo<T> {
    /// The value at the present epoch; read if the one that is here is older.
    pub(crate) async fn get(
        &self,
        epoch: impl Fn() -> i64 + Send,
        read: impl Future<Output = Result<T>> + Send,
    ) -> Result<Arc<T>> {
        let mut kept = self.0.lock().await;
        // After waiting, and before reading: what changes meanwhile makes the value old.
        let now = epoch();
        if let Some((_, value)) = kept.as_ref().filter(|(read_at, _)| *read_at == now) {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(read.await?);
        *kept = Some((now, Arc::clone(&value)));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use domain::Error;

    use super::*;

    #[tokio::test]
    async fn a_value_is_read_once_an_epoch() {
        let memo = Memo::default();
        let reads = AtomicI64::new(0);
        for (epoch, expected) in [(1, 0), (1, 0), (2, 1), (2, 1)] {
            let read = async { Ok(reads.fetch_add(1, Ordering::Relaxed)) };
            assert_eq!(memo.get(|| epoch, read).await.map(|v| *v), Ok(expected));
        }
    }

    #[tokio::test]
    async fn an_error_is_not_kept() {
        let memo = Memo::default();
        let failed = memo.get(|| 1, async { Err(Error::Unavailable) }).await;
        assert_eq!(failed, Err(Error::Unavailable));
        assert_eq!(memo.get(|| 1, async { Ok(7) }).await.map(|v| *v), Ok(7));
    }
}
