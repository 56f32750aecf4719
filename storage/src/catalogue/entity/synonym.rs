use sea_orm::entity::prelude::*;

/// Another name of a condition.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "synonym")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub condition_id: Uuid,
    pub name: String,
    pub name_key: String,
    pub slug: String,
    pub scope: String,
    pub position: i32,
    pub source_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
