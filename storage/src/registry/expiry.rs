//! The end of what is kept of somebody who has left: the consent key is destroyed once the time is over that they
//! have signed. Their rows stay in the log, and nobody can read them.

use domain::{
    Result,
    account::Actor,
    registry::{
        LedgerEvent, Withdrawal,
        consent::{Document, proof_ends},
    },
    time::CalendarDate,
};

use super::{
    RegistryStore, documents, holding,
    keys::{self, KeyPurpose},
    record,
};
use crate::{error::to_domain, write::Write};

/// Who has deleted their data, and is still proved to have been asked.
const LEFT: &str = "SELECT k.pseudonym AS pseudonym FROM registry_key k WHERE k.purpose = $1 \
     AND NOT EXISTS (SELECT 1 FROM registry_key r \
     WHERE r.pseudonym = k.pseudonym AND r.purpose = $2)";

impl RegistryStore {
    /// Destroys the consent keys of those who have left so long ago that nothing is kept of them any more. Returns
    /// how many. To be called about once a day: it opens everybody who has left.
    pub async fn destroy_consent_keys(&self) -> Result<usize> {
        let purposes = [KeyPurpose::Consent, KeyPurpose::Record];
        let purposes = purposes.map(|purpose| purpose.as_str().into());
        let rows = self.database.query(LEFT, purposes.to_vec()).await;
        let mut due = Vec::new();
        for row in rows.map_err(to_domain)? {
            let pseudonym: String = row.try_get("", "pseudonym").map_err(to_domain)?;
            match self.proof_end(&pseudonym).await {
                Ok(Some(end)) if end <= self.today() => due.push(pseudonym),
                Ok(_) => {}
                // One that cannot be read keeps nobody else's.
                Err(error) => {
                    tracing::error!(%error, "the consent of somebody who left is unreadable");
                }
            }
        }
        if due.is_empty() {
            return Ok(0);
        }
        self.let_go(&due).await?;
        let mut destroyed = 0;
        for pseudonym in &due {
            match self.destroy_consent_key(pseudonym).await {
                Ok(()) => destroyed += 1,
                Err(error) => tracing::error!(%error, "the consent key of somebody who left stays"),
            }
        }
        Ok(destroyed)
    }

    async fn destroy_consent_key(&self, pseudonym: &str) -> Result<()> {
        let write = Write::begin(&self.database, Actor::Operator).await?;
        record::lock(&write, &self.database, pseudonym).await?;
        keys::destroy(write.on(), pseudonym, KeyPurpose::Consent).await?;
        write.commit().await
    }

    /// From which day on nothing is kept of somebody, where there is one.
    async fn proof_end(&self, pseudonym: &str) -> Result<Option<CalendarDate>> {
        let known = self.known(pseudonym).await?;
        // The first: who deletes their account later deletes nothing more.
        let deletion = LedgerEvent::Withdrawal(Withdrawal::Deletion);
        let deleted = known.ledger.iter().find(|line| line.what == deletion);
        let Some(deleted) = deleted.map(|line| CalendarDate::of(line.at)) else {
            return Ok(None);
        };
        let mut signed: Vec<Document> = Vec::new();
        for signature in &known.enrolment.signatures {
            signed.push(documents::signed(&self.database, signature).await?);
        }
        Ok(proof_ends(deleted, &signed))
    }

    /// Takes them off the lists of those who have enrolled them. In changes of their own: PostgreSQL writes beside a
    /// row which change wrote it, and one that had both would join the account and the participant.
    async fn let_go(&self, due: &[String]) -> Result<()> {
        let is_due = |held: &holding::Held| due.contains(&held.pseudonym);
        for (account, held) in holding::all(&self.database, &self.master).await? {
            if !held.iter().any(is_due) {
                continue;
            }
            let write = Write::begin(&self.database, Actor::Operator).await?;
            if !holding::lock(&write, &self.database, account).await? {
                continue;
            }
            let mut all = holding::of(write.on(), &self.master, account).await?;
            all.retain(|held| !is_due(held));
            holding::put(write.on(), &self.master, account, &all).await?;
            write.commit().await?;
        }
        Ok(())
    }
}
