//! What is known of participants: read in one statement, and sealed.

use std::collections::HashMap;

use domain::{
    Error, Result,
    registry::{
        Enrolment, LedgerEvent, LedgerLine, Step, Succession,
        consent::{DocumentFor, Signature},
        screening::{Answer, Question, Screening},
    },
    time::CalendarDate,
};
use sea_orm::{ConnectionTrait, EntityTrait, Set, sea_query::OnConflict};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    entity::{identity, key, participant, screening},
    keys::{self, KeyPurpose},
    log::{self, Entry, Happening},
};
use crate::{
    Database, MasterKey,
    encryption::DataKey,
    error::{internal, to_domain},
    write::Write,
};

/// The language of documents where there is none in the one that was asked for.
const LANGUAGE: &str = "en";

/// Everything of some participants, in one statement; the versions of documents with it. `number` counts what there
/// are several of.
fn reading(of: usize) -> String {
    let names: Vec<String> = (1..=of).map(|number| format!("${number}")).collect();
    let theirs = format!("WHERE pseudonym IN ({})", names.join(", "));
    format!(
        "SELECT pseudonym, 'key' AS what, purpose AS name, wrapped AS sealed, \
         CAST(0 AS BIGINT) AS number FROM registry_key {theirs} \
         UNION ALL SELECT pseudonym, 'identity', '', sealed, 0 FROM registry_identity {theirs} \
         UNION ALL SELECT pseudonym, 'screening', '', sealed, 0 FROM registry_screening {theirs} \
         UNION ALL SELECT pseudonym, 'event', '', sealed, number FROM registry_event {theirs} \
         UNION ALL SELECT '', 'document', whom || ' ' || language, NULL, max(version) \
         FROM registry_document GROUP BY whom, language \
         ORDER BY number"
    )
}

/// The rows of one participant: by what they are, their name, content and number.
type Parts = HashMap<String, Vec<(String, Vec<u8>, i64)>>;

/// What is known of a participant, with the keys that opened it.
pub(super) struct Known {
    pub(super) enrolment: Enrolment,
    /// Destroyed once somebody has left for good.
    record: Option<DataKey>,
    pub(super) consent: DataKey,
    /// What each of the signatures says, and what binds it.
    bounds: Vec<(String, String)>,
    /// What has happened, the oldest first.
    pub(super) ledger: Vec<LedgerLine>,
    /// The newest version of each document, by whom it is for and its language.
    versions: HashMap<(DocumentFor, String), u32>,
}

fn place(table: &str, pseudonym: &str) -> String {
    format!("registry_{table}.sealed {pseudonym}")
}

pub(super) fn opened<T: DeserializeOwned>(key: &DataKey, place: &str, sealed: &[u8]) -> Result<T> {
    let text = key.open(place, sealed)?;
    serde_json::from_slice(&text).map_err(|error| internal(&error))
}

pub(super) fn sealed<T: Serialize>(key: &DataKey, place: &str, value: &T) -> Result<Vec<u8>> {
    let text = serde_json::to_vec(value).map_err(|error| internal(&error))?;
    key.seal(place, &text)
}

impl Known {
    /// Whether who they are and what they have answered is still there.
    pub(super) fn has_identity(&self) -> bool {
        self.record.is_some()
    }

    /// What comes next, by the documents that are up.
    pub(super) fn step(&self, today: CalendarDate) -> Step {
        let current = |whom| {
            let language = self.language(whom)?;
            self.versions.get(&(whom, language)).copied()
        };
        // Without a document there is nothing to sign, and nobody gets past it.
        self.enrolment
            .next(&|whom| current(whom).unwrap_or(u32::MAX), today)
    }

    /// The language in which a document is shown; `None` where there is no such document.
    pub(super) fn language(&self, whom: DocumentFor) -> Option<String> {
        let wanted = match self.enrolment.screening.answer(Question::Language) {
            Some(Answer::Language(language)) => language.code(),
            _ => LANGUAGE,
        };
        let has = |language: &str| self.versions.contains_key(&(whom, language.to_owned()));
        [wanted, LANGUAGE]
            .into_iter()
            .find(|language| has(language))
            .map(str::to_owned)
            .or_else(|| {
                let mut all = self.versions.keys();
                all.find(|(other, _)| *other == whom)
                    .map(|(_, language)| language.clone())
            })
    }

    /// A name of something about the participant that says nothing without their consent key.
    pub(super) fn name_of(&self, text: &str) -> String {
        self.consent.name_of(text)
    }

    /// The last signature below a document, what it says, and what binds it.
    pub(super) fn last_signature(&self, whom: DocumentFor) -> Option<(&Signature, &str, &str)> {
        let signatures = self.enrolment.signatures.iter().zip(&self.bounds);
        signatures
            .rev()
            .find(|(signature, _)| signature.whom == whom)
            .map(|(signature, (said, bound))| (signature, said.as_str(), bound.as_str()))
    }

    /// [`Error::Forbidden`] to who has left.
    pub(super) fn may_decide(&self, today: CalendarDate) -> Result<()> {
        match self.step(today) {
            Step::Withdrawn(_) => Err(Error::Forbidden {
                reason: "you have left the registry.".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Counts what has happened for known.
    fn counts(&mut self, entry: Entry) -> Result<()> {
        let what = match entry.happening {
            Happening::Signed {
                signature,
                said,
                bound,
            } => {
                let event = LedgerEvent::Signed {
                    whom: signature.whom,
                    version: signature.version,
                    name: signature.name.clone(),
                };
                self.enrolment.signatures.push(signature);
                self.bounds.push((said, bound));
                event
            }
            Happening::Permission(answer) => {
                self.enrolment.permissions.put(answer.clone())?;
                LedgerEvent::Permission(answer)
            }
            Happening::Withdrawal(grade) => {
                self.enrolment.withdrawn = Some(grade);
                LedgerEvent::Withdrawal(grade)
            }
            Happening::HandedOver => {
                self.enrolment.succeed(Succession::Participant);
                LedgerEvent::HandedOver
            }
            Happening::Represented(relationship) => {
                self.enrolment.succeed(Succession::Representative);
                LedgerEvent::Represented(relationship)
            }
            Happening::Viewed { reason, .. } => LedgerEvent::Viewed { reason },
        };
        self.ledger.push(LedgerLine { what, at: entry.at });
        Ok(())
    }
}

/// A new participant, of whom nothing is known.
pub(super) async fn begin(
    write: &Write<'_>,
    master: &MasterKey,
    pseudonym: &str,
    today: CalendarDate,
) -> Result<()> {
    let row = participant::ActiveModel {
        pseudonym: Set(pseudonym.to_owned()),
        begun_on: Set(today.to_string()),
    };
    participant::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    keys::make(write.on(), master, pseudonym).await
}

/// Lets nobody else change anything of the participant before this change is made.
pub(super) async fn lock(write: &Write<'_>, database: &Database, pseudonym: &str) -> Result<()> {
    let sql = format!(
        "SELECT pseudonym FROM registry_participant WHERE pseudonym = $1{}",
        database.kind().locked()
    );
    let row = write
        .on()
        .query_one_raw(database.statement(&sql, vec![pseudonym.into()]))
        .await
        .map_err(to_domain)?;
    row.map(drop).ok_or(Error::NotFound)
}

/// What is known of a participant. [`Error::NotFound`] once their keys are destroyed.
pub(super) async fn read<C: ConnectionTrait>(
    on: &C,
    database: &Database,
    master: &MasterKey,
    pseudonym: &str,
) -> Result<Known> {
    let mut all = read_all(on, database, master, &[pseudonym]).await?;
    all.remove(pseudonym).ok_or(Error::NotFound)
}

/// The same of several, by their pseudonyms: those are missing whose keys are destroyed.
pub(super) async fn read_all<C: ConnectionTrait>(
    on: &C,
    database: &Database,
    master: &MasterKey,
    pseudonyms: &[&str],
) -> Result<HashMap<String, Known>> {
    if pseudonyms.is_empty() {
        return Ok(HashMap::new());
    }
    let values = pseudonyms.iter().map(|one| (*one).into()).collect();
    let rows = on
        .query_all_raw(database.statement(&reading(pseudonyms.len()), values))
        .await
        .map_err(to_domain)?;
    let mut whose: HashMap<String, Parts> = HashMap::new();
    for row in &rows {
        let pseudonym: String = row.try_get("", "pseudonym").map_err(to_domain)?;
        let what: String = row.try_get("", "what").map_err(to_domain)?;
        let name: String = row.try_get("", "name").map_err(to_domain)?;
        let sealed: Option<Vec<u8>> = row.try_get("", "sealed").map_err(to_domain)?;
        let number: i64 = row.try_get("", "number").map_err(to_domain)?;
        let part = (name, sealed.unwrap_or_default(), number);
        let parts = whose.entry(pseudonym).or_default();
        parts.entry(what).or_default().push(part);
    }
    // They are nobody's.
    let documents = whose
        .remove("")
        .and_then(|mut parts| parts.remove("document"));
    let versions = versions(documents.unwrap_or_default());
    let mut all = HashMap::new();
    for (pseudonym, parts) in whose {
        let known = match opened_parts(master, &pseudonym, parts, versions.clone()) {
            Err(Error::NotFound) => continue,
            known => known?,
        };
        all.insert(pseudonym, known);
    }
    Ok(all)
}

fn versions(documents: Vec<(String, Vec<u8>, i64)>) -> HashMap<(DocumentFor, String), u32> {
    let mut versions = HashMap::new();
    for (name, _, version) in documents {
        let (whom, language) = name.split_once(' ').unwrap_or((&name, LANGUAGE));
        if let Some(whom) = DocumentFor::from_name(whom) {
            let version = u32::try_from(version).unwrap_or_default();
            versions.insert((whom, language.to_owned()), version);
        }
    }
    versions
}

/// What the rows of a participant come to. [`Error::NotFound`] without their consent key.
fn opened_parts(
    master: &MasterKey,
    pseudonym: &str,
    mut parts: Parts,
    versions: HashMap<(DocumentFor, String), u32>,
) -> Result<Known> {
    let mut take = |what: &str| parts.remove(what).unwrap_or_default();
    let all = take("key");
    let key = |purpose: KeyPurpose| {
        let wrapped = all.iter().find(|(name, ..)| name == purpose.as_str());
        let (_, wrapped, _) = wrapped.ok_or(Error::NotFound)?;
        keys::unwrap(master, pseudonym, purpose, wrapped)
    };
    let consent = key(KeyPurpose::Consent)?;
    let record = match key(KeyPurpose::Record) {
        Err(Error::NotFound) => None,
        record => Some(record?),
    };
    let mut enrolment = Enrolment::default();
    for table in ["identity", "screening"] {
        for (_, sealed, _) in take(table) {
            let record = record.as_ref().ok_or(Error::NotFound)?;
            let part: Screening = opened(record, &place(table, pseudonym), &sealed)?;
            enrolment.screening = enrolment.screening.joined(part);
        }
    }
    let mut known = Known {
        enrolment,
        record,
        consent,
        bounds: Vec::new(),
        ledger: Vec::new(),
        versions,
    };
    for (_, sealed, number) in take("event") {
        let entry = log::opened(&known.consent, pseudonym, number, &sealed)?;
        known.counts(entry)?;
    }
    Ok(known)
}

/// Keeps the answers of step 1: who somebody is apart from the rest.
pub(super) async fn keep_screening(
    write: &Write<'_>,
    known: &Known,
    pseudonym: &str,
) -> Result<()> {
    let record = known.record.as_ref().ok_or(Error::NotFound)?;
    let (who, rest) = known.enrolment.screening.clone().parted();
    let row = identity::ActiveModel {
        pseudonym: Set(pseudonym.to_owned()),
        sealed: Set(sealed(record, &place("identity", pseudonym), &who)?),
    };
    let conflict = OnConflict::column(identity::Column::Pseudonym)
        .update_column(identity::Column::Sealed)
        .to_owned();
    identity::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    let row = screening::ActiveModel {
        pseudonym: Set(pseudonym.to_owned()),
        sealed: Set(sealed(record, &place("screening", pseudonym), &rest)?),
    };
    let conflict = OnConflict::column(screening::Column::Pseudonym)
        .update_column(screening::Column::Sealed)
        .to_owned();
    screening::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(write.on())
        .await
        .map(drop)
        .map_err(to_domain)
}

/// Writes down what has happened, and counts it for known.
pub(super) async fn happens(
    write: &Write<'_>,
    database: &Database,
    known: &mut Known,
    pseudonym: &str,
    happening: Happening,
) -> Result<()> {
    let at = database.now();
    let entry = Entry { happening, at };
    log::add(write, database, &known.consent, pseudonym, &entry).await?;
    known.counts(entry)
}

/// Deletes who a participant is and what they have answered, and destroys the key of it; `wholly`, where
/// nothing was signed, also that they were there.
pub(super) async fn erase(
    write: &Write<'_>,
    database: &Database,
    pseudonym: &str,
    wholly: bool,
) -> Result<()> {
    let tables: &[&str] = if wholly {
        &[
            "registry_identity",
            "registry_screening",
            "registry_key",
            "registry_participant",
        ]
    } else {
        &["registry_identity", "registry_screening"]
    };
    for table in tables {
        let sql = format!("DELETE FROM {table} WHERE pseudonym = $1");
        write
            .on()
            .execute_raw(database.statement(&sql, vec![pseudonym.into()]))
            .await
            .map_err(to_domain)?;
    }
    if wholly {
        return Ok(());
    }
    keys::destroy(write.on(), pseudonym, KeyPurpose::Record).await
}

/// Deletes all that is sealed and may be deleted, and all keys.
pub(super) async fn remove_all(write: &Write<'_>) -> Result<()> {
    let removed = identity::Entity::delete_many().exec(write.on()).await;
    removed.map_err(to_domain)?;
    let removed = screening::Entity::delete_many().exec(write.on()).await;
    removed.map_err(to_domain)?;
    let removed = key::Entity::delete_many().exec(write.on()).await;
    removed.map(drop).map_err(to_domain)
}
