//! The methods of communities, for the walk along all of them.

use domain::{
    Result,
    account::{Actor, Token},
    community::{
        ConditionFollow, Discussions, MailChoices, Memberships, Muting, Notifications,
        ReactionKind, Reactions, TopicAudience, TopicKind,
    },
    policy::Audience,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};
use storage::{
    community::entity::membership,
    community::entity::{post, topic},
};

use crate::{bed::Bed, moderation_walk, people::submission, writers::draft};

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let discussions = bed.storage.communities();
    let alpha = bed.id("alpha").await;
    let link = Token::parse(&"a".repeat(Token::LENGTH)).unwrap();
    match method {
        "discussions.topics" => {
            let topics = discussions.topics(actor, "alpha", None);
            topics.await.map(drop)
        }
        "discussions.newest" => discussions.newest(actor, alpha).await.map(drop),
        "discussions.recent" => discussions.recent(actor, None).await.map(drop),
        "discussions.topic" => {
            let id = own_topic(bed, actor).await;
            discussions.topic(actor, &id, None).await.map(drop)
        }
        "discussions.versions" => {
            let id = own_topic(bed, actor).await;
            discussions.versions(actor, &id, 1).await.map(drop)
        }
        "discussions.start" => {
            own_topic(bed, actor).await;
            let key = submission(&uuid::Uuid::new_v4().to_string());
            let started = draft("A walk", TopicAudience::Everyone);
            let start = discussions.start(actor, "alpha", started, &key);
            start.await.map(drop)
        }
        "discussions.reply" => {
            let id = own_topic(bed, actor).await;
            bed.reply(actor, &id, "A walk.").await.map(drop)
        }
        "discussions.own_post" => {
            let id = own_topic(bed, actor).await;
            discussions.own_post(actor, &id, 1).await.map(drop)
        }
        "discussions.edit_post" => {
            let id = own_topic(bed, actor).await;
            let edit = discussions.edit_post(actor, &id, 1, 1, "A walk.", None);
            edit.await.map(drop)
        }
        "discussions.delete_post" => {
            let id = own_topic(bed, actor).await;
            discussions.delete_post(actor, &id, 1, "").await
        }
        "discussions.starting" => discussions.starting(actor, "alpha").await.map(drop),
        "discussions.preview" => discussions.preview(actor, "A walk.").await.map(drop),
        "discussions.replying" => {
            let id = own_topic(bed, actor).await;
            discussions.replying(actor, &id, Some(1)).await.map(drop)
        }
        "discussions.deleting" => {
            let id = own_topic(bed, actor).await;
            discussions.deleting(actor, &id, 1).await.map(drop)
        }
        "memberships.membership" => discussions.membership(actor, alpha).await.map(drop),
        "memberships.join" => discussions.join(actor, "alpha").await,
        "memberships.set_membership" => {
            let set = discussions.set_membership(actor, "alpha", Audience::Members, true);
            set.await
        }
        "memberships.leave" => discussions.leave(actor, "alpha").await,
        "notifications.notifications" => discussions.notifications(actor, None).await.map(drop),
        "notifications.unread" => discussions.unread(actor).await.map(drop),
        "notifications.mark_read" => discussions.mark_read(actor, Timestamp(0)).await,
        "notifications.follow" => {
            let id = own_topic(bed, actor).await;
            discussions.follow(actor, &id).await
        }
        "notifications.stop_following" => {
            let id = own_topic(bed, actor).await;
            discussions.stop_following(actor, &id).await
        }
        "notifications.followed" => discussions.followed(actor, alpha).await.map(drop),
        "notifications.follow_condition" => {
            let what = ConditionFollow::Page;
            discussions.follow_condition(actor, "alpha", what).await
        }
        "notifications.stop_following_condition" => {
            let what = ConditionFollow::Discussions;
            let stop = discussions.stop_following_condition(actor, "alpha", what);
            stop.await
        }
        "notifications.mail_choices" => discussions.mail_choices(actor).await.map(drop),
        "notifications.choose_mail" => discussions.choose_mail(actor, MailChoices::NONE).await,
        "notifications.unsubscribing" => discussions.unsubscribing(actor, &link).await,
        "notifications.unsubscribe" => discussions.unsubscribe(actor, &link).await,
        method if method.starts_with("moderation.") => {
            moderation_walk::ask(bed, method, actor).await
        }
        "muting.muting" => {
            let id = answered_topic(bed, actor).await;
            discussions.muting(actor, &id, 2).await.map(drop)
        }
        "muting.mute" => {
            let id = answered_topic(bed, actor).await;
            discussions.mute(actor, &id, 2).await.map(drop)
        }
        "muting.unmute" => {
            let id = answered_topic(bed, actor).await;
            discussions.unmute(actor, &id, 2).await.map(drop)
        }
        "muting.mutes" => discussions.mutes(actor, None).await.map(drop),
        "muting.end_mute" => discussions.end_mute(actor, "0000000000").await,
        "reactions.reacting" => {
            let id = answered_topic(bed, actor).await;
            discussions.reacting(actor, &id, 2).await.map(drop)
        }
        "reactions.react" => {
            let id = answered_topic(bed, actor).await;
            let react = discussions.react(actor, &id, 2, ReactionKind::Hugs);
            react.await.map(drop)
        }
        "reactions.take_reaction_back" => {
            let id = answered_topic(bed, actor).await;
            let back = discussions.take_reaction_back(actor, &id, 2, ReactionKind::Hugs);
            back.await.map(drop)
        }
        other => panic!("{other} is not walked"),
    }
}

/// A topic that this actor has started, and somebody else has answered.
async fn answered_topic(bed: &Bed, actor: Actor) -> String {
    let id = own_topic(bed, actor).await;
    let connection = bed.connection().await;
    let index = uuid::Uuid::new_v4().as_u128();
    let other = bed.writer(index, None).await.member().unwrap();
    let topic = topic::Entity::find()
        .filter(topic::Column::PublicId.eq(&id))
        .one(&connection)
        .await
        .unwrap();
    let second = post::ActiveModel {
        id: Set(uuid::Uuid::new_v4()),
        topic_id: Set(topic.unwrap().id),
        account_id: Set(Some(other.account.0)),
        number: Set(2),
        version: Set(1),
        text: Set("So.".to_owned()),
        html: Set("<p>So.</p>".to_owned()),
        created_at: Set(0),
        ..Default::default()
    };
    post::Entity::insert(second)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    id
}

async fn own_topic(bed: &Bed, actor: Actor) -> String {
    own_topic_of(bed, actor, TopicKind::Discussion).await
}

/// A topic that this actor has started, and the community joined; each time another.
pub(crate) async fn own_topic_of(bed: &Bed, actor: Actor, kind: TopicKind) -> String {
    let connection = bed.connection().await;
    let account = actor.member().map(|member| member.account.0);
    let condition = bed.id("alpha").await.0;
    let id = uuid::Uuid::new_v4();
    let public_id = id.simple().to_string()[..10].to_owned();
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
    let started = topic::ActiveModel {
        id: Set(id),
        public_id: Set(public_id.clone()),
        condition_id: Set(condition),
        account_id: Set(account),
        kind: Set(kind.as_str().to_owned()),
        title: Set("A walk".to_owned()),
        audience: Set(TopicAudience::Everyone.as_str().to_owned()),
        created_at: Set(0),
        last_post_at: Set(0),
        posts: Set(1),
        ..Default::default()
    };
    let first = post::ActiveModel {
        id: Set(id),
        topic_id: Set(id),
        account_id: Set(account),
        number: Set(1),
        version: Set(1),
        text: Set("So.".to_owned()),
        html: Set("<p>So.</p>".to_owned()),
        created_at: Set(0),
        ..Default::default()
    };
    topic::Entity::insert(started)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    post::Entity::insert(first)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    public_id
}
