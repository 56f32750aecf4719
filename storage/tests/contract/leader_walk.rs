//! The methods of leaders, of requests and of the list of communities, for the walk along all of them.

use domain::{
    Result,
    account::Actor,
    community::{
        Communities, CommunityRequestDraft, CommunityRequests, Leaders, LeadershipState,
        RequestDecision, RequestState,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};
use storage::community::entity::{community_request, leadership, membership, topic};

use crate::{bed::Bed, people::submission};

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let communities = bed.storage.communities();
    let key = uuid::Uuid::new_v4().to_string();
    // Nobody is asked as the leader whom a method before has made of them.
    bed.run("DELETE FROM leadership").await;
    match method {
        "communities.active" => communities.active(actor, None).await.map(drop),
        "leaders.leaders" => {
            let alpha = bed.id("alpha").await;
            communities.leaders(actor, alpha).await.map(drop)
        }
        "leaders.leaders_everywhere" => {
            let all = communities.leaders_everywhere(actor, None);
            all.await.map(drop)
        }
        "leaders.own_leaderships" => communities.own_leaderships(actor).await.map(drop),
        "leaders.leading" => communities.leading(actor, "alpha").await.map(drop),
        "leaders.appoint" => communities.appoint(actor, "alpha", "nobody").await,
        "leaders.accept_invitation" => {
            let id = leads(bed, actor, LeadershipState::Invited).await;
            communities.accept_invitation(actor, &id, "A walk").await
        }
        "leaders.decline_invitation" => {
            let id = leads(bed, actor, LeadershipState::Invited).await;
            communities.decline_invitation(actor, &id).await
        }
        "leaders.describe_leader" => {
            let id = leads(bed, actor, LeadershipState::Leading).await;
            communities.describe_leader(actor, &id, "A walk").await
        }
        "leaders.step_down" => {
            let id = leads(bed, actor, LeadershipState::Leading).await;
            communities.step_down(actor, &id).await
        }
        "leaders.end_leadership" => {
            let id = leads(bed, actor, LeadershipState::Leading).await;
            communities.end_leadership(actor, &id, "A walk").await
        }
        "leaders.set_welcome" => communities.set_welcome(actor, "alpha", "A walk").await,
        "leaders.set_outside_registry" => {
            let link = "https://example.org/";
            let set = communities.set_outside_registry(actor, "alpha", "A walk", link);
            set.await
        }
        "leaders.pin_topic" => {
            let id = topic(bed).await;
            communities.pin_topic(actor, &id).await
        }
        "leaders.unpin_topic" => {
            let id = topic(bed).await;
            communities.unpin_topic(actor, &id).await
        }
        "requests.request" => {
            let draft = CommunityRequestDraft {
                name: "A walk".to_owned(),
                why: "A walk".to_owned(),
                links: String::new(),
                leads: false,
            };
            let key = submission(&key);
            let request = communities.request(actor, draft, &key);
            request.await.map(drop)
        }
        "requests.own_request" => {
            let id = asked(bed, actor).await;
            communities.own_request(actor, &id).await.map(drop)
        }
        "requests.own_requests" => communities.own_requests(actor).await.map(drop),
        "requests.requests" => {
            let requests = communities.requests(actor, false, None);
            requests.await.map(drop)
        }
        "requests.request_to_decide" => {
            let id = asked(bed, Actor::Visitor).await;
            communities.request_to_decide(actor, &id).await.map(drop)
        }
        "requests.decide_request" => {
            let id = asked(bed, Actor::Visitor).await;
            let decision = RequestDecision::Accept {
                name: key,
                words: "A walk".to_owned(),
            };
            communities.decide_request(actor, &id, decision).await
        }
        "requests.waiting_everywhere" => communities.waiting_everywhere(actor).await.map(drop),
        other => panic!("{other} is not walked"),
    }
}

/// The actor's account, or that of who is there first.
async fn account(bed: &Bed, actor: Actor) -> uuid::Uuid {
    match actor.member() {
        Some(member) => member.account.0,
        None => bed.rows("SELECT id FROM account ORDER BY id LIMIT 1").await[0]
            .try_get_by_index(0)
            .unwrap(),
    }
}

/// A leadership of the actor's, or of somebody's.
async fn leads(bed: &Bed, actor: Actor, state: LeadershipState) -> String {
    let connection = bed.connection().await;
    let (account, condition) = (account(bed, actor).await, bed.id("alpha").await.0);
    let joined = membership::ActiveModel {
        account_id: Set(account),
        condition_id: Set(condition),
        audience: Set("members".to_owned()),
        home: Set(false),
        public: Set(false),
        name_key: Set(String::new()),
        created_at: Set(0),
    };
    membership::Entity::insert(joined)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&connection)
        .await
        .unwrap();
    leadership::Entity::delete_many()
        .filter(leadership::Column::AccountId.eq(account))
        .exec(&connection)
        .await
        .unwrap();
    let id = uuid::Uuid::new_v4();
    let public_id = id.simple().to_string()[..10].to_owned();
    let row = leadership::ActiveModel {
        id: Set(id),
        public_id: Set(public_id.clone()),
        account_id: Set(account),
        condition_id: Set(condition),
        state: Set(state.as_str().to_owned()),
        words: Set(String::new()),
        reason: Set(String::new()),
        appointed_by: Set(None),
        invited_at: Set(0),
        since: Set(0),
    };
    leadership::Entity::insert(row)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    public_id
}

/// A topic of nobody's, of which none is pinned; each time another.
async fn topic(bed: &Bed) -> String {
    let connection = bed.connection().await;
    bed.run("DELETE FROM pinned_topic").await;
    let id = uuid::Uuid::new_v4();
    let public_id = id.simple().to_string()[..10].to_owned();
    let row = topic::ActiveModel {
        id: Set(id),
        public_id: Set(public_id.clone()),
        condition_id: Set(bed.id("alpha").await.0),
        account_id: Set(None),
        title: Set("A walk".to_owned()),
        audience: Set("everyone".to_owned()),
        created_at: Set(0),
        last_post_at: Set(0),
        posts: Set(1),
        kind: Set("discussion".to_owned()),
        title_words: Set(String::new()),
        expert_answers: Set(0),
        decline_reason: Set(None),
        alias: Set(None),
        lock_reason: Set(None),
        hidden_at: Set(None),
    };
    topic::Entity::insert(row)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    public_id
}

/// A request of the actor's, or of somebody's.
async fn asked(bed: &Bed, actor: Actor) -> String {
    let connection = bed.connection().await;
    let id = uuid::Uuid::new_v4();
    let public_id = id.simple().to_string()[..10].to_owned();
    let row = community_request::ActiveModel {
        id: Set(id),
        public_id: Set(public_id.clone()),
        account_id: Set(account(bed, actor).await),
        name: Set("A walk".to_owned()),
        why: Set("A walk".to_owned()),
        links: Set(String::new()),
        leads: Set(false),
        state: Set(RequestState::Waiting.as_str().to_owned()),
        words: Set(String::new()),
        condition_id: Set(None),
        made_at: Set(0),
        decided_at: Set(None),
    };
    community_request::Entity::insert(row)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    public_id
}
