use sea_orm::entity::prelude::*;

/// Something that helped somebody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tip")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub condition_id: Uuid,
    pub language: String,
    pub name: String,
    pub markdown: String,
    pub html: String,
    pub origin: String,
    pub author_id: Option<Uuid>,
    pub position: i32,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
