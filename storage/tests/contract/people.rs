//! People who join, and the letters that they get.

use domain::{
    Error, Result,
    account::{
        Accounts, Actor, Authenticated, Client, EmailAddress, Entered, Join, ModerationAction,
        Password, Role, SecondFactor, SecondFactorCode, SecondFactors, SignedIn, Submission, Token,
    },
    mail::Letter,
};

use sea_orm::Set;
use storage::account::entity::account;
use uuid::Uuid;

use crate::bed::Bed;

/// What a person's phone has, and the sheet of paper beside it.
pub(crate) struct Authenticator {
    pub(crate) secret: String,
    pub(crate) recovery_codes: Vec<String>,
}

impl Authenticator {
    /// The code that the app shows at a time, in seconds since 1970.
    pub(crate) fn code(&self, seconds: i64) -> SecondFactorCode {
        let secret = totp_rs::Secret::try_from_base32(&self.secret).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        let code = totp.generate(u64::try_from(seconds).unwrap()).to_string();
        SecondFactorCode::parse("code", &code).unwrap()
    }

    pub(crate) fn recovery_code(&self, number: usize) -> SecondFactorCode {
        SecondFactorCode::parse("code", &self.recovery_codes[number]).unwrap()
    }
}

/// The row of somebody who has not gone through the ceremony of joining.
pub(crate) fn account_row(
    id: Uuid,
    handle: String,
    email: String,
    name: &str,
) -> account::ActiveModel {
    account::ActiveModel {
        id: Set(id),
        handle: Set(handle),
        email_key: Set(email.clone()),
        email: Set(email),
        display_name: Set(name.to_owned()),
        name_key: Set(domain::text::fold(name)),
        relation: Set(None),
        country: Set(None),
        password_hash: Set(String::new()),
        standing: Set("good".to_owned()),
        suspended_until: Set(None),
        generation: Set(0),
        accepted_edits: Set(0),
        accepted_sections: Set(0),
        accepted_days: Set(0),
        accepted_deciders: Set(0),
        created_at: Set(0),
        updated_at: Set(0),
    }
}

pub(crate) const PASSWORD: &str = "four gardens without a fence";

pub(crate) fn password(text: &str) -> Password {
    Password::new(text)
}

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse("email", text).unwrap()
}

/// Somebody at a computer that nobody knows.
pub(crate) fn client() -> Client {
    from("192.0.2.1")
}

pub(crate) fn from(network: &str) -> Client {
    Client {
        network: network.parse().unwrap(),
        device: None,
        agent: "Mozilla/5.0 (Linux; Android 13) Firefox/140.0".to_owned(),
    }
}

/// The same with the browser that was used to sign in.
pub(crate) fn known(signed_in: &SignedIn) -> Client {
    Client {
        device: Some(signed_in.device.clone()),
        ..client()
    }
}

pub(crate) fn submission(key: &str) -> Submission {
    Submission {
        key: key.to_owned(),
        body: "the form".to_owned(),
    }
}

/// What a link in a letter opens.
pub(crate) fn link(letter: &Letter) -> Token {
    match letter {
        Letter::ConfirmAddress { token }
        | Letter::ChooseNewPassword { token }
        | Letter::ConfirmNewAddress { token } => Token::parse(token).unwrap(),
        _ => panic!("a letter without a link"),
    }
}

/// The field that an answer complains about.
pub(crate) fn field<T>(answer: Result<T>) -> String {
    match answer {
        Err(Error::Invalid { fields }) => fields[0].field.clone(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was accepted"),
    }
}

impl Bed {
    /// Takes the next letter out of the outbox.
    pub(crate) async fn letter(&self) -> Option<(String, Letter)> {
        let outbox = self.storage.outbox();
        let outgoing = outbox.take().await.unwrap()?;
        outbox.remove(outgoing.id).await.unwrap();
        Some((outgoing.recipient.as_str().to_owned(), outgoing.letter))
    }

    /// All letters that wait.
    pub(crate) async fn letters(&self) -> Vec<(String, Letter)> {
        let mut letters = Vec::new();
        while let Some(letter) = self.letter().await {
            letters.push(letter);
        }
        letters
    }

    pub(crate) async fn ask_to_join(&self, address: &str, key: &str) -> Result<()> {
        let join = Join {
            email: email(address),
            name: "Ada".to_owned(),
            password: password(PASSWORD),
            relation: None,
            home: None,
            country: None,
        };
        self.storage
            .accounts()
            .join(Actor::Visitor, &client(), join, &submission(key))
            .await
    }

    /// Joins and confirms.
    pub(crate) async fn member(&self, address: &str) -> SignedIn {
        let key = uuid::Uuid::new_v4().to_string();
        self.ask_to_join(address, &key).await.unwrap();
        let (_, letter) = self.letter().await.unwrap();
        self.storage
            .accounts()
            .confirm(
                Actor::Visitor,
                &client(),
                &link(&letter),
                &password(PASSWORD),
            )
            .await
            .unwrap()
    }

    pub(crate) async fn sign_in(
        &self,
        client: &Client,
        address: &str,
        typed: &str,
    ) -> Result<SignedIn> {
        let accounts = self.storage.accounts();
        let password = password(typed);
        let entered = accounts.sign_in(Actor::Visitor, client, address, &password);
        match entered.await? {
            Entered::SignedIn(signed_in) => Ok(signed_in),
            Entered::CodeNeeded(_) => panic!("{address} needs a code"),
        }
    }

    /// Gives somebody a role, and sets the second factor up that they need for it.
    pub(crate) async fn grant(&self, address: &str, signed_in: &SignedIn, role: Role) -> Actor {
        let accounts = self.storage.accounts();
        let grant = ModerationAction::Grant(role);
        accounts
            .moderate(Actor::Operator, address, grant, "Checked")
            .await
            .unwrap();
        self.set_up_second_factor(self.actor(signed_in).await).await;
        self.actor(signed_in).await
    }

    /// Sets a second factor up. Letters that wait are gone.
    pub(crate) async fn set_up_second_factor(&self, actor: Actor) -> Authenticator {
        let accounts = self.storage.accounts();
        accounts.begin(actor, &password(PASSWORD)).await.unwrap();
        let SecondFactor::Begun { secret } = accounts.second_factor(actor).await.unwrap() else {
            panic!("nothing was begun");
        };
        let mut authenticator = Authenticator {
            secret,
            recovery_codes: vec![],
        };
        // The one before: the present one is left for signing in.
        let code = authenticator.code(self.seconds() - 30);
        authenticator.recovery_codes = accounts.set_up(actor, &code).await.unwrap();
        self.letters().await;
        authenticator
    }

    pub(crate) async fn viewer(&self, signed_in: &SignedIn) -> Option<Authenticated> {
        let accounts = self.storage.accounts();
        accounts.authenticate(&signed_in.session).await.unwrap()
    }

    /// Who asks through a session.
    pub(crate) async fn actor(&self, signed_in: &SignedIn) -> Actor {
        self.viewer(signed_in).await.unwrap().actor
    }
}
