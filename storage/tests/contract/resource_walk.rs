//! The methods of resources, for the walk along all of them.

use domain::{
    Result,
    account::Actor,
    community::{ResourceDecision, ResourceState, Resources},
};
use sea_orm::{EntityTrait, Set, sea_query::OnConflict};
use storage::community::entity::{membership, resource};

use crate::{bed::Bed, people::submission, resources::recommended};

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let resources = bed.storage.communities();
    let link = format!("https://example.org/{}", uuid::Uuid::new_v4());
    let draft = recommended("A walk", &link);
    match method {
        "resources.resources" => {
            let list = resources.resources(actor, "alpha", None, None);
            list.await.map(drop)
        }
        "resources.latest" => {
            let alpha = bed.id("alpha").await;
            resources.latest(actor, alpha).await.map(drop)
        }
        "resources.gathered" => resources.gathered(actor, None, None).await.map(drop),
        "resources.suggesting" => resources.suggesting(actor, "alpha").await.map(drop),
        "resources.suggest" => {
            placed(bed, actor, true, ResourceState::Declined).await;
            let key = submission(&link);
            let suggest = resources.suggest(actor, "alpha", draft, &key);
            suggest.await.map(drop)
        }
        "resources.resource" => {
            let id = placed(bed, actor, true, ResourceState::Waiting).await;
            resources.resource(actor, &id).await.map(drop)
        }
        "resources.decide" => {
            let id = placed(bed, actor, false, ResourceState::Waiting).await;
            let decision = ResourceDecision::Approve(draft);
            resources.decide(actor, &id, decision).await
        }
        "resources.withdraw" => {
            let id = placed(bed, actor, true, ResourceState::Waiting).await;
            resources.withdraw(actor, &id).await
        }
        "resources.remove" => {
            let id = placed(bed, actor, false, ResourceState::Approved).await;
            resources.remove(actor, &id, "A walk").await
        }
        other => panic!("{other} is not walked"),
    }
}

/// A resource of the actor's, whose community they have joined, or of nobody's; each time another.
async fn placed(bed: &Bed, actor: Actor, own: bool, state: ResourceState) -> String {
    let connection = bed.connection().await;
    let account = actor.member().map(|member| member.account.0);
    let condition = bed.id("alpha").await.0;
    if let Some(account) = account {
        let row = membership::ActiveModel {
            account_id: Set(account),
            condition_id: Set(condition),
            audience: Set("only-me".to_owned()),
            home: Set(false),
            public: Set(false),
            name_key: Set(String::new()),
            created_at: Set(0),
        };
        membership::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(&connection)
            .await
            .unwrap();
    }
    let id = uuid::Uuid::new_v4();
    let public_id = id.simple().to_string()[..10].to_owned();
    let row = resource::ActiveModel {
        id: Set(id),
        public_id: Set(public_id.clone()),
        condition_id: Set(condition),
        account_id: Set(account.filter(|_| own)),
        state: Set(state.as_str().to_owned()),
        kind: Set("guide".to_owned()),
        title: Set("A walk".to_owned()),
        description: Set(String::new()),
        link: Set(format!("https://example.org/{public_id}")),
        link_key: Set(format!("example.org/{public_id}")),
        published: Set(None),
        language: Set("en".to_owned()),
        reason: Set(String::new()),
        created_at: Set(0),
        decided_at: Set((state != ResourceState::Waiting).then_some(0)),
    };
    resource::Entity::insert(row)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    public_id
}
