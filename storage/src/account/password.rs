//! Hashing and judging passwords, away from the threads that answer requests: one at a time, at low
//! priority, so that signing in never slows reading down.

use std::sync::mpsc::{SyncSender, sync_channel};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{
    Error, Result,
    account::{Password, check_password},
};
use tokio::sync::oneshot;

use crate::error::internal;

/// More that wait than this are asked to try again.
const QUEUE: usize = 128;

/// Hash of a password that nobody has: an unknown address costs the same work as a known one.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cmFyZXNoYXJlLWRlY295IQ$\
                     n7Qm0y3Jw0c3YhRk0o2p2m8gq6mXk0b1lT5vZ9s4uEc";

type Job = Box<dyn FnOnce() + Send>;

/// The one thread that hashes.
#[derive(Debug)]
pub(super) struct Passwords {
    jobs: SyncSender<Job>,
}

impl Passwords {
    pub(super) fn new() -> Self {
        let (jobs, queue) = sync_channel::<Job>(QUEUE);
        // It ends when the sender is dropped.
        let spawned = std::thread::Builder::new()
            .name("passwords".to_owned())
            .spawn(move || {
                // Without the right to be slower it is merely not slower.
                let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 10);
                while let Ok(job) = queue.recv() {
                    job();
                }
            });
        if let Err(error) = spawned {
            tracing::error!(%error, "cannot start the thread that checks passwords");
        }
        Self { jobs }
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move || {
            let _ = answer.send(work());
        });
        self.jobs.try_send(job).map_err(|_| Error::TooMany)?;
        answered.await.map_err(|error| internal(&error))
    }

    /// The hash of a new password, if it is one to accept. `own` are the person's name and address.
    pub(super) async fn accept(
        &self,
        field: &'static str,
        password: &Password,
        own: &[&str],
    ) -> Result<String> {
        check_password(field, password, own)?;
        let password = password.clone();
        let own: Vec<String> = own.iter().map(ToString::to_string).collect();
        self.run(move || {
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            // Score 3 takes more than 10^8 guesses by somebody who knows the lists.
            if zxcvbn::zxcvbn(password.expose(), &own).score() < zxcvbn::Score::Three {
                return Err(Error::invalid(
                    field,
                    "This is easy to guess: it is on lists of common passwords, or repeats itself. Use unrelated words.",
                ));
            }
            Argon2::default()
                .hash_password(password.expose().as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| internal(&error))
        })
        .await?
    }

    /// Whether it is the password of this hash. Where there is none it takes as long.
    pub(super) async fn verify(&self, password: &Password, hash: Option<String>) -> Result<bool> {
        let password = password.clone();
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(DECOY);
            let hash = PasswordHash::new(hash).map_err(|error| internal(&error))?;
            let fits = Argon2::default()
                .verify_password(password.expose().as_bytes(), &hash)
                .is_ok();
            Ok(fits && known)
        })
        .await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn hashes_fit_their_password_alone() {
        let passwords = Passwords::new();
        let good = Password::new("four gardens without a fence");
        let hash = passwords.accept("password", &good, &[]).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(passwords.verify(&good, Some(hash.clone())).await.unwrap());
        let other = Password::new("four gardens without a Fence");
        assert!(!passwords.verify(&other, Some(hash)).await.unwrap());
        assert!(!passwords.verify(&good, None).await.unwrap());
    }

    #[tokio::test]
    async fn what_is_easy_to_guess_is_refused() {
        let passwords = Passwords::new();
        for easy in [
            "passwordpassword",
            "aaaaaaaaaaaaaaaaaaaa",
            "qwertyuiopasdfghjkl",
            "123456789012345678",
        ] {
            let answer = passwords
                .accept("password", &Password::new(easy), &[])
                .await;
            assert!(matches!(answer, Err(Error::Invalid { .. })), "{easy}");
        }
    }
}
