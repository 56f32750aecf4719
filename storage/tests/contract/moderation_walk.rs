//! The methods of moderation, for the walk along all of them.

use domain::{
    Result,
    account::Actor,
    community::{AppealDecision, AppealState, ContentModeration, Moderation, TopicKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use storage::community::entity::{appeal, content_moderation, topic};
use uuid::Uuid;

use crate::{bed::Bed, discussion_walk::own_topic_of, people::submission};

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let communities = bed.storage.communities();
    let nobodys = Actor::Visitor;
    match method {
        "moderation.moderating" => {
            let id = own_topic_of(bed, nobodys, TopicKind::Discussion).await;
            communities.moderating(actor, &id, 1).await.map(drop)
        }
        "moderation.moderate" => {
            let id = own_topic_of(bed, nobodys, TopicKind::Question).await;
            let hide = ContentModeration::Hide;
            communities.moderate(actor, &id, 1, hide, "A walk").await
        }
        "moderation.noting" => {
            let id = own_topic_of(bed, nobodys, TopicKind::Discussion).await;
            communities.noting(actor, &id, 1).await.map(drop)
        }
        "moderation.set_note" => {
            let id = own_topic_of(bed, nobodys, TopicKind::Question).await;
            let set = communities.set_note(actor, &id, 1, "A walk");
            set.await.map(drop)
        }
        "moderation.warn_author" => {
            let id = own_topic_of(bed, nobodys, TopicKind::Question).await;
            let key = submission(&Uuid::new_v4().to_string());
            let warned = communities.warn_author(actor, &id, 1, "A walk", &key);
            warned.await
        }
        "moderation.own_decisions" => communities.own_decisions(actor, None).await.map(drop),
        "moderation.own_decision" => {
            let id = decision(bed, actor).await.1;
            communities.own_decision(actor, &id).await.map(drop)
        }
        "moderation.appeal" => {
            let id = decision(bed, actor).await.1;
            communities.appeal(actor, &id, "A walk").await
        }
        "moderation.appeals" => communities.appeals(actor, false, None).await.map(drop),
        "moderation.appeal_to_decide" => {
            let id = appeal(bed).await;
            communities.appeal_to_decide(actor, &id).await.map(drop)
        }
        "moderation.decide_appeal" => {
            let id = appeal(bed).await;
            let lift = AppealDecision::Lift;
            communities.decide_appeal(actor, &id, lift, "A walk").await
        }
        other => panic!("{other} is not walked"),
    }
}

fn short(id: Uuid) -> String {
    id.simple().to_string()[..10].to_owned()
}

/// What the operator has done with a topic of this actor's; each time another.
async fn decision(bed: &Bed, actor: Actor) -> (Uuid, String) {
    let connection = bed.connection().await;
    let topic = own_topic_of(bed, actor, TopicKind::Discussion).await;
    let topic = topic::Entity::find()
        .filter(topic::Column::PublicId.eq(topic))
        .one(&connection)
        .await
        .unwrap()
        .unwrap();
    let id = Uuid::new_v4();
    let row = content_moderation::ActiveModel {
        id: Set(id),
        public_id: Set(short(id)),
        topic_id: Set(topic.id),
        post_number: Set(1),
        kind: Set("lock".to_owned()),
        reason: Set("A walk".to_owned()),
        created_at: Set(bed.seconds() * 1_000_000),
        ..Default::default()
    };
    content_moderation::Entity::insert(row)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    (id, short(id))
}

/// An appeal against it, of somebody who has gone.
async fn appeal(bed: &Bed) -> String {
    let connection = bed.connection().await;
    let (decision, _) = decision(bed, Actor::Visitor).await;
    let id = Uuid::new_v4();
    let row = appeal::ActiveModel {
        id: Set(id),
        public_id: Set(short(id)),
        content_moderation_id: Set(Some(decision)),
        words: Set("A walk".to_owned()),
        state: Set(AppealState::Waiting.as_str().to_owned()),
        made_at: Set(0),
        answer: Set(String::new()),
        ..Default::default()
    };
    appeal::Entity::insert(row)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    short(id)
}
