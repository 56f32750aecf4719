//! What becomes of requests.

use domain::{
    Error, Result,
    account::Actor,
    community::{RequestDecision, RequestState, check_request_name, check_request_words},
    event::EventKind,
    mail::Letter,
    policy::Audience,
};
use sea_orm::{ConnectionTrait, EntityTrait, Set, Value, sea_query::OnConflict};
use uuid::Uuid;

use super::{CommunityStore, may_decide, reading::Keys};
use crate::{
    account::entity::account,
    catalogue::{address, community_only},
    community::{entity::membership, leaders, membership::name_key},
    error::to_domain,
    mail::post,
    write::Write,
};

/// Whether the same has been decided before.
fn is_settled(state: RequestState, into: RequestState) -> Result<bool> {
    match state {
        RequestState::Waiting => Ok(false),
        state if state == into => Ok(true),
        _ => Err(Error::Conflict),
    }
}

impl CommunityStore {
    pub(super) async fn settle(
        &self,
        actor: Actor,
        id: &str,
        decision: RequestDecision,
    ) -> Result<()> {
        let (keys, present) = self.to_decide_request(actor, id).await?;
        may_decide(actor, keys.own)?;
        let state = present.request.state;
        match decision {
            RequestDecision::Accept { name, words } => {
                let name = check_request_name("name", &name)?;
                let words = check_request_words("words", &words)?;
                if is_settled(state, RequestState::Accepted)? {
                    return Ok(());
                }
                self.accept_request(actor, keys, &name, words).await
            }
            RequestDecision::Merge { slug, words } => {
                let words = check_request_words("words", &words)?;
                let target = address::present(&self.database, &slug).await?.id;
                if state == RequestState::Accepted {
                    if !present.may_merge {
                        return Err(Error::Conflict);
                    }
                    return self.merge_accepted(actor, keys, target, words).await;
                }
                if is_settled(state, RequestState::Merged)? {
                    // Another one has been chosen meanwhile: who decides has to see that.
                    let same = keys.condition == Some(target);
                    return if same { Ok(()) } else { Err(Error::Conflict) };
                }
                let write = Write::begin(&self.database, actor).await?;
                let became = (RequestState::Waiting, RequestState::Merged);
                self.note_decision(&write, keys, became, (words, Some(target)))
                    .await?;
                write.commit().await
            }
            RequestDecision::Decline { words } => {
                let words = check_request_words("words", &words)?;
                if is_settled(state, RequestState::Declined)? {
                    return Ok(());
                }
                let write = Write::begin(&self.database, actor).await?;
                let became = (RequestState::Waiting, RequestState::Declined);
                self.note_decision(&write, keys, became, (words, None))
                    .await?;
                write.commit().await
            }
        }
    }

    async fn accept_request(
        &self,
        actor: Actor,
        keys: Keys,
        name: &str,
        words: String,
    ) -> Result<()> {
        let mut write = Write::begin(&self.database, actor).await?;
        let now = self.database.now().0;
        let condition = community_only::add(&mut write, name, now).await?;
        let became = (RequestState::Waiting, RequestState::Accepted);
        let leads = self
            .note_decision(&write, keys, became, (words, Some(condition)))
            .await?;
        if leads {
            let joined = membership::ActiveModel {
                account_id: Set(keys.account),
                condition_id: Set(condition),
                audience: Set(Audience::OnlyMe.as_str().to_owned()),
                home: Set(false),
                name_key: Set(name_key(write.on(), keys.account).await?),
                public: Set(false),
                created_at: Set(now),
            };
            membership::Entity::insert(joined)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(write.on())
                .await
                .map_err(to_domain)?;
            leaders::invite(&write, &self.database, keys.account, condition).await?;
        }
        write.commit().await
    }

    /// Puts another condition in the place of the one that was made for the request.
    async fn merge_accepted(
        &self,
        actor: Actor,
        keys: Keys,
        target: Uuid,
        words: String,
    ) -> Result<()> {
        let made = keys.condition.ok_or(Error::Conflict)?;
        if made == target {
            return Err(Error::invalid(
                "condition",
                "This is the condition of the request. Choose another one.",
            ));
        }
        let mut write = Write::begin(&self.database, actor).await?;
        let now = self.database.now().0;
        let became = (RequestState::Accepted, RequestState::Merged);
        self.note_decision(&write, keys, became, (words, Some(target)))
            .await?;
        community_only::merge(&mut write, made, target, now).await?;
        write.commit().await
    }

    /// Makes one state of a request another, if it still is the one, and tells who made it. Returns
    /// whether they would lead.
    async fn note_decision(
        &self,
        write: &Write<'_>,
        keys: Keys,
        (from, to): (RequestState, RequestState),
        (words, condition): (String, Option<Uuid>),
    ) -> Result<bool> {
        let values: Vec<Value> = vec![
            to.as_str().into(),
            words.into(),
            condition.into(),
            self.database.now().0.into(),
            keys.id.into(),
            from.as_str().into(),
        ];
        let row = write
            .on()
            .query_one_raw(self.database.statement(
                "UPDATE community_request SET state = $1, words = $2, condition_id = $3, \
                 decided_at = $4 WHERE id = $5 AND state = $6 RETURNING leads, public_id",
                values,
            ))
            .await
            .map_err(to_domain)?
            .ok_or(Error::Conflict)?;
        let leads: bool = row.try_get("", "leads").map_err(to_domain)?;
        let id: String = row.try_get("", "public_id").map_err(to_domain)?;
        let who = account::Entity::find_by_id(keys.account)
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let letter = Letter::RequestDecided { id };
        post(write, &self.database, &who.email, &letter).await?;
        let kind = match to {
            RequestState::Accepted => EventKind::CommunityRequestAccepted,
            RequestState::Merged => EventKind::CommunityRequestMerged,
            RequestState::Waiting | RequestState::Declined => EventKind::CommunityRequestDeclined,
        };
        write.record(kind, Some(keys.id), condition).await?;
        Ok(leads)
    }
}
