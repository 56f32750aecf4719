//! The methods of first posts, for the walk along all of them.

use domain::{
    Result,
    account::Actor,
    community::{FirstPostDecision, FirstPostDraft, FirstPosts, TopicAudience, TopicDraft},
};
use sea_orm::{EntityTrait, Set};
use storage::community::entity::first_post;
use uuid::Uuid;

use crate::{bed::Bed, people::submission};

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let communities = bed.storage.communities();
    match method {
        "first_posts.hold" => {
            let draft = TopicDraft {
                title: "A walk".to_owned(),
                text: "A walk".to_owned(),
                audience: TopicAudience::Everyone,
                anonymous: false,
                content_note: None,
            };
            let draft = FirstPostDraft::Discussion("alpha".to_owned(), draft);
            let key = submission(&Uuid::new_v4().to_string());
            communities.hold(actor, draft, &key).await.map(drop)
        }
        "first_posts.first_posts" => communities.first_posts(actor, "alpha").await.map(drop),
        "first_posts.decide_first_post" => {
            let id = waiting(bed).await;
            let decision = FirstPostDecision::Decline {
                reason: "A walk".to_owned(),
            };
            communities.decide_first_post(actor, &id, decision).await
        }
        "first_posts.withdraw_first_post" => {
            let id = waiting(bed).await;
            communities.withdraw_first_post(actor, &id).await
        }
        other => panic!("{other} is not walked"),
    }
}

/// What somebody wrote who is in no other part of the walk; each time another.
async fn waiting(bed: &Bed) -> String {
    let connection = bed.connection().await;
    let writer = bed.rows("SELECT id FROM account ORDER BY id LIMIT 1").await;
    let id = Uuid::new_v4();
    let public_id = id.simple().to_string()[..10].to_owned();
    let row = first_post::ActiveModel {
        id: Set(id),
        public_id: Set(public_id.clone()),
        condition_id: Set(bed.id("alpha").await.0),
        account_id: Set(writer[0].try_get_by_index(0).unwrap()),
        topic_id: Set(None),
        kind: Set("discussion".to_owned()),
        title: Set(Some("A walk".to_owned())),
        audience: Set(Some("everyone".to_owned())),
        in_reply_to: Set(None),
        answers_as: Set(None),
        text: Set("A walk".to_owned()),
        content_note: Set(None),
        anonymous: Set(false),
        created_at: Set(0),
        declined_at: Set(None),
        reason: Set(None),
    };
    first_post::Entity::insert(row)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    public_id
}
