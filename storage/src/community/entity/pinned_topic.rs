use sea_orm::entity::prelude::*;

/// A topic that stands before all others of its community.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pinned_topic")]
pub struct Model {
    /// In whose community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// From 1 to [`domain::community::PINNED_MOST`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i64,
    /// Which.
    #[sea_orm(unique)]
    pub topic_id: Uuid,
    /// Since when.
    pub pinned_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
