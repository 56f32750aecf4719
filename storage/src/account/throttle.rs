//! Counting attempts. An attempt counts as failed from its beginning, so that many at once count
//! before the first is answered; one that succeeds is taken back.

use std::net::IpAddr;

use domain::{
    Error, Result,
    account::{
        Client, networks,
        throttle::{Counted, FORGOTTEN_AFTER},
    },
};
use sea_orm::ConnectionTrait;

use crate::{Database, error::to_domain, token, write::Write};

/// What an attempt is counted by.
pub(crate) struct Attempt(Vec<(Counted, Vec<u8>)>);

impl Attempt {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn by(mut self, counted: Counted, what: &str) -> Self {
        self.0
            .push((counted, token::hash_of(&[counted.as_str(), what])));
        // Always in the same order, so that two never wait for each other.
        self.0.sort_by(|one, other| one.1.cmp(&other.1));
        self
    }

    /// By each network of an address.
    pub(super) fn by_network(self, address: IpAddr) -> Self {
        networks(address)
            .into_iter()
            .fold(self, |attempt, (reach, network)| {
                attempt.by(Counted::Network(reach), &network)
            })
    }

    /// What is sent, by each network of an address.
    pub(super) fn by_sending(self, address: IpAddr) -> Self {
        networks(address)
            .into_iter()
            .fold(self, |attempt, (reach, network)| {
                attempt.by(Counted::Sending(reach), &network)
            })
    }

    /// By an account and each network from which it is tried.
    pub(super) fn by_account_from(self, account: &str, address: IpAddr) -> Self {
        networks(address).into_iter().fold(
            self.by(Counted::Account, account),
            |attempt, (reach, network)| {
                attempt.by(Counted::AccountFrom(reach), &format!("{network} {account}"))
            },
        )
    }

    /// Only what is counted by network.
    pub(super) fn networks(mut self) -> Self {
        self.0
            .retain(|(counted, _)| matches!(counted, Counted::Network(_)));
        self
    }

    /// All but what is counted by network.
    pub(super) fn but_networks(mut self) -> Self {
        self.0
            .retain(|(counted, _)| !matches!(counted, Counted::Network(_)));
        self
    }

    /// By the address of an email and who asks for it.
    pub(super) fn by_mail(self, recipient: &str, client: &Client, known: bool) -> Self {
        match &client.device {
            Some(device) if known => self.by(Counted::DeviceMail, device.expose()),
            _ => networks(client.network)
                .into_iter()
                .fold(self, |attempt, (reach, network)| {
                    attempt.by(Counted::MailFrom(reach), &format!("{network} {recipient}"))
                }),
        }
    }

    /// Counts the attempt and tells whether it comes early enough, for what nobody is told about.
    pub(super) async fn comes_in_time(self, database: &Database) -> Result<bool> {
        match self.begin(database).await {
            Ok(_) => Ok(true),
            Err(Error::TooMany) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Counts the attempt, or [`Error::TooMany`] where it comes too early.
    pub(super) async fn begin(self, database: &Database) -> Result<Self> {
        let now = database.now().0;
        // Most of a flood ends here, where nothing is written.
        for (_, key) in &self.0 {
            let blocked = database
                .query_one(
                    "SELECT 1 FROM throttle WHERE key_hash = $1 AND blocked_until_at > $2",
                    vec![key.clone().into(), now.into()],
                )
                .await
                .map_err(to_domain)?;
            if blocked.is_some() {
                return Err(Error::TooMany);
            }
        }
        let write = Write::begin(database, domain::account::Actor::Visitor).await?;
        for (counted, key) in &self.0 {
            let row = write
                .on()
                .query_one_raw(database.statement(
                    "INSERT INTO throttle (key_hash, failures, blocked_until_at, updated_at) \
                     VALUES ($1, 1, 0, $2) ON CONFLICT (key_hash) DO UPDATE SET \
                     failures = CASE WHEN throttle.updated_at < $3 THEN 1 \
                     ELSE throttle.failures + 1 END, updated_at = $2 \
                     WHERE throttle.blocked_until_at <= $2 RETURNING failures",
                    vec![
                        key.clone().into(),
                        now.into(),
                        (now - token::micros(FORGOTTEN_AFTER)).into(),
                    ],
                ))
                .await
                .map_err(to_domain)?;
            let Some(row) = row else {
                return Err(Error::TooMany);
            };
            let failures: i64 = row.try_get("", "failures").map_err(to_domain)?;
            let wait = counted.wait(failures);
            if !wait.is_zero() {
                let until = now + token::micros(wait);
                write
                    .on()
                    .execute_raw(database.statement(
                        "UPDATE throttle SET blocked_until_at = $1 WHERE key_hash = $2",
                        vec![until.into(), key.clone().into()],
                    ))
                    .await
                    .map_err(to_domain)?;
            }
        }
        write.commit().await?;
        Ok(self)
    }

    /// Takes the attempt back: it was the person themself. What is counted by account or device
    /// begins anew; a network of many people loses this one attempt only.
    pub(crate) async fn succeeded(&self, write: &Write<'_>, database: &Database) -> Result<()> {
        for (counted, key) in &self.0 {
            let sql = match counted {
                Counted::AccountFrom(_)
                | Counted::Account
                | Counted::Device
                | Counted::Link
                | Counted::Code => "DELETE FROM throttle WHERE key_hash = $1",
                Counted::Network(_)
                | Counted::Sending(_)
                | Counted::MailFrom(_)
                | Counted::DeviceMail => {
                    "UPDATE throttle SET failures = failures - 1, blocked_until_at = 0 \
                     WHERE key_hash = $1 AND failures > 0"
                }
            };
            write
                .on()
                .execute_raw(database.statement(sql, vec![key.clone().into()]))
                .await
                .map_err(to_domain)?;
        }
        Ok(())
    }
}
