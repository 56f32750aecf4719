//! How to sign in as the invented people. The password is another one in each demonstration, so that
//! one that is reached from outside is open to nobody who has only read how they are made. It is in a
//! file beside the database, with what phones would make codes of.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use storage::MasterKey;

/// Beside the database.
const FILE: &str = "sign-ins.toml";

/// All of them.
#[derive(Debug, Deserialize, Serialize)]
pub(in crate::commands) struct SignIns {
    /// Everybody's.
    password: String,
    person: Vec<SignIn>,
}

/// Of one person.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct SignIn {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    /// What codes are made of, where signing in takes one.
    pub(super) secret: Option<String>,
    #[serde(default)]
    pub(super) recovery_codes: Vec<String>,
}

impl SignIns {
    pub(super) fn new(password: String, person: Vec<SignIn>) -> Self {
        Self { password, person }
    }

    /// Those of the demonstration in a folder, if there is one.
    pub(in crate::commands) fn read(folder: &Path) -> Result<Option<Self>> {
        let path = file(folder);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.with_context(|| format!("cannot read {}", path.display()))?,
        };
        let sign_ins = toml::from_str(&text);
        sign_ins
            .map(Some)
            .with_context(|| format!("cannot understand {}", path.display()))
    }

    /// In place of those of a former demonstration.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = file(folder);
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let text = toml::to_string(self)?;
        let written = options
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        written.with_context(|| format!("cannot write {}", path.display()))
    }

    /// On the screen, with the codes of this moment.
    pub(in crate::commands) fn show(&self, now: Timestamp) -> Result<()> {
        say!(
            "Sign in as one of the invented people. The password of all is  {}",
            self.password
        );
        for person in &self.person {
            let code = match &person.secret {
                Some(secret) => format!("code {}", code(secret, now)?),
                None => String::new(),
            };
            say!(
                "  {:<20} {:<22} {:<32} {code}",
                person.email,
                person.name,
                person.role
            );
        }
        say!("A code is good for a minute; `rareshare demo --sign-ins` shows the next.");
        Ok(())
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// A password that nobody guesses: 16 of 31 signs that are not mistaken for each other.
pub(super) fn password() -> Result<String> {
    const SIGNS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let random = MasterKey::random()?;
    let signs: Vec<String> = random[..16]
        .chunks(4)
        .map(|group| {
            let sign = |byte: &u8| char::from(SIGNS[usize::from(*byte) % SIGNS.len()]);
            group.iter().map(sign).collect()
        })
        .collect();
    Ok(signs.join("-"))
}

/// What a phone shows at a moment (RFC 6238).
pub(super) fn code(secret: &str, now: Timestamp) -> Result<String> {
    let secret = totp_rs::Secret::try_from_base32(secret)
        .map_err(|_| anyhow::anyhow!("a key for codes cannot be read"))?;
    let totp = totp_rs::Builder::new().with_secret(secret).build()?;
    let seconds = u64::try_from(now.0 / 1_000_000)?;
    Ok(totp.generate(seconds).to_string())
}
