use std::{sync::Arc, time::Duration};

use storage::Storage;

use crate::mail::{Mailer, Sent};

/// Sends what waits in the outbox. Runs until it is dropped.
pub async fn send_mail(storage: Storage, mailer: Arc<Mailer>) {
    let outbox = storage.outbox();
    if mailer.writes_files()
        && let Err(error) = outbox.release().await
    {
        tracing::warn!(%error, "could not take up letters from before");
    }
    let mut ticks = tokio::time::interval(Duration::from_millis(500));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        loop {
            let outgoing = match outbox.take().await {
                Ok(Some(outgoing)) => outgoing,
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "could not look into the outbox");
                    break;
                }
            };
            let done = match mailer.send(&outgoing).await {
                Sent::Yes => outbox.remove(outgoing.id).await,
                Sent::Later(wait) => outbox.failed(outgoing.id, wait).await,
                Sent::Never(reason) => {
                    tracing::error!(letter = %outgoing.id, reason, "mail cannot be delivered");
                    outbox.remove(outgoing.id).await
                }
            };
            if let Err(error) = done {
                tracing::warn!(%error, "could not note what became of a letter");
                break;
            }
        }
    }
}
