use sea_orm::entity::prelude::*;

/// That a person wants to know what is new on the page of a condition, or in its community.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "condition_follow")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// Name of a [`domain::community::ConditionFollow`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// When they began to.
    pub since: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
