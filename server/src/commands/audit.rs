//! `rareshare audit`: whether the event log is what it was.

use anyhow::{Result, bail};
use clap::Subcommand;
use domain::event::{BrokenSeal, SealFault, Verified};

use super::start;
use crate::{bundle::hex, config::DataOptions};

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Check the seal of every event. Names the first row that was changed or removed and ends with
    /// exit code 1; changes nothing. Prints number and hash of the last event: keep them where nobody
    /// can change them who can change the database.
    Verify {
        #[command(flatten)]
        data: DataOptions,
        /// A hash that was printed before: the log must still have the event with it.
        #[arg(long, value_name = "HASH", value_parser = hash)]
        expect: Option<Hash>,
    },
}

/// A SHA-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hash(Vec<u8>);

fn hash(text: &str) -> Result<Hash, String> {
    let wrong = || "it must be the 64 digits that `rareshare audit verify` prints".to_owned();
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    (0..64)
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| wrong()))
        .collect::<Result<_, _>>()
        .map(Hash)
}

pub(super) async fn run(what: What) -> Result<()> {
    let What::Verify { data, expect } = what;
    let storage = start::open(&data).await?;
    let expected = expect.as_ref().map(|hash| hash.0.as_slice());
    let found = storage.events().verify(expected).await?;
    say!("{}", words(&found, expected)?);
    let (rows, broken) = storage.registry().verify().await?;
    say!("{}", registry_words(rows, broken.as_ref())?);
    Ok(())
}

/// Whether the log of the registry holds.
fn registry_words(rows: u64, broken: Option<&BrokenSeal>) -> Result<String> {
    match broken {
        None => Ok(format!("{rows} entries of the registry's log hold.")),
        Some(broken) => {
            let what = match broken.fault {
                SealFault::Missing => "is missing",
                SealFault::Changed => "was changed after it was written",
            };
            bail!(
                "entry number {} of the registry's log {what}",
                broken.sequence
            )
        }
    }
}

/// What holds, or what does not.
fn words(found: &Verified, expected: Option<&[u8]>) -> Result<String> {
    if let Some(broken) = &found.broken {
        let number = broken.sequence;
        match (&broken.fault, broken.id) {
            (SealFault::Missing, _) => bail!("event number {number} is missing from the log"),
            (SealFault::Changed, Some(id)) => {
                bail!("event number {number} (id {id}) was changed after it was sealed")
            }
            (SealFault::Changed, None) => bail!(
                "the log does not end as it was sealed: its end, number {number}, was replaced"
            ),
        }
    }
    let mut words = format!(
        "{} events are sealed and hold; {} wait for the next seal.",
        found.sealed, found.waiting
    );
    if let Some(expected) = expected {
        match found.expected {
            Some(number) => {
                words =
                    format!("{words}\nThe hash that you expect is that of event number {number}.");
            }
            None => bail!(
                "no event has the hash {}: the log was written anew, or is another one",
                hex(expected)
            ),
        }
    }
    if found.sealed > 0 {
        let end = hex(&found.hash);
        words = format!(
            "{words}\nThe last one is number {} with the hash {end}",
            found.sealed
        );
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verified(expected: Option<i64>) -> Verified {
        Verified {
            sealed: 12,
            waiting: 1,
            hash: vec![0xab; 32],
            expected,
            broken: None,
        }
    }

    #[test]
    fn the_printed_hash_can_be_expected() {
        let words_before = words(&verified(None), None).unwrap();
        let (_, printed) = words_before.rsplit_once(' ').unwrap();
        let expected = hash(printed).unwrap();
        assert_eq!(expected.0, verified(None).hash);
        let held = words(&verified(Some(12)), Some(&expected.0)).unwrap();
        assert!(held.contains("that of event number 12"), "{held}");
        let replaced = words(&verified(None), Some(&expected.0)).unwrap_err();
        assert!(replaced.to_string().contains("written anew"), "{replaced}");
    }

    #[test]
    fn what_is_no_hash_is_not_looked_for() {
        for text in [
            "",
            "ab",
            &"g".repeat(64),
            &"a".repeat(63),
            &"\u{e9}".repeat(32),
            &"+1".repeat(32),
        ] {
            assert!(hash(text).is_err(), "{text}");
        }
    }
}
