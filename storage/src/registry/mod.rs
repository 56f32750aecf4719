//! The patient registry: [`Registry`] in the database.
//!
//! Every text in it is sealed, under one of two keys of its participant ([`keys`]). Whose participant somebody
//! is, too ([`holding`]). What is read of one participant, and how it is sealed, is in [`record`]; what is
//! signed, and the documents, in [`signing`] and [`documents`]; what was signed and decided is in the
//! [`log`], and what holds now is what it comes to. Whoever wants many of them names a purpose: [`gate`]. What
//! the registry's staff see is in [`desk`].

mod desk;
mod documents;
pub mod entity;
mod expiry;
mod forgetting;
mod gate;
mod generated;
mod hand_over;
mod holding;
mod keys;
mod log;
mod own_data;
mod reading;
mod record;
mod reminding;
mod requests;
mod signing;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, EmailAddress, Member, Submission, Token},
    event::BrokenSeal,
    policy::{Action, Quota, permit},
    registry::{
        DocumentToSign, Former, HandOverLink, LedgerLine, OwnData, OwnEnrolment, OwnLedger,
        PARTICIPANTS_MOST, PSEUDONYM_PREFIX, Registry, Signing, Step, Withdrawal,
        consent::{Document, DocumentFor},
        permissions::PermissionAnswer,
        screening::{Answer, Relationship},
    },
    time::CalendarDate,
};

pub use self::gate::{Content, Permitted, Reach, Record};

use self::{holding::Held, log::Happening, record::Known};
use crate::{AccountStore, Database, MasterKey, quota, token, write::Write};

pub(crate) use self::{
    forgetting::{forget, forget_all},
    generated::generate,
    hand_over::resealed as resealed_links,
    holding::{resealed as resealed_holders, unknown as unknown_holders},
    keys::resealed as resealed_keys,
};

/// [`Registry`] in the database.
#[derive(Debug)]
pub struct RegistryStore {
    database: Arc<Database>,
    /// Checks the password of who signs.
    accounts: Arc<AccountStore>,
    master: MasterKey,
}

impl RegistryStore {
    pub(crate) fn new(
        database: Arc<Database>,
        accounts: Arc<AccountStore>,
        master: MasterKey,
    ) -> Self {
        Self {
            database,
            accounts,
            master,
        }
    }

    /// Puts up the documents that are signed from now on. Says which of them cannot be: one that is up
    /// already with another text, as somebody may have signed it.
    pub async fn put_up(&self, documents: &[Document]) -> Result<Vec<String>> {
        documents::put_up(&self.database, documents).await
    }

    /// How many rows the log has, and the first that does not hold.
    pub async fn verify(&self) -> Result<(u64, Option<BrokenSeal>)> {
        log::verify(&self.database).await
    }

    /// Removes what has expired.
    pub(crate) async fn sweep(&self) -> Result<()> {
        let links = hand_over::sweep(&self.database, self.today()).await;
        // Where one cannot be done, the other is.
        requests::sweep(&self.database).await.and(links)
    }

    fn person(actor: Actor) -> Result<Member> {
        permit(actor, Action::Enrol)?;
        actor.member().ok_or(Error::Unauthenticated)
    }

    fn today(&self) -> CalendarDate {
        CalendarDate::of(self.database.now())
    }

    /// Counts one under a name that says nothing without the key of the site.
    async fn spend(&self, write: &Write<'_>, member: Member, quota: Quota) -> Result<()> {
        let account = member.account.0.simple().to_string();
        let name = self.master.first().name_of(&account);
        let most = quota.most(member);
        let key = ["quota", quota.as_str(), &name];
        if quota::take(write, &self.database, &key, (most, quota.period())).await? {
            Ok(())
        } else {
            Err(quota.used_up(most))
        }
    }

    /// The participant of an account whose pages have an address.
    async fn held(&self, member: Member, address: &str) -> Result<Held> {
        let reader = self.database.readers();
        let all = holding::of(reader, &self.master, member.account.0).await?;
        all.into_iter()
            .find(|held| held.address == address)
            .ok_or(Error::NotFound)
    }

    async fn known(&self, pseudonym: &str) -> Result<Known> {
        record::read(
            self.database.readers(),
            &self.database,
            &self.master,
            pseudonym,
        )
        .await
    }
}

#[async_trait]
impl Registry for RegistryStore {
    async fn enrolments(&self, actor: Actor) -> Result<Vec<OwnEnrolment>> {
        let member = Self::person(actor)?;
        let all = self.all_known(member).await?.into_iter();
        Ok(all.map(|(held, known)| self.own(held, known)).collect())
    }

    async fn begin_enrolment(&self, actor: Actor, submission: &Submission) -> Result<String> {
        let member = Self::person(actor)?;
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        if !holding::lock(&write, &self.database, account).await? {
            return Err(Error::Unauthenticated);
        }
        let mut all = holding::of(write.on(), &self.master, account).await?;
        if !write.is_first("registry/begin", submission).await? {
            let last = all.last().ok_or(Error::NotFound)?;
            return Ok(last.address.clone());
        }
        if all.len() >= PARTICIPANTS_MOST {
            return Err(Error::LimitReached {
                message: format!(
                    "You can enrol up to {PARTICIPANTS_MOST} people. If you look after more, write to us."
                ),
            });
        }
        self.spend(&write, member, Quota::Enrolments).await?;
        let held = Held {
            address: token::public_id()?,
            pseudonym: format!("{PSEUDONYM_PREFIX}{}", token::public_id()?.to_uppercase()),
        };
        record::begin(&write, &self.master, &held.pseudonym, self.today()).await?;
        let address = held.address.clone();
        all.push(held);
        holding::put(write.on(), &self.master, account, &all).await?;
        write.commit().await?;
        Ok(address)
    }

    async fn enrolment(&self, actor: Actor, address: &str) -> Result<OwnEnrolment> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        let known = self.known_to(member, &held.pseudonym).await?;
        Ok(self.own(held, known))
    }

    async fn answer(
        &self,
        actor: Actor,
        address: &str,
        answer: Answer,
        former: Former,
    ) -> Result<Step> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        let write = Write::begin(&self.database, actor).await?;
        let mut known = self.locked_to(&write, member, &held.pseudonym).await?;
        self.not_hidden(&known)?;
        if known.enrolment.is_settled(answer.question()) {
            return Err(Error::Forbidden {
                reason: "this answer stays: it says who is enrolled. Write to us if it is wrong."
                    .to_owned(),
            });
        }
        if known.enrolment.has_signature() {
            return Err(Error::Forbidden {
                reason: "these answers were part of what was signed. Write to us if one of them is wrong."
                    .to_owned(),
            });
        }
        let question = answer.question();
        let before = known.enrolment.screening.answer(question).cloned();
        known.enrolment.screening.put(answer, self.today())?;
        let put = known.enrolment.screening.answer(question);
        if former.gives_way(before.as_ref(), put)? {
            self.spend(&write, member, Quota::RegistryAnswers).await?;
            record::keep_screening(&write, &known, &held.pseudonym).await?;
            write.commit().await?;
        }
        Ok(known.step(self.today()))
    }

    async fn document(
        &self,
        actor: Actor,
        address: &str,
        whom: DocumentFor,
    ) -> Result<DocumentToSign> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        let known = self.known_to(member, &held.pseudonym).await?;
        self.not_of_age(&known)?;
        let last = known.last_signature(whom);
        let signed = match last {
            Some(last) => {
                let signed = documents::signed(&self.database, last.0).await?;
                signing::check(last, &held.pseudonym, &signed)?;
                Some((signed, last.0.clone()))
            }
            None => None,
        };
        if known.step(self.today()).asks_for() != Some(whom) {
            self.not_hidden(&known)?;
            // What was signed is there to be read, whatever is up now.
            let (document, _) = signed.clone().ok_or(Error::NotFound)?;
            return Ok(documents::shown(document, signed));
        }
        let language = known.language(whom).ok_or(Error::NotFound)?;
        let newest = documents::newest(&self.database, whom, &language).await?;
        Ok(documents::shown(newest, signed))
    }

    async fn sign(&self, actor: Actor, address: &str, signing: Signing) -> Result<Step> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        self.sign_document(actor, member, &held.pseudonym, signing)
            .await
    }

    async fn set_permission(
        &self,
        actor: Actor,
        address: &str,
        answer: PermissionAnswer,
        seen: Option<u32>,
    ) -> Result<Step> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        let write = Write::begin(&self.database, actor).await?;
        let mut known = self.locked_to(&write, member, &held.pseudonym).await?;
        self.not_of_age(&known)?;
        let today = self.today();
        if !known.enrolment.takes_permissions(today) {
            return Err(Error::Forbidden {
                reason: "read and sign the consent first.".to_owned(),
            });
        }
        known.may_decide(today)?;
        let answer = match answer {
            PermissionAnswer::Duration(duration, _) => PermissionAnswer::Duration(duration, today),
            answer => answer,
        };
        let permission = answer.permission();
        if !known.enrolment.permissions.asks(permission) {
            return Err(Error::Forbidden {
                reason: "your other answers have changed, and this question is not asked any more."
                    .to_owned(),
            });
        }
        // Sent twice, it is in the log once.
        if known.enrolment.permissions.replace(seen, answer)? {
            self.spend(&write, member, Quota::RegistryAnswers).await?;
            let put = known.enrolment.permissions.answer(permission).cloned();
            let happening = Happening::Permission(put.ok_or(Error::NotFound)?);
            let (database, whose) = (&self.database, &held.pseudonym);
            record::happens(&write, database, &mut known, whose, happening).await?;
            write.commit().await?;
        }
        Ok(known.step(today))
    }

    async fn ledger(&self, actor: Actor, address: &str) -> Result<Vec<LedgerLine>> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        let known = self.known_to(member, &held.pseudonym).await?;
        self.not_hidden(&known)?;
        let mut ledger = known.ledger;
        ledger.reverse();
        Ok(ledger)
    }

    async fn withdraw(&self, actor: Actor, address: &str, grade: Withdrawal) -> Result<Step> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        let write = Write::begin(&self.database, actor).await?;
        let mut known = self.locked_to(&write, member, &held.pseudonym).await?;
        self.not_hidden(&known)?;
        if !known.enrolment.was_signed() {
            return Err(Error::Forbidden {
                reason: "nothing was signed yet. You can delete the answers instead.".to_owned(),
            });
        }
        // Nobody comes back by a lesser grade; sent twice, it is in the history once.
        if known.enrolment.withdrawn >= Some(grade) {
            return Ok(known.step(self.today()));
        }
        let (happening, whose) = (Happening::Withdrawal(grade), &held.pseudonym);
        record::happens(&write, &self.database, &mut known, whose, happening).await?;
        if grade == Withdrawal::Deletion {
            hand_over::end(&write, &known, &held.pseudonym).await?;
            record::erase(&write, &self.database, &held.pseudonym, false).await?;
        }
        write.commit().await?;
        Ok(known.step(self.today()))
    }

    async fn discard_enrolment(&self, actor: Actor, address: &str) -> Result<()> {
        let member = Self::person(actor)?;
        let account = member.account.0;
        let held = self.held(member, address).await?;
        let write = Write::begin(&self.database, actor).await?;
        holding::lock(&write, &self.database, account).await?;
        let known = self.locked_to(&write, member, &held.pseudonym).await?;
        if known.enrolment.was_signed() {
            return Err(Error::Forbidden {
                reason: "something was signed already. What was signed is kept.".to_owned(),
            });
        }
        // That staff have looked at who it is stays.
        let wholly = !log::has_any(write.on(), &held.pseudonym).await?;
        record::erase(&write, &self.database, &held.pseudonym, wholly).await?;
        let mut all = holding::of(write.on(), &self.master, account).await?;
        all.retain(|other| other.pseudonym != held.pseudonym);
        holding::put(write.on(), &self.master, account, &all).await?;
        write.commit().await
    }

    async fn own_data(&self, actor: Actor, address: &str) -> Result<OwnData> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        self.data_of(member, held).await
    }

    async fn ledgers(&self, actor: Actor) -> Result<Vec<OwnLedger>> {
        let member = Self::person(actor)?;
        self.ledgers_of(member).await
    }

    async fn published(
        &self,
        actor: Actor,
        whom: DocumentFor,
        language: &str,
        version: u32,
    ) -> Result<Document> {
        permit(actor, Action::ReadCatalogue)?;
        documents::published(&self.database, whom, language, version).await
    }

    async fn hand_over(
        &self,
        actor: Actor,
        address: &str,
        email: Option<EmailAddress>,
    ) -> Result<Token> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        self.make_link(actor, member, &held, email).await
    }

    async fn hand_over_link(&self, actor: Actor, token: &Token) -> Result<HandOverLink> {
        self.link(Self::person(actor)?, token).await
    }

    async fn take_over(&self, actor: Actor, token: &Token, born: CalendarDate) -> Result<String> {
        self.take(actor, Self::person(actor)?, token, born).await
    }

    async fn represent(
        &self,
        actor: Actor,
        address: &str,
        relationship: Relationship,
    ) -> Result<Step> {
        let member = Self::person(actor)?;
        let held = self.held(member, address).await?;
        self.go_on(actor, member, &held.pseudonym, relationship)
            .await
    }
}
