//! The two keys of every participant.

use domain::Result;
use sea_orm::{ConnectionTrait, EntityTrait, Set};

use super::entity::key;
use crate::{MasterKey, encryption::DataKey, error::to_domain};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyPurpose {
    /// Opens who somebody is and what they have said. Destroyed at deletion.
    Record,
    /// Opens what they have signed and allowed. Kept for as long as the consent says.
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
        format!("registry_key.wrapped {pseudonym} {}", self.as_str())
    }
}

/// Makes both keys of a new participant.
pub(super) async fn make<C: ConnectionTrait>(
    on: &C,
    master: &MasterKey,
    pseudonym: &str,
) -> Result<()> {
    let mut rows = Vec::new();
    for purpose in KeyPurpose::ALL {
        let (_, wrapped) = DataKey::make(master, &purpose.place(pseudonym))?;
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

/// A key of a participant, from what is stored of it.
pub(super) fn unwrap(
    master: &MasterKey,
    pseudonym: &str,
    purpose: KeyPurpose,
    wrapped: &[u8],
) -> Result<DataKey> {
    DataKey::unwrap(master, &purpose.place(pseudonym), wrapped)
}
