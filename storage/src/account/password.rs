//! Hashing and judging passwords, away from the threads that answer requests: one at a time, at low
//! priority, so that signing in never slows reading down.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{
    Error, Result,
    account::{Password, check_password},
};
use tokio::sync::oneshot;

use super::queue::{Job, Lane, Queue};
use crate::error::internal;

/// Hash of a password that nobody has: an unknown address costs the same work as a known one.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cmFyZXNoYXJlLWRlY295IQ$\
                     n7Qm0y3Jw0c3YhRk0o2p2m8gq6mXk0b1lT5vZ9s4uEc";

/// The one thread that hashes, and the queue before it.
#[derive(Debug)]
pub(super) struct Passwords {
    queue: Arc<Queue>,
}

impl Drop for Passwords {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Passwords {
    pub(super) fn new() -> Self {
        let queue = Arc::new(Queue::default());
        let jobs = Arc::clone(&queue);
        let spawned = std::thread::Builder::new()
            .name("passwords".to_owned())
            .spawn(move || {
                // Without the right to be slower it is merely not slower.
                let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 10);
                while let Some(job) = jobs.pop() {
                    // Who waits for it learns of a fault by the channel; the others go on.
                    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
                }
            });
        if let Err(error) = spawned {
            tracing::error!(%error, "cannot start the thread that checks passwords");
        }
        Self { queue }
    }

    /// Does work in its turn. [`Error::TooMany`] where too much waits already, or where it was pushed
    /// out for somebody who sends less.
    async fn run<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move || {
            let _ = answer.send(work());
        });
        if !self.queue.push(lane, job) {
            return Err(Error::TooMany);
        }
        answered.await.map_err(|_| Error::TooMany)
    }

    /// The hash of a new password, if it is one to accept. `own` are the person's name and address.
    pub(super) async fn accept(
        &self,
        lane: Lane,
        field: &'static str,
        password: &Password,
        own: &[&str],
    ) -> Result<String> {
        check_password(field, password, own)?;
        let password = password.clone();
        let own: Vec<String> = own.iter().map(ToString::to_string).collect();
        self.run(lane, move || {
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
    pub(super) async fn verify(
        &self,
        lane: Lane,
        password: &Password,
        hash: Option<String>,
    ) -> Result<bool> {
        let password = password.clone();
        self.run(lane, move || {
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

    fn lane() -> Lane {
        Lane::network([192, 0, 2, 1].into())
    }

    #[tokio::test]
    async fn hashes_fit_their_password_alone() {
        let passwords = Passwords::new();
        let good = Password::new("four gardens without a fence");
        let hash = passwords
            .accept(lane(), "password", &good, &[])
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(
            passwords
                .verify(lane(), &good, Some(hash.clone()))
                .await
                .unwrap()
        );
        let other = Password::new("four gardens without a Fence");
        assert!(!passwords.verify(lane(), &other, Some(hash)).await.unwrap());
        assert!(!passwords.verify(lane(), &good, None).await.unwrap());
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
                .accept(lane(), "password", &Password::new(easy), &[])
                .await;
            assert!(matches!(answer, Err(Error::Invalid { .. })), "{easy}");
        }
    }
}
