use async_trait::async_trait;

use super::{
    CommunityRequest, CommunityRequestDraft, RequestDecision, RequestList, RequestToDecide, Waiting,
};
use crate::{
    Result,
    account::{Actor, Submission},
};

/// Requests for communities of conditions that the catalogue does not have, and what becomes of them.
///
/// A request is seen by who made it and by who decides; to others it is as if it were not there:
/// [`Error::NotFound`](crate::Error::NotFound).
#[async_trait]
pub trait CommunityRequests: Send + Sync {
    /// Asks for a community, and returns the request's id. [`Error::Invalid`](crate::Error::Invalid)
    /// about the draft.
    async fn request(
        &self,
        actor: Actor,
        draft: CommunityRequestDraft,
        submission: &Submission,
    ) -> Result<String>;

    /// A request of one's own.
    async fn own_request(&self, actor: Actor, id: &str) -> Result<CommunityRequest>;

    /// Requests of one's own, the last first.
    async fn own_requests(&self, actor: Actor) -> Result<Vec<CommunityRequest>>;

    /// Requests that wait, the oldest first, or those that are decided, the last first, after the one
    /// with an id.
    async fn requests(
        &self,
        actor: Actor,
        decided: bool,
        after: Option<&str>,
    ) -> Result<RequestList>;

    /// A request, for who decides.
    async fn request_to_decide(&self, actor: Actor, id: &str) -> Result<RequestToDecide>;

    /// Decides about a request, and tells who made it. One's own is
    /// [`Error::Forbidden`](crate::Error::Forbidden) but for administrators.
    /// [`Error::Conflict`](crate::Error::Conflict) where it was decided otherwise before; the same
    /// again is no error. What was accepted can be merged later.
    async fn decide_request(&self, actor: Actor, id: &str, decision: RequestDecision)
    -> Result<()>;

    /// What waits for moderators, in all communities.
    async fn waiting_everywhere(&self, actor: Actor) -> Result<Waiting>;
}
