//! What whoever enrolled somebody can take home: all that is known, and the rows of the log as they are stored.

use domain::{
    Result,
    account::Member,
    registry::{LedgerRow, OwnData, OwnLedger},
    time::CalendarDate,
};
use sea_orm::QueryResult;

use super::{RegistryStore, holding::Held};
use crate::error::{internal, to_domain};

/// The day on which a participant was made, and their rows of the log, each with the hash of the row before
/// it, which may be somebody else's: a hash says nothing of whom it is about.
const READ: &str = "SELECT participant.begun_on AS begun_on, event.number AS number, \
     event.sealed AS sealed, event.hash AS hash, former.hash AS former \
     FROM registry_participant AS participant \
     LEFT JOIN registry_event AS event ON event.pseudonym = participant.pseudonym \
     LEFT JOIN registry_event AS former ON former.number = event.number - 1 \
     WHERE participant.pseudonym = $1 ORDER BY event.number";

impl RegistryStore {
    pub(super) async fn data_of(&self, member: Member, held: Held) -> Result<OwnData> {
        // Before what they say: a row that is added in between has its line then, and not the other way round.
        let rows = self
            .database
            .query(READ, vec![held.pseudonym.as_str().into()])
            .await
            .map_err(to_domain)?;
        let known = self.known_to(member, &held.pseudonym).await?;
        self.not_hidden(&known)?;
        let begun_on: String = match rows.first() {
            Some(row) => row.try_get("", "begun_on").map_err(to_domain)?,
            None => return Err(domain::Error::NotFound),
        };
        let stored = rows.iter().map(stored).collect::<Result<Vec<_>>>()?;
        let stored: Vec<_> = stored.into_iter().flatten().collect();
        if known.ledger.len() < stored.len() {
            return Err(internal(&"a row of the registry's log has no line"));
        }
        let rows = stored
            .into_iter()
            .zip(&known.ledger)
            .map(|((number, before, sealed, hash), line)| LedgerRow {
                number,
                before,
                sealed,
                hash,
                line: line.clone(),
            })
            .collect();
        Ok(OwnData {
            own: self.own(held, known),
            begun_on: CalendarDate::parse(&begun_on)
                .ok_or_else(|| internal(&"a participant has no day"))?,
            rows,
        })
    }

    pub(super) async fn ledgers_of(&self, member: Member) -> Result<Vec<OwnLedger>> {
        let mut all = Vec::new();
        for (held, mut known) in self.all_known(member).await? {
            let mut lines = std::mem::take(&mut known.ledger);
            lines.reverse();
            let own = self.own(held, known);
            if own.hidden {
                lines.clear();
            }
            all.push(OwnLedger { own, lines });
        }
        Ok(all)
    }
}

type Stored = (i64, Vec<u8>, Vec<u8>, Vec<u8>);

/// Number, hash before, content and hash; nothing for who has no row yet.
fn stored(row: &QueryResult) -> Result<Option<Stored>> {
    let bytes = |name| -> Result<Vec<u8>> {
        let bytes: Option<Vec<u8>> = row.try_get("", name).map_err(to_domain)?;
        Ok(bytes.unwrap_or_default())
    };
    let number: Option<i64> = row.try_get("", "number").map_err(to_domain)?;
    number
        .map(|number| Ok((number, bytes("former")?, bytes("sealed")?, bytes("hash")?)))
        .transpose()
}
