use sea_orm::entity::prelude::*;

/// What an administrator, a moderator or the operator has done with an account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "moderation_action")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its address.
    #[sea_orm(unique)]
    pub public_id: String,
    /// With whose account.
    pub account_id: Uuid,
    /// Name of a [`domain::account::ModerationAction`].
    pub kind: String,
    /// Name of a [`domain::account::Role`], where it is about one.
    pub role: Option<String>,
    /// Why. The person sees it.
    pub reason: String,
    /// Which administrator or moderator; empty for the operator.
    pub actor_id: Option<Uuid>,
    /// When.
    pub created_at: i64,
    /// When it ends by itself.
    pub until_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
