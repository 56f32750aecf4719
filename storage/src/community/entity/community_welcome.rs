use sea_orm::entity::prelude::*;

/// What a community says to who has joined it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "community_welcome")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// Markdown.
    pub text: String,
    /// The same as sanitised HTML.
    pub html: String,
    /// When it was written.
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
