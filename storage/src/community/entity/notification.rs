use sea_orm::entity::prelude::*;

/// That a person is told of a post. Who wrote it, and what, is looked up when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// Who is told.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// In which topic the post is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: Uuid,
    /// Its number there.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_number: i64,
    /// Name of a [`domain::community::NotificationKind`].
    pub kind: String,
    /// When they were told.
    pub created_at: i64,
    /// When they marked it as read.
    pub read_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
