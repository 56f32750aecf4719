//! The two keys of every participant.

use domain::Result;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::entity::key;
use crate::{
    Database, MasterKey,
    encryption::{DataKey, SiteKey},
    error::to_domain,
    rotation::{BATCH, Resealed},
};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyPurpose {
    /// Opens who somebody is and what they have said. Destroyed at deletion.
    Record,
    /// Opens what they have signed and allowed. Kept for as long as the consent says, then destroyed as well.
    Consent,
}

impl KeyPurpose {
    const ALL: [Self; 2] = [Self::Record, Self::Consent];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Consent => "consent",
        }
    }

    fn place(self, pseudonym: &str) -> String {
        place(pseudonym, self.as_str())
    }
}

fn place(pseudonym: &str, purpose: &str) -> String {
    format!("registry_key.wrapped {pseudonym} {purpose}")
}

/// Makes both keys of a new participant.
pub(super) async fn make<C: ConnectionTrait>(
    on: &C,
    master: &MasterKey,
    pseudonym: &str,
) -> Result<()> {
    let site = master.current(on).await?;
    let mut rows = Vec::new();
    for purpose in KeyPurpose::ALL {
        let (_, wrapped) = DataKey::make(&site, &purpose.place(pseudonym))?;
        rows.push(key::ActiveModel {
            pseudonym: Set(pseudonym.to_owned()),
            purpose: Set(purpose.as_str().to_owned()),
            wrapped: Set(wrapped),
        });
    }
    key::Entity::insert_many(rows)
        .exec_without_returning(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

/// Whether anything of a participant can still be opened.
pub(super) async fn has_any<C: ConnectionTrait>(on: &C, pseudonym: &str) -> Result<bool> {
    let row = key::Entity::find()
        .filter(key::Column::Pseudonym.eq(pseudonym))
        .one(on)
        .await;
    row.map(|row| row.is_some()).map_err(to_domain)
}

/// Destroys a key of a participant, and with it what it has sealed.
pub(super) async fn destroy<C: ConnectionTrait>(
    on: &C,
    pseudonym: &str,
    purpose: KeyPurpose,
) -> Result<()> {
    key::Entity::delete_by_id((pseudonym.to_owned(), purpose.as_str().to_owned()))
        .exec(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

/// A key of a participant, from what is stored of it.
pub(super) fn unwrap(
    master: &MasterKey,
    pseudonym: &str,
    purpose: KeyPurpose,
    wrapped: &[u8],
) -> Result<DataKey> {
    DataKey::unwrap(master, &purpose.place(pseudonym), wrapped)
}

/// The keys of participants behind one of them, wrapped anew.
pub(crate) async fn resealed(
    database: &Database,
    master: &MasterKey,
    next: &SiteKey,
    after: &(String, String),
) -> Result<Resealed<(String, String)>> {
    let sql = format!(
        "SELECT pseudonym, purpose, wrapped FROM registry_key \
         WHERE (pseudonym, purpose) > ($1, $2) ORDER BY pseudonym, purpose LIMIT {BATCH}"
    );
    let values = vec![after.0.as_str().into(), after.1.as_str().into()];
    let rows = database.query(&sql, values).await.map_err(to_domain)?;
    let mut resealed = Resealed::default();
    for row in &rows {
        let pseudonym: String = row.try_get("", "pseudonym").map_err(to_domain)?;
        let purpose: String = row.try_get("", "purpose").map_err(to_domain)?;
        let wrapped: Vec<u8> = row.try_get("", "wrapped").map_err(to_domain)?;
        let place = place(&pseudonym, &purpose);
        if let Some(anew) = resealed.seal((master, next), (&place, &place), &wrapped)? {
            let (pseudonym, purpose) = (pseudonym.as_str().into(), purpose.as_str().into());
            let row = vec![pseudonym, purpose, wrapped.into(), anew.into()];
            resealed.rows.push(row);
        }
        resealed.last = Some((pseudonym, purpose));
    }
    Ok(resealed)
}
