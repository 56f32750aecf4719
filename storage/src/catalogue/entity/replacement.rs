use sea_orm::entity::prelude::*;

/// What a source says of an identifier that it has withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "replacement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub curie: String,
    /// The identifier in its place, which may be withdrawn as well, or not be known yet.
    pub replaced_by: String,
    pub source_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
