//! Requests for communities: as they are made ([`making`]), as they are read ([`reading`]), and what
//! becomes of them ([`deciding`]).

mod deciding;
mod making;
mod reading;

use async_trait::async_trait;
use domain::{
    Result,
    account::{Actor, Role, Submission},
    community::{
        CommunityRequest, CommunityRequestDraft, CommunityRequests, RequestDecision, RequestList,
        RequestToDecide, Waiting,
    },
    policy::{Action, permit},
};

use super::CommunityStore;

/// Nobody decides about what they have asked for themselves, but administrators, of whom there may be
/// only one.
fn may_decide(actor: Actor, own: bool) -> Result<()> {
    permit(actor, Action::DecideRequests)?;
    let administers = actor
        .member()
        .is_some_and(|member| member.roles.contains(Role::Administrator));
    if own && !administers {
        return Err(super::forbidden(
            "someone else decides about what you have asked for.",
        ));
    }
    Ok(())
}

#[async_trait]
impl CommunityRequests for CommunityStore {
    async fn request(
        &self,
        actor: Actor,
        draft: CommunityRequestDraft,
        submission: &Submission,
    ) -> Result<String> {
        let member = Self::person(actor, Action::RequestCommunities)?;
        self.add_request(actor, member, draft, submission).await
    }

    async fn own_request(&self, actor: Actor, id: &str) -> Result<CommunityRequest> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.request_of(member, id).await
    }

    async fn own_requests(&self, actor: Actor) -> Result<Vec<CommunityRequest>> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.requests_of(member).await
    }

    async fn requests(
        &self,
        actor: Actor,
        decided: bool,
        after: Option<&str>,
    ) -> Result<RequestList> {
        permit(actor, Action::DecideRequests)?;
        self.request_list(decided, after).await
    }

    async fn request_to_decide(&self, actor: Actor, id: &str) -> Result<RequestToDecide> {
        permit(actor, Action::DecideRequests)?;
        self.to_decide_request(actor, id)
            .await
            .map(|(_, request)| request)
    }

    async fn decide_request(
        &self,
        actor: Actor,
        id: &str,
        decision: RequestDecision,
    ) -> Result<()> {
        permit(actor, Action::DecideRequests)?;
        self.settle(actor, id, decision).await
    }

    async fn waiting_everywhere(&self, actor: Actor) -> Result<Waiting> {
        permit(actor, Action::DecideRequests)?;
        self.all_waiting(actor).await
    }
}
