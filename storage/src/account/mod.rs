//! Accounts: joining and signing in ([`entering`]), and control over one's own ([`own`]).

mod begun_sign_in;
mod device;
mod entering;
pub mod entity;
mod link;
mod members;
mod moderation;
mod own;
mod password;
mod queue;
mod records;
mod rotation;
mod second_factor;
mod session;
mod standing;
mod throttle;
pub(crate) mod trust;
mod walks;

pub(crate) use members::spare_staff;
pub(crate) use moderation::restore;
pub(crate) use own::SUSPEND;
pub(crate) use rotation::resealed;
pub(crate) use walks::count_walk;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{
        Account, AccountList, AccountRecord, Accounts, Activity, ActivityKind, Actor,
        Authenticated, Client, Country, Device, EmailAddress, Entered, Join, LinkPurpose, Member,
        MemberAction, MemberListWalks, ModeratedMember, ModerationAction, ModerationRecord,
        Password, People, Relation, SESSION_IDLE, SESSION_LONGEST, SET_UP_BEGUN_FOR,
        SecondFactorCode, SignedIn, Submission, Token, WALKS_KEPT, throttle::FORGOTTEN_AFTER,
    },
    event::EventKind,
    policy::{Action, permit},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

pub(crate) use standing::{IN_GOOD_STANDING, in_good_standing};

use self::{entity::account, password::Passwords};
use crate::{CatalogueStore, Database, MasterKey, error::to_domain, token, write::Write};

/// A form may lie open for this long and is still carried out only once.
const SUBMISSION_KEPT: Duration = Duration::from_hours(48);

/// No quota counts over a longer time.
const QUOTA_KEPT: Duration = Duration::from_hours(48);

/// [`Accounts`] in the database.
#[derive(Debug)]
pub struct AccountStore {
    database: Arc<Database>,
    /// Knows the condition that somebody calls home.
    catalogue: Arc<CatalogueStore>,
    passwords: Passwords,
    /// Opens the secrets of second factors.
    key: MasterKey,
}

impl AccountStore {
    pub(crate) fn new(
        database: Arc<Database>,
        catalogue: Arc<CatalogueStore>,
        key: MasterKey,
    ) -> Self {
        Self {
            database,
            catalogue,
            passwords: Passwords::new(),
            key,
        }
    }

    /// Removes what has expired: sessions, links, counts of attempts, submissions.
    pub async fn sweep(&self) -> Result<()> {
        let now = self.database.now().0;
        let before = |duration| now - token::micros(duration);
        for (sql, limit) in [
            ("session WHERE seen_at < $1", before(SESSION_IDLE)),
            ("session WHERE created_at < $1", before(SESSION_LONGEST)),
            ("mail_link WHERE expires_at < $1", now),
            ("begun_sign_in WHERE expires_at < $1", now),
            (
                "second_factor WHERE set_up_at IS NULL AND begun_at < $1",
                before(SET_UP_BEGUN_FOR),
            ),
            // Twice as long, because nobody waits longer than they are forgotten.
            (
                "throttle WHERE updated_at < $1",
                before(2 * FORGOTTEN_AFTER),
            ),
            ("submission WHERE created_at < $1", before(SUBMISSION_KEPT)),
            ("quota WHERE began_at < $1", before(QUOTA_KEPT)),
            (
                "member_list_walk WHERE day < $1",
                walks::day_of(self.database.now()) - WALKS_KEPT,
            ),
            (
                "account_activity WHERE created_at < $1",
                before(SESSION_LONGEST),
            ),
        ] {
            self.database
                .writer()
                .execute_raw(
                    self.database
                        .statement(&format!("DELETE FROM {sql}"), vec![limit.into()]),
                )
                .await
                .map_err(to_domain)?;
        }
        self.end_suspensions().await
    }

    /// Whose session it is. Unlike [`Accounts::authenticate`], this is no use of it.
    pub async fn session_of(&self, session: &Token) -> Result<Option<Authenticated>> {
        let found = session::find(&self.database, session).await?;
        Ok(found.map(|(found, _)| found))
    }

    /// Counts what somebody sends to the staff whom we may not know, by their network, and apart from attempts to
    /// sign in. [`Error::TooMany`] where it was much.
    pub(crate) async fn count_sending(&self, client: &Client) -> Result<()> {
        let attempt = throttle::Attempt::new().by_sending(client.network);
        attempt.begin(&self.database).await.map(drop)
    }

    /// The person who asks, if they may do this with their own account.
    fn person(actor: Actor, action: Action) -> Result<Member> {
        permit(actor, action)?;
        actor.member().ok_or(Error::Unauthenticated)
    }

    /// The row of who asks.
    async fn row(&self, member: Member) -> Result<account::Model> {
        account::Entity::find_by_id(member.account.0)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?
            // Deleted on another device a moment ago.
            .ok_or(Error::Unauthenticated)
    }

    async fn with_email(&self, key: &str) -> Result<Option<account::Model>> {
        account::Entity::find()
            .filter(account::Column::EmailKey.eq(key))
            .one(self.database.readers())
            .await
            .map_err(to_domain)
    }
}

#[async_trait]
impl Accounts for AccountStore {
    async fn authenticate(&self, session: &Token) -> Result<Option<Authenticated>> {
        session::authenticate(&self.database, session).await
    }

    async fn join(
        &self,
        actor: Actor,
        client: &Client,
        join: Join,
        submission: &Submission,
    ) -> Result<()> {
        permit(actor, Action::EnterAccount)?;
        self.begin_joining(client, join, submission).await
    }

    async fn link(&self, actor: Actor, purpose: LinkPurpose, link: &Token) -> Result<EmailAddress> {
        permit(actor, Action::EnterAccount)?;
        let (account, content) = link::read::<link::About>(&self.database, purpose, link).await?;
        let email = match (content.email, account) {
            (Some(email), _) => email,
            (None, Some(id)) => {
                let row = account::Entity::find_by_id(id).one(self.database.readers());
                row.await.map_err(to_domain)?.ok_or(Error::NotFound)?.email
            }
            (None, None) => return Err(Error::NotFound),
        };
        EmailAddress::parse("email", &email)
    }

    async fn confirm(
        &self,
        actor: Actor,
        client: &Client,
        link: &Token,
        password: &Password,
    ) -> Result<SignedIn> {
        permit(actor, Action::EnterAccount)?;
        self.begin_account(actor, client, link, password).await
    }

    async fn sign_in(
        &self,
        actor: Actor,
        client: &Client,
        email: &str,
        password: &Password,
    ) -> Result<Entered> {
        permit(actor, Action::EnterAccount)?;
        self.open_session(actor, client, email, password).await
    }

    async fn enter_code(
        &self,
        actor: Actor,
        client: &Client,
        begun: &Token,
        code: &SecondFactorCode,
    ) -> Result<SignedIn> {
        permit(actor, Action::EnterAccount)?;
        self.finish_sign_in(actor, client, begun, code).await
    }

    async fn sign_out(&self, actor: Actor) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let write = Write::begin(&self.database, actor).await?;
        let kind = ActivityKind::SignedOut;
        session::end(&write, &self.database, member.session, kind).await?;
        write.commit().await
    }

    async fn recover(
        &self,
        actor: Actor,
        client: &Client,
        email: &EmailAddress,
        submission: &Submission,
    ) -> Result<()> {
        permit(actor, Action::EnterAccount)?;
        self.send_recovery(client, email, submission).await
    }

    async fn reset(
        &self,
        actor: Actor,
        client: &Client,
        link: &Token,
        password: &Password,
    ) -> Result<Option<SignedIn>> {
        permit(actor, Action::EnterAccount)?;
        self.choose_password(actor, client, link, password).await
    }

    async fn account(&self, actor: Actor) -> Result<Account> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let row = self.row(member).await?;
        let moderation = self.moderation_records(&row.handle).await?;
        own::view(row, moderation, self.database.now())
    }

    async fn describe(
        &self,
        actor: Actor,
        relation: Option<Relation>,
        country: Option<Country>,
    ) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        self.set_description(actor, member, relation, country).await
    }

    async fn change_password(
        &self,
        actor: Actor,
        client: &Client,
        present: &Password,
        password: &Password,
    ) -> Result<SignedIn> {
        let member = Self::person(actor, Action::ControlOwnAccount)?;
        self.set_password(actor, member, client, (present, password))
            .await
    }

    async fn change_email(
        &self,
        actor: Actor,
        client: &Client,
        present: &Password,
        email: &EmailAddress,
        submission: &Submission,
    ) -> Result<()> {
        let member = Self::person(actor, Action::ControlOwnAccount)?;
        self.ask_for_email(actor, member, client, present, (email, submission))
            .await
    }

    async fn confirm_email(&self, actor: Actor, link: &Token) -> Result<()> {
        permit(actor, Action::EnterAccount)?;
        self.set_email(actor, link).await
    }

    async fn devices(&self, actor: Actor) -> Result<Vec<Device>> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        session::devices(&self.database, member).await
    }

    async fn activity(&self, actor: Actor) -> Result<Vec<Activity>> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        session::activity(&self.database, member).await
    }

    async fn sign_out_device(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let write = Write::begin(&self.database, actor).await?;
        let ended = session::end_named(&write, &self.database, member, id).await?;
        self.ended(write, member, ended).await
    }

    async fn sign_out_others(&self, actor: Actor) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let write = Write::begin(&self.database, actor).await?;
        let ended = session::end_all(
            &write,
            &self.database,
            member.account.0,
            Some(member.session),
        )
        .await?;
        self.ended(write, member, ended).await
    }

    async fn list(
        &self,
        actor: Actor,
        words: &str,
        people: People,
        after: Option<&str>,
    ) -> Result<AccountList> {
        permit(actor, Action::LookAfterAccounts)?;
        self.records(words, people, after).await
    }

    async fn moderation(&self, actor: Actor, handle: &str) -> Result<Vec<ModerationRecord>> {
        permit(actor, Action::LookAfterAccounts)?;
        self.moderation_records(handle).await
    }

    async fn find(&self, actor: Actor, who: &str) -> Result<AccountRecord> {
        permit(actor, Action::LookAfterAccounts)?;
        self.record(who).await
    }

    async fn moderate(
        &self,
        actor: Actor,
        who: &str,
        action: ModerationAction,
        reason: &str,
    ) -> Result<AccountRecord> {
        permit(actor, Action::LookAfterAccounts)?;
        self.record_action(actor, who, action, reason).await
    }

    async fn member_list_walks(
        &self,
        actor: Actor,
        after: Option<&str>,
    ) -> Result<MemberListWalks> {
        permit(actor, Action::LookAfterAccounts)?;
        self.walks(after).await
    }

    async fn note_member_list_walk(&self, actor: Actor, handle: &str, day: i64) -> Result<()> {
        permit(actor, Action::LookAfterAccounts)?;
        self.note_walk(actor, handle, day).await
    }

    async fn moderated_member(&self, actor: Actor, handle: &str) -> Result<ModeratedMember> {
        permit(actor, Action::ModerateMembers)?;
        self.member_to_moderate(actor, handle).await
    }

    async fn moderate_member(
        &self,
        actor: Actor,
        handle: &str,
        action: MemberAction,
        reason: &str,
        submission: &Submission,
    ) -> Result<()> {
        permit(actor, Action::ModerateMembers)?;
        self.act_on_member(actor, handle, action, reason, submission)
            .await
    }

    async fn delete(&self, actor: Actor, present: &Password, erase_posts: bool) -> Result<()> {
        let member = Self::person(actor, Action::ControlOwnAccount)?;
        self.remove(actor, member, present, erase_posts).await
    }
}

impl AccountStore {
    async fn ended(&self, write: Write<'_>, member: Member, sessions: usize) -> Result<()> {
        if sessions > 0 {
            write
                .record(EventKind::SessionsEnded, Some(member.account.0), None)
                .await?;
        }
        write.commit().await
    }
}
