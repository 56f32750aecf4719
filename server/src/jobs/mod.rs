//! What the server does by itself.

mod assets;
mod mail;
mod notice;
mod seal;
mod sweep;

use std::sync::Arc;

use storage::Storage;
use tokio::task::JoinSet;

use crate::{bundle::Assets, mail::Mailer};

/// Starts all jobs. They end when the set is dropped.
pub fn start(storage: &Storage, mailer: Mailer, assets: Assets) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(notice::notice_changes(storage.clone()));
    jobs.spawn(seal::seal_events(storage.clone()));
    jobs.spawn(mail::send_mail(storage.clone(), Arc::new(mailer)));
    jobs.spawn(sweep::sweep(storage.clone()));
    jobs.spawn(assets::keep_assets(assets));
    jobs
}
