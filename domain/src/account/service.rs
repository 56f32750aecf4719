use std::{fmt, net::IpAddr, time::Duration};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{
    AccountList, AccountRecord, Actor, Country, EmailAddress, MemberAction, MemberListWalks,
    ModeratedMember, ModerationAction, ModerationRecord, Password, People, Relation,
    SecondFactorCode, Suspension, Token,
};
use crate::{Result, time::Timestamp};

/// A session ends when it has not been used for this long.
pub const SESSION_IDLE: Duration = Duration::from_hours(14 * 24);
/// And in any case this long after signing in.
pub const SESSION_LONGEST: Duration = Duration::from_hours(90 * 24);

/// From where a request comes, as far as throttling and the list of devices need it.
#[derive(Clone)]
pub struct Client {
    /// Address of the client, or of the nearest proxy that is not trusted.
    pub network: IpAddr,
    /// What this browser was given when somebody last signed in with it.
    pub device: Option<Token>,
    /// How the browser calls itself: the `User-Agent` field.
    pub agent: String,
}

// Addresses and agents tell who it is.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Client(…)")
    }
}

/// One sending of a form. Sent twice with the same content, it happens once.
#[derive(Clone)]
pub struct Submission {
    /// The random key that the form carried.
    pub key: String,
    /// Everything that was sent.
    pub body: String,
}

impl fmt::Debug for Submission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Submission(…)")
    }
}

/// What somebody enters to join.
#[derive(Clone, Debug)]
pub struct Join {
    /// Where the link goes.
    pub email: EmailAddress,
    /// The name that others see; see [`display_name`](super::display_name).
    pub name: String,
    /// The password they choose.
    pub password: Password,
    /// How they are connected with rare disease, if they say so.
    pub relation: Option<Relation>,
    /// Slug of the condition that they call home, if they name one.
    pub home: Option<String>,
    /// Where they live, if they say so.
    pub country: Option<Country>,
}

/// What a link in a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// Confirm an address and begin an account.
    Join,
    /// Choose a new password.
    Recover,
    /// Confirm a new address.
    ChangeEmail,
}

impl LinkPurpose {
    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Recover => "recover",
            Self::ChangeEmail => "change-email",
        }
    }

    /// How long the link can be used.
    pub fn lifetime(self) -> Duration {
        Duration::from_hours(match self {
            Self::Join | Self::ChangeEmail => 24,
            Self::Recover => 1,
        })
    }
}

/// What a browser keeps after signing in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Opens the session.
    pub session: Token,
    /// Makes the browser a known device of the account, also after signing out.
    pub device: Token,
}

/// What comes of a right password.
#[derive(Clone, Debug)]
pub enum Entered {
    /// A session.
    SignedIn(SignedIn),
    /// The right to enter a code, with which the session begins: see
    /// [`enter_code`](Accounts::enter_code).
    CodeNeeded(Token),
}

/// Someone who is signed in, as the pages greet them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticated {
    /// Who asks.
    pub actor: Actor,
    /// Their display name.
    pub name: String,
    /// Until when and why they may not write, if so.
    pub suspension: Option<Suspension>,
}

/// A person's own view of their account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Where mail goes.
    pub email: EmailAddress,
    /// The name that others see.
    pub name: String,
    /// How they are connected with rare disease.
    pub relation: Option<Relation>,
    /// Where they live.
    pub country: Option<Country>,
    /// Since when.
    pub joined: Timestamp,
    /// Until when and why the account is suspended, if it is.
    pub suspension: Option<Suspension>,
    /// What administrators and the operator did with the account, the latest first.
    pub moderation: Vec<ModerationRecord>,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Names the session in forms; opens nothing.
    pub id: String,
    /// Browser and system, as well as they can be told: "Firefox on Android".
    pub name: String,
    /// When they signed in there.
    pub signed_in: Timestamp,
    /// When it was last used, to the hour.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// What happened to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityKind {
    /// It began.
    SignedIn,
    /// The person ended it there.
    SignedOut,
    /// It was ended from elsewhere: on another device, by a new password, or by an administrator.
    Ended,
}

impl ActivityKind {
    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::Ended => "ended",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::SignedIn, Self::SignedOut, Self::Ended]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// A sign-in or sign-out, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// What happened.
    pub kind: ActivityKind,
    /// Browser and system.
    pub device: String,
    /// When.
    pub time: Timestamp,
}

/// Joining, signing in, and control over one's account.
///
/// Answers never tell whether an address has an account: [`join`](Accounts::join) and
/// [`recover`](Accounts::recover) succeed either way, and the owner of the address gets a mail that
/// says so. Too many attempts are [`Error::TooMany`](crate::Error::TooMany); too many emails are not
/// sent, and nobody is told.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Who opens a session with this token; `None` if it opens none or has expired.
    async fn authenticate(&self, session: &Token) -> Result<Option<Authenticated>>;

    /// Sends a link by which the account begins. [`Error::Invalid`](crate::Error::Invalid) about
    /// the field `password` for one that is too short, too long or easy to guess.
    async fn join(
        &self,
        actor: Actor,
        client: &Client,
        join: Join,
        submission: &Submission,
    ) -> Result<()>;

    /// The address that a good link is about. [`Error::NotFound`](crate::Error::NotFound) where it
    /// never was, has been used or is too old. Reading it uses nothing up.
    async fn link(&self, actor: Actor, purpose: LinkPurpose, link: &Token) -> Result<EmailAddress>;

    /// Makes the account and signs in. The password is the one that was chosen with
    /// [`join`](Accounts::join), so that nobody can prepare an account for somebody else's address;
    /// a wrong one is [`Error::Invalid`](crate::Error::Invalid) about `password`, and the link
    /// stays good.
    async fn confirm(
        &self,
        actor: Actor,
        client: &Client,
        link: &Token,
        password: &Password,
    ) -> Result<SignedIn>;

    /// Signs in, or asks for a code where the person has a second factor. A wrong address and a wrong
    /// password are the same [`Error::Invalid`](crate::Error::Invalid) about `password`.
    async fn sign_in(
        &self,
        actor: Actor,
        client: &Client,
        email: &str,
        password: &Password,
    ) -> Result<Entered>;

    /// Signs in with the code that [`sign_in`](Accounts::sign_in) has asked for. A wrong one is
    /// [`Error::Invalid`](crate::Error::Invalid) about `code`;
    /// [`Error::NotFound`](crate::Error::NotFound) where the password has to be entered again.
    async fn enter_code(
        &self,
        actor: Actor,
        client: &Client,
        begun: &Token,
        code: &SecondFactorCode,
    ) -> Result<SignedIn>;

    /// Ends the session that asks.
    async fn sign_out(&self, actor: Actor) -> Result<()>;

    /// Sends a link by which a new password can be chosen.
    async fn recover(
        &self,
        actor: Actor,
        client: &Client,
        email: &EmailAddress,
        submission: &Submission,
    ) -> Result<()>;

    /// Sets a new password by a link, ends all sessions and signs in; `None` where that takes a code
    /// besides, so that the person signs in as ever.
    async fn reset(
        &self,
        actor: Actor,
        client: &Client,
        link: &Token,
        password: &Password,
    ) -> Result<Option<SignedIn>>;

    /// The account of who asks.
    async fn account(&self, actor: Actor) -> Result<Account>;

    /// Changes what one says about oneself to nobody else.
    async fn describe(
        &self,
        actor: Actor,
        relation: Option<Relation>,
        country: Option<Country>,
    ) -> Result<()>;

    /// Sets a new password, ends all other sessions and renews this one. A wrong present password
    /// is [`Error::Invalid`](crate::Error::Invalid) about `present`.
    async fn change_password(
        &self,
        actor: Actor,
        client: &Client,
        present: &Password,
        password: &Password,
    ) -> Result<SignedIn>;

    /// Sends a link to a new address and tells the old one. A wrong password is
    /// [`Error::Invalid`](crate::Error::Invalid) about `present`.
    async fn change_email(
        &self,
        actor: Actor,
        client: &Client,
        present: &Password,
        email: &EmailAddress,
        submission: &Submission,
    ) -> Result<()>;

    /// Makes the new address the account's, by a link. Needs no session: the link may be opened on
    /// another device.
    async fn confirm_email(&self, actor: Actor, link: &Token) -> Result<()>;

    /// Browsers in which who asks is signed in, the latest used first.
    async fn devices(&self, actor: Actor) -> Result<Vec<Device>>;

    /// Sign-ins and sign-outs of the last three months, the latest first.
    async fn activity(&self, actor: Actor) -> Result<Vec<Activity>>;

    /// Signs out in one browser. One that is not there any more is no error.
    async fn sign_out_device(&self, actor: Actor, id: &str) -> Result<()>;

    /// Signs out everywhere but here.
    async fn sign_out_others(&self, actor: Actor) -> Result<()>;

    /// Accounts in whose name or address the words occur, or with this handle, after the one with
    /// a handle.
    async fn list(
        &self,
        actor: Actor,
        words: &str,
        people: People,
        after: Option<&str>,
    ) -> Result<AccountList>;

    /// The account with this address or handle, for those who look after accounts.
    async fn find(&self, actor: Actor, who: &str) -> Result<AccountRecord>;

    /// What was done with an account, the latest first.
    async fn moderation(&self, actor: Actor, handle: &str) -> Result<Vec<ModerationRecord>>;

    /// Acts on an account, and keeps the reason, which the person sees. What is so already stays so
    /// and is no error. [`Error::Invalid`](crate::Error::Invalid) about `reason` without one; nobody
    /// does it with their own account.
    async fn moderate(
        &self,
        actor: Actor,
        who: &str,
        action: ModerationAction,
        reason: &str,
    ) -> Result<AccountRecord>;

    /// Who was slowed in lists of members in the last three months, the last day first, after the one
    /// that `next` has named.
    async fn member_list_walks(&self, actor: Actor, after: Option<&str>)
    -> Result<MemberListWalks>;

    /// Notes that somebody has looked at one of these, which a person and a day name. One that is not
    /// there any more is no error; nobody does it with their own account.
    async fn note_member_list_walk(&self, actor: Actor, handle: &str, day: i64) -> Result<()>;

    /// The member with this handle, for moderators.
    async fn moderated_member(&self, actor: Actor, handle: &str) -> Result<ModeratedMember>;

    /// Warns or suspends the member with this handle, once for each submission; they read the reason.
    /// [`Error::Invalid`](crate::Error::Invalid) about `reason` without one and about `length` for a
    /// suspension that is too long; [`Error::Forbidden`](crate::Error::Forbidden) for oneself, for who
    /// is suspended already, and, to who does not look after accounts, for moderators and administrators.
    async fn moderate_member(
        &self,
        actor: Actor,
        handle: &str,
        action: MemberAction,
        reason: &str,
        submission: &Submission,
    ) -> Result<()>;

    /// Deletes the account at once. What the person wrote in discussions is erased with it, or stays
    /// without their name. A wrong password is [`Error::Invalid`](crate::Error::Invalid) about
    /// `present`.
    async fn delete(&self, actor: Actor, present: &Password, erase_posts: bool) -> Result<()>;
}
