//! What is signed, in all its versions.

use domain::{
    Error, Result,
    account::Actor,
    registry::{
        ChangedPart, DocumentToSign, ShownPart, ShownQuestion,
        consent::{Document, DocumentFor, Part, Signature},
    },
};
use sea_orm::{EntityTrait, Set, sea_query::OnConflict};

use super::entity::document;
use crate::{
    Database, diff,
    error::{internal, to_domain},
    wiki::markdown::render_page,
    write::Write,
};

fn key(whom: DocumentFor, language: &str, version: u32) -> (String, String, i64) {
    (
        whom.as_str().to_owned(),
        language.to_owned(),
        i64::from(version),
    )
}

fn read(row: &document::Model) -> Result<Document> {
    serde_json::from_str(&row.content).map_err(|error| internal(&error))
}

/// Adds the documents that are not there. Returns what is wrong with those that cannot be put up.
pub(super) async fn put_up(database: &Database, documents: &[Document]) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for document in documents {
        let key = key(document.whom, &document.language, document.version);
        let name = format!("“{}”, version {}, {}", key.0, key.2, key.1);
        let present = document::Entity::find_by_id(key.clone())
            .one(database.readers())
            .await
            .map_err(to_domain)?;
        if let Some(present) = present {
            if read(&present)? != *document {
                wrong.push(format!(
                    "{name} has another text than the one that is up under this number: give it the next one"
                ));
            }
            continue;
        }
        let content = serde_json::to_string(document).map_err(|error| internal(&error))?;
        let row = document::ActiveModel {
            whom: Set(key.0),
            language: Set(key.1),
            version: Set(key.2),
            content: Set(content),
        };
        let write = Write::begin(database, Actor::Operator).await?;
        document::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        write.commit().await?;
    }
    Ok(wrong)
}

/// The newest version of a document.
pub(super) async fn newest(
    database: &Database,
    whom: DocumentFor,
    language: &str,
) -> Result<Document> {
    let row = database
        .query_one(
            "SELECT content FROM registry_document WHERE whom = $1 AND language = $2 \
             ORDER BY version DESC LIMIT 1",
            vec![whom.as_str().into(), language.into()],
        )
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let content: String = row.try_get("", "content").map_err(to_domain)?;
    serde_json::from_str(&content).map_err(|error| internal(&error))
}

/// What is above a signature.
pub(super) async fn signed(database: &Database, signature: &Signature) -> Result<Document> {
    let Signature {
        whom,
        language,
        version,
        ..
    } = signature;
    published(database, *whom, language, *version).await
}

/// A document that is or was up.
pub(super) async fn published(
    database: &Database,
    whom: DocumentFor,
    language: &str,
    version: u32,
) -> Result<Document> {
    let row = document::Entity::find_by_id(key(whom, language, version))
        .one(database.readers())
        .await
        .map_err(to_domain)?;
    read(&row.ok_or(Error::NotFound)?)
}

/// A document as it is shown, with what reads otherwise than in the one that was signed.
pub(super) fn shown(document: Document, signed: Option<(Document, Signature)>) -> DocumentToSign {
    let (before, signature) = signed.unzip();
    let changed = before.map(|before| changed(&before, &document));
    let parts = document.parts.into_iter().map(|part| ShownPart {
        heading: part.heading,
        html: render_page(&part.text),
    });
    let questions = document
        .questions
        .into_iter()
        .map(|question| ShownQuestion {
            question: question.question,
            answers: question.answers,
        });
    DocumentToSign {
        whom: document.whom,
        version: document.version,
        language: document.language,
        template: document.template,
        parts: parts.collect(),
        questions: questions.collect(),
        signature,
        changed: changed.unwrap_or_default(),
    }
}

/// Part by part, in the order of the newer one; parts that it has not any more come last.
fn changed(before: &Document, now: &Document) -> Vec<ChangedPart> {
    let text = |part: Option<&Part>| {
        part.map(|part| part.text.trim())
            .unwrap_or_default()
            .to_owned()
    };
    let of = |document: &'_ Document, element| {
        let found = document.parts.iter().find(|part| part.element == element);
        found.cloned()
    };
    let gone = before
        .parts
        .iter()
        .filter(|part| of(now, part.element).is_none());
    let changed = now.parts.iter().chain(gone).filter_map(|part| {
        let (older, newer) = (of(before, part.element), of(now, part.element));
        let (from, to) = (text(older.as_ref()), text(newer.as_ref()));
        let heading = |part: &Option<Part>| part.as_ref().map(|part| part.heading.clone());
        (from != to || heading(&older) != heading(&newer)).then(|| ChangedPart {
            heading: part.heading.clone(),
            changes: diff::changes(&from, &to),
        })
    });
    changed.collect()
}
