//! The desk of the registry's staff: [`RegistryDesk`] in the database.
//!
//! That somebody has looked at who a participant is, is a row of `registry_access`, sealed under the participant's
//! consent key, and a row of their log, in the change that uses the staff member's code up.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Member, SecondFactorCode},
    mail::Letter,
    policy::{Action, Quota, permit},
    registry::{
        ACCESS_LASTS, ACCESSES_SHOWN, ACCESSES_SHOWN_FOR, AccessDetails, AccessLine, AccessList,
        AccessState, DeskParticipant, Enrolment, Identity, OpenAccess, ParticipantState,
        RegistryDesk, SignedDocument, Withdrawal, check_access_reason,
        consent::{DocumentFor, Signature},
        pseudonym_of,
        screening::{Answer, Contact, Question},
    },
    time::{CalendarDate, Timestamp},
    wiki::Author,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    RegistryStore,
    entity::{access, participant},
    holding,
    keys::{self, KeyPurpose},
    log::Happening,
    record::{self, Known},
};
use crate::{
    account::entity::account,
    error::{internal, to_domain},
    mail::post,
    token,
    write::Write,
};

/// What is sealed of an access.
#[derive(Debug, Serialize, Deserialize)]
struct Access {
    by: Uuid,
    /// The session whose code opened it: another one asks for a code of its own.
    session: Uuid,
    reason: String,
    opened: Timestamp,
    expires: Timestamp,
}

impl Access {
    /// What it still shows, if it was not closed.
    fn state(&self, now: Timestamp) -> AccessState {
        if self.expires > now {
            AccessState::Open
        } else {
            AccessState::Expired
        }
    }
}

/// The id of an access, what is listed of it, and of one that can still be read what it says and whether it was
/// closed.
type Listed = (String, AccessLine, Option<(Access, bool)>);

/// Where it is in the list of all: what can be read says the moment, and the rest the day.
fn place_of((id, line, access): &Listed) -> (CalendarDate, Option<i64>, &str) {
    let opened = access.as_ref().map(|(access, _)| access.opened.0);
    (line.on, opened, id)
}

fn place(pseudonym: &str, id: &str) -> String {
    format!("registry_access.sealed {pseudonym} {id}")
}

fn staff(actor: Actor, action: Action) -> Result<Member> {
    permit(actor, action)?;
    actor.member().ok_or(Error::NotFound)
}

fn day(iso: &str) -> Result<CalendarDate> {
    CalendarDate::parse(iso).ok_or_else(|| internal(&"a day of the registry is none"))
}

fn deleted() -> Error {
    Error::Forbidden {
        reason: "the name and the contact details of this participant were deleted.".to_owned(),
    }
}

/// The name below the last consent of whoever decides now: below an assent is the child's.
fn name(enrolment: &Enrolment) -> Option<String> {
    let now = enrolment.signatures.get(enrolment.former..);
    let mut newest = now.unwrap_or_default().iter().rev();
    newest
        .find(|signature| matches!(signature.whom, DocumentFor::Consent(_)))
        .map(|signature| signature.name.clone())
}

fn signed(signature: &Signature) -> SignedDocument {
    SignedDocument {
        is_assent: matches!(signature.whom, DocumentFor::Assent(_)),
        version: signature.version,
        at: signature.signed_at,
    }
}

impl RegistryStore {
    /// Counts that a code is looked up, whether there is such a participant or not.
    async fn count_lookup(&self, actor: Actor, member: Member) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        let quota = Quota::ParticipantLookups;
        self.spend(&write, member, quota).await?;
        write.commit().await
    }

    async fn looked_up(&self, typed: &str) -> Result<participant::Model> {
        let code = pseudonym_of(typed).ok_or(Error::NotFound)?;
        let reader = self.database.readers();
        // Of who left so long ago that their last key is destroyed, nothing is left to be looked up.
        if !keys::has_any(reader, &code).await? {
            return Err(Error::NotFound);
        }
        let row = participant::Entity::find_by_id(code).one(reader).await;
        row.map_err(to_domain)?.ok_or(Error::NotFound)
    }

    /// Accesses to a participant that a member has opened and that are open: their ids, sessions, and until when.
    async fn open_accesses<C: ConnectionTrait>(
        &self,
        on: &C,
        known: &Known,
        pseudonym: &str,
        member: Member,
    ) -> Result<Vec<(String, Uuid, Timestamp)>> {
        let now = self.database.now();
        // The day on which the oldest of them can have been opened.
        let oldest = Timestamp(now.0 - token::micros(ACCESS_LASTS));
        let rows = access::Entity::find()
            .filter(access::Column::Pseudonym.eq(pseudonym))
            .filter(access::Column::OpenedOn.gte(CalendarDate::of(oldest).to_string()))
            .filter(access::Column::ClosedAt.is_null())
            .all(on)
            .await
            .map_err(to_domain)?;
        let mut open = Vec::new();
        for row in rows {
            let place = place(pseudonym, &row.id);
            let access: Access = record::opened(&known.consent, &place, &row.sealed)?;
            if access.by == member.account.0 && access.state(now) == AccessState::Open {
                open.push((row.id, access.session, access.expires));
            }
        }
        Ok(open)
    }

    /// The email address of the account that looks after a participant.
    async fn address_of(&self, pseudonym: &str) -> Result<Option<String>> {
        let all = holding::all(&self.database, &self.master).await?;
        let found = all
            .into_iter()
            .find(|(_, held)| held.iter().any(|held| held.pseudonym == pseudonym));
        let Some((id, _)) = found else {
            return Ok(None);
        };
        let row = account::Entity::find_by_id(id)
            .one(self.database.readers())
            .await;
        Ok(row.map_err(to_domain)?.map(|row| row.email))
    }

    /// Who a participant is. Asked for an access that is open, and for nothing else.
    async fn identity(&self, known: &Known, pseudonym: &str) -> Result<Option<Identity>> {
        if !known.has_identity() {
            return Ok(None);
        }
        let screening = &known.enrolment.screening;
        let contact = match screening.answer(Question::Contact) {
            Some(Answer::Contact(contact)) => Some(contact.clone()),
            _ => None,
        };
        let email = match contact {
            Some(Contact::Email) => self.address_of(pseudonym).await?,
            _ => None,
        };
        Ok(Some(Identity {
            name: name(&known.enrolment),
            contact,
            email,
            birth_date: match screening.answer(Question::BirthDate) {
                Some(Answer::BirthDate(date)) => Some(*date),
                _ => None,
            },
            country: match screening.answer(Question::Country) {
                Some(Answer::Country(country)) => Some(*country),
                _ => None,
            },
            relationship: match screening.answer(Question::Relationship) {
                Some(Answer::Relationship(relationship)) => Some(*relationship),
                _ => None,
            },
        }))
    }

    /// The names of accounts, as staff see each other.
    async fn names(&self, accounts: Vec<Uuid>) -> Result<HashMap<Uuid, Author>> {
        let rows = account::Entity::find()
            .filter(account::Column::Id.is_in(accounts))
            .all(self.database.readers())
            .await
            .map_err(to_domain)?;
        let name = |row: account::Model| {
            let author = Author {
                handle: Some(row.handle),
                name: Some(row.display_name),
            };
            (row.id, author)
        };
        Ok(rows.into_iter().map(name).collect())
    }

    fn listed(&self, row: &QueryResult) -> Result<Listed> {
        let text = |column: &str| row.try_get::<String>("", column).map_err(to_domain);
        let (id, pseudonym) = (text("id")?, text("pseudonym")?);
        let sealed: Vec<u8> = row.try_get("", "sealed").map_err(to_domain)?;
        let wrapped: Option<Vec<u8>> = row.try_get("", "wrapped").map_err(to_domain)?;
        let closed: Option<i64> = row.try_get("", "closed_at").map_err(to_domain)?;
        let open = |wrapped: &[u8]| -> Result<Access> {
            let key = keys::unwrap(&self.master, &pseudonym, KeyPurpose::Consent, wrapped)?;
            record::opened(&key, &place(&pseudonym, &id), &sealed)
        };
        // What nobody can read any more is listed all the same: somebody has looked.
        let access = wrapped.and_then(|wrapped| open(&wrapped).ok());
        let line = AccessLine {
            on: day(&text("opened_on")?)?,
            details: None,
            pseudonym,
        };
        Ok((id, line, access.map(|access| (access, closed.is_some()))))
    }
}

#[async_trait]
impl RegistryDesk for RegistryStore {
    async fn find_participant(&self, actor: Actor, typed: &str) -> Result<String> {
        let member = staff(actor, Action::ReadRegistryDesk)?;
        self.count_lookup(actor, member).await?;
        match self.looked_up(typed).await {
            Ok(row) => Ok(row.pseudonym),
            Err(Error::NotFound) => Err(Error::invalid(
                "code",
                "No participant has this code. It begins with RS- and has ten more letters and digits. Check it and try again.",
            )),
            Err(error) => Err(error),
        }
    }

    async fn participant(&self, actor: Actor, pseudonym: &str) -> Result<DeskParticipant> {
        let member = staff(actor, Action::ReadRegistryDesk)?;
        self.count_lookup(actor, member).await?;
        let row = self.looked_up(pseudonym).await?;
        let code = row.pseudonym;
        let known = self.known(&code).await?;
        let reader = self.database.readers();
        let open = self.open_accesses(reader, &known, &code, member).await?;
        let own = open
            .into_iter()
            .filter(|(_, session, _)| *session == member.session.0);
        let access = match own.map(|(_, _, expires)| expires).max() {
            Some(expires) => Some(OpenAccess {
                expires,
                identity: self.identity(&known, &code).await?,
            }),
            None => None,
        };
        let (today, enrolment) = (self.today(), &known.enrolment);
        // Who had signed nothing and deleted the answers has left as well.
        let withdrawn = match enrolment.withdrawn {
            None if !known.has_identity() => Some(Withdrawal::Deletion),
            withdrawn => withdrawn,
        };
        Ok(DeskParticipant {
            begun: day(&row.begun_on)?,
            state: match withdrawn {
                Some(Withdrawal::Deletion) => ParticipantState::Withdrawn,
                _ => known.step(today).into(),
            },
            withdrawn,
            signed: {
                let now = enrolment.signatures.iter().skip(enrolment.former);
                now.map(signed).collect()
            },
            is_contacted: enrolment.is_contacted(today),
            is_in_use: enrolment.is_in_use(today),
            has_identity: known.has_identity(),
            access,
            pseudonym: code,
        })
    }

    async fn open_access(
        &self,
        actor: Actor,
        pseudonym: &str,
        reason: &str,
        code: &SecondFactorCode,
    ) -> Result<()> {
        let member = staff(actor, Action::BreakGlass)?;
        self.count_lookup(actor, member).await?;
        let pseudonym = self.looked_up(pseudonym).await?.pseudonym;
        let reason = check_access_reason("reason", reason)?;
        let known = self.known(&pseudonym).await?;
        let reader = self.database.readers();
        let open = self.open_accesses(reader, &known, &pseudonym, member);
        let sessions = open.await?.into_iter().map(|(_, session, _)| session);
        if sessions
            .into_iter()
            .any(|session| session == member.session.0)
        {
            // The same form, sent once more.
            return Ok(());
        }
        if !known.has_identity() {
            return Err(deleted());
        }
        let write = self.accounts.begin_with_code(actor, member, code).await?;
        let mut known = self.locked(&write, &pseudonym).await?;
        if !known.has_identity() {
            return Err(deleted());
        }
        // Nobody is looked at who cannot be told.
        let address = self.address_of(&pseudonym).await?.ok_or_else(deleted)?;
        let now = self.database.now();
        let by = member.account.0;
        let entry = Access {
            by,
            session: member.session.0,
            reason: reason.clone(),
            opened: now,
            expires: Timestamp(now.0 + token::micros(ACCESS_LASTS)),
        };
        let id = token::public_id()?;
        let place = place(&pseudonym, &id);
        let row = access::ActiveModel {
            id: Set(id),
            pseudonym: Set(pseudonym.clone()),
            opened_on: Set(self.today().to_string()),
            sealed: Set(record::sealed(&known.consent, &place, &entry)?),
            closed_at: Set(None),
        };
        access::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let viewed = Happening::Viewed { reason, by };
        record::happens(&write, &self.database, &mut known, &pseudonym, viewed).await?;
        let letter = Letter::ContactDetailsViewed;
        post(&write, &self.database, &address, &letter).await?;
        write.commit().await
    }

    async fn close_access(&self, actor: Actor, pseudonym: &str) -> Result<()> {
        let member = staff(actor, Action::BreakGlass)?;
        self.count_lookup(actor, member).await?;
        let pseudonym = self.looked_up(pseudonym).await?.pseudonym;
        let write = Write::begin(&self.database, actor).await?;
        let known = self.locked(&write, &pseudonym).await?;
        let open = self.open_accesses(write.on(), &known, &pseudonym, member);
        for (id, ..) in open.await? {
            let sql = "UPDATE registry_access SET closed_at = $1 WHERE id = $2";
            let values = vec![self.database.now().0.into(), id.into()];
            let closed = write
                .on()
                .execute_raw(self.database.statement(sql, values))
                .await;
            closed.map_err(to_domain)?;
        }
        write.commit().await
    }

    async fn accesses(&self, actor: Actor, after: Option<&str>) -> Result<AccessList> {
        staff(actor, Action::ReadRegistryDesk)?;
        let now = self.database.now();
        let since = Timestamp(now.0 - token::micros(ACCESSES_SHOWN_FOR));
        let sql = "SELECT a.id, a.pseudonym, a.opened_on, a.sealed, a.closed_at, k.wrapped \
                   FROM registry_access a LEFT JOIN registry_key k \
                   ON k.pseudonym = a.pseudonym AND k.purpose = $2 \
                   WHERE a.opened_on >= $1";
        let values = vec![
            CalendarDate::of(since).to_string().into(),
            KeyPurpose::Consent.as_str().into(),
        ];
        let rows = self.database.query(sql, values).await.map_err(to_domain)?;
        // Their order is sealed, and there are few.
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            lines.push(self.listed(row)?);
        }
        lines.sort_by(|one, other| place_of(other).cmp(&place_of(one)));
        if let Some(after) = after {
            let before = lines.iter().position(|(id, ..)| id == after);
            lines.drain(..=before.ok_or(Error::NotFound)?);
        }
        let more = lines.len() > ACCESSES_SHOWN;
        lines.truncate(ACCESSES_SHOWN);
        let last = lines.last().filter(|_| more);
        let next = last.map(|(id, ..)| id.clone());
        let by = lines.iter().filter_map(|(_, _, access)| access.as_ref());
        let names = self.names(by.map(|(access, _)| access.by).collect());
        let names = names.await?;
        let told = |(_, line, access): Listed| AccessLine {
            details: access.map(|(access, closed)| AccessDetails {
                at: access.opened,
                by: names.get(&access.by).cloned().unwrap_or_default(),
                state: if closed {
                    AccessState::Closed
                } else {
                    access.state(now)
                },
                reason: access.reason,
            }),
            ..line
        };
        Ok(AccessList {
            lines: lines.into_iter().map(told).collect(),
            next,
        })
    }
}
