use sea_orm::entity::prelude::*;

/// How far a reader of the log has come.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reader")]
pub struct Model {
    /// Which reader.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Number of the last event that it has read.
    pub sequence: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
