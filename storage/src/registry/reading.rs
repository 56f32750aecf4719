//! What whoever looks after a participant is shown of them.

use domain::{
    Error, Result,
    account::Member,
    registry::{Enrolment, OwnEnrolment, Step, Succession},
};
use sea_orm::ConnectionTrait;

use super::{
    RegistryStore,
    holding::{self, Held},
    record::{self, Known},
};
use crate::write::Write;

impl RegistryStore {
    /// What is known of a participant whom an account looks after. [`Error::NotFound`] where somebody has taken
    /// them over since that was found out: what is known then is theirs.
    pub(super) async fn known_to(&self, member: Member, pseudonym: &str) -> Result<Known> {
        let known = self.known(pseudonym).await?;
        if known.enrolment.succession == Some(Succession::Participant) {
            let reader = self.database.readers();
            self.looks_after(reader, member, pseudonym).await?;
        }
        Ok(known)
    }

    /// Everybody whom an account looks after, the first enrolled first, and what is known of them. Who was taken over
    /// since, or left so long ago that nothing is kept, is not among them.
    pub(super) async fn all_known(&self, member: Member) -> Result<Vec<(Held, Known)>> {
        let reader = self.database.readers();
        let all = holding::of(reader, &self.master, member.account.0).await?;
        let names: Vec<&str> = all.iter().map(|held| held.pseudonym.as_str()).collect();
        let mut known = record::read_all(reader, &self.database, &self.master, &names).await?;
        let taken = |known: &Known| known.enrolment.succession == Some(Succession::Participant);
        let still = if known.values().any(taken) {
            holding::of(reader, &self.master, member.account.0).await?
        } else {
            all.clone()
        };
        let held = all.into_iter().filter(|held| still.contains(held));
        let found = held.filter_map(|held| Some((known.remove(&held.pseudonym)?, held)));
        Ok(found.map(|(known, held)| (held, known)).collect())
    }

    /// What is known of a participant, read by a change that nobody else changes it before.
    pub(super) async fn locked(&self, write: &Write<'_>, pseudonym: &str) -> Result<Known> {
        record::lock(write, &self.database, pseudonym).await?;
        record::read(write.on(), &self.database, &self.master, pseudonym).await
    }

    /// The same where it is for the account alone. Somebody may have taken them over since it was read.
    pub(super) async fn locked_to(
        &self,
        write: &Write<'_>,
        member: Member,
        pseudonym: &str,
    ) -> Result<Known> {
        let known = self.locked(write, pseudonym).await?;
        self.looks_after(write.on(), member, pseudonym).await?;
        Ok(known)
    }

    async fn looks_after<C: ConnectionTrait>(
        &self,
        on: &C,
        member: Member,
        pseudonym: &str,
    ) -> Result<()> {
        let all = holding::of(on, &self.master, member.account.0).await?;
        let is_there = all.iter().any(|held| held.pseudonym == pseudonym);
        is_there.then_some(()).ok_or(Error::NotFound)
    }

    /// What whoever enrolled the participant is shown. A guardian is shown nothing of an adult.
    pub(super) fn own(&self, held: Held, known: Known) -> OwnEnrolment {
        let today = self.today();
        let hidden = known.enrolment.is_hidden(today);
        OwnEnrolment {
            address: held.address,
            pseudonym: held.pseudonym,
            step: known.step(today),
            today,
            hidden,
            hands_over: known.enrolment.can_be_handed_over(today),
            enrolment: if hidden {
                Enrolment::default()
            } else {
                known.enrolment
            },
        }
    }

    /// [`Error::Forbidden`] to who is shown nothing of the participant.
    pub(super) fn not_hidden(&self, known: &Known) -> Result<()> {
        self.not_of_age(known)?;
        if known.enrolment.is_hidden(self.today()) {
            return Err(Error::Forbidden {
                reason: "read and sign the consent first.".to_owned(),
            });
        }
        Ok(())
    }

    /// [`Error::Forbidden`] to a guardian of somebody who is an adult now.
    pub(super) fn not_of_age(&self, known: &Known) -> Result<()> {
        if known.step(self.today()) == Step::Majority {
            return Err(Error::Forbidden {
                reason: "this person is an adult now, and decides for themselves.".to_owned(),
            });
        }
        Ok(())
    }
}
