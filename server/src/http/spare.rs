//! Threads on which pages for visitors are made. They give way: whatever somebody asks, over and over,
//! what is kept and what members do goes first.

use anyhow::{Context, Result};
use tokio::{runtime, task::JoinSet};

/// How far they stand back (`man 7 sched`, "the nice value"): where both want the same core, they get
/// next to nothing of it. `cargo xtask soak half-open` shows what is left to others.
const NICE: i32 = 19;

/// A runtime of its own. It ends when it is dropped, also inside of another.
#[derive(Debug)]
pub struct Spare(Option<runtime::Runtime>);

impl Spare {
    /// Starts its threads.
    pub fn start() -> Result<Self> {
        runtime::Builder::new_multi_thread()
            .thread_name("visitors")
            .enable_all()
            .on_thread_start(|| {
                // Where the system does not let it, all are alike.
                let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
            })
            .build()
            .map(|runtime| Self(Some(runtime)))
            .context("cannot start the threads for visitors")
    }

    /// Runs work there. It is given up when nobody waits for it any more; `None` if it broke off.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let runtime = self.0.as_ref()?;
        let mut running = JoinSet::new();
        running.spawn_on(work, runtime.handle());
        running.join_next().await?.ok()
    }
}

impl Drop for Spare {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn work_that_nobody_waits_for_is_given_up() {
        let spare = Spare::start().unwrap();
        assert_eq!(spare.run(async { 7 }).await, Some(7));
        let held = Arc::new(());
        let copy = Arc::clone(&held);
        let never = spare.run(async move {
            std::future::pending::<()>().await;
            drop(copy);
        });
        let waited = tokio::time::timeout(std::time::Duration::from_millis(50), never).await;
        assert!(waited.is_err());
        for _ in 0..200 {
            if Arc::strong_count(&held) == 1 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("it goes on");
    }
}
