//! What a person does with their own account.

use domain::{
    Error, Result,
    account::{
        Account, Actor, Client, Country, EmailAddress, LinkPurpose, Member, ModerationRecord,
        Password, Relation, SignedIn, Standing, Submission, Suspension, Token, throttle::Counted,
    },
    event::EventKind,
    mail::Letter,
    policy::Quota,
    time::Timestamp,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use super::{AccountStore, entity::account, link, queue::Lane, session, throttle::Attempt};
use crate::{community, error::to_domain, mail::post, quota, registry, write::Write};

/// What the link to a new address sets.
#[derive(Serialize, Deserialize)]
struct NewAddress {
    email: String,
}

/// Name of [`domain::account::ModerationAction::Suspend`].
pub(crate) const SUSPEND: &str = "suspend";

pub(super) fn view(
    row: account::Model,
    moderation: Vec<ModerationRecord>,
    now: Timestamp,
) -> Result<Account> {
    let until = row.suspended_until.map(Timestamp);
    let standing = Standing::at(&row.standing, until, now);
    let suspension = (standing == Standing::Suspended).then(|| Suspension {
        until,
        reason: moderation
            .iter()
            .find(|action| action.kind == SUSPEND)
            .map(|action| action.reason.clone())
            .unwrap_or_default(),
    });
    Ok(Account {
        email: EmailAddress::parse("email", &row.email)?,
        name: row.display_name,
        relation: row.relation.as_deref().and_then(Relation::from_name),
        country: row.country.as_deref().and_then(Country::from_code),
        joined: Timestamp(row.created_at),
        suspension,
        moderation,
    })
}

async fn update(write: &Write<'_>, row: account::ActiveModel) -> Result<()> {
    row.update(write.on()).await.map(|_| ()).map_err(to_domain)
}

impl AccountStore {
    /// Checks the password of somebody who is signed in; an open session alone does not suffice
    /// for what cannot be undone.
    pub(crate) async fn check_present(
        &self,
        member: Member,
        present: &Password,
    ) -> Result<(account::Model, Attempt)> {
        let session = member.session.0.simple().to_string();
        let attempt = Attempt::new()
            .by(Counted::Device, &session)
            .begin(&self.database)
            .await?;
        let row = self.row(member).await?;
        let hash = Some(row.password_hash.clone());
        if !self
            .passwords
            .verify(Lane::account(member.account), present, hash)
            .await?
        {
            return Err(Error::invalid(
                "present",
                "This is not your current password.",
            ));
        }
        Ok((row, attempt))
    }

    pub(super) async fn set_description(
        &self,
        actor: Actor,
        member: Member,
        relation: Option<Relation>,
        country: Option<Country>,
    ) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        update(
            &write,
            account::ActiveModel {
                id: Set(member.account.0),
                relation: Set(relation.map(|relation| relation.as_str().to_owned())),
                country: Set(country.map(|country| country.code().to_owned())),
                updated_at: Set(self.database.now().0),
                ..Default::default()
            },
        )
        .await?;
        write
            .record(EventKind::AccountDescribed, Some(member.account.0), None)
            .await?;
        write.commit().await
    }

    pub(super) async fn set_password(
        &self,
        actor: Actor,
        member: Member,
        client: &Client,
        (present, password): (&Password, &Password),
    ) -> Result<SignedIn> {
        let (row, attempt) = self.check_present(member, present).await?;
        let hash = self
            .passwords
            .accept(
                Lane::account(member.account),
                "password",
                password,
                &[&row.display_name, &row.email],
            )
            .await?;
        let write = Write::begin(&self.database, actor).await?;
        // The password that was checked is not the present one any more.
        if !link::end_all(&write, row.id, row.generation).await? {
            return Err(Error::Conflict);
        }
        self.replace_password(&write, &row, hash).await?;
        let signed_in = session::open(&write, &self.database, (actor, client), row.id).await?;
        attempt.succeeded(&write, &self.database).await?;
        write.commit().await?;
        Ok(signed_in)
    }

    /// Sets a password, ends every session and forgets every device, and tells the person. The links
    /// have been ended by then.
    pub(super) async fn replace_password(
        &self,
        write: &Write<'_>,
        row: &account::Model,
        hash: String,
    ) -> Result<()> {
        update(
            write,
            account::ActiveModel {
                id: Set(row.id),
                password_hash: Set(hash),
                updated_at: Set(self.database.now().0),
                ..Default::default()
            },
        )
        .await?;
        session::end_all(write, &self.database, row.id, None).await?;
        session::forget_devices(write, row.id).await?;
        post(write, &self.database, &row.email, &Letter::PasswordChanged).await?;
        write
            .record(EventKind::PasswordChanged, Some(row.id), None)
            .await
    }

    pub(super) async fn ask_for_email(
        &self,
        actor: Actor,
        member: Member,
        client: &Client,
        present: &Password,
        (email, submission): (&EmailAddress, &Submission),
    ) -> Result<()> {
        let (row, attempt) = self.check_present(member, present).await?;
        let key = email.key();
        if key == row.email_key {
            return Err(Error::invalid("email", "This is your address already."));
        }
        Attempt::new()
            .by_network(client.network)
            .begin(&self.database)
            .await?;
        let in_time = Attempt::new()
            .by_mail(&key, client, false)
            .comes_in_time(&self.database)
            .await?;
        let taken = self.with_email(&key).await?.is_some();
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first("change-email", submission).await?
            || !in_time
            || !self.has_mail_budget(&write, &key).await?
        {
            return Ok(());
        }
        let letter = if taken {
            Letter::AddressTaken
        } else {
            let purpose = LinkPurpose::ChangeEmail;
            let content = NewAddress {
                email: email.as_str().to_owned(),
            };
            let whom = link::For::Account(&row);
            let link = link::make(&write, &self.database, purpose, whom, &content).await?;
            Letter::ConfirmNewAddress {
                token: link.expose().to_owned(),
            }
        };
        post(&write, &self.database, email.as_str(), &letter).await?;
        post(
            &write,
            &self.database,
            &row.email,
            &Letter::AddressChangeAsked,
        )
        .await?;
        attempt.succeeded(&write, &self.database).await?;
        write.commit().await
    }

    pub(super) async fn set_email(&self, actor: Actor, link: &Token) -> Result<()> {
        let purpose = LinkPurpose::ChangeEmail;
        let (account, content) = link::read::<NewAddress>(&self.database, purpose, link).await?;
        let id = account.ok_or(Error::NotFound)?;
        let email = EmailAddress::parse("email", &content.email)?;
        let write = Write::begin(&self.database, actor).await?;
        link::consume(&write, &self.database, link).await?;
        let row = account::Entity::find_by_id(id)
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let taken = account::Entity::find()
            .filter(account::Column::EmailKey.eq(email.key()))
            .one(write.on())
            .await
            .map_err(to_domain)?;
        if taken.is_some() {
            return Err(Error::Forbidden {
                reason: "this address belongs to another account by now.".to_owned(),
            });
        }
        update(
            &write,
            account::ActiveModel {
                id: Set(id),
                email: Set(email.as_str().to_owned()),
                email_key: Set(email.key()),
                updated_at: Set(self.database.now().0),
                ..Default::default()
            },
        )
        .await?;
        post(&write, &self.database, &row.email, &Letter::AddressChanged).await?;
        write
            .record(EventKind::EmailChanged, Some(id), None)
            .await?;
        write.commit().await
    }

    pub(super) async fn remove(
        &self,
        actor: Actor,
        member: Member,
        present: &Password,
        erase_posts: bool,
    ) -> Result<()> {
        let (row, attempt) = self.check_present(member, present).await?;
        let write = Write::begin(&self.database, actor).await?;
        attempt.succeeded(&write, &self.database).await?;
        if erase_posts {
            community::erase_all(&write, &self.database, row.id).await?;
        }
        community::forget_suggestions(&write, &self.database, row.id).await?;
        community::forget_appeals(&write, &self.database, row.id).await?;
        registry::forget(&write, &self.database, &self.key, row.id).await?;
        // What the person wrote stays, and is nobody's from now on; topics, posts and resources by
        // their foreign keys.
        for (table, column) in [
            ("revision", "author_id"),
            ("proposal", "author_id"),
            ("proposal", "decided_by"),
            ("review", "reviewer_id"),
        ] {
            let sql = format!("UPDATE {table} SET {column} = NULL WHERE {column} = $1");
            write
                .on()
                .execute_raw(self.database.statement(&sql, vec![row.id.into()]))
                .await
                .map_err(to_domain)?;
        }
        // Sessions, devices, links, roles, profile and drafts go with it.
        account::Entity::delete_by_id(row.id)
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        post(&write, &self.database, &row.email, &Letter::AccountDeleted).await?;
        write
            .record(EventKind::AccountDeleted, Some(row.id), None)
            .await?;
        write.commit().await
    }
}
