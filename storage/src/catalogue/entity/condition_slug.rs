use sea_orm::entity::prelude::*;

/// A present or former address of a condition or family.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "condition_slug")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub rank: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub condition_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
