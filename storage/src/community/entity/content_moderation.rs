use sea_orm::entity::prelude::*;

/// What a moderator has done with a post or its topic. It concerns the author of the post, and does not
/// name them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_moderation")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its address.
    #[sea_orm(unique)]
    pub public_id: String,
    /// With which topic.
    pub topic_id: Uuid,
    /// With which post of it; the first one where it is about the topic.
    pub post_number: i64,
    /// Name of a [`domain::community::ContentAction`].
    pub kind: String,
    /// From which community a topic was moved.
    pub from_condition_id: Option<Uuid>,
    /// To which.
    pub to_condition_id: Option<Uuid>,
    /// Why. The author reads it.
    pub reason: String,
    /// Which moderator; empty for the operator.
    pub actor_id: Option<Uuid>,
    /// When.
    pub created_at: i64,
    /// When it ended.
    pub lifted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
