//! What the server does by itself.

mod assets;
mod expire;
mod live;
mod mail;
mod notice;
mod notify;
mod remind;
mod seal;
mod sweep;

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::{http::AppState, mail::Mailer};

/// Starts all jobs. They end when the set is dropped.
pub fn start(state: &AppState, mailer: Mailer) -> JoinSet<()> {
    let storage = &state.storage;
    let mut jobs = JoinSet::new();
    jobs.spawn(notice::notice_changes(storage.clone()));
    jobs.spawn(seal::seal_events(storage.clone(), Arc::clone(&state.live)));
    jobs.spawn(live::tell_streams(storage.clone(), Arc::clone(&state.live)));
    jobs.spawn(notify::tell_people(storage.clone()));
    jobs.spawn(notify::write_letters(storage.clone()));
    jobs.spawn(mail::send_mail(storage.clone(), Arc::new(mailer)));
    jobs.spawn(remind::remind(storage.clone()));
    jobs.spawn(expire::destroy_consent_keys(storage.clone()));
    jobs.spawn(sweep::sweep(storage.clone()));
    jobs.spawn(assets::keep_assets(state.clone()));
    jobs
}
