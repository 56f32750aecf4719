use sea_orm::entity::prelude::*;

/// The registry elsewhere to which a community sends people.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outside_registry")]
pub struct Model {
    /// Whose community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// The name that people know it by.
    pub name: String,
    /// Where one enrols.
    pub link: String,
    /// When it was set.
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
