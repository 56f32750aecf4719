use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    account::Actor,
    catalogue::{ConditionId, ConditionLink},
    policy::Audience,
};

/// That a person is in the community of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Name and address of the condition.
    pub condition: ConditionLink,
    /// Who sees that the person is in its community.
    pub audience: Audience,
    /// Whether it is the one that the person calls home. At most one is.
    pub home: bool,
}

/// Who is in which community. Naming a condition on one's profile and joining its community are the
/// same.
#[async_trait]
pub trait Memberships: Send + Sync {
    /// For whom one's own membership of a condition's community is; `None` for who has not joined it.
    async fn membership(&self, actor: Actor, condition: ConditionId) -> Result<Option<Audience>>;

    /// Joins the community of a condition. Nobody else sees that until the person chooses so, or writes
    /// there. For who has joined already nothing changes. [`Error::NotFound`](crate::Error::NotFound)
    /// for a slug that no condition has, [`Error::Invalid`](crate::Error::Invalid) about `condition`
    /// for who has joined as many as one can.
    async fn join(&self, actor: Actor, slug: &str) -> Result<()>;

    /// Joins, or changes who sees that one has, and whether it is home. Errors as for
    /// [`join`](Self::join).
    async fn set_membership(
        &self,
        actor: Actor,
        slug: &str,
        audience: Audience,
        home: bool,
    ) -> Result<()>;

    /// Leaves. Where one has not joined that is no error.
    async fn leave(&self, actor: Actor, slug: &str) -> Result<()>;
}
