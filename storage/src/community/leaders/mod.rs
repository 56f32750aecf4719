//! Who leads communities: as others see it ([`reading`]), how it begins and ends ([`appointing`]), and
//! what leaders do there ([`tools`]), including where their community sends people who want to enrol
//! ([`outside`]).

mod appointing;
mod following;
mod outside;
mod reading;
mod tools;

use async_trait::async_trait;
use domain::{
    Result,
    account::Actor,
    catalogue::{ConditionId, Resolved},
    community::{CommunityLeaders, GatheredLeaders, Leaders, Leading, OwnLeadership},
    policy::{Action, CommunityRole, permit, permit_in},
};
use uuid::Uuid;

use super::{CommunityStore, discussions::reading::Topic};
use crate::{account::in_good_standing, error::to_domain};

pub(super) use appointing::{invite, is_leading, leave};
pub(super) use following::follow;
pub(crate) use reading::leaders_of;

/// Whether the leadership in the row `l` counts: its person is in good standing, has a second factor,
/// and shows name and membership to everyone.
pub(super) const COUNTS: &str = concat!(
    "l.state = 'leading' AND EXISTS (\
     SELECT 1 FROM account leader \
     JOIN profile p ON p.account_id = leader.id AND p.name_audience = 'everyone' \
     JOIN second_factor s ON s.account_id = leader.id AND s.set_up_at IS NOT NULL \
     JOIN membership m ON m.account_id = leader.id AND m.condition_id = l.condition_id \
     AND m.audience = 'everyone' WHERE leader.id = l.account_id AND ",
    in_good_standing!("leader"),
    ")"
);

/// Whether the person `$1` leads a community, which is given by SQL.
pub(super) fn leads(condition: &str) -> String {
    format!(
        "CASE WHEN EXISTS (SELECT 1 FROM leadership l \
         WHERE l.account_id = $1 AND l.condition_id = {condition} AND {COUNTS}) \
         THEN 1 ELSE 0 END"
    )
}

/// The column of whether somebody leads a community, both given by SQL.
pub(super) fn is_leader(account: &str, condition: &str) -> String {
    format!(
        "CASE WHEN EXISTS (SELECT 1 FROM leadership l \
         WHERE l.account_id = {account} AND l.condition_id = {condition} AND {COUNTS}) \
         THEN 1 ELSE 0 END AS by_leader"
    )
}

/// What somebody is in a community.
#[derive(Clone, Copy, Default)]
pub(super) struct InCommunity {
    /// Whether they have joined it.
    pub(super) joined: bool,
    /// What else.
    pub(super) role: CommunityRole,
}

impl CommunityStore {
    /// What who asks is in a community.
    pub(super) async fn in_community(&self, actor: Actor, condition: Uuid) -> Result<InCommunity> {
        let Some(member) = actor.member() else {
            return Ok(InCommunity::default());
        };
        let sql = format!(
            "SELECT {} AS leads FROM membership m \
             WHERE m.account_id = $1 AND m.condition_id = $2",
            leads("$2")
        );
        let values = vec![member.account.0.into(), condition.into()];
        let row = self.database.query_one(&sql, values).await;
        let Some(row) = row.map_err(to_domain)? else {
            return Ok(InCommunity::default());
        };
        let leads: i32 = row.try_get("", "leads").map_err(to_domain)?;
        Ok(InCommunity {
            joined: true,
            role: CommunityRole::of(leads == 1),
        })
    }

    /// What who asks is in the community of a topic that they read.
    pub(super) async fn role_in(&self, actor: Actor, topic: &Topic) -> Result<CommunityRole> {
        // Whoever leads it has joined it.
        if !topic.joined {
            return Ok(CommunityRole::None);
        }
        let here = self.in_community(actor, topic.condition_id).await?;
        Ok(here.role)
    }

    /// Permits an action in the community of a row, or says why not. The row is named by its table and
    /// public id; one that there is none of is in no community.
    pub(super) async fn permit_at(
        &self,
        actor: Actor,
        action: Action,
        (table, id): (&str, &str),
    ) -> Result<()> {
        let (refused, member) = match (permit(actor, action), actor.member()) {
            (Err(refused), Some(member)) => (refused, member),
            (permitted, _) => return permitted,
        };
        let sql = format!(
            "SELECT {} AS leads FROM {table} r WHERE r.public_id = $2",
            leads("r.condition_id")
        );
        let values = vec![member.account.0.into(), id.replace('\0', "").into()];
        let row = self.database.query_one(&sql, values).await;
        let Some(row) = row.map_err(to_domain)? else {
            return Err(refused);
        };
        let leads: i32 = row.try_get("", "leads").map_err(to_domain)?;
        permit_in(actor, action, CommunityRole::of(leads == 1))
    }
}

#[async_trait]
impl Leaders for CommunityStore {
    async fn leaders(&self, actor: Actor, condition: ConditionId) -> Result<CommunityLeaders> {
        permit(actor, Action::ReadProfiles)?;
        self.leaders_here(actor, condition.0).await
    }

    async fn leaders_everywhere(
        &self,
        actor: Actor,
        after: Option<&str>,
    ) -> Result<GatheredLeaders> {
        permit(actor, Action::ReadProfiles)?;
        self.gathered_leaders(after).await
    }

    async fn own_leaderships(&self, actor: Actor) -> Result<Vec<OwnLeadership>> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.leaderships_of(member).await
    }

    async fn leading(&self, actor: Actor, slug: &str) -> Result<Resolved<Leading>> {
        self.tools(actor, slug).await
    }

    async fn appoint(&self, actor: Actor, slug: &str, handle: &str) -> Result<()> {
        self.invite_member(actor, slug, handle).await
    }

    async fn accept_invitation(&self, actor: Actor, id: &str, words: &str) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        self.accept(actor, member, id, words).await
    }

    async fn decline_invitation(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.end_own(actor, member, id, true).await
    }

    async fn describe_leader(&self, actor: Actor, id: &str, words: &str) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        self.describe(actor, member, id, words).await
    }

    async fn step_down(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.end_own(actor, member, id, false).await
    }

    async fn end_leadership(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        Self::person(actor, Action::EndLeaderships)?;
        self.end_anothers(actor, id, reason).await
    }

    async fn set_welcome(&self, actor: Actor, slug: &str, text: &str) -> Result<()> {
        self.write_welcome(actor, slug, text).await
    }

    async fn set_outside_registry(
        &self,
        actor: Actor,
        slug: &str,
        name: &str,
        link: &str,
    ) -> Result<()> {
        self.write_outside_registry(actor, slug, name, link).await
    }

    async fn pin_topic(&self, actor: Actor, id: &str) -> Result<()> {
        let place = ("topic", id);
        self.permit_at(actor, Action::PinTopics, place).await?;
        self.pin(actor, id).await
    }

    async fn unpin_topic(&self, actor: Actor, id: &str) -> Result<()> {
        let place = ("topic", id);
        self.permit_at(actor, Action::PinTopics, place).await?;
        self.unpin(actor, id).await
    }
}
