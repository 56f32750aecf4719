//! What whoever looks after a participant is shown of them.

use domain::{
    Error, Result,
    account::Member,
    registry::{Enrolment, OwnEnrolment, Step, Succession},
};

use super::{
    RegistryStore,
    holding::{self, Held},
    record::Known,
};

impl RegistryStore {
    /// What is known of a participant whom an account looks after. [`Error::NotFound`] where somebody has taken
    /// them over since that was found out: what is known then is theirs.
    pub(super) async fn known_to(&self, member: Member, pseudonym: &str) -> Result<Known> {
        let known = self.known(pseudonym).await?;
        if known.enrolment.succession == Some(Succession::Participant) {
            let reader = self.database.readers();
            let all = holding::of(reader, &self.master, member.account.0).await?;
            if !all.iter().any(|held| held.pseudonym == pseudonym) {
                return Err(Error::NotFound);
            }
        }
        Ok(known)
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
