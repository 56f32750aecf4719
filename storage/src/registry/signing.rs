//! Signing a consent.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Error, FieldError, Result,
    account::{Actor, Member},
    registry::{
        Signing, Step,
        consent::{Document, Meaning, Signature, check_name},
    },
};

use super::{RegistryStore, documents, log::Happening, record};
use crate::{error::internal, token, write::Write};

impl RegistryStore {
    pub(super) async fn sign_document(
        &self,
        actor: Actor,
        member: Member,
        pseudonym: &str,
        signing: Signing,
    ) -> Result<Step> {
        let today = self.today();
        let known = self.known_to(member, pseudonym).await?;
        self.not_of_age(&known)?;
        known.may_decide(today)?;
        let whom = signing.whom;
        if !known.enrolment.documents(today).contains(&whom) {
            return Err(Error::NotFound);
        }
        let language = known.language(whom).ok_or(Error::NotFound)?;
        let document = documents::newest(&self.database, whom, &language).await?;
        if document.version != signing.version {
            return Err(Error::Conflict);
        }
        let name = understood(&document, &signing)?;
        let (_, attempt) = self
            .accounts
            .check_present(member, &signing.present)
            .await?;

        let write = Write::begin(&self.database, actor).await?;
        let mut known = self.locked_to(&write, member, pseudonym).await?;
        let step = known.step(today);
        // Signed already, by the same sending or on another device.
        if step.asks_for() != Some(whom) {
            attempt.succeeded(&write, &self.database).await?;
            write.commit().await?;
            return Ok(step);
        }
        let signature = Signature {
            whom,
            version: document.version,
            language,
            name,
            meaning: Meaning::of(whom),
            signed_at: self.database.now(),
        };
        let said = signature.meaning.words().to_owned();
        let happening = Happening::Signed {
            bound: bound(pseudonym, &document, &signature, &said),
            signature,
            said,
        };
        record::happens(&write, &self.database, &mut known, pseudonym, happening).await?;
        attempt.succeeded(&write, &self.database).await?;
        write.commit().await?;
        Ok(known.step(today))
    }
}

/// The name, where the questions are answered rightly. A wrong answer is explained, and can be given again.
fn understood(document: &Document, signing: &Signing) -> Result<String> {
    let mut fields: Vec<FieldError> = document
        .not_understood(&signing.answers)
        .into_iter()
        .map(|at| FieldError {
            field: format!("question-{}", at + 1),
            message: match signing.answers.get(at).copied().flatten() {
                Some(_) => document.questions[at].explanation.clone(),
                None => "Choose one of the answers.".to_owned(),
            },
        })
        .collect();
    match check_name("name", &signing.name) {
        Ok(name) if fields.is_empty() => return Ok(name),
        Err(Error::Invalid { fields: more }) => fields.extend(more),
        _ => {}
    }
    Err(Error::Invalid { fields })
}

/// What ties a signature to its text and its participant, so that neither can be put in another's place
/// (21 CFR 11.70).
fn bound(pseudonym: &str, document: &Document, signature: &Signature, said: &str) -> String {
    let text = document.signed_text();
    let hash = token::hash_of(&[
        pseudonym,
        &text,
        &signature.name,
        said,
        &signature.signed_at.0.to_string(),
    ]);
    URL_SAFE_NO_PAD.encode(hash)
}

/// That a signature is below the text that it was put below.
pub(super) fn check(
    (signature, said, stored): (&Signature, &str, &str),
    pseudonym: &str,
    document: &Document,
) -> Result<()> {
    if bound(pseudonym, document, signature, said) == stored {
        Ok(())
    } else {
        Err(internal(&format!(
            "a signature of {pseudonym} is not below its text"
        )))
    }
}
