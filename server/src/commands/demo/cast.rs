//! The invented people as they come to the site: joining, signing in, a second factor where they need
//! one.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use anyhow::{Context, Result, bail};
use domain::{
    account::{
        Accounts, Actor, Client, EmailAddress, Entered, Join, ModerationAction, Password,
        SecondFactor, SecondFactorCode, SecondFactors, Submission, Token,
    },
    community::Memberships,
    mail::Letter,
    profile::{ProfileDraft, Profiles},
    time::{Clock, Timestamp},
};
use storage::Storage;

use super::{script::Person, sign_ins::code};

/// The time that is played.
#[derive(Debug, Default)]
pub(super) struct PlayedClock(AtomicI64);

impl PlayedClock {
    pub(super) fn set(&self, moment: i64) {
        self.0.store(moment, Ordering::Relaxed);
    }

    pub(super) fn forward(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::Relaxed);
    }
}

impl Clock for PlayedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

pub(super) const MINUTE: i64 = 60 * 1_000_000;

/// Somebody who has joined.
pub(super) struct Player {
    pub(super) email: EmailAddress,
    pub(super) handle: String,
    /// What their phone makes codes of.
    pub(super) secret: Option<String>,
    pub(super) recovery_codes: Vec<String>,
    client: Client,
    session: Token,
}

/// Everybody who has joined.
pub(super) struct Cast {
    storage: Storage,
    clock: Arc<PlayedClock>,
    password: Password,
    players: HashMap<String, Player>,
}

impl Cast {
    pub(super) fn new(storage: Storage, clock: Arc<PlayedClock>, password: &str) -> Self {
        Self {
            storage,
            clock,
            password: Password::new(password),
            players: HashMap::new(),
        }
    }

    pub(super) fn player(&self, key: &str) -> Result<&Player> {
        self.players
            .get(key)
            .with_context(|| format!("{key} has not joined"))
    }

    /// Joins, says what there is to say, and gets the role.
    pub(super) async fn join(&mut self, person: &Person) -> Result<()> {
        let accounts = self.storage.accounts();
        let number = u8::try_from(self.players.len() + 1).unwrap_or(u8::MAX);
        let client = Client {
            // From a network for documentation (RFC 5737).
            network: IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)),
            device: None,
            agent: "Mozilla/5.0 (Linux; Android 16) Firefox/145.0".to_owned(),
        };
        let email = EmailAddress::parse("email", &person.email())?;
        let join = Join {
            email: email.clone(),
            name: person.name.clone(),
            password: self.password.clone(),
            relation: Some(person.relation),
            home: None,
            country: person.country(),
        };
        let submission = Submission {
            key: person.key.clone(),
            body: String::new(),
        };
        accounts
            .join(Actor::Visitor, &client, join, &submission)
            .await?;
        let link = self.link().await?;
        self.clock.forward(MINUTE);
        let signed_in = accounts
            .confirm(Actor::Visitor, &client, &link, &self.password)
            .await?;
        let mut player = Player {
            email,
            handle: String::new(),
            secret: None,
            recovery_codes: Vec::new(),
            client: Client {
                device: Some(signed_in.device),
                ..client
            },
            session: signed_in.session,
        };
        self.clock.forward(MINUTE);
        let actor = self.acting(&mut player).await?;
        player.handle = self.describe(actor, person).await?;
        self.players.insert(person.key.clone(), player);
        if let Some(role) = person.role {
            self.clock.forward(20 * MINUTE);
            let grant = ModerationAction::Grant(role);
            let reason = "For the demonstration";
            accounts
                .moderate(Actor::Operator, &person.email(), grant, reason)
                .await?;
            self.set_up_second_factor(&person.key).await?;
        }
        Ok(())
    }

    async fn describe(&self, actor: Actor, person: &Person) -> Result<String> {
        let profiles = self.storage.profiles();
        let draft = ProfileDraft {
            name: person.name.clone(),
            name_audience: person.name_for,
            about: person.about.clone(),
            about_audience: person.about_for,
            listed_audience: person.listed_for,
            for_search_engines: false,
        };
        profiles.change(actor, draft).await?;
        for joined in &person.communities {
            self.clock.forward(MINUTE);
            let communities = self.storage.communities();
            communities
                .set_membership(actor, &joined.slug, joined.audience, joined.home)
                .await?;
        }
        Ok(profiles.own(actor).await?.handle)
    }

    /// The link in the letter that waits.
    async fn link(&self) -> Result<Token> {
        let outbox = self.storage.outbox();
        while let Some(outgoing) = outbox.take().await? {
            outbox.remove(outgoing.id).await?;
            if let Letter::ConfirmAddress { token } = outgoing.letter {
                return Token::parse(&token).context("the letter has no link");
            }
        }
        bail!("no letter came")
    }

    /// Sets up what the roles of a person need.
    pub(super) async fn set_up_second_factor(&mut self, key: &str) -> Result<()> {
        let actor = self.actor(key).await?;
        let accounts = self.storage.accounts();
        accounts.begin(actor, &self.password).await?;
        let SecondFactor::Begun { secret } = accounts.second_factor(actor).await? else {
            bail!("the second factor of {key} was not begun");
        };
        let code = SecondFactorCode::parse("code", &code(&secret, self.clock.now())?)?;
        let recovery_codes = accounts.set_up(actor, &code).await?;
        // Its step is over: each code counts once.
        self.clock.forward(MINUTE);
        if let Some(player) = self.players.get_mut(key) {
            player.secret = Some(secret);
            player.recovery_codes = recovery_codes;
        }
        Ok(())
    }

    /// Somebody who is about to do something.
    pub(super) async fn actor(&mut self, key: &str) -> Result<Actor> {
        let mut player = self
            .players
            .remove(key)
            .with_context(|| format!("{key} has not joined"))?;
        let actor = self.acting(&mut player).await;
        self.players.insert(key.to_owned(), player);
        actor
    }

    /// Signs in again where the session has ended.
    async fn acting(&self, player: &mut Player) -> Result<Actor> {
        let accounts = self.storage.accounts();
        if let Some(authenticated) = accounts.authenticate(&player.session).await? {
            return Ok(authenticated.actor);
        }
        let entered = accounts
            .sign_in(
                Actor::Visitor,
                &player.client,
                player.email.as_str(),
                &self.password,
            )
            .await?;
        let signed_in = match (entered, &player.secret) {
            (Entered::SignedIn(signed_in), _) => signed_in,
            (Entered::CodeNeeded(begun), Some(secret)) => {
                let code = SecondFactorCode::parse("code", &code(secret, self.clock.now())?)?;
                accounts
                    .enter_code(Actor::Visitor, &player.client, &begun, &code)
                    .await?
            }
            (Entered::CodeNeeded(_), None) => bail!("somebody has a second factor and no phone"),
        };
        player.session = signed_in.session;
        player.client.device = Some(signed_in.device);
        let authenticated = accounts.authenticate(&player.session).await?;
        Ok(authenticated.context("a session has just begun")?.actor)
    }

    /// Signs everybody out, so that their devices are those of whoever tries the demonstration.
    pub(super) async fn leave(&mut self) -> Result<()> {
        let accounts = self.storage.accounts();
        for player in self.players.values() {
            if let Some(authenticated) = accounts.authenticate(&player.session).await? {
                accounts.sign_out(authenticated.actor).await?;
            }
        }
        Ok(())
    }
}
