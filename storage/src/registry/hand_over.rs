//! Handing a participant over to an account of their own, and going on as their legal representative.
//!
//! Whoever changes a link holds the lock of its participant. Whoever moves a participant holds, before that,
//! the locks of both accounts, the smaller id first.

use domain::{
    Error, Result,
    account::{Actor, EmailAddress, Member, Token},
    mail::Letter,
    policy::Quota,
    registry::{
        HandOverLink, PARTICIPANTS_MOST, Step, Succession,
        screening::{ForWhom, Question, Relationship},
    },
    time::CalendarDate,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    RegistryStore,
    entity::hand_over,
    holding::{self, Held},
    log::Happening,
    record::{self, Known},
};
use crate::{
    Database, MasterKey,
    encryption::SiteKey,
    error::{internal, to_domain},
    mail::post,
    rotation::{BATCH, Resealed},
    token,
    write::Write,
};

/// How long a link is good, in days.
const GOOD_FOR: u16 = 14;
/// Wrong dates of birth that end a link.
const WRONG_MOST: u8 = 3;

/// What a link is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Offer {
    /// The account that hands over.
    giver: String,
    pseudonym: String,
    /// How many wrong dates of birth there were.
    wrong: u8,
    /// The last of them: sent twice, it counts once.
    last_wrong: Option<CalendarDate>,
}

impl Offer {
    fn giver(&self) -> Result<Uuid> {
        self.giver.parse().map_err(|error| internal(&error))
    }
}

/// A row, opened.
struct Link {
    name: String,
    token_hash: Vec<u8>,
    expires_on: String,
    offer: Offer,
}

fn place(name: &str) -> String {
    format!("registry_hand_over.sealed {name}")
}

/// The name of a participant's row.
fn name(known: &Known, pseudonym: &str) -> String {
    known.name_of(&format!("hand-over {pseudonym}"))
}

async fn put(write: &Write<'_>, master: &MasterKey, link: &Link) -> Result<()> {
    let text = serde_json::to_vec(&link.offer).map_err(|error| internal(&error))?;
    let site = master.current(write.on()).await?;
    let row = hand_over::ActiveModel {
        name: Set(link.name.clone()),
        token_hash: Set(link.token_hash.clone()),
        sealed: Set(site.seal(&place(&link.name), &text)?),
        expires_on: Set(link.expires_on.clone()),
    };
    let conflict = OnConflict::column(hand_over::Column::Name)
        .update_columns([
            hand_over::Column::TokenHash,
            hand_over::Column::Sealed,
            hand_over::Column::ExpiresOn,
        ])
        .to_owned();
    hand_over::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(write.on())
        .await
        .map(drop)
        .map_err(to_domain)
}

/// The link with a token, while it is good.
async fn find<C: ConnectionTrait>(
    on: &C,
    master: &MasterKey,
    token: &Token,
    today: CalendarDate,
) -> Result<Link> {
    let row = hand_over::Entity::find()
        .filter(hand_over::Column::TokenHash.eq(token::hash(token)))
        .filter(hand_over::Column::ExpiresOn.gte(today.to_string()))
        .one(on)
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let text = master.open(&place(&row.name), &row.sealed)?;
    Ok(Link {
        offer: serde_json::from_slice(&text).map_err(|error| internal(&error))?,
        name: row.name,
        token_hash: row.token_hash,
        expires_on: row.expires_on,
    })
}

/// The links behind one of them, sealed anew.
pub(crate) async fn resealed(
    database: &Database,
    master: &MasterKey,
    next: &SiteKey,
    after: &str,
) -> Result<Resealed<String>> {
    let rows = hand_over::Entity::find()
        .filter(hand_over::Column::Name.gt(after))
        .order_by_asc(hand_over::Column::Name)
        .limit(BATCH)
        .all(database.readers())
        .await
        .map_err(to_domain)?;
    let mut resealed = Resealed::default();
    for row in rows {
        let place = place(&row.name);
        if let Some(anew) = resealed.seal((master, next), (&place, &place), &row.sealed)? {
            let (name, was) = (row.name.as_str().into(), row.sealed.into());
            resealed.rows.push(vec![name, was, anew.into()]);
        }
        resealed.last = Some(row.name);
    }
    Ok(resealed)
}

/// Ends the link of a participant, if there is one.
pub(super) async fn end(write: &Write<'_>, known: &Known, pseudonym: &str) -> Result<()> {
    let name = name(known, pseudonym);
    let ended = hand_over::Entity::delete_by_id(name).exec(write.on()).await;
    ended.map(drop).map_err(to_domain)
}

/// Ends all links: nobody can read any more of whom they are.
pub(super) async fn end_all(write: &Write<'_>) -> Result<()> {
    let ended = hand_over::Entity::delete_many().exec(write.on()).await;
    ended.map(drop).map_err(to_domain)
}

/// Ends what is good no more.
pub(super) async fn sweep(database: &Database, today: CalendarDate) -> Result<()> {
    hand_over::Entity::delete_many()
        .filter(hand_over::Column::ExpiresOn.lt(today.to_string()))
        .exec(database.writer())
        .await
        .map(drop)
        .map_err(to_domain)
}

fn own_link() -> Error {
    Error::Forbidden {
        reason: "this link is for the person you enrolled. Send it to them.".to_owned(),
    }
}

/// How many more times somebody can try.
fn wrong_date(left: u8) -> Error {
    let words = match left {
        0 => "This is not the date of birth we have. It was the third wrong date, so this link does not work any more. Ask for a new one.".to_owned(),
        1 => "This is not the date of birth we have. Check it. You can try once more.".to_owned(),
        left => format!("This is not the date of birth we have. Check it. You can try {left} more times."),
    };
    Error::invalid(Question::BirthDate.as_str(), words)
}

impl RegistryStore {
    pub(super) async fn make_link(
        &self,
        actor: Actor,
        member: Member,
        held: &Held,
        email: Option<EmailAddress>,
    ) -> Result<Token> {
        let write = Write::begin(&self.database, actor).await?;
        let pseudonym = &held.pseudonym;
        let known = self.locked_to(&write, member, pseudonym).await?;
        let today = self.today();
        if !known.enrolment.can_be_handed_over(today) {
            return Err(Error::Forbidden {
                reason: "only an adult can take over their enrolment.".to_owned(),
            });
        }
        self.spend(&write, member, Quota::HandOvers).await?;
        let token = token::random()?;
        let link = Link {
            name: name(&known, pseudonym),
            token_hash: token::hash(&token),
            expires_on: today.days_later(GOOD_FOR).to_string(),
            offer: Offer {
                giver: member.account.0.simple().to_string(),
                pseudonym: pseudonym.clone(),
                wrong: 0,
                last_wrong: None,
            },
        };
        put(&write, &self.master, &link).await?;
        if let Some(email) = email {
            let letter = Letter::HandOver {
                token: token.expose().to_owned(),
            };
            post(&write, &self.database, email.as_str(), &letter).await?;
        }
        write.commit().await?;
        Ok(token)
    }

    pub(super) async fn link(&self, member: Member, token: &Token) -> Result<HandOverLink> {
        let reader = self.database.readers();
        let link = find(reader, &self.master, token, self.today()).await?;
        if link.offer.giver()? == member.account.0 {
            return Ok(HandOverLink::Own);
        }
        Ok(HandOverLink::Open)
    }

    /// Moves the participant of a link to an account.
    pub(super) async fn take(
        &self,
        actor: Actor,
        member: Member,
        token: &Token,
        born: CalendarDate,
    ) -> Result<String> {
        let (today, taker) = (self.today(), member.account.0);
        let reader = self.database.readers();
        let found = find(reader, &self.master, token, today).await?;
        let giver = found.offer.giver()?;
        if giver == taker {
            return Err(own_link());
        }
        let write = Write::begin(&self.database, actor).await?;
        let mut accounts = [giver, taker];
        accounts.sort();
        for account in accounts {
            if !holding::lock(&write, &self.database, account).await? {
                return Err(Error::NotFound);
            }
        }
        let pseudonym = found.offer.pseudonym.as_str();
        record::lock(&write, &self.database, pseudonym).await?;
        // Somebody may have been faster, or have made a new link.
        let mut link = find(write.on(), &self.master, token, today).await?;
        let mut known = record::read(write.on(), &self.database, &self.master, pseudonym).await?;
        let mut former = holding::of(write.on(), &self.master, giver).await?;
        let place = former.iter().position(|held| held.pseudonym == pseudonym);
        let place = place
            .filter(|_| known.enrolment.can_be_handed_over(today))
            .ok_or(Error::NotFound)?;
        if known.enrolment.screening.birth_date() != Some(born) {
            if link.offer.last_wrong != Some(born) {
                link.offer.wrong += 1;
                link.offer.last_wrong = Some(born);
            }
            let left = WRONG_MOST.saturating_sub(link.offer.wrong);
            if left == 0 {
                end(&write, &known, pseudonym).await?;
            } else {
                put(&write, &self.master, &link).await?;
            }
            write.commit().await?;
            return Err(wrong_date(left));
        }
        let mut own = holding::of(write.on(), &self.master, taker).await?;
        if own.len() >= PARTICIPANTS_MOST {
            return Err(Error::LimitReached {
                message: format!(
                    "An account can look after up to {PARTICIPANTS_MOST} people, and yours does. Take over with another account, or write to us."
                ),
            });
        }

        let screening = std::mem::take(&mut known.enrolment.screening);
        known.enrolment.screening = screening.taken_over();
        record::keep_screening(&write, &known, pseudonym).await?;
        let happening = Happening::HandedOver;
        record::happens(&write, &self.database, &mut known, pseudonym, happening).await?;
        end(&write, &known, pseudonym).await?;
        let held = former.remove(place);
        // Nobody follows the former address to what is somebody else's now.
        let held = Held {
            address: token::public_id()?,
            ..held
        };
        let address = held.address.clone();
        own.push(held);
        holding::put(write.on(), &self.master, giver, &former).await?;
        holding::put(write.on(), &self.master, taker, &own).await?;
        write.commit().await?;
        Ok(address)
    }

    /// The former guardian goes on for an adult.
    pub(super) async fn go_on(
        &self,
        actor: Actor,
        member: Member,
        pseudonym: &str,
        relationship: Relationship,
    ) -> Result<Step> {
        if !Relationship::of(ForWhom::Adult).contains(&relationship) {
            let field = Question::Relationship.as_str();
            return Err(Error::invalid(field, "Choose one of the answers."));
        }
        let today = self.today();
        let write = Write::begin(&self.database, actor).await?;
        let mut known = self.locked_to(&write, member, pseudonym).await?;
        // Sent twice, it is in the history once.
        if known.enrolment.succession == Some(Succession::Representative) {
            return Ok(known.step(today));
        }
        if !known.enrolment.can_be_represented(today) {
            return Err(Error::Forbidden {
                reason: "this is for a child you enrolled who is an adult now.".to_owned(),
            });
        }
        let screening = std::mem::take(&mut known.enrolment.screening);
        known.enrolment.screening = screening.represented(relationship);
        record::keep_screening(&write, &known, pseudonym).await?;
        let happening = Happening::Represented(relationship);
        record::happens(&write, &self.database, &mut known, pseudonym, happening).await?;
        write.commit().await?;
        Ok(known.step(today))
    }
}
