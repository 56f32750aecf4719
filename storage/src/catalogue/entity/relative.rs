use sea_orm::entity::prelude::*;

/// One of the conditions that are closest to another in the tree.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "relative")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// From 0, the closest first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub relative_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
