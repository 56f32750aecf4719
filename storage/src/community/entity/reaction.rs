use sea_orm::entity::prelude::*;

/// That a person has given a reaction to a post.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reaction")]
pub struct Model {
    /// To which post.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: Uuid,
    /// Name of a [`domain::community::ReactionKind`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Who. Nobody is shown that.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// When.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
