//! Joining, signing in, and the way back for who has forgotten the password.

use domain::{
    Error, Result,
    account::{
        Actor, Client, EmailAddress, Entered, Join, LinkPurpose, Password, SignedIn, Standing,
        Submission, Token,
        throttle::{Counted, MAILS_COUNTED_FOR, MAILS_TO_EVERYONE, MAILS_TO_ONE_ADDRESS},
    },
    catalogue::{Catalogue, Resolved},
    event::EventKind,
    mail::Letter,
    text::fold,
};
use sea_orm::{EntityTrait, Set, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    AccountStore, begun_sign_in, entity::account, link, queue::Lane, second_factor, session,
    throttle::Attempt,
};
use crate::{community, error::to_domain, mail::post, profile, quota, token, write::Write};

/// What waits for the link of a mail to become an account.
#[derive(Serialize, Deserialize)]
struct Registration {
    email: String,
    name: String,
    relation: Option<String>,
    // What registrations that wait from before do not have.
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    home: Option<Uuid>,
    password_hash: String,
}

/// By what a password for an account is counted.
pub(super) fn password_attempt(client: &Client, known: bool, account: &str) -> Attempt {
    match &client.device {
        // Counted for itself: whoever attacks the account from elsewhere is not in the way.
        Some(device) if known => Attempt::new().by(Counted::Device, device.expose()),
        _ => Attempt::new()
            .by_account_from(account, client.network)
            .by_network(client.network),
    }
}

impl AccountStore {
    pub(super) async fn begin_joining(
        &self,
        client: &Client,
        join: Join,
        submission: &Submission,
    ) -> Result<()> {
        let key = join.email.key();
        Attempt::new()
            .by_network(client.network)
            .begin(&self.database)
            .await?;
        let in_time = Attempt::new()
            .by_mail(&key, client, false)
            .comes_in_time(&self.database)
            .await?;
        let password_hash = self
            .passwords
            .accept(
                Lane::network(client.network),
                "password",
                &join.password,
                &[&join.name, join.email.as_str()],
            )
            .await?;
        let home = self.home(join.home.as_deref()).await?;
        let known = self.with_email(&key).await?;
        let write = Write::begin(&self.database, Actor::Visitor).await?;
        // Nobody is told that nothing is sent: the answer would say that somebody else has asked.
        if !write.is_first("join", submission).await?
            || !in_time
            || !self.has_mail_budget(&write, &key).await?
        {
            return Ok(());
        }
        let letter = if known.is_some() {
            Letter::AlreadyMember
        } else {
            let registration = Registration {
                email: join.email.as_str().to_owned(),
                name: join.name,
                relation: join.relation.map(|relation| relation.as_str().to_owned()),
                country: join.country.map(|country| country.code().to_owned()),
                home,
                password_hash,
            };
            let purpose = LinkPurpose::Join;
            let whom = link::For::Address(&key);
            let link = link::make(&write, &self.database, purpose, whom, &registration).await?;
            Letter::ConfirmAddress {
                token: link.expose().to_owned(),
            }
        };
        post(&write, &self.database, join.email.as_str(), &letter).await?;
        write.commit().await
    }

    /// Counts an email that somebody who is not known has asked for; `false` where there were too
    /// many to this address, or to all.
    pub(super) async fn has_mail_budget(&self, write: &Write<'_>, recipient: &str) -> Result<bool> {
        let limit = (MAILS_TO_ONE_ADDRESS, MAILS_COUNTED_FOR);
        if !quota::take(write, &self.database, &["mail-to", recipient], limit).await? {
            return Ok(false);
        }
        let limit = (MAILS_TO_EVERYONE, MAILS_COUNTED_FOR);
        let any = quota::take(write, &self.database, &["mail"], limit).await?;
        if !any {
            tracing::warn!("the budget of emails is used up: none are sent to unknown devices");
        }
        Ok(any)
    }

    /// The condition of a slug.
    async fn home(&self, slug: Option<&str>) -> Result<Option<Uuid>> {
        let Some(slug) = slug else { return Ok(None) };
        match self.catalogue.condition(Actor::Visitor, slug).await? {
            Resolved::Here(condition) => Ok(condition.id.map(|id| id.0)),
            Resolved::Moved { .. } => Err(Error::NotFound),
        }
    }

    pub(super) async fn begin_account(
        &self,
        actor: Actor,
        client: &Client,
        link: &Token,
        password: &Password,
    ) -> Result<SignedIn> {
        let (_, registration) =
            link::read::<Registration>(&self.database, LinkPurpose::Join, link).await?;
        let attempt = Attempt::new()
            .by(Counted::Link, link.expose())
            .begin(&self.database)
            .await?;
        let hash = registration.password_hash.clone();
        if !self
            .passwords
            .verify(Lane::network(client.network), password, Some(hash))
            .await?
        {
            return Err(Error::invalid(
                "password",
                "This is not the password that you chose when you joined. If you have forgotten it, join again: the newest mail counts.",
            ));
        }
        let now = self.database.now().0;
        let id = Uuid::now_v7();
        let write = Write::begin(&self.database, actor).await?;
        let key = registration.email.to_ascii_lowercase();
        link::consume_of_address(&write, link, &key).await?;
        let row = account::ActiveModel {
            id: Set(id),
            handle: Set(token::public_id()?),
            email_key: Set(key),
            email: Set(registration.email),
            name_key: Set(fold(&registration.name)),
            display_name: Set(registration.name),
            relation: Set(registration.relation),
            country: Set(registration.country),
            password_hash: Set(registration.password_hash),
            standing: Set(Standing::Good.as_str().to_owned()),
            suspended_until: Set(None),
            generation: Set(0),
            accepted_edits: Set(0),
            accepted_sections: Set(0),
            accepted_days: Set(0),
            accepted_deciders: Set(0),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let inserted = account::Entity::insert(row)
            .on_conflict(
                OnConflict::column(account::Column::EmailKey)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        if inserted == 0 {
            return Err(Error::Forbidden {
                reason: "this address has an account already. Sign in instead.".to_owned(),
            });
        }
        profile::begin(&write, id).await?;
        if let Some(home) = registration.home {
            community::call_home(&write, &self.database, id, home).await?;
        }
        let signed_in = session::open(&write, &self.database, (actor, client), id).await?;
        attempt.succeeded(&write, &self.database).await?;
        write
            .record(EventKind::AccountBegun, Some(id), None)
            .await?;
        write.commit().await?;
        Ok(signed_in)
    }

    pub(super) async fn open_session(
        &self,
        actor: Actor,
        client: &Client,
        email: &str,
        password: &Password,
    ) -> Result<Entered> {
        // What cannot be an address is no account's, and PostgreSQL stores no null. It is counted for
        // itself all the same: whoever mistypes theirs is not in the way of who mistypes another.
        let (key, counted) = match EmailAddress::parse("email", email) {
            Ok(email) => (email.key(), email.key()),
            Err(_) => (String::new(), email.trim().to_lowercase()),
        };
        let known = session::is_known(&self.database, client.device.as_ref(), &key).await?;
        let attempt = password_attempt(client, known, &counted)
            .begin(&self.database)
            .await?;
        let row = self.with_email(&key).await?;
        let hash = row.as_ref().map(|row| row.password_hash.clone());
        let lane = Lane::network(client.network);
        let fits = self.passwords.verify(lane, password, hash).await?;
        let Some(row) = row.filter(|_| fits) else {
            return Err(Error::invalid(
                "password",
                "The email address or password is wrong.",
            ));
        };
        let write = Write::begin(&self.database, actor).await?;
        if second_factor::is_on(write.on(), row.id).await? {
            // The attempt is taken back with the code: until then it may be anybody's. Not what the
            // network has tried, for the code may come from another.
            let networks = attempt.networks();
            networks.succeeded(&write, &self.database).await?;
            let begun = begun_sign_in::make(&write, &self.database, &row).await?;
            write.commit().await?;
            return Ok(Entered::CodeNeeded(begun));
        }
        let signed_in = session::open(&write, &self.database, (actor, client), row.id).await?;
        attempt.succeeded(&write, &self.database).await?;
        write.commit().await?;
        Ok(Entered::SignedIn(signed_in))
    }

    pub(super) async fn send_recovery(
        &self,
        client: &Client,
        email: &EmailAddress,
        submission: &Submission,
    ) -> Result<()> {
        let key = email.key();
        // A device of the owner's counts for itself: whoever else asks is not in the way.
        let known = session::is_known(&self.database, client.device.as_ref(), &key).await?;
        if !known {
            Attempt::new()
                .by_network(client.network)
                .begin(&self.database)
                .await?;
        }
        let in_time = Attempt::new()
            .by_mail(&key, client, known)
            .comes_in_time(&self.database)
            .await?;
        let row = self.with_email(&key).await?;
        let write = Write::begin(&self.database, Actor::Visitor).await?;
        if !write.is_first("recover", submission).await? || !in_time {
            return Ok(());
        }
        // Strangers get no mail from us.
        if let Some(row) = row {
            // An older link goes on working where no newer one is sent.
            if !known && !self.has_mail_budget(&write, &key).await? {
                return Ok(());
            }
            let (purpose, whom) = (LinkPurpose::Recover, link::For::Account(&row));
            let content = link::Nothing {};
            let link = link::make(&write, &self.database, purpose, whom, &content).await?;
            let letter = Letter::ChooseNewPassword {
                token: link.expose().to_owned(),
            };
            post(&write, &self.database, &row.email, &letter).await?;
        }
        write.commit().await
    }

    pub(super) async fn choose_password(
        &self,
        actor: Actor,
        client: &Client,
        link: &Token,
        password: &Password,
    ) -> Result<Option<SignedIn>> {
        let purpose = LinkPurpose::Recover;
        let (account, _) = link::read::<link::Nothing>(&self.database, purpose, link).await?;
        let id = account.ok_or(Error::NotFound)?;
        let row = account::Entity::find_by_id(id)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let hash = self
            .passwords
            .accept(
                Lane::network(client.network),
                "password",
                password,
                &[&row.display_name, &row.email],
            )
            .await?;
        let write = Write::begin(&self.database, actor).await?;
        link::consume(&write, &self.database, link).await?;
        self.replace_password(&write, &row, hash).await?;
        let signed_in = if second_factor::is_on(write.on(), id).await? {
            None
        } else {
            Some(session::open(&write, &self.database, (actor, client), id).await?)
        };
        write.commit().await?;
        Ok(signed_in)
    }
}
